import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { lowered, runCompiled, runEvaluated, type Values } from "../support/compiled.js";

/** Names that random expressions are made of: local and global attributes of all types. */
const names = ["a", "b", "n", "flag", "g", "h", "x", "y", "k", "t", "dt"];
const exact = ["abs", "floor", "ceil", "round", "sign", "pos", "neg", "sqrt", "Heaviside"];
const exactOfTwo = ["min", "max", "modulo", "fmod"];

const { expression, condition } = fc.letrec<{ expression: string; condition: string }>((tie) => ({
  expression: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.constantFrom(...names),
    fc.double({ min: -100, max: 100, noNaN: true }).map((value) => `(${value})`),
    fc
      .tuple(tie("expression"), fc.constantFrom("+", "-", "*", "/"), tie("expression"))
      .map(([left, operator, right]) => `(${left} ${operator} ${right})`),
    tie("expression").map((operand) => `(-${operand})`),
    fc
      .tuple(tie("expression"), fc.integer({ min: -3, max: 8 }))
      .map(([base, exponent]) => `(${base})^(${exponent})`),
    fc
      .tuple(fc.constantFrom(...exact), tie("expression"))
      .map(([name, operand]) => `${name}(${operand})`),
    fc
      .tuple(fc.constantFrom(...exactOfTwo), tie("expression"), tie("expression"))
      .map(([name, left, right]) => `${name}(${left}, ${right} + 0.25)`),
    fc
      .tuple(tie("expression"), tie("expression"), tie("expression"))
      .map(([value, low, high]) => `clip(${value}, ${low}, ${high})`),
    fc
      .tuple(tie("condition"), tie("expression"), tie("expression"))
      .map(([test, then, otherwise]) => `ite(${test}, ${then}, ${otherwise})`),
  ),
  condition: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.constant("flag"),
    fc
      .tuple(
        tie("expression"),
        fc.constantFrom("<", "<=", ">", ">=", "==", "!="),
        tie("expression"),
      )
      .map(([left, operator, right]) => `(${left} ${operator} ${right})`),
    fc
      .tuple(tie("expression"), tie("expression"), tie("expression"))
      .map(([low, value, high]) => `(${low} < ${value} <= ${high})`),
    fc
      .tuple(tie("condition"), fc.constantFrom("and", "or"), tie("condition"))
      .map(([left, operator, right]) => `(${left} ${operator} ${right})`),
    tie("condition").map((operand) => `(not ${operand})`),
    tie("expression").map((operand) => `isfinite(${operand})`),
  ),
}));

const model = fc.record({
  first: expression,
  second: expression,
  conditional: fc.tuple(condition, expression, expression),
  truth: condition,
  whole: expression,
  bound: expression,
  slope: expression,
  shared: fc.constantFrom("g + 0.5*t", "g*h - q", "max(q, h)"),
  spike: condition,
  reset: expression,
});

function definitionOf(random: typeof model extends fc.Arbitrary<infer M> ? M : never) {
  const { first, second, conditional, truth, whole, bound, slope, shared, spike, reset } = random;
  return {
    parameters:
      "a = 0; b = 0; n = 0 : int; flag = True; g = 0 : population; h = 0 : population; ref = 0",
    equations: `
      q = ${shared} : population
      x = ${first} : min = -1e6, max = ${bound}
      c = if ${conditional[0]}: ${conditional[1]} else: ${conditional[2]}
      y += ${second}
      p = ${truth} : bool
      k = ${whole} : int
      h2 * dz/dt = ${slope} - z / g
      dh2/dt = a - h2 + g_exc`,
    spike,
    reset: `z = ${reset}; y *= 0.5; p = not p`,
    refractory: "ref",
  };
}

const values: Values = {
  a: [0.5, -1.25, 3, 0, 1e-3, 7.5, -20],
  b: [2, 0.1, -0.3, 1e8, 0],
  n: [1, 2, -3],
  flag: [1, 0, 1, 1, 0],
  g: 0.7,
  h: -2.5,
  q: 0.25,
  x: [0.1, 0.2, 0.3],
  y: [1, -1],
  h2: [1, 2, 0.5],
  ref: [0, 0.1, 0.3, 1],
  g_exc: [0, 0.25],
};

/** The simplest statements in all places. */
const plain = {
  ...{ first: "a", second: "a", conditional: ["flag", "a", "a"] as [string, string, string] },
  ...{ truth: "flag", whole: "a", bound: "a", slope: "a", shared: "g + 0.5*t" },
  ...{ spike: "flag", reset: "a" },
};

/** Models that once found a fault. */
const fixtures = [
  // The largest int32 is not a float.
  { ...plain, whole: "clip(a, (a)^(-1), a)" },
  // A fraction above -1, stored as int and read again, became a negative zero in a loop of scalars.
  {
    ...plain,
    whole: "clip(a, a, dt - ite(flag, a, a))",
    slope: "-ite(not ((k)^(-3) < a or flag), a, y) + fmod(a, a + 0.25)",
  },
];

describe.each(["double", "float"] as const)("generated C in %s precision", (precision) => {
  it("computes operators, exact functions, bounds, resets and refractoriness bit for bit", async () => {
    const property = fc.asyncProperty(model, async (random) => {
      const ir = lowered(definitionOf(random));
      const run = { size: 70, steps: 4, dt: 0.1, precision };
      const compiled = await runCompiled(ir, values, run);
      const evaluated = runEvaluated(ir, values, run);
      for (const [step, state] of compiled.entries()) {
        for (const [slot, field] of state.entries()) {
          const wanted = evaluated[step]![slot]!;
          const wrong = field.findIndex((value, i) => !Object.is(value, wanted[i]!));
          const place = `step ${step}, ${ir.fields[slot]!.name}[${wrong}]`;
          expect(wrong < 0 ? "equal" : `${place}: ${field[wrong]!} for ${wanted[wrong]!}`).toBe(
            "equal",
          );
        }
      }
    });
    await fc.assert(property, { numRuns: 25, examples: fixtures.map((fixture) => [fixture]) });
  }, 120_000);
});
