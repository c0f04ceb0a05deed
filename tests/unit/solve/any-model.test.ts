import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { emitUnit } from "../../../lib/codegen/unit.js";
import { builtins } from "../../../lib/dsl/functions.js";
import { EquationError } from "../../../lib/errors.js";
import { verify } from "../../../lib/ir/verify.js";
import { analyseNeuron } from "../../../lib/model/neuron.js";
import type { NeuronModel } from "../../../lib/model/types.js";
import { lowerNeuron } from "../../../lib/solve/lower.js";
import { limits, timeout } from "../../support/random-texts.js";

const methods = ["explicit", "implicit", "semiimplicit", "exponential", "midpoint", "rk4"];
const shared = ["shared", "m", "t", "dt", "pi", "gain", "0", "1", "2.5", "1e-3", "True"];
const own = ["a", "b", "n", "k", "v", "u", "x", "g_exc", ...shared];
const drawn = ["Normal(0, 1)", "Uniform(shared, 1)"];

/** Texts of expressions that are right but for what they mean, made of these leaves. */
function expressionOf(...leaves: readonly string[]): fc.Arbitrary<string> {
  const { expression } = fc.letrec<{ expression: string }>((tie) => {
    const part = tie("expression");
    const infix = fc.constantFrom(..."+ - * / ^ < <= > >= == != and or".split(" "));
    const call = fc
      .constantFrom(...Object.entries(builtins))
      .chain(([name, { arity }]) =>
        fc
          .tuple(...Array.from({ length: arity }, () => part))
          .map((parts) => `${name}(${parts.join(", ")})`),
      );
    return {
      expression: fc.oneof(
        { depthSize: "small", withCrossShrink: true },
        { weight: 4, arbitrary: fc.constantFrom(...leaves) },
        { weight: 3, arbitrary: fc.tuple(part, infix, part).map((x) => `(${x.join(" ")})`) },
        fc.tuple(fc.constantFrom("-", "not "), part).map((x) => `(${x.join("")})`),
        fc.tuple(part, part, part).map((x) => `ite(${x.join(", ")})`),
        part.map((x) => `f(${x})`),
        call,
      ),
    };
  });
  return expression;
}

/** One statement for a variable: an assignment or an equation in one of its layouts. */
function statementOf(
  variable: string,
  value: fc.Arbitrary<string>,
  factor: string,
  locality: string,
): fc.Arbitrary<(method: string) => string> {
  const layouts = [
    `dV/dt = R`,
    `${factor} * dV/dt + V = R`,
    `dV/dt = (${factor} - V) * ${factor} + R`,
    `dV/dt + ${factor} * V = R`,
  ];
  const conditional = fc.tuple(value, value, value).map(([a, b, c]) => `if ${a}: ${b} else: ${c}`);
  const left = fc.constantFrom(...layouts, ...layouts, "V = R", "V += R", "V *= R");
  const right = fc.oneof({ weight: 5, arbitrary: value }, { weight: 1, arbitrary: conditional });
  const bound = fc.oneof(
    fc.constant(""),
    value.map((x) => `, min=${x}`),
  );
  return fc.tuple(left, right, bound).map(([layout, r, limit]) => {
    const text = layout.replaceAll("V", variable).replace("R", () => r);
    const limitWithoutDraws = /Normal|Uniform|mean|max\(u/.test(limit) ? "" : limit;
    return (method) => `${text} : ${method}${limitWithoutDraws}${locality}`;
  });
}

const local = expressionOf(...own, ...drawn, "mean(v)", "max(u)");
const plain = expressionOf(...own);
const neuron = fc
  .record({
    method: fc.constantFrom(...methods),
    statements: fc.tuple(
      statementOf("m", expressionOf(...shared, ...drawn), "shared", ", population"),
      ...["v", "u", "x"].map((variable) => statementOf(variable, local, "a", "")),
    ),
    spike: plain,
    reset: plain,
  })
  .map(({ method, statements, spike, reset }) => ({
    parameters: "a = 1.0\nb = 2.0\nn = 3 : int\nk = True\nshared = 4.0 : population",
    equations: statements.map((write) => write(method)).join("\n"),
    functions: "f(x) = if x > 0: x^2 else: gain*x",
    spike,
    reset: `v = ${reset}`,
    refractory: "b",
  }));

describe("a neuron that is analysed without mistakes", { timeout }, () => {
  it("becomes C, or is told which equation has not the form for its method", () => {
    let emitted = 0;
    fc.assert(
      fc.property(neuron, (options) => {
        let model: NeuronModel;
        try {
          model = analyseNeuron(options, { constants: ["gain"] });
        } catch (error) {
          expect(error).toBeInstanceOf(EquationError);
          return;
        }
        try {
          const ir = lowerNeuron(model, { targets: ["exc"], reductions: model.reductions });
          verify(ir);
          expect(emitUnit(ir, { precision: "double" }).text).toContain("kernel_functions.h");
          emitted++;
        } catch (error) {
          expect(error).toBeInstanceOf(EquationError);
        }
      }),
      limits,
    );
    expect(emitted).toBeGreaterThan(limits.numRuns / 10);
  });
});
