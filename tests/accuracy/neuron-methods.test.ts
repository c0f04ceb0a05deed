import { describe, expect, it } from "vitest";

import type { NeuronOptions } from "../../lib/model/definition.js";
import { lowered, runEvaluated, type Values } from "../support/compiled.js";

/** Last value of a variable of one neuron. */
function final(
  definition: NeuronOptions,
  name: string,
  values: Values,
  duration: number,
  dt: number,
): number {
  const ir = lowered(definition);
  const steps = Math.round(duration / dt);
  const state = runEvaluated(ir, values, { size: 1, steps, dt }).at(-1)!;
  return state[ir.fields.findIndex((field) => field.name === name)]![0]!;
}

/** How the error shrinks when the step is halved: the order of the method. */
function order(error: (dt: number) => number, dt: number): number {
  return Math.log2(error(dt) / error(dt / 2));
}

describe("the explicit method", () => {
  it.each([
    ["relaxation", "tau*dr/dt = 1 - r", { tau: 10 }, 1 - Math.exp(-2)],
    ["logistic growth", "tau*dr/dt = r*(1 - r)", { tau: 10, r: 0.1 }, 1 / (1 + 9 * Math.exp(-2))],
    ["a driven equation", "dr/dt = 0.1*cos(0.1*t)", {}, Math.sin(2)],
  ])("converges with order 1 on %s", (_, equations, values, exact) => {
    const definition = { parameters: { tau: 10 }, equations };
    const error = (dt: number): number => Math.abs(final(definition, "r", values, 20, dt) - exact);
    expect(order(error, 0.1)).toBeCloseTo(1, 1);
    expect(error(0.01)).toBeLessThan(2e-3);
  });

  it("advances an oscillator as Euler's rule does", () => {
    const equations = "dr/dt = 0.5*y\ndy/dt = -0.5*r";
    const x = [1, 2, 3].map((duration) => final({ equations }, "r", { r: 1 }, duration, 1));
    expect(x).toEqual([1, 0.75, 0.25]);
  });
});

describe("the exponential method", () => {
  it.each([
    ["tau*dr/dt + r = 1 : exponential", { tau: 10 }, (t: number) => 1 - Math.exp(-t / 10)],
    ["dr/dt = (1 - r)/tau : exponential", { tau: 10 }, (t: number) => 1 - Math.exp(-t / 10)],
    [
      "dr/dt = 0.2*(1 - r) - 0.3*r : exponential",
      { r: 1 },
      (t: number) => 0.4 + 0.6 * Math.exp(-t / 2),
    ],
  ])("is exact for %s, whatever the step", (equations, values, exact) => {
    for (const dt of [0.1, 1, 5]) {
      const value = final({ parameters: { tau: 10 }, equations }, "r", values, 20, dt);
      expect(Math.abs(value - exact(20))).toBeLessThan(1e-14);
    }
  });

  it("has order 1 when the steady state moves", () => {
    // tau·dr/dt = sin(t/10) − r with tau = 10: r = (sin(s) − cos(s) + exp(−s))/2, s = t/10.
    const definition = {
      parameters: { tau: 10 },
      equations: "tau*dr/dt = sin(0.1*t) - r : exponential",
    };
    const exact = (Math.sin(2) - Math.cos(2) + Math.exp(-2)) / 2;
    const error = (dt: number): number =>
      Math.abs(final(definition, "r", { tau: 10 }, 20, dt) - exact);
    expect(order(error, 0.1)).toBeCloseTo(1, 1);
  });

  it("is exact with a conductance that is held during the step", () => {
    const equations = "tau*dr/dt = (1 - r) + g*(3 - r) : exponential";
    const definition = { parameters: "tau = 10; g = 0.5", equations };
    const value = final(definition, "r", { tau: 10, g: 0.5 }, 10, 2);
    const steady = (1 + 0.5 * 3) / 1.5;
    expect(Math.abs(value - steady * (1 - Math.exp((-10 * 1.5) / 10)))).toBeLessThan(1e-14);
  });
});

describe("conformance vectors of the specification", () => {
  it.each([
    ["explicit", [0.1, 0.19, 0.271]],
    ["exponential", [0.095162582, 0.1812692469, 0.2591817793]],
  ])("tau*dv/dt + v = 1 by the %s method", (method, expected) => {
    const definition = { parameters: { tau: 10 }, equations: `tau*dr/dt + r = 1 : ${method}` };
    const values = [1, 2, 3].map((steps) => final(definition, "r", { tau: 10 }, steps, 1));
    values.forEach((value, i) => expect(Math.abs(value - expected[i]!)).toBeLessThan(1e-9));
  });

  it("values of functions", () => {
    const equations = `
      a = power(2, 3); b = neg(-1); c = modulo(7, 4); d = clip(12, 0, 5)
      e = -2^2; f = 2^3^2; r = round(2.5)`;
    const names = ["a", "b", "c", "d", "e", "f", "r"];
    expect(names.map((name) => final({ equations }, name, {}, 1, 1))).toEqual([
      8, -1, 3, 5, -4, 512, 3,
    ]);
  });

  it("an input without an equation lives for one step", () => {
    const definition = { equations: "v = g_exc", spike: "v > 10" };
    const ir = lowered(definition);
    const slot = ir.fields.findIndex((field) => field.name === "g_exc");
    const [state] = runEvaluated(ir, { g_exc: 3 }, { size: 1, steps: 1, dt: 1 });
    expect(state![slot]![0]).toBe(0);
    expect(state![ir.fields.findIndex((field) => field.name === "v")]![0]).toBe(3);
  });
});
