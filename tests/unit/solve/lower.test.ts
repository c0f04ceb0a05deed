import { describe, expect, it } from "vitest";

import { EquationError } from "../../../lib/errors.js";
import type { NeuronOptions } from "../../../lib/model/definition.js";
import { analyseNeuron } from "../../../lib/model/neuron.js";
import { lowerNeuron } from "../../../lib/solve/lower.js";
import { lowered, runEvaluated, type Values } from "../../support/compiled.js";
import { brief } from "../../support/texts.js";

/** Values of one neuron at the end of each step, by the reference evaluator. */
function trace(
  definition: NeuronOptions,
  names: readonly string[],
  steps: number,
  values: Values = {},
  dt = 1,
) {
  const ir = lowered(definition);
  const states = runEvaluated(ir, values, { size: 1, steps, dt });
  const slots = names.map((name) => ir.fields.findIndex((field) => field.name === name));
  return slots.map((slot) => states.map((state) => state[slot]![0]!));
}

describe("the order of evaluation", () => {
  it("advances neighbouring equations together and lets assignments act at once", () => {
    const equations = "du/dt = v - u\nI = 2\ndk/dt = v - k\ndv/dt = I - v - u + k\nr = v";
    expect(trace({ equations }, ["u", "k", "v"], 3, { v: 1 })).toEqual([
      [1, 1, 2],
      [1, 1, 2],
      [1, 2, 1],
    ]);
  });

  it("does not let a population-wide statement interrupt a block", () => {
    const equations = "dx/dt = y\nm = t : population\ndy/dt = x\nr = 0";
    expect(trace({ equations }, ["x", "y", "m"], 2, { x: 1, y: 2 })).toEqual([
      [3, 6],
      [3, 6],
      [0, 1],
    ]);
  });

  it("lets local statements see the new population-wide values", () => {
    const equations = "r = m\nm = t + 1 : population";
    expect(trace({ equations }, ["r"], 3)).toEqual([[1, 2, 3]]);
  });

  it("applies bounds in their order after the commit", () => {
    const equations = "r = 10*t - 5 : max = 4, min = 6\nx += 3 : min = 0, max = 2*r";
    expect(trace({ equations }, ["r", "x"], 2)).toEqual([
      [6, 6],
      [3, 6],
    ]);
  });

  it("truncates what is stored as int, and keeps 0 or 1 of what is bool", () => {
    const equations = "n = 1.9*t - 3 : int\nb = t : bool\nr = n + b/2";
    expect(trace({ equations }, ["n", "b", "r"], 3)).toEqual([
      [-3, -1, 0],
      [0, 1, 1],
      [-3, -0.5, 0.5],
    ]);
  });
});

describe("the exponential method", () => {
  it("uses a shared time constant as it was before the step", () => {
    // tau changes from 1 to 2 in the first step: the factor is that of 1.
    const definition = {
      equations: "tau = 2 : population, init = 1\ntau*dr/dt = 1 - r : exponential",
    };
    const [r] = trace(definition, ["r"], 1, { tau: 1 });
    expect(r![0]).toBeCloseTo(1 - Math.exp(-1), 15);
  });

  it("refuses equations that are not linear, all of them at once", () => {
    const equations = "r = 1\ndx/dt = x^2 : exponential\ndy/dt = x : exponential\n(dz/dt)^2 = 1";
    const model = analyseNeuron({ equations }, { constants: [] });
    try {
      lowerNeuron(model);
      expect.unreachable();
    } catch (error) {
      if (!(error instanceof EquationError)) throw error;
      expect(error.diagnostics.map(brief)).toEqual([
        "NOT_LINEAR dx/dt = x^2 : exponential",
        "NOT_LINEAR dy/dt = x : exponential",
        "NOT_AFFINE_IN_GRADIENT (dz/dt)^2",
      ]);
    }
  });
});

describe("spikes", () => {
  const definition = {
    equations: "v += 1\ndg_exc/dt = -0.5*g_exc\nw = t",
    spike: "v >= 3",
    reset: "v = 0; g_exc += 1",
    refractory: 2.0,
  };
  const counters = { ".refractory": 2 };

  it("freeze everything but the inputs for the refractory period", () => {
    const [v, g, w, remaining] = trace(definition, ["v", "g_exc", "w", ".remaining"], 7, {
      ...counters,
      v: 1,
    });
    expect(v).toEqual([2, 0, 0, 0, 1, 2, 0]);
    expect(w).toEqual([0, 1, 1, 1, 4, 5, 6]);
    expect(remaining).toEqual([0, 2, 1, 0, 0, 0, 2]);
    expect(g).toEqual([0, 1, 0.5, 0.25, 0.125, 0.0625, 1.03125]);
  });

  it("drop an input without an equation after one step, also while refractory", () => {
    const instant = { ...definition, equations: "v += 1 + 0*g_exc", reset: "v = 0" };
    const [g] = trace(instant, ["g_exc"], 2, { ...counters, v: 5, g_exc: 7 });
    expect(g).toEqual([0, 0]);
  });

  it("read a named refractory period at each spike, in whole steps", () => {
    const named = { ...definition, parameters: "tref = 0.3", refractory: "tref" };
    const [remaining] = trace(named, ["tref", ".remaining"].slice(1), 1, { v: 5, tref: 0.3 }, 0.1);
    expect(remaining).toEqual([3]);
  });

  it("see the reset take effect statement by statement", () => {
    const [a, b] = trace(
      { equations: "a += 1\nb += 1", spike: "a > 1", reset: "a = b; b = a + 10" },
      ["a", "b"],
      1,
      { a: 1, b: 2 },
    );
    expect([a, b]).toEqual([[3], [13]]);
  });
});
