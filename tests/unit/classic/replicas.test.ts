import { afterEach, beforeEach, describe, expect, it } from "vitest";

import {
  clear,
  compile,
  InputArray,
  magicNetwork,
  Monitor,
  NDArray,
  Network,
  parallelRun,
  PoissonPopulation,
  Population,
  populations,
  Projection,
  setup,
  simulate,
  SpikeSourceArray,
  TimedArray,
  timeit,
  Uniform,
} from "../../../lib/index.js";
import { Clock, Izhikevich, Sink } from "../../support/neurons.js";

const warnings: string[] = [];

beforeEach(() => {
  warnings.length = 0;
  setup({ dt: 1, seed: 1, numThreads: 1, logger: (message) => warnings.push(message) });
});

afterEach(() => {
  clear();
  expect(warnings).toEqual([]);
});

function cortex(): { pop: Population<typeof Izhikevich>; monitor: Monitor } {
  const pop = new Population({ geometry: 20, neuron: Izhikevich, name: "cortex" });
  pop.set({ v: new Uniform(-65, -55), noise: 4 });
  const half = pop.view(":10");
  const proj = new Projection({ pre: half, post: pop, target: "exc" });
  proj.connectFixedProbability({ probability: 0.3, weights: new Uniform(0, 1) });
  return { pop, monitor: new Monitor(half, "v") };
}

const valuesOf = (values: unknown): unknown => (values instanceof NDArray ? values.data : values);

describe("replicas of the default network", () => {
  it("are what it would be with their seeds", async () => {
    const { pop, monitor } = cortex();
    await compile();
    const results = await parallelRun({
      method: async (net, { index }) => {
        await net.simulate(30);
        return [index, valuesOf(net.get(pop).get("v")), valuesOf(net.get(monitor).get("v"))];
      },
      number: 3,
      seeds: [1, 2, 1],
    });
    expect(populations()).toEqual([pop]);
    await simulate(30);
    const own = [valuesOf(pop.get("v")), valuesOf(monitor.get("v"))];
    expect(results.map(([index]) => index)).toEqual([0, 1, 2]);
    expect([results[0]!.slice(1), results[2]!.slice(1)]).toEqual([own, own]);
    expect(results[1]!.slice(1)).not.toEqual(own);
  });

  it("need a compiled network and a function", async () => {
    cortex();
    const early = parallelRun({ method: () => 1, number: 1 });
    await expect(early).rejects.toHaveProperty("code", "NOT_COMPILED");
    await compile();
    const named = parallelRun({ method: "trial", number: 1 });
    await expect(named).rejects.toHaveProperty("code", "INVALID_SETTING");
  });
});

describe("a network of the 4.x form", () => {
  it("begins with copies of everything", async () => {
    const { pop, monitor } = cortex();
    const net = new Network({ everything: true, seed: 1 });
    expect(net.get(pop) === pop).toBe(false);
    expect(net.getPopulation("cortex") === net.get(pop)).toBe(true);
    await net.compile();
    await net.simulate(30);
    expect(magicNetwork().compiled).toBe(false);
    await compile();
    await simulate(30);
    expect(valuesOf(net.get(monitor).get("v"))).toEqual(valuesOf(monitor.get("v")));
  });

  it("takes copies of some objects, with the populations that they need", async () => {
    const { pop } = cortex();
    const clock = new Population({ geometry: 1, neuron: Clock });
    const sink = new Population({ geometry: 1, neuron: Sink });
    const proj = new Projection({ pre: clock, post: sink, target: "exc" });
    proj.connectAllToAll({ weights: 2 });
    proj.transmission = false;
    const net = new Network();
    net.add([proj]);
    expect(net.getPopulations().map(({ size }) => size)).toEqual([1, 1]);
    expect(() => net.get(pop)).toThrow(expect.objectContaining({ code: "NO_COUNTERPART" }));
    const copy = net.get(proj);
    expect([copy.pre === net.get(clock), copy.transmission]).toEqual([true, false]);
    net.add([clock, new Monitor(sink, "total")]);
    expect(net.getPopulations()).toHaveLength(2);
    await net.compile();
    expect(() => net.add([pop])).toThrow(expect.objectContaining({ code: "COMPILED_ALREADY" }));
  });

  it("has copies of inputs", async () => {
    const inputs = [
      new InputArray({ geometry: [2, 2], name: "a" }),
      new SpikeSourceArray({ spikeTimes: [[1, 2], [3]], name: "b" }),
      new TimedArray({
        rates: [
          [1, 2],
          [3, 4],
        ],
        schedule: 5,
        name: "c",
      }),
      new PoissonPopulation({ geometry: 3, rates: "50.0 * f", parameters: "f = 2.0", name: "d" }),
    ] as const;
    inputs[0].r = 3;
    const net = new Network({ everything: true });
    for (const input of inputs) {
      const copy = net.get<Population>(input);
      expect(copy.constructor).toBe(input.constructor);
      expect([copy.name, copy.geometry]).toEqual([input.name, input.geometry]);
    }
    expect(net.get(inputs[0]).r.data).toEqual(Float64Array.of(3, 3, 3, 3));
    expect(net.get(inputs[1]).spikeTimes).toEqual([[1, 2], [3]]);
    expect(net.get(inputs[2]).schedule).toEqual([0, 5]);
    await net.compile();
    await net.simulate(1);
    expect(valuesOf(net.get<Population>(inputs[2]).get("r"))).toEqual(Float64Array.of(1, 2));
  });

  it("refuses objects of classes that it cannot make", () => {
    class Mine extends Population {}
    const mine = new Mine({ geometry: 1, neuron: Clock });
    expect(() => new Network().add([mine])).toThrow(
      expect.objectContaining({ code: "NOT_COPYABLE" }),
    );
  });
});

describe("timeit", () => {
  it("tells how long a function took, and hands its result on", async () => {
    expect(
      await timeit(async function train() {
        return Promise.resolve(3);
      }),
    ).toBe(3);
    expect(warnings.splice(0)).toEqual([expect.stringMatching(/^train took \d+\.\d{3} s$/)]);
  });
});
