import { describe, expect, it } from "vitest";

import {
  InputArray,
  NDArray,
  Network,
  Neuron,
  PoissonPopulation,
  Population,
  SpikeSourceArray,
  TimedArray,
  type SpikeTimes,
} from "../../../lib/index.js";
import { strictNetwork } from "../../support/neurons.js";

const error = (code: string, details: object = {}): unknown =>
  expect.objectContaining({ code, details: expect.objectContaining(details) });

/** What a population puts out in each step, as flat rows. */
async function outputs(
  pop: Population,
  steps: number,
  { dt = 1, between = {} }: { dt?: number; between?: Record<number, () => void> } = {},
): Promise<string> {
  const net = strictNetwork({ dt });
  net.create(pop);
  const monitor = net.monitor(pop, "r");
  await net.compile();
  for (let step = 0; step < steps; step++) {
    between[step]?.();
    await net.step();
  }
  const data = monitor.get("r");
  return Array.from({ length: steps }, (_, i) =>
    Array.from({ length: pop.size }, (_, j) => data.data[i * pop.size + j]).join(" "),
  ).join(", ");
}

/** Steps of the spikes of each neuron. */
async function spikes(
  pop: Population,
  steps: number,
  { dt = 1, between = {} }: { dt?: number; between?: Record<number, () => void> } = {},
): Promise<number[][]> {
  const net = strictNetwork({ dt });
  net.create(pop);
  const monitor = net.monitor(pop, "spike");
  await net.compile();
  for (let step = 0; step < steps; step++) {
    between[step]?.();
    await net.step();
  }
  return [...monitor.get("spike").values()];
}

describe("an input array", () => {
  it("puts out what is assigned to it, in the shape of its geometry", async () => {
    const input = new InputArray({ geometry: [1, 2] });
    input.r = [[1, 2]];
    const between = { 1: () => void (input.r = 5) };
    expect(await outputs(input, 2, { between })).toBe("1 2, 5 5");
    expect(input.r).toMatchObject({ shape: [1, 2] });
    input.reset();
    expect(String(input.r)).toBe("[[1. 2.]]");
  });

  it("belongs to no warning, and to a network that takes it", () => {
    const net = strictNetwork();
    expect(net.create(new InputArray({ geometry: 3, name: "in" })).name).toBe("in");
  });
});

