import { describe, expect, it } from "vitest";

import { lowered, runEvaluated } from "../support/compiled.js";
import { seededRandom } from "../support/seeded-random.js";
import { final, finalCompiled, trace, type Problem } from "./integration.js";

/** Roots of the equation of one step of backward Euler for logistic growth: x' = x + h·k·x'·(1 − x'). */
function logistic(x: number, gain: number): number {
  return (gain - 1 + Math.sqrt((1 - gain) ** 2 + 4 * gain * x)) / (2 * gain);
}

describe("the implicit method", () => {
  it.each([
    ["tau*dr/dt + r = 1 + a", 2],
    ["dr/dt = (a - r)/tau", 1],
    ["tau*dr/dt = (1 - r) + a*(3 - r) - 2*(r + 1)", 0],
    ["(1 + a)*(tau*dr/dt + r) = 4 - a*r", -1],
    ["-tau*dr/dt = r", 3],
  ])("equals the semi-implicit one on the linear equation %s", (equation, start) => {
    const values = { tau: 7, a: 0.3, r: start };
    const by = (method: string): readonly number[] => {
      const equations = `${equation} : ${method}`;
      return trace({ parameters: "tau = 7; a = 0.3", equations }, "r", values, 20, 0.9);
    };
    const expected = by("semiimplicit");
    by("implicit").forEach((value, i) => {
      expect(Math.abs(value - expected[i]!)).toBeLessThan(1e-14);
    });
  });

  it("takes the root that continues the old value of a quadratic equation", () => {
    const definition = { equations: "dr/dt = 0.5*r*(1 - r) : implicit" };
    const expected: number[] = [];
    for (let i = 0, x = 0.1; i < 20; i++) expected.push((x = logistic(x, 0.5)));
    trace(definition, "r", { r: 0.1 }, 20).forEach((value, i) => {
      expect(Math.abs(value - expected[i]!)).toBeLessThan(1e-13);
    });
  });

  it("solves for the variable inside functions, those of the user included", () => {
    const definition = {
      equations: "dr/dt = -exp(-s(r)) - tanh(r) : implicit",
      functions: "s(x) = x^2/2",
    };
    const values = trace(definition, "r", { r: 1 }, 5, 0.5);
    [1, ...values].slice(0, -1).forEach((before, i) => {
      const after = values[i]!;
      const residual = after - before + 0.5 * (Math.exp(-(after ** 2) / 2) + Math.tanh(after));
      expect(Math.abs(residual)).toBeLessThan(1e-12);
    });
  });

  it("writes out a function of the user that is linear, and needs no iteration for it", () => {
    const by = (equations: string): readonly number[] =>
      trace({ equations, functions: "leak(v, E) = 0.2*(E - v)" }, "r", { r: 1 }, 4);
    expect(by("dr/dt = leak(r, 3) : implicit")).toEqual(by("dr/dt = 0.2*(3 - r) : implicit"));
  });

  it("solves for a variable in front of the gradient", () => {
    // r·dr/dt = 1: r'² − r·r' − h = 0.
    const values = trace({ equations: "r*dr/dt = 1 : implicit" }, "r", { r: 1 }, 5, 0.5);
    [1, ...values].slice(0, -1).forEach((before, i) => {
      expect(Math.abs(values[i]! - (before + Math.sqrt(before ** 2 + 2)) / 2)).toBeLessThan(1e-12);
    });
  });

  it("solves a system whose first pivot is zero", () => {
    // dr/dt = r + y, dy/dt = −r with a step of 1: the matrix is ((0, −1), (1, 1)).
    const definition = { equations: "dr/dt = r + y : implicit\ndy/dt = -r : implicit" };
    // 0·r' − y' = r, r' + y' = y.
    expect(trace(definition, "y", { r: 2, y: 3 }, 1)).toEqual([-2]);
    expect(trace(definition, "r", { r: 2, y: 3 }, 1)).toEqual([5]);
  });

  it.each([2, 3, 4, 5])("solves random linear systems of %i equations", (size) => {
    const seed = 100 + size;
    const random = seededRandom(seed);
    const number = (): number => (random.below(4001) - 2000) / 500;
    for (let i = 0; i < 20; i++) {
      // Some zeros, so that the rows have different forms.
      const slopes = Array.from({ length: size }, () =>
        Array.from({ length: size }, () => (random.below(3) === 0 ? 0 : number())),
      );
      const start = slopes.map(number);
      const equations = slopes.map((row, j) => {
        const terms = row.map((slope, k) => `(${slope})*x${k}`);
        return `dx${j}/dt = ${terms.join(" + ")} : implicit`;
      });
      const ir = lowered({ equations: ["r = 0", ...equations].join("\n") });
      const values = Object.fromEntries(start.map((value, j) => [`x${j}`, value]));
      const [state] = runEvaluated(ir, values, { size: 1, steps: 1, dt: 1 });
      const after = start.map(
        (_, j) => state![ir.fields.findIndex((f) => f.name === `x${j}`)]![0]!,
      );
      const scale = Math.max(1, ...after.map(Math.abs));
      slopes.forEach((row, j) => {
        const slope = row.reduce((sum, value, k) => sum + value * after[k]!, 0);
        const residual = Math.abs(after[j]! - slope - start[j]!) / scale;
        expect(residual, `seed ${seed}, system ${i}`).toBeLessThan(1e-12);
      });
    }
  });

  it("is stable on the stiff oscillator of van der Pol, and near its solution", async () => {
    const problem = (method: string, duration: number): Problem => ({
      definition: {
        parameters: "mu = 50",
        equations: `dr/dt = y : ${method}\ndy/dt = mu*(1 - r^2)*y - r : ${method}`,
      },
      values: { mu: 50, r: 2 },
      duration,
    });
    const reference = final(problem("rk4", 20), "r", 0.001);
    expect(Math.abs(final(problem("implicit", 20), "r", 0.02) - reference)).toBeLessThan(1e-3);
    // With this step the explicit method and rk4 leave every bound.
    expect(Math.abs(final(problem("rk4", 20), "r", 0.1))).not.toBeLessThan(10);
    const coarse = final(problem("implicit", 20), "r", 0.1);
    expect(Math.abs(coarse - reference)).toBeLessThan(5e-3);
    expect(
      Math.abs(coarse - (await finalCompiled(problem("implicit", 20), "r", 0.1))),
    ).toBeLessThan(1e-11);
  });
});

