import { describe, expect, it } from "vitest";

import { Neuron, SimulatorError, Synapse, type NDArray, type Network } from "../../lib/index.js";
import { strictNetwork } from "../support/neurons.js";

/** Backward Euler has no real solution for it with k = 1 and a step of 1. */
const Diverging = new Neuron({
  parameters: "k = 0.0",
  equations: "dr/dt = k*(r^2 + 1.0) : implicit",
});

/** Code and facts of the error of a run. */
async function failure(net: Network, duration: number): Promise<unknown> {
  try {
    await net.simulate(duration);
  } catch (error) {
    if (!(error instanceof SimulatorError)) throw error;
    return { code: error.code, ...error.details };
  }
  return null;
}

describe("an implicit equation without a solution", () => {
  it("ends the run, with the variable, the neuron and the step", async () => {
    const net = strictNetwork({ dt: 1 });
    const pop = net.create(10, { neuron: Diverging, name: "cells" });
    await net.compile();
    expect(await failure(net, 3)).toBeNull();
    pop.set({ k: [0, 0, 0, 0, 0, 1, 0, 0, 1, 0] });
    expect(await failure(net, 10)).toEqual({
      code: "NOT_CONVERGED",
      object: 'population "cells"',
      variable: "r",
      element: 5,
      step: 3,
    });
  });

  it("is found in the synapses of a projection", async () => {
    const net = strictNetwork({ dt: 1 });
    const pop = net.create(3, { neuron: new Neuron({ equations: "r = sum(exc)" }) });
    const synapse = new Synapse({
      parameters: "k = 0.0",
      equations: "dx/dt = k*(x^2 + 1.0) : implicit",
    });
    const proj = net
      .connect(pop, pop, { target: "exc", synapse, name: "links" })
      .oneToOne({ weights: 1 });
    await net.compile();
    expect(await failure(net, 2)).toBeNull();
    proj.dendrite(1).set({ k: 1 });
    expect(await failure(net, 2)).toMatchObject({
      object: 'projection "links"',
      variable: "x",
      element: 1,
      step: 2,
    });
  });

  it("is no error in the padding behind the last neuron", async () => {
    const net = strictNetwork({ dt: 1 });
    // With the tau of 0 in the padding the derivative is no number.
    const neuron = new Neuron({
      parameters: "tau = 10.0",
      equations: "tau*dr/dt = exp(-r^2/tau) - r : implicit",
    });
    net.create(5, { neuron });
    await net.compile();
    expect(await failure(net, 10)).toBeNull();
  });
});

describe("a non-linear implicit equation", () => {
  it.each([
    ["double", 1e-13],
    ["float", 1e-5],
  ] as const)("is solved in %s precision", async (precision, tolerance) => {
    const net = strictNetwork({ dt: 1 }, { precision });
    const neuron = new Neuron({ equations: "dr/dt = 0.5*r*(1.0 - r) : implicit, init = 0.1" });
    const pop = net.create(3, { neuron });
    await net.compile();
    await net.simulate(1);
    // 0.5 r'² + 0.5 r' = 0.1
    const expected = (-1 + Math.sqrt(1.8)) / 2;
    for (const value of (pop.r as NDArray).data) {
      expect(Math.abs(value - expected)).toBeLessThan(tolerance);
    }
  });
});

describe("equations that their methods cannot advance", () => {
  it("are refused where the population is created", () => {
    const net = strictNetwork({ dt: 1 });
    const equations = "dr/dt = -r : implicit\ndy/dt = r : rk4\ndz/dt = z^2 : exponential";
    expect(() => net.create(1, { neuron: new Neuron({ equations }) })).toThrow(
      expect.objectContaining({ code: "METHODS_MIXED" }),
    );
    expect(net.create(1, { neuron: Diverging }).name).toBe("pop0");
  });

  it("are refused where the projection is made", () => {
    const net = strictNetwork({ dt: 1 });
    const pop = net.create(2, { neuron: Diverging });
    const synapse = new Synapse({ equations: "dw/dt = w^2 : exponential" });
    expect(() => net.connect(pop, pop, { target: "exc", synapse })).toThrow(
      expect.objectContaining({ code: "NOT_LINEAR" }),
    );
  });
});