describe("a timed array", () => {
  const rates = [
    [1, 2],
    [3, 4],
    [5, 6],
  ];

  it.each<[string, ConstructorParameters<typeof TimedArray>[0], number, string]>([
    ["one block per step", { rates }, 4, "1 2, 3 4, 5 6, 5 6"],
    ["blocks of one length", { rates, schedule: 2 }, 6, "1 2, 1 2, 3 4, 3 4, 5 6, 5 6"],
    ["blocks at given times", { rates, schedule: [1, 2, 5] }, 6, "0 0, 1 2, 3 4, 3 4, 3 4, 5 6"],
    ["blocks again and again", { rates, period: 4 }, 6, "1 2, 3 4, 5 6, 5 6, 1 2, 3 4"],
    ["numbers, for one neuron", { rates: [7, 8] }, 3, "7, 8, 8"],
  ])("puts out %s", async (_, options, steps, expected) => {
    expect(await outputs(new TimedArray(options), steps)).toBe(expected);
  });

  it("brings times to the nearest step", async () => {
    const input = new TimedArray({ rates, schedule: [0, 2, 4], period: 5 });
    const blocks = ["1 2", "1 2", "1 2", "1 2", "3 4", "3 4", "3 4", "3 4"];
    const expected = [...blocks, "5 6", "5 6", "1 2", "1 2"].join(", ");
    expect(await outputs(input, 12, { dt: 0.5 })).toBe(expected);
    expect(input.schedule).toEqual([0, 2, 4]);
  });

  it("has the geometry of its blocks, and returns what it was given", () => {
    const input = new TimedArray({ rates: [[[1], [2]]], schedule: 3 });
    expect([input.geometry, input.schedule, input.period]).toEqual([[2, 1], [0], -1]);
    expect(input.rates).toMatchObject({ shape: [1, 2, 1], data: Float64Array.of(1, 2) });
  });

  it("begins anew with new data, or goes on with its counters", async () => {
    const again = new TimedArray({ rates: [1, 2, 3], schedule: 2 });
    const update = { 3: () => again.update([7, 8, 9]) };
    expect(await outputs(again, 6, { between: update })).toBe("1, 1, 2, 7, 7, 8");
    const on = new TimedArray({ rates: [1, 2, 3], schedule: 2 });
    const between = { 3: () => on.update([7, 8, 9], { reset: false }) };
    expect(await outputs(on, 6, { between })).toBe("1, 1, 2, 9, 9, 9");
  });

  it("comes back to its first data at reset", async () => {
    const input = new TimedArray({ rates: [1, 2, 3] });
    const between = {
      1: () => input.update([7, 8, 9], { schedule: 3 }),
      3: () => {
        input.reset();
        expect(String(input.get("r"))).toBe("[0.]");
      },
    };
    expect(await outputs(input, 6, { between })).toBe("1, 7, 7, 1, 2, 3");
    expect(input.schedule).toEqual([0, 1, 2]);
  });

  it("without data puts out 0 until it gets them, and says so", async () => {
    const warnings: string[] = [];
    const net = new Network();
    net.config({ logger: (text) => warnings.push(text) });
    const input = net.create(new TimedArray({ geometry: 1 }));
    await net.compile();
    expect(warnings).toEqual([expect.stringContaining("has no data yet")]);
    await net.step();
    expect(String(input.get("r"))).toBe("[0.]");
    input.update([[4]]);
    expect(String(input.get("r"))).toBe("[4.]");
  });

  it.each<[string, () => unknown, string]>([
    ["from nothing", () => new TimedArray({}), "NO_RATES"],
    ["of no block", () => new TimedArray({ rates: [] }), "NO_BLOCKS"],
    ["of another geometry", () => new TimedArray({ rates, geometry: 3 }), "RATES_SHAPE"],
    [
      "with a long schedule",
      () => new TimedArray({ rates, schedule: [0, 1, 2, 3] }),
      "LONG_SCHEDULE",
    ],
    [
      "with a backward schedule",
      () => new TimedArray({ rates, schedule: [1, 0] }),
      "INVALID_SCHEDULE",
    ],
    ["and read before compile", () => new TimedArray({ rates }).get("r"), "READ_BEFORE_COMPILE"],
    ["and be assigned its output", () => new TimedArray({ rates }).set({ r: 1 }), "GIVEN_BY_RATES"],
    ["and get another geometry", () => new TimedArray({ rates }).update([[1]]), "RATES_SHAPE"],
  ])("cannot be made %s", (_, make, code) => {
    expect(make).toThrow(error(code));
  });
});

