import { describe, expect, it } from "vitest";

import {
  isDifferentiable,
  OPERANDS,
  partialDerivatives,
} from "../../../lib/algebra/derivatives.js";
import { differentiate, findUnderivable } from "../../../lib/algebra/differentiate.js";
import type { Expression } from "../../../lib/dsl/ast.js";
import { builtins, type BuiltinName } from "../../../lib/dsl/functions.js";
import { print } from "../../../lib/dsl/print.js";
import { seededRandom } from "../../support/seeded-random.js";
import { parsed } from "../../support/texts.js";
import { evaluate } from "./evaluate.js";

const names = Object.keys(builtins) as readonly BuiltinName[];

/** Derivative by five values around a point; the error is of order step^4. */
function difference(value: (x: number) => number, x: number): number {
  const h = 1e-3;
  return (8 * (value(x + h) - value(x - h)) - (value(x + 2 * h) - value(x - 2 * h))) / (12 * h);
}

function expectNear(value: number, expected: number, what: string): void {
  const error = Math.abs(value - expected) / Math.max(1, Math.abs(expected));
  expect(error, `${what}: ${value}, by differences ${expected}`).toBeLessThan(1e-6);
}

describe("differentiate", () => {
  it.each([
    ["a", "0"],
    ["x", "1"],
    ["a*x + b", "a"],
    ["x^2", "2 * x"],
    ["x^3", "3 * x^2"],
    ["-x/tau", "-1 / tau"],
    ["a/x", "-a / x / x"],
    ["2^x", "log(2) * 2^x"],
    ["exp(-x)", "-exp(-x)"],
    ["sin(a)", "0"],
    ["x > a", "0"],
    ["ite(x > a, 2*x, a)", "ite(x > a, 2, 0)"],
    ["ite(x > a, x, x + a)", "1"],
    ["pow(x, 2)", "2 * pow(x, 1)"],
    ["x and a", "0"],
  ])("derives %j by x", (text, expected) => {
    expect(print(differentiate(parsed(text), "x"))).toBe(expected);
  });

  it.each(names.filter(isDifferentiable))("knows the derivative of %s", (name) => {
    // Within the domain of every function, off corners and jumps.
    const point = name === "acosh" ? [1.7] : [0.4, 2.3, 3.1];
    const values = { a: point[0]!, b: point[1] ?? 0, c: point[2] ?? 0 };
    const { evaluate: at, arity } = builtins[name];
    partialDerivatives(name).forEach((partial, i) => {
      const operands = OPERANDS.slice(0, arity).map((operand) => values[operand]);
      const value = (x: number): number => at(...operands.with(i, x));
      const slope = evaluate(partial, new Map(Object.entries(values)));
      expectNear(slope, difference(value, operands[i]!), `${name}, operand ${i + 1}`);
    });
  });

  it("derives functions with any number of operands", () => {
    const values = new Map([
      ["x", 2],
      ["a", 1],
    ]);
    const slope = (text: string): number => evaluate(differentiate(parsed(text), "x"), values);
    expect(slope("max(a, 3*x, 5)")).toBe(3);
    expect(slope("max(a, 3*x, 7)")).toBe(0);
    expect(slope("min(x^2, 5, 6*a)")).toBe(4);
  });

  it("agrees with finite differences on random expressions", () => {
    const seed = 20260131;
    const random = seededRandom(seed);
    const below = (limit: number): number => random.below(limit);
    let compared = 0;
    for (let i = 0; i < 400; i++) {
      const expression = randomExpression(below, 4);
      const x = 0.2 + below(1000) / 700;
      const values = (at: number): ReadonlyMap<string, number> =>
        new Map([
          ["x", at],
          ["a", 0.7],
          ["b", 1.3],
        ]);
      const value = (at: number): number => evaluate(expression, values(at));
      const expected = difference(value, x);
      // Near a corner, a pole or in a steep place, differences say nothing.
      const around = [x - 2e-3, x - 1e-3, x + 1e-3, x + 2e-3].map((at) =>
        evaluate(differentiate(expression, "x"), values(at)),
      );
      const spread = Math.max(...around) - Math.min(...around);
      if (!Number.isFinite(expected) || !(spread < 0.05 * Math.max(1, Math.abs(expected))))
        continue;
      const slope = evaluate(differentiate(expression, "x"), values(x));
      const error = Math.abs(slope - expected) / Math.max(1, Math.abs(expected));
      expect(error, `seed ${seed}, case ${i}: ${print(expression)} at ${x}`).toBeLessThan(1e-5);
      compared++;
    }
    expect(compared).toBeGreaterThan(200);
  });
});

describe("findUnderivable", () => {
  it.each([
    ["1 + gamma(x)", "gamma"],
    ["ite(a > 0, exp(gamma(2*x)), x)", "gamma"],
    ["gamma(a)*x", null],
    ["ite(gamma(x) > a, x, not gamma(x))", null],
    ["exp(x)", null],
  ])("searches %j", (text, name) => {
    expect(findUnderivable(parsed(text), ["x"])?.name ?? null).toBe(name);
  });
});

const smooth = [
  ...(["sin", "cos", "tanh", "atan", "exp", "log1p", "sqrt", "erf", "cbrt", "abs", "pos"] as const),
];

/** A tree of operators and functions over x, a, b and numbers. */
function randomExpression(below: (limit: number) => number, depth: number): Expression {
  return parsed(randomText(below, depth));
}

function randomText(below: (limit: number) => number, depth: number): string {
  const part = (): string => randomText(below, depth - 1);
  if (depth === 0) return ["x", "a", "b", "2.5", "x"][below(5)]!;
  switch (below(7)) {
    case 0:
      return `(${part()} + ${part()})`;
    case 1:
      return `(${part()} - ${part()})`;
    case 2:
      return `(${part()}*${part()})`;
    case 3:
      return `(${part()}/${part()})`;
    case 4:
      return `${smooth[below(smooth.length)]!}(${part()})`;
    case 5:
      return `(${part()})^${below(4)}`;
    default:
      return `ite(${part()} > ${part()}, ${part()}, -${part()})`;
  }
}
