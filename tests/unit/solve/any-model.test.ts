import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { emitSynapse } from "../../../lib/codegen/synapse-unit.js";
import { emitUnit } from "../../../lib/codegen/unit.js";
import { EquationError } from "../../../lib/errors.js";
import { verify, verifySynapse } from "../../../lib/ir/verify.js";
import { checkConnected } from "../../../lib/model/connected.js";
import { analyseNeuron } from "../../../lib/model/neuron.js";
import { analyseSynapse } from "../../../lib/model/synapse.js";
import { lowerNeuron } from "../../../lib/solve/lower.js";
import { lowerSynapse } from "../../../lib/solve/synapse.js";
import { expressionOf, methods, statementOf } from "../../support/random-models.js";
import { limits, timeout } from "../../support/random-texts.js";

/** A model passes more stages than a text. */
const numRuns = limits.numRuns / 4;

const parameters = "a = 1.0\nb = 2.0\nn = 3 : int\nk = True\nshared = 4.0";
const functions = "f(x) = if x > 0: x^2 else: gain*x";
const shared = ["shared", "m", "t", "dt", "pi", "gain", "0", "1", "2.5", "1e-3", "True"];
const drawn = ["Normal(0, 1)", "Uniform(shared, 1)"];
const constants = ["gain"];

/** Put models through all stages; count those that reach the last one. The others must have mistakes. */
function count<Model>(models: fc.Arbitrary<Model>, stages: (model: Model) => void): number {
  let passed = 0;
  fc.assert(
    fc.property(models, (model) => {
      try {
        stages(model);
        passed++;
      } catch (error) {
        expect(error).toBeInstanceOf(EquationError);
      }
    }),
    { numRuns },
  );
  return passed;
}

const own = ["a", "b", "n", "k", "v", "u", "x", "g_exc", ...shared];
const plain = expressionOf(...own);
const global = expressionOf(...shared, ...drawn);
const local = expressionOf(...own, ...drawn, "mean(v)", "max(u)");
const neuron = fc
  .record({
    method: fc.constantFrom(...methods),
    statements: fc.tuple(
      ...["v", "u", "x"].map((variable) =>
        statementOf({ variable, right: local, bound: plain, factor: "a", locality: "" }),
      ),
      statementOf({
        variable: "m",
        right: global,
        bound: expressionOf(...shared),
        factor: "shared",
        locality: "population",
      }),
    ),
    spike: plain,
    reset: plain,
  })
  .map(({ method, statements, spike, reset }) => ({
    parameters: `${parameters} : population`,
    equations: statements.map((write) => write(method)).join("\n"),
    functions,
    spike,
    reset: `v = ${reset}`,
    refractory: "b",
  }));

const ends = ["pre.v", "post.v", "pre.r", "post.r", "post.tau", "pre.sum(exc)", "post.sum(exc)"];
const synaptic = ["a", "b", "n", "k", "x", "y", "z", "w", "s", ...ends, ...shared];
const anywhere = expressionOf(...synaptic);
const rows = expressionOf("s", "post.v", "post.r", "post.sum(exc)", ...shared);
const synapse = fc
  .record({
    method: fc.constantFrom(...methods),
    statements: fc.tuple(
      statementOf({
        variable: "m",
        right: global,
        bound: expressionOf(...shared),
        factor: "shared",
        locality: "projection",
      }),
      statementOf({
        variable: "s",
        right: rows,
        bound: rows,
        factor: "shared",
        locality: "postsynaptic",
      }),
      ...["x", "z"].map((variable) =>
        statementOf({
          variable,
          right: expressionOf(...synaptic, ...drawn, "mean(pre.v)", "norm2(post.v)"),
          bound: anywhere,
          factor: "a",
          locality: "",
        }),
      ),
    ),
    psp: anywhere,
    operation: fc.constantFrom("sum" as const, "max" as const, "min" as const, "mean" as const),
    code: fc.tuple(anywhere, anywhere, anywhere),
    weight: fc.constantFrom("", "\nw += x", "\ndw/dt = x - w : exponential, min=0"),
  })
  .map(({ method, statements, psp, operation, code: [first, second, third], weight }) => ({
    equations: statements.map((write) => write(method)).join("\n") + weight,
    psp,
    operation,
    preSpike: `y = ${first} : min=0, unless_post\ng_target += ${second}`,
    postSpike: `y += ${third}\nx = w + y`,
  }));

const uses = fc.record({
  singleWeight: fc.boolean(),
  delays: fc.constantFrom("uniform" as const, "heterogeneous" as const),
  eventTiming: fc.constantFrom("exact" as const, "annarchy" as const),
  hoist: fc.boolean(),
});

describe("a model that is analysed without mistakes becomes C", { timeout }, () => {
  it("or is told which equation of a neuron has not the form for its method", () => {
    const emitted = count(neuron, (options) => {
      const model = analyseNeuron(options, { constants });
      const ir = lowerNeuron(model, { targets: ["exc"], reductions: model.reductions });
      verify(ir);
      expect(emitUnit(ir, { precision: "double" }).text).toContain("kernel_functions.h");
    });
    expect(emitted).toBeGreaterThan(numRuns / 10);
  });

  it.each(["rate", "spike"] as const)("or which one of a %s synapse", (type) => {
    const reading = type === "rate" ? "sum(exc)" : "g_exc";
    const equations = type === "rate" ? `r = v\nv = ${reading}` : `v = ${reading}`;
    const spike = type === "rate" ? {} : { spike: "v > 1" };
    const end = analyseNeuron({ parameters: "tau = 1.0", equations, ...spike }, { constants });
    const emitted = count(fc.tuple(synapse, uses), ([definition, use]) => {
      const { equations, psp, operation, preSpike, postSpike } = definition;
      const rest =
        type === "rate"
          ? { equations: `${equations}\ny = 1`, psp, operation }
          : {
              equations: `${equations}\nb * dy/dt = shared - y : event-driven`,
              preSpike,
              postSpike,
            };
      const options = { parameters: `${parameters} : projection`, functions, ...rest };
      const targets = ["exc"];
      const model = analyseSynapse(options, { constants, type, targets });
      const mistakes = checkConnected(model, end, end, targets, targets);
      if (mistakes.length > 0) throw new EquationError(mistakes);
      const ir = lowerSynapse(model, {
        pre: end,
        post: end,
        targets,
        ...use,
        // Weights that change are stored for each synapse.
        singleWeight: use.singleWeight && !model.plastic,
      });
      verifySynapse(ir);
      const { text } = emitSynapse(ir, { precision: "double", narrow: false });
      expect(text).toContain("kernel_functions.h");
    });
    expect(emitted).toBeGreaterThan(numRuns / 10);
  });
});
