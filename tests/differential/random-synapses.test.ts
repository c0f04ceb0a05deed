import fc from "fast-check";
import { describe, expect, it } from "vitest";

import type { SynapseOptions } from "../../lib/model/definition.js";
import {
  loweredSynapse,
  runCompiledSynapses,
  runEvaluatedSynapses,
  spiking,
  type Call,
  type Use,
} from "../support/compiled-synapses.js";
import { plasticRun } from "../support/synapse-run.js";

// Names of every owner, locality and type, as far as a place knows them.
const own = ["w", "a", "k", "n", "flag", "theta", "c", "t", "dt"];
const ends = ["pre.v", "post.v", "pre.threshold", "t_pre", "t_post"];

/** Arithmetic whose every operation is exact in the same way everywhere, of these names. */
function expressionOf(names: readonly string[]): fc.Arbitrary<string> {
  return fc.letrec<{ expression: string }>((tie) => ({
    expression: fc.oneof(
      { depthSize: "small", withCrossShrink: true },
      fc.constantFrom(...names),
      fc.double({ min: -10, max: 10, noNaN: true }).map((value) => `(${value})`),
      fc
        .tuple(tie("expression"), fc.constantFrom("+", "-", "*", "/"), tie("expression"))
        .map(([left, operator, right]) => `(${left} ${operator} ${right})`),
      fc
        .tuple(tie("expression"), tie("expression"), tie("expression"))
        .map(([a, b, c]) => `ite(${a} < ${b}, ${c}, max(${a}, ${b}))`),
      tie("expression").map((operand) => `f(${operand}, 2.5)`),
      tie("expression").map((operand) => `clip(${operand}, -1e6, 1e6)`),
    ),
  })).expression;
}

const everywhere = expressionOf([...own, ...ends]);
const ofEvents = expressionOf([...own, ...ends, "x", "y", "z"]);

const model = fc.record({
  global: expressionOf(["k", "t", "dt", "g"]),
  row: expressionOf(["k", "g", "theta", "post.v", "t_post"]),
  first: everywhere,
  second: everywhere,
  slope: everywhere,
  bound: everywhere,
  pre: ofEvents,
  target: ofEvents,
  post: ofEvents,
  psp: expressionOf([...own, "pre.v", "post.v", "mean(pre.v)"]),
  hasPsp: fc.boolean(),
  unlessPost: fc.boolean(),
  use: fc.record({
    delays: fc.constantFrom("uniform" as const, "heterogeneous" as const),
    eventTiming: fc.constantFrom("exact" as const, "annarchy" as const),
    hoist: fc.boolean(),
  }),
});

type Random = typeof model extends fc.Arbitrary<infer M> ? M : never;

function definitionOf(random: Random): SynapseOptions {
  const { global, row, first, second, slope, bound, pre, target, post, psp } = random;
  return {
    functions: "f(p, q) = p * q - q : float, float, float",
    parameters: "a = 2; k = 1 : projection; n = 3 : int; flag = True; taux = 8 : projection",
    equations: `
      g = ${global} : projection
      theta = ${row} : postsynaptic, max = 1e6
      c = ${first} : int
      dw/dt = ${slope} : min = -1e6, max = ${bound}
      z += ${second}
      taux*dx/dt = -x : event-driven
      taux*dy/dt = 1 - y : event-driven`,
    preSpike: `
      w = ${pre} ${random.unlessPost ? ": unless_post" : ": max = 1e3"}
      g_target += ${target}
      x += 0.5`,
    postSpike: `y -= 0.25; w -= ${post}; c += w`,
    ...(random.hasPsp ? { psp } : {}),
  };
}

const neurons: readonly number[] = [0, 1, 5];
const calls: readonly Call[] = [3, 4, 9].flatMap((step): Call[] => [
  { kind: "onPre", step, arguments: neurons },
  { kind: "transmit", step },
  { kind: "globals", step },
  { kind: "update", step },
  { kind: "onPost", step, arguments: neurons },
]);

describe.each(["double", "float"] as const)("random synapse types in %s precision", (precision) => {
  it("do what the evaluator does", async () => {
    const property = fc.asyncProperty(model, async (random) => {
      const use: Use = { pre: spiking, ...random.use };
      const ir = loweredSynapse(definitionOf(random), use);
      // Without time between events there is no decay, and so nothing that is not exact.
      const run = {
        ...plasticRun,
        calls,
        precision,
        resolution: 0,
        dt: 0.5,
        narrow: random.hasPsp,
      };
      const compiled = await runCompiledSynapses(ir, run);
      const evaluated = runEvaluatedSynapses(ir, run);
      for (const [call, fields] of compiled.entries()) {
        for (const [slot, values] of fields.entries()) {
          const wanted = evaluated[call]![slot]!;
          const wrong = values.findIndex((value, i) => !Object.is(value, wanted[i]!));
          const { kind, step } = calls[call]!;
          const place = `${kind} in step ${step}, ${ir.fields[slot]?.name ?? ""}[${wrong}]`;
          expect(wrong < 0 ? "equal" : `${place}: ${values[wrong]!} for ${wanted[wrong]!}`).toBe(
            "equal",
          );
        }
      }
    });
    await fc.assert(property, { numRuns: 15 });
  }, 120_000);
});
