import { expect, it } from "vitest";

import { builtins, type BuiltinName } from "../../lib/dsl/functions.js";
import { lowered, runCompiled, runEvaluated, ulps } from "../support/compiled.js";

/** Values at which functions turn, and values of every size. */
const special = [
  ...[0, -0, 0.5, -0.5, 1, -1, 1.5, -1.5, 2, -2, 2.5, -2.5, 3, 7, 12, -4, 1e-300, -1e-300, 5e-324],
  ...[0.1, 0.49999999999999994, 1e16, -1e16, 700, -700, 710, -745, 1e300, -1e300],
  ...[Infinity, -Infinity, NaN, Math.PI, -Math.PI / 2, 4503599627370497.5, 2147483648, -2147483649],
];

/** Largest distance between the compiled function and the evaluator; 0 where nothing is said. */
const tolerance: { readonly [F in BuiltinName]?: number } = {
  ...{ cos: 2, sin: 2, tan: 2, acos: 2, asin: 2, atan: 2, cosh: 2, sinh: 2, tanh: 2 },
  ...{ acosh: 2, asinh: 2, atanh: 2, atan2: 2, hypot: 2, exp: 2, expm1: 2, exp2: 2 },
  ...{ log: 2, log1p: 2, log2: 2, log10: 2, cbrt: 2, pow: 2 },
  // The evaluator's own versions are simple ones.
  ...{ erf: 8, erfc: 64, gamma: 64 },
};

const names = Object.keys(builtins) as BuiltinName[];

function randomValues(seed: number, count: number): number[] {
  let state = seed;
  return Array.from({ length: count }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    const sign = (state & 1) === 0 ? 1 : -1;
    return sign * 10 ** ((state / 2 ** 32) * 6 - 3);
  });
}

it("computes every function as the evaluator does, exactly or to 2 ulp", async () => {
  const equations = names.map((name) => {
    const operands = ["a", "b", "c"].slice(0, builtins[name].arity);
    return `y_${name} = ${name}(${operands.join(", ")})`;
  });
  const ir = lowered({ parameters: "a; b; c; r = 0", equations });
  const a = [...special, ...special, ...randomValues(1, 400)];
  const b = [...special, ...[...special].reverse(), ...randomValues(2, 400)];
  const c = a.map((_, i) => [3, -0.25, 1e3][i % 3]!);
  const run = { size: a.length, steps: 1, dt: 1 };
  const [compiled] = await runCompiled(ir, { a, b, c }, run);
  const [evaluated] = runEvaluated(ir, { a, b, c }, run);
  const wrong: string[] = [];
  for (const name of names) {
    const slot = ir.fields.findIndex((field) => field.name === `y_${name}`);
    const allowed = tolerance[name] ?? 0;
    compiled![slot]!.forEach((value, i) => {
      const wanted = evaluated![slot]![i]!;
      const distance = ulps(value, wanted);
      if (distance > allowed || (allowed === 0 && !Object.is(value, wanted))) {
        const operands = [a[i], b[i], c[i]].slice(0, builtins[name].arity);
        wrong.push(`${name}(${operands.join(", ")}) = ${value}, not ${wanted}: ${distance} ulp`);
      }
    });
  }
  expect(wrong).toEqual([]);
});
