import { describe, expect, it } from "vitest";

import { evaluate, type Environment } from "../../../lib/dsl/evaluate.js";
import { parsed } from "../../support/texts.js";

const environment: Environment = {
  name: (name) => new Map([["a", 2]]).get(name),
  call: (name, operands) => (name === "twice" ? 2 * operands[0]! : undefined),
};

describe("evaluate", () => {
  it.each([
    // Vector 17 of the conformance vectors.
    ["power(2, 3)", 8],
    ["neg(-1)", -1],
    ["modulo(7, 4)", 3],
    ["clip(12, 0, 5)", 5],
    ["-2^2", -4],
    ["2^3^2", 512],
    ["round(2.5)", 3],
    // Required where the first implementation computed with integers or regrouped.
    ["1/2", 0.5],
    ["4^(1/2)", 2],
    ["2*modulo(5, 3)", 4],
    ["power(7, 0)", 1],
    ["a + pi", 2 + Math.PI],
    ["-a", -2],
    ["not a", 0],
    ["1 < a <= 2", 1],
    ["1 < a < 2", 0],
    ["a is 2 and a is not 3", 1],
    ["a == 3 or True", 1],
    ["max(1, a, 5, 3) - min(4, a)", 3],
    ["ite(a > 1, 10, 20)", 10],
    ["if a > 2: 10 else: 20", 20],
    ["twice(a + 1)", 6],
  ])("computes %s", (text, expected) => {
    expect(evaluate(parsed(text), environment)).toBe(expected);
  });

  it("looks only at the branch that is chosen", () => {
    expect(evaluate(parsed("ite(a > 1, a, unknown)"), environment)).toBe(2);
    expect(evaluate(parsed("ite(a > 3, a, unknown)"), environment)).toBeUndefined();
  });

  it.each([
    ["b", "b + 1"],
    ["pre.r", "pre.r"],
    ["sum(exc)", "2*sum(exc)"],
    ["mean(a)", "mean(a)"],
    ["f(a)", "f(a)"],
    ["a wrong number of operands", "clip(a)"],
    ["ite(a)", "ite(a)"],
  ])("has no value for %s", (_, text) => {
    expect(evaluate(parsed(text), environment)).toBeUndefined();
  });
});
