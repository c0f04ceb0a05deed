import { describe, expect, it } from "vitest";

import { Monitor, Neuron, type Network, type Population } from "../../../lib/index.js";
import { Clock, Sink, strictNetwork } from "../../support/neurons.js";

const error = (code: string, details: object = {}): unknown =>
  expect.objectContaining({ code, details: expect.objectContaining(details) });

/** Counts steps: `n` is the number of the step it was recorded at, plus one; `all` is one for all. */
const Counter = new Neuron({
  parameters: "offset = 0.0",
  equations:
    "n = offset + t / dt + 1.0\nall = t : population\nwhole = n : int\nodd = n > 3.0 : bool",
  spike: "n > 1e9",
  reset: "",
});

function counters(geometry: number | readonly number[] = 1): { net: Network; pop: Population } {
  const net = strictNetwork({ dt: 0.5 });
  return { net, pop: net.create(geometry, { neuron: Counter }) };
}

const list = (monitor: Monitor<Population>, name = "n"): number[] =>
  Array.from(monitor.get(name).data);

describe("a monitor", () => {
  it("returns what was recorded in the shape of the geometry, and forgets it", async () => {
    const { net, pop } = counters([2, 3]);
    const monitor = net.monitor(pop, ["n", "all"]);
    await net.compile();
    await net.simulate(2);
    const kept = monitor.get(undefined, { keep: true });
    expect(kept["n"]).toMatchObject({ shape: [4, 2, 3] });
    expect(kept["all"]).toMatchObject({ shape: [4], data: Float64Array.of(0, 0.5, 1, 1.5) });
    expect(monitor.get("n", { keep: true, reshape: false }).shape).toEqual([4, 6]);
    expect(monitor.get(["n"])).toMatchObject({ n: { shape: [4, 2, 3] } });
    expect(monitor.get("n")).toMatchObject({ shape: [0, 2, 3] });
    expect(monitor.get("all", { forceDict: true })).toMatchObject({ all: { shape: [4] } });
  });

  it("keeps the types of variables", async () => {
    const { net, pop } = counters();
    const monitor = net.monitor(pop, ["whole", "odd"]);
    await net.compile();
    await net.simulate(2.5);
    expect(monitor.get("whole").data).toEqual(Int32Array.of(1, 2, 3, 4, 5));
    expect(monitor.get("odd").data).toEqual(Uint8Array.of(0, 0, 0, 1, 1));
  });

  it("records a view in its own order", async () => {
    const { net, pop } = counters(4);
    pop.set({ offset: [0, 10, 20, 30] });
    const monitor = net.monitor(pop.view([3, 1]), "n");
    await net.compile();
    await net.simulate(1);
    expect(monitor.get("n").toArray()).toEqual([
      [31, 11],
      [32, 12],
    ]);
  });

  it("records spikes as steps by rank, silent neurons included", async () => {
    const net = strictNetwork();
    const pop = net.create(4, { neuron: Clock });
    pop.set({ at: [2, 100, 5, 3] });
    const all = net.monitor(pop, "spike");
    const some = net.monitor(pop.view([3, 1]), "spike");
    await net.compile();
    await net.simulate(7);
    expect(all.get("spike")).toEqual(
      new Map([
        [0, [1, 3, 5]],
        [1, []],
        [2, [4]],
        [3, [2, 5]],
      ]),
    );
    expect([...some.get("spike")]).toEqual([
      [3, [2, 5]],
      [1, []],
    ]);
    expect(all.get("spike").get(0)).toEqual([]);
  });

  it("made after compile records from the next step on", async () => {
    const { net, pop } = counters();
    await net.compile();
    await net.simulate(1);
    const monitor = net.monitor(pop, "n");
    await net.simulate(1);
    expect(list(monitor)).toEqual([3, 4]);
  });

  it("records in periods, counted from its beginning", async () => {
    const { net, pop } = counters();
    const early = net.monitor(pop, "n", { period: 1.5 });
    const shifted = net.monitor(pop, "n", { period: 1.5, periodOffset: 0.5 });
    await net.compile();
    await net.simulate(1);
    const late = net.monitor(pop, "n", { period: 1.5 });
    await net.simulate(3);
    expect(list(early)).toEqual([1, 4, 7]);
    expect(list(shifted)).toEqual([2, 5, 8]);
    expect(list(late)).toEqual([3, 6]);
    expect([early.period, shifted.periodOffset]).toEqual([1.5, 0.5]);
  });

  it("pauses and resumes, and tells the segments of what it handed over", async () => {
    const { net, pop } = counters();
    const monitor = net.monitor(pop, "n");
    await net.compile();
    await net.simulate(5);
    expect(monitor.times("n")).toEqual({ n: { start: [0], stop: [null] } });
    monitor.pause();
    await net.simulate(2);
    monitor.resume();
    await net.simulate(3);
    const n = list(monitor);
    expect([n.length, n[9], n[10]]).toEqual([16, 10, 15]);
    expect(monitor.times()).toEqual({ n: { start: [0, 14], stop: [10, 20] } });
    await net.simulate(1);
    monitor.get();
    expect(monitor.times()).toEqual({ n: { start: [20], stop: [22] } });
  });

  it("starts when told to, and takes more variables", async () => {
    const { net, pop } = counters();
    const monitor = net.monitor(pop, "n", { start: false });
    await net.compile();
    await net.simulate(1);
    monitor.start();
    await net.simulate(1);
    monitor.start({ variables: ["all"] });
    await net.simulate(1);
    expect(monitor.variables).toEqual(["n", "all"]);
    expect([list(monitor), list(monitor, "all")]).toEqual([
      [3, 4, 5, 6],
      [2, 2.5],
    ]);
    monitor.period = 1;
    await net.simulate(2);
    expect(list(monitor)).toEqual([7, 9]);
  });

  it("starts anew at reset", async () => {
    const { net, pop } = counters();
    const monitor = net.monitor(pop, "n", { period: 1 });
    await net.compile();
    await net.simulate(2.5);
    net.reset();
    await net.simulate(2);
    expect(list(monitor)).toEqual([1, 3]);
    expect(monitor.times()).toEqual({ n: { start: [0], stop: [4] } });
  });

  it("once stopped cannot be used", async () => {
    const { net, pop } = counters();
    const monitor = net.monitor(pop, "n");
    await net.compile();
    monitor.stop();
    expect(monitor.times()).toEqual({});
    expect(() => monitor.get()).toThrow(error("MONITOR_STOPPED"));
    expect(() => monitor.start()).toThrow(error("MONITOR_STOPPED"));
    await net.step();
  });
});

