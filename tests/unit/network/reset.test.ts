import { describe, expect, it } from "vitest";

import { Network, Neuron, Uniform, type Population } from "../../../lib/index.js";
import { Clock, strictNetwork } from "../../support/neurons.js";

const Ramp = new Neuron({ parameters: "k = 1.0", equations: "r += k\nu -= k" });

const error = (code: string, details: object = {}): unknown =>
  expect.objectContaining({ code, details: expect.objectContaining(details) });

const values = (pop: Population, name: string): number[] => Array.from(pop.get(name) as never);

async function ran(): Promise<{ net: Network; pop: Population }> {
  const net = strictNetwork({ seed: 3 });
  const pop = net.create(2, { neuron: Ramp });
  pop.set({ r: 5 });
  await net.compile();
  await net.simulate(3);
  return { net, pop };
}

describe("reset of a network", () => {
  it("brings time and attributes back to compile", async () => {
    const { net, pop } = await ran();
    pop.set({ k: 7 });
    net.reset();
    expect([net.currentStep, values(pop, "r"), values(pop, "k")]).toEqual([0, [5, 5], [1, 1]]);
  });

  it("leaves populations and recordings alone when told to", async () => {
    const net = strictNetwork();
    const pop = net.create(1, { neuron: Ramp });
    const monitor = net.monitor(pop, "r");
    await net.compile();
    await net.simulate(2);
    net.reset({ populations: false, monitors: false });
    expect([net.currentStep, values(pop, "r")]).toEqual([0, [2]]);
    await net.simulate(1);
    expect(Array.from(monitor.get("r").data)).toEqual([1, 2, 3]);
  });

  it("starts random numbers again, unless told not to", async () => {
    const net = strictNetwork({ seed: 8 });
    const pop = net.create(1, { neuron: new Neuron({ equations: "r = Uniform(0.0, 1.0)" }) });
    await net.compile();
    await net.step();
    const first = values(pop, "r");
    const host = net.rng.random();
    net.reset();
    expect(net.rng.random()).toBe(host);
    await net.step();
    expect(values(pop, "r")).toEqual(first);
    net.reset({ reseedRng: false });
    expect(net.rng.random()).not.toBe(host);
  });

  it("says that synapses are reset with their projections", async () => {
    const warnings: string[] = [];
    const net = new Network();
    net.config({ logger: (text) => warnings.push(text) });
    net.create(1, { neuron: Ramp });
    await net.compile();
    net.reset({ synapses: true, projections: false });
    expect(warnings).toEqual(["WARNING: reset(): synapses are reset with their projections"]);
  });
});

describe("reset of a population", () => {
  it("is of all attributes, or of some", async () => {
    const { pop } = await ran();
    pop.reset(["r"]);
    expect([values(pop, "r"), values(pop, "u")]).toEqual([
      [5, 5],
      [-3, -3],
    ]);
    pop.reset();
    expect(values(pop, "u")).toEqual([0, 0]);
  });

  it("comes back to the very numbers that were drawn", async () => {
    const net = strictNetwork({ seed: 5 });
    const pop = net.create(4, { neuron: Ramp });
    pop.set({ r: new Uniform(0, 1) });
    const drawn = values(pop, "r");
    await net.compile();
    await net.simulate(2);
    pop.reset(["r"]);
    expect(values(pop, "r")).toEqual(drawn);
  });

  it("leaves out names that are no attribute, and says so", async () => {
    const warnings: string[] = [];
    const net = new Network();
    net.config({ logger: (text) => warnings.push(text) });
    const pop = net.create(1, { neuron: Ramp });
    await net.compile();
    pop.reset(["rr", "r"]);
    expect(warnings).toEqual(['WARNING: reset(): population "pop0" has no attribute "rr"']);
  });

  it("needs a compiled network", () => {
    const pop = strictNetwork().create(1, { neuron: Ramp });
    expect(() => {
      pop.reset();
    }).toThrow(error("NOT_COMPILED", { call: "reset" }));
    expect(() => {
      pop.clear();
    }).toThrow(error("NOT_COMPILED", { call: "clear" }));
  });
});

describe("a disabled population", () => {
  it("stands still until it is enabled", async () => {
    const { net, pop } = await ran();
    pop.disable();
    expect(pop.enabled).toBe(false);
    await net.simulate(2);
    expect(values(pop, "r")).toEqual([8, 8]);
    pop.enable();
    await net.simulate(2);
    expect([pop.enabled, values(pop, "r")]).toEqual([true, [10, 10]]);
  });

  it("may be so from the beginning", async () => {
    const net = strictNetwork();
    const pop = net.create(1, { neuron: Ramp });
    pop.enabled = false;
    await net.compile();
    await net.simulate(2);
    expect(values(pop, "r")).toEqual([0]);
  });
});

describe("the firing rate", () => {
  it("is 0 until it is asked for, then that of the window", async () => {
    const net = strictNetwork({ dt: 0.5 });
    const pop = net.create(1, { neuron: Clock });
    await net.compile();
    await net.simulate(10);
    expect(values(pop, "r")).toEqual([0]);
    pop.computeFiringRate(6);
    await net.simulate(30);
    // A spike every third step: 4 in the 12 steps of 6 ms.
    expect(values(pop, "r")[0]).toBeCloseTo((4 * 1000) / 6, 9);
  });

  it("may be asked for before compile", async () => {
    const net = strictNetwork();
    const pop = net.create(1, { neuron: Clock });
    pop.computeFiringRate(3);
    await net.compile();
    await net.simulate(9);
    expect(values(pop, "r")[0]).toBeCloseTo(1000 / 3, 9);
  });

  it("is not that of rate-coded neurons, nor of a window that is no time", () => {
    const net = strictNetwork();
    const rate = net.create(1, { neuron: Ramp });
    expect(() => {
      rate.computeFiringRate(10);
    }).toThrow(error("RATE_CODED_ALREADY"));
    const spiking = net.create(1, { neuron: Clock });
    expect(() => {
      spiking.computeFiringRate(-1);
    }).toThrow(error("INVALID_WINDOW"));
  });
});

describe("the refractory period", () => {
  it("can be given before compile to a model that has none", async () => {
    const net = strictNetwork();
    const pop = net.create(2, { neuron: Clock });
    expect(pop.refractory).toBe(0);
    pop.refractory = [2, 0];
    expect(Array.from(pop.refractory as never)).toEqual([2, 0]);
    pop.neuron(1).refractory = 2;
    expect(pop.refractory).toBe(2);
    const spikes = net.monitor(pop, "spike");
    await net.compile();
    await net.simulate(12);
    expect(spikes.get("spike").get(0)).toEqual([2, 7]);
  });

  it.each([
    ["rate-coded neurons", Ramp, null],
    [
      "a model that reads it from an attribute",
      new Neuron({
        parameters: "pause = 2.0",
        equations: "n += 1.0",
        spike: "n > 2.0",
        reset: "n = 0.0",
        refractory: "pause",
      }),
      "pause",
    ],
  ])("cannot be assigned to %s", (_, neuron, attribute) => {
    const warnings: string[] = [];
    const net = new Network();
    net.config({ logger: (text) => warnings.push(text) });
    const pop = net.create(1, { neuron });
    const before = pop.refractory;
    pop.refractory = 3;
    expect(String(pop.refractory)).toEqual(String(before));
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toContain(attribute ?? "no refractory period");
  });
});