describe("coupled equations", () => {
  it("hold the variables of other blocks at their current values", () => {
    const definition = {
      equations: "dr/dt = y - r : implicit\nm = r\ndy/dt = m - r - y : implicit",
    };
    // r' = (r + y)/2; m = r'; y' = (y + m − r')/2 = y/2.
    expect(trace(definition, "r", { r: 1, y: 3 }, 1)).toEqual([2]);
    expect(trace(definition, "y", { r: 1, y: 3 }, 1)).toEqual([1.5]);
  });

  it.each(["midpoint", "rk4", "implicit"])(
    "of the method %s and equations of other methods see each other's old values",
    (method) => {
      const together = `dr/dt = y - r : ${method}\ndz/dt = r - z\ndy/dt = z - r - y : ${method}`;
      const held = `dr/dt = y - r : ${method}\ndy/dt = 0.25 - r - y : ${method}`;
      const values = { r: 1, y: 2, z: 0.25 };
      const r = (equations: string): number => trace({ equations }, "r", values, 1, 0.5)[0]!;
      expect(r(together)).toBe(r(held));
      expect(trace({ equations: together }, "z", values, 1, 0.5)).toEqual([0.25 + 0.5 * 0.75]);
    },
  );

  it("apply bounds to what is taken over, and not to the stages", () => {
    const bounded = "dr/dt = 1 - r : rk4, max = 0.5\ndy/dt = r : rk4";
    const free = "dr/dt = 1 - r : rk4\ndy/dt = r : rk4";
    expect(trace({ equations: bounded }, "r", {}, 1)).toEqual([0.5]);
    expect(trace({ equations: bounded }, "y", {}, 1)).toEqual(
      trace({ equations: free }, "y", {}, 1),
    );
  });
});

it("computes the factor of the exponential method before population-wide variables change", () => {
  const equations = "tau = 2 : population, init = 1\ntau*dr/dt = 1 - r";
  const after = (method: string): number =>
    trace({ equations: `${equations} : ${method}` }, "r", { tau: 1 }, 1)[0]!;
  expect(after("exponential")).toBeCloseTo(1 - Math.exp(-1), 15);
  expect(after("semiimplicit")).toBeCloseTo(1 / 3, 15);
  expect(after("implicit")).toBeCloseTo(1 / 3, 15);
});