describe("spike statistics", () => {
  it("use the step and the segments of the network", async () => {
    const net = strictNetwork({ dt: 0.5 });
    const pop = net.create(2, { neuron: Clock });
    pop.set({ at: [2, 4] });
    const monitor = net.monitor(pop, "spike");
    await net.compile();
    await net.simulate(5);
    monitor.pause();
    await net.simulate(10);
    const spikes = monitor.get("spike", { keep: true });
    expect([...spikes.values()]).toEqual([
      [1, 3, 5, 7, 9],
      [3, 7],
    ]);
    expect(monitor.rasterPlot(spikes).times).toEqual(
      Float64Array.of(0.5, 1.5, 2.5, 3.5, 4.5, 1.5, 3.5),
    );
    expect(monitor.interSpikeInterval(spikes)).toEqual(Float64Array.of(1, 1, 1, 1, 2));
    expect(monitor.coefficientOfVariation(spikes)).toEqual(Float64Array.of(0));
    expect(monitor.histogram(spikes, { bins: 1 }).toArray()).toEqual(
      [2, 1, 2, 1, 1].map(() => expect.any(Number)),
    );
    // 7 spikes of 2 neurons in 5 ms
    expect(monitor.meanFr(spikes)).toBeCloseTo(700);
    expect(monitor.meanFr()).toBeCloseTo(700);
    expect(monitor.get("spike")).toEqual(
      new Map([
        [0, []],
        [1, []],
      ]),
    );
  });
});

describe("a monitor cannot be made", () => {
  const net = strictNetwork();
  const clocks = net.create(3, { neuron: Clock, name: "clocks" });
  const sinks = net.create(3, { neuron: Sink });

  it.each<[string, () => unknown, string]>([
    ["of a parameter", () => net.monitor(clocks, "at"), "NOT_RECORDABLE"],
    ["of an unknown name", () => net.monitor(sinks, "totl"), "UNKNOWN_ATTRIBUTE"],
    ["of an input that nobody reads", () => net.monitor(sinks, "sum(inh)"), "NOT_RECORDABLE"],
    ["of axonal spikes", () => net.monitor(clocks, "axon_spike"), "NOT_RECORDABLE"],
    ["of no population", () => net.monitor(JSON.parse("{}"), "n"), "NOT_MONITORABLE"],
    [
      "with a period below a step",
      () => net.monitor(clocks, "n", { period: 0.1 }),
      "INVALID_PERIOD",
    ],
    [
      "with an offset beyond the period",
      () => net.monitor(clocks, "n", { period: 2, periodOffset: 2 }),
      "INVALID_PERIOD",
    ],
    ["of another network", () => strictNetwork().monitor(clocks, "n"), "FOREIGN_OBJECT"],
  ])("%s", (_, make, code) => {
    const before = net.getMonitors().length;
    expect(make).toThrow(error(code));
    expect(net.getMonitors()).toHaveLength(before);
  });

  it("nor be asked for what it does not record", () => {
    const monitor = net.monitor(clocks, "n");
    expect(() => monitor.get("spike")).toThrow(error("NOT_RECORDED", { variable: "spike" }));
    expect(() => monitor.meanFr()).toThrow(error("NOT_RECORDED"));
    expect(() => Object.assign(monitor, { variables: [] })).toThrow(error("READ_ONLY"));
  });
});
