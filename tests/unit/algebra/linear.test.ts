import { describe, expect, it } from "vitest";

import { inline, type UserFunction } from "../../../lib/algebra/inline.js";
import { linearSystem } from "../../../lib/algebra/linear.js";
import { simplify } from "../../../lib/algebra/simplify.js";
import { print } from "../../../lib/dsl/print.js";
import { seededRandom } from "../../support/seeded-random.js";
import { parsed } from "../../support/texts.js";
import { evaluate } from "./evaluate.js";

describe("linearSystem", () => {
  it("collects the coefficients of all unknowns", () => {
    const system = linearSystem(["a*(x - y)/tau + g", "2*y + x*exp(a)"].map(parsed), ["x", "y"]);
    expect(system?.coefficients.map((row) => row.map(print))).toEqual([
      ["a / tau", "-a / tau"],
      ["exp(a)", "2"],
    ]);
    expect(system?.constants.map(print)).toEqual(["g", "0"]);
  });

  it("sees that powers cancel", () => {
    const system = linearSystem([parsed("(x + y)*(x - y) - x^2 + y*y + 3*x")], ["x", "y"]);
    expect(system?.coefficients[0]!.map(print)).toEqual(["3", "0"]);
  });

  it.each([
    "x*y",
    "x^2",
    "exp(x)",
    "1/y",
    "ite(x > 0, 1, 2)",
    "a + x*exp(y)",
    "abs(x)",
    "x > 1",
    "y^a",
  ])("refuses %j", (text) => {
    expect(linearSystem([parsed(text)], ["x", "y"])).toBeNull();
  });

  it("agrees with the values of random linear expressions", () => {
    const seed = 7;
    const random = seededRandom(seed);
    const below = (limit: number): number => random.below(limit);
    const number = (): number => below(2000) / 500 - 2;
    for (let i = 0; i < 200; i++) {
      const text = randomLinear(below, 4);
      const system = linearSystem([parsed(text)], ["x", "y", "z"]);
      expect(system, `seed ${seed}: ${text}`).not.toBeNull();
      const values = new Map(["a", "b", "x", "y", "z"].map((name) => [name, number()]));
      const expected = evaluate(parsed(text), values);
      const value = ["x", "y", "z"].reduce(
        (sum, name, j) => sum + evaluate(system!.coefficients[0]![j]!, values) * values.get(name)!,
        evaluate(system!.constants[0]!, values),
      );
      const error = Math.abs(value - expected) / Math.max(1, Math.abs(expected));
      expect(error, `seed ${seed}: ${text}`).toBeLessThan(1e-9);
    }
  });
});

/** Sums of unknowns times expressions without unknowns, nested. */
function randomLinear(below: (limit: number) => number, depth: number): string {
  const part = (): string => randomLinear(below, depth - 1);
  const free = (): string => ["a", "b", "(a - 2*b)", "exp(a/4)", "1.5"][below(5)]!;
  if (depth === 0) return ["x", "y", "z", "a", "b", "2"][below(6)]!;
  switch (below(6)) {
    case 0:
      return `(${part()} + ${part()})`;
    case 1:
      return `(${part()} - ${part()})`;
    case 2:
      return `${free()}*(${part()})`;
    case 3:
      return `(${part()})*${free()}`;
    case 4:
      return `(${part()})/(1 + a^2)`;
    default:
      return `-(${part()})`;
  }
}

describe("inline", () => {
  const define = (
    names: readonly string[],
    body: string,
    types: readonly ("float" | "int" | "bool")[] = [],
  ): UserFunction => ({
    parameters: names.map((name, i) => ({ name, type: types[i + 1] ?? "float" })),
    result: types[0] ?? "float",
    body: parsed(body),
  });
  const functions = new Map([
    ["leak", define(["v", "E"], "g*(E - v)")],
    ["twice", define(["f"], "2*leak(f, f + 1)")],
    ["swap", define(["x", "y"], "x - 2*y")],
    ["whole", define(["x"], "x", ["float", "int"])],
    ["truth", define(["x"], "x - 0.5", ["bool"])],
  ]);

  it.each([
    ["leak(x, 3) + 1", "g * (3 - x) + 1"],
    ["twice(x)", "2 * (g * (x + 1 - x))"],
    ["swap(y, x)", "y - 2 * x"],
    ["leak(a, b)", "leak(a, b)"],
    ["leak(leak(x, 1), a)", "g * (a - g * (1 - x))"],
    ["whole(x)", "ite(x < 0, ceil(x), floor(x))"],
    ["truth(x)", "x - 0.5 != 0"],
    ["exp(x)", "exp(x)"],
  ])("writes out %j as far as it depends on x", (text, expected) => {
    expect(print(inline(parsed(text), functions, ["x"]))).toBe(expected);
  });
});

describe("simplify", () => {
  it.each([
    ["0*x + 1*y", "y"],
    ["x^1 + x^0", "x + 1"],
    ["2 - 1 + x", "1 + x"],
    ["--x", "x"],
    ["ite(x > 0, 2*a, a*1*2)", "ite(x > 0, 2 * a, a * 2)"],
    ["ite(x > 0, a*1, a)", "a"],
    ["exp(x - 0)", "exp(x)"],
    ["x and 1", "x and 1"],
  ])("turns %j into %j", (text, expected) => {
    expect(print(simplify(parsed(text)))).toBe(expected);
  });
});
