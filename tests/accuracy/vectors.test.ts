import { describe, expect, it } from "vitest";

import { trace } from "./integration.js";

function expectClose(values: readonly number[], expected: readonly number[]): void {
  expect(values.length).toBe(expected.length);
  for (const [i, value] of values.entries()) {
    expect(Math.abs(value - expected[i]!)).toBeLessThan(1e-10);
  }
}

describe("tau*dv/dt + v = 1", () => {
  it.each([
    ["explicit", [0.1, 0.19, 0.271]],
    ["implicit", [0.0909090909, 0.173553719, 0.2486851991]],
    ["semiimplicit", [0.0909090909, 0.173553719, 0.2486851991]],
    ["exponential", [0.095162582, 0.1812692469, 0.2591817793]],
    ["midpoint", [0.095, 0.180975, 0.258782375]],
    ["rk4", [0.0951625, 0.1812690986, 0.259181578]],
  ])("by the method %s", (method, expected) => {
    const definition = { parameters: "tau = 10", equations: `tau*dr/dt + r = 1 : ${method}` };
    expectClose(trace(definition, "r", { tau: 10 }, 3), expected);
  });
});

describe("dx/dt = k*y, dy/dt = -k*x", () => {
  it.each([
    ["explicit", [1, 0.75, 0.25]],
    ["implicit", [0.8, 0.48, 0.128]],
    ["midpoint", [0.875, 0.515625, 0.013671875]],
    ["rk4", [0.8776041667, 0.5405883789, 0.0714255616]],
  ])("by the method %s", (method, expected) => {
    const definition = {
      parameters: "k = 0.5",
      equations: `dr/dt = k*y : ${method}\ndy/dt = -k*r : ${method}`,
    };
    expectClose(trace(definition, "r", { k: 0.5, r: 1 }, 3), expected);
  });
});

describe("blocks of equations", () => {
  it.each([
    ["u", [1, 1, 2]],
    ["k", [1, 1, 2]],
    ["r", [1, 2, 1]],
  ])("give %s its values", (name, expected) => {
    const equations = "du/dt = r - u\nI = 2\ndk/dt = r - k\ndr/dt = I - r - u + k";
    expectClose(trace({ equations }, name, { r: 1 }, 3), expected);
  });
});

it("values of functions", () => {
  const equations = `
      a = power(2, 3); b = neg(-1); c = modulo(7, 4); d = clip(12, 0, 5)
      e = -2^2; f = 2^3^2; r = round(2.5)`;
  const values = ["a", "b", "c", "d", "e", "f", "r"].map(
    (name) => trace({ equations }, name, {}, 1)[0],
  );
  expect(values).toEqual([8, -1, 3, 5, -4, 512, 3]);
});

it("an input without an equation lives for one step", () => {
  const definition = { equations: "v = g_exc", spike: "v > 10" };
  expect(trace(definition, "g_exc", { g_exc: 3 }, 1)).toEqual([0]);
  expect(trace(definition, "v", { g_exc: 3 }, 1)).toEqual([3]);
});
