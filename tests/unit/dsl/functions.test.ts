import { describe, expect, it } from "vitest";

import { builtins, findBuiltin } from "../../../lib/dsl/functions.js";
import { erf, erfc, gamma } from "../../../lib/dsl/special.js";

describe("built-in functions", () => {
  it.each([
    ["power", [2, 3], 8],
    ["power", [2, 0], 1],
    ["power", [2, 2.9], 4],
    ["neg", [-1], -1],
    ["pos", [NaN], 0],
    ["modulo", [7, 4], 3],
    ["modulo", [-7, 4], -3],
    ["modulo", [7.9, 4.9], 3],
    ["clip", [12, 0, 5], 5],
    ["round", [2.5], 3],
    ["round", [-2.5], -3],
    ["round", [0.49999999999999994], 0],
    ["Heaviside", [0], 0.5],
    ["min", [NaN, 1], NaN],
    ["max", [1, NaN], NaN],
    ["isfinite", [Infinity], 0],
  ] as const)("computes %s(%j) = %d", (name, operands, expected) => {
    expect(builtins[name].evaluate(...operands)).toBe(expected);
  });

  it.each([
    ["ln", "log"],
    ["fabs", "abs"],
    ["ceiling", "ceil"],
    ["Min", "min"],
    ["negative", "neg"],
    ["toString", null],
    ["Normal", null],
  ])("finds %s under its first name", (name, first) => {
    expect(findBuiltin(name)).toBe(first);
  });
});

describe("special functions", () => {
  // Reference values of Abramowitz and Stegun, tables 7.1, 7.3 and 6.1.
  it.each([
    ["erf(0.5)", erf(0.5), 0.5204998778130465],
    ["erf(2)", erf(2), 0.9953222650189527],
    ["erf(-1)", erf(-1), -0.8427007929497149],
    ["erfc(0.25)", erfc(0.25), 0.7236736098317631],
    ["erfc(3)", erfc(3), 2.209049699858544e-5],
    ["erfc(10)", erfc(10), 2.088487583762545e-45],
    ["gamma(0.5)", gamma(0.5), Math.sqrt(Math.PI)],
    ["gamma(1.5)", gamma(1.5), 0.886226925452758],
    ["gamma(-0.5)", gamma(-0.5), -3.544907701811032],
    ["gamma(6)", gamma(6), 120],
  ])("computes %s", (_, value, expected) => {
    expect(Math.abs(value / expected - 1)).toBeLessThan(2e-15);
  });

  it("is not a number or infinite where the functions are", () => {
    expect([erf(NaN), erfc(NaN), gamma(NaN), gamma(-3)]).toEqual([NaN, NaN, NaN, NaN]);
    expect([erf(Infinity), erfc(Infinity), gamma(200), gamma(-0)]).toEqual([
      1,
      0,
      Infinity,
      -Infinity,
    ]);
  });
});