describe("a spike source", () => {
  it.each<[string, SpikeTimes, number[][]]>([
    ["a list for each neuron", [[0, 1, 1.5, 3], [0.5, 1], []], [[0, 2, 3, 6], [1, 2], []]],
    ["a list of one neuron", [1, 2], [[2, 4]]],
    ["typed arrays", [Float64Array.of(1), Int32Array.of(2)], [[2], [4]]],
    ["times in any order, and twice", [[3, 1, 1, 1.1]], [[2, 6]]],
  ])("spikes at the times of %s", async (_, spikeTimes, expected) => {
    expect(await spikes(new SpikeSourceArray({ spikeTimes }), 8, { dt: 0.5 })).toEqual(expected);
  });

  it("takes new times at once, and leaves out those that have passed", async () => {
    const source = new SpikeSourceArray({ spikeTimes: [[1, 3, 5, 8]] });
    const between = { 4: () => void (source.spikeTimes = [2, 6, 7]) };
    expect(await spikes(source, 10, { between })).toEqual([[1, 3, 6, 7]]);
    expect(source.spikeTimes).toEqual([[2, 6, 7]]);
  });

  it("counts times from the last clear, whatever came first", async () => {
    const source = new SpikeSourceArray({ spikeTimes: [[5]] });
    const between = {
      2: () => {
        source.clear();
        source.spikeTimes = [1];
      },
      5: () => {
        source.spikeTimes = [2];
        source.clear();
      },
    };
    expect(await spikes(source, 9, { between })).toEqual([[3, 7]]);
  });

  it("stands still while it is disabled", async () => {
    const source = new SpikeSourceArray({ spikeTimes: [[1, 3]] });
    const between = { 2: () => source.disable(), 5: () => source.enable() };
    expect(await spikes(source, 9, { between })).toEqual([[1, 6]]);
  });

  it.each<[string, unknown, string]>([
    ["no times", [], "INVALID_SPIKE_TIMES"],
    ["a text", "soon", "INVALID_SPIKE_TIMES"],
    ["a negative time", [[-1]], "INVALID_SPIKE_TIMES"],
    ["a time that is none", [[NaN]], "INVALID_SPIKE_TIMES"],
  ])("cannot be made of %s", (_, spikeTimes, code) => {
    expect(() => new SpikeSourceArray({ spikeTimes: spikeTimes as SpikeTimes })).toThrow(
      error(code),
    );
  });

  it("keeps its number of neurons", () => {
    const source = new SpikeSourceArray({ spikeTimes: [[1], [2]] });
    expect(() => {
      source.spikeTimes = [[1]];
    }).toThrow(error("WRONG_SPIKE_LISTS", { size: 2, given: 1 }));
  });
});

describe("a Poisson population", () => {
  /** Spikes per neuron and second of 2 s. */
  async function rate(pop: PoissonPopulation): Promise<number> {
    const trains = await spikes(pop, 2000);
    return trains.reduce((sum, train) => sum + train.length, 0) / pop.size / 2;
  }

  it("spikes at a rate that is the same for all neurons, or their own", async () => {
    expect(await rate(new PoissonPopulation({ geometry: 100, rates: 50 }))).toBeCloseTo(50, -0.5);
    const own = new PoissonPopulation({ geometry: 2, rates: [0, 1000] });
    expect(own.rates).toMatchObject({ data: Float64Array.of(0, 1000) });
    expect((await spikes(own, 10)).map((train) => train.length)).toEqual([0, 10]);
  });

  it("follows an equation with parameters", async () => {
    const options = { geometry: 1, rates: "if t < half: 0.0 else: 1000.0" };
    const pop = new PoissonPopulation({ ...options, parameters: { half: 5.0 } });
    expect(await spikes(pop, 8)).toEqual([[5, 6, 7]]);
    expect([pop.parameters, pop.variables.includes("rates")]).toEqual([["half"], true]);
  });

  it("takes new rates during the simulation", async () => {
    const pop = new PoissonPopulation({ geometry: 1, rates: 0, parameters: "a = 1.0" });
    const between = { 3: () => void (pop.rates = 1000) };
    expect(await spikes(pop, 5, { between })).toEqual([[3, 4]]);
  });

  it("has a refractory period", async () => {
    const pop = new PoissonPopulation({ geometry: 1, rates: 1000, refractory: 2 });
    expect(await spikes(pop, 7)).toEqual([[0, 3, 6]]);
  });

  it("needs rates or a target", () => {
    expect(() => new PoissonPopulation({ geometry: 1 })).toThrow(error("NO_RATES"));
  });

  it("can be driven by rate-coded neurons", async () => {
    const net = strictNetwork({ seed: 2 });
    const driver = net.create(1, { neuron: new Neuron({ equations: "r = 1000.0" }) });
    const pop = net.create(new PoissonPopulation({ geometry: 1, target: "exc" }));
    net.connect(driver, pop, { target: "exc" }).allToAll({ weights: 1 });
    const monitor = net.monitor(pop, "spike");
    await net.compile();
    await net.simulate(4);
    expect(monitor.get("spike").get(0)).toEqual([1, 2, 3]);
  });
});

describe("shapes", () => {
  it("of rates are those of arrays too", () => {
    const rates = new NDArray(Float64Array.of(1, 2, 3, 4), [2, 2]);
    expect(new TimedArray({ rates }).geometry).toEqual([2]);
  });
});
