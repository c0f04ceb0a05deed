import { describe, expect, it } from "vitest";

import { Neuron, Synapse, type Network, type Population } from "../../../lib/index.js";
import { Clock, strictNetwork } from "../../support/neurons.js";

const error = (code: string, details: object = {}): unknown =>
  expect.objectContaining({ code, details: expect.objectContaining(details) });

/** `n` is the number of the step it was recorded at, plus one. */
const Counter = new Neuron({ equations: "n = t / dt + 1.0\nall = t : population\nr = n" });
const Ramp = new Neuron({ equations: "r = t + 1.0" });
const Adder = new Neuron({ equations: "r = sum(exc) + sum(inh)" });

function counters(config = {}): { net: Network; pop: Population } {
  const net = strictNetwork({ dt: 0.5 }, config);
  return { net, pop: net.create([2, 2], { neuron: Counter }) };
}

const first = (monitor: { get(name: string): unknown }, name = "n"): unknown[] =>
  (monitor.get(name) as { toArray(): number[][][] }).toArray().map((record) => record.flat()[0]);

describe("a recording", () => {
  it("is named after what is recorded", async () => {
    const net = strictNetwork();
    const pop = net.create(2, { neuron: Ramp, name: "ramps" });
    const sums = net.create(2, { neuron: Adder, name: "sums" });
    const synapse = new Synapse({ equations: "x = pre.r" });
    const proj = net.connect(pop, sums, { target: "exc", synapse, name: "syn" });
    proj.allToAll({ weights: 1 });
    await net.compile();
    const coarse = { period: 10 };
    const names = [
      net.monitor(pop, "r"),
      net.monitor(pop.view([1]), "r"),
      net.monitor(proj, "x", coarse),
      net.monitor(proj.dendrite(1), "x"),
      net.monitor(pop, "r", { name: "mine" }),
    ].map(({ name }) => name);
    const expected = ["Monitor_ramps", "Monitor_ramps", "Monitor_syn", "Monitor_syn", "mine"];
    expect(names).toEqual(expected);
  });

  it("of a view has one column per neuron, whatever the geometry; of a global variable none", async () => {
    const { net, pop } = counters();
    const monitor = net.monitor(pop.view(":, 1"), ["n", "all"]);
    await net.compile();
    await net.simulate(1.5);
    expect(monitor.get("n")).toMatchObject({
      shape: [3, 2],
      data: Float64Array.of(1, 1, 2, 2, 3, 3),
    });
    expect(monitor.get("all")).toMatchObject({ shape: [3], data: Float64Array.of(0, 0.5, 1) });
  });

  it("is empty, of the same shape, before anything was recorded", async () => {
    const { net, pop } = counters();
    const whole = net.monitor(pop, ["n", "all"]);
    const view = net.monitor(pop.view(":, 1"), "n");
    const shapes = (): unknown[] => [
      whole.get("n").shape,
      whole.get("n", { reshape: false }).shape,
      whole.get("all").shape,
      view.get("n").shape,
    ];
    const expected = [[0, 2, 2], [0, 4], [0], [0, 2]];
    expect(shapes()).toEqual(expected);
    await net.compile();
    expect(shapes()).toEqual(expected);
  });

  it("of an input is what arrives in the step, under the name as it was given", async () => {
    const net = strictNetwork();
    const pre = net.create(2, { neuron: Ramp });
    const post = net.create([1, 2], { neuron: Adder });
    net.connect(pre, post, { target: "exc" }).allToAll({ weights: 1 });
    net.connect(pre, post, { target: "inh" }).oneToOne({ weights: 10 });
    const monitor = net.monitor(post, ["sum( exc )", "sum(inh)", "r"]);
    await net.compile();
    await net.simulate(3);
    const { "sum( exc )": exc, "sum(inh)": inh, r } = monitor.get();
    expect(exc).toMatchObject({ shape: [3, 1, 2], data: Float64Array.of(0, 0, 2, 2, 4, 4) });
    expect(inh).toMatchObject({ data: Float64Array.of(0, 0, 10, 10, 20, 20) });
    expect(r).toMatchObject({ data: Float64Array.of(0, 0, 12, 12, 24, 24) });
  });

  it("of an input of spiking neurons is the conductance before it decays", async () => {
    const net = strictNetwork();
    const clock = net.create(1, { neuron: Clock });
    const decaying = new Neuron({ equations: "g_exc *= 0.5", spike: "g_exc > 1e9", reset: "" });
    const post = net.create(1, { neuron: decaying });
    net.connect(clock, post, { target: "exc" }).allToAll({ weights: 8 });
    const monitor = net.monitor(post, ["sum(exc)", "g_exc"]);
    await net.compile();
    await net.simulate(5);
    expect([...monitor.get("sum(exc)").data]).toEqual([0, 0, 0, 8, 4]);
    expect(monitor.get("g_exc").data).toEqual(Float64Array.of(0, 0, 0, 8, 4));
  });

  it("of axonal events is a map like that of spikes", async () => {
    const net = strictNetwork();
    const neuron = new Neuron({
      equations: "n += 1.0",
      spike: "n > 1e9",
      reset: "",
      axonSpike: "n == 2.0",
    });
    const pop = net.create(2, { neuron });
    const monitor = net.monitor(pop, "axon_spike");
    await net.compile();
    await net.simulate(4);
    expect([...monitor.get("axon_spike")]).toEqual([
      [0, [1]],
      [1, [1]],
    ]);
  });

  it("cannot be read during a run", async () => {
    const { net, pop } = counters();
    const monitor = net.monitor(pop, "n");
    await net.compile();
    const run = net.simulate(1);
    for (const read of [
      () => monitor.get(),
      () => monitor.pause(),
      () => monitor.start(),
      () => monitor.reset(),
      () => net.monitor(pop, "all"),
    ]) {
      expect(read).toThrow(error("RUN_PENDING"));
    }
    await run;
    expect(first(monitor)).toEqual([1, 2]);
  });
});

describe("the segments of a recording", () => {
  it("stay as they are when it is paused or resumed twice", async () => {
    const { net, pop } = counters();
    const monitor = net.monitor(pop, "n");
    await net.compile();
    monitor.resume();
    await net.simulate(1);
    monitor.pause();
    monitor.pause();
    await net.simulate(1);
    monitor.resume();
    monitor.resume();
    await net.simulate(1);
    expect(first(monitor)).toEqual([1, 2, 5, 6]);
    expect(monitor.times()).toEqual({ n: { start: [0, 4], stop: [2, 6] } });
  });

  it("begin at the current step after reset(), which drops what was recorded", async () => {
    const { net, pop } = counters();
    const monitor = net.monitor(pop, "n");
    await net.compile();
    await net.simulate(1);
    monitor.reset();
    expect(monitor.times()).toEqual({ n: { start: [2], stop: [null] } });
    await net.simulate(1);
    monitor.pause();
    monitor.reset();
    expect(monitor.times()).toEqual({ n: { start: [], stop: [] } });
    monitor.resume();
    await net.simulate(0.5);
    expect(first(monitor)).toEqual([5]);
    expect(monitor.times()).toEqual({ n: { start: [4], stop: [5] } });
  });

  it("end where the period changes, for all variables; nothing is lost", async () => {
    const net = strictNetwork();
    const pop = net.create(1, { neuron: Counter });
    const monitor = net.monitor(pop, ["n", "all"]);
    await net.compile();
    await net.simulate(3);
    monitor.start({ variables: ["n"], period: 2 });
    await net.simulate(5);
    expect(first(monitor)).toEqual([1, 2, 3, 4, 6, 8]);
    expect([...monitor.get("all").data]).toEqual([0, 1, 2, 3, 5, 7]);
    expect(monitor.times("n")).toEqual({ n: { start: [0, 3], stop: [3, 8] } });
    monitor.periodOffset = 1;
    await net.simulate(4);
    expect(first(monitor)).toEqual([10, 12]);
    expect([monitor.period, monitor.periodOffset]).toEqual([2, 1]);
  });

  it("of spikes do not depend on the period", async () => {
    const net = strictNetwork();
    const monitor = net.monitor(net.create(1, { neuron: Clock }), "spike", { period: 7 });
    await net.compile();
    await net.simulate(4);
    monitor.period = 5;
    await net.simulate(5);
    expect(monitor.get("spike").get(0)).toEqual([2, 5, 8]);
    expect(monitor.times("spike")).toEqual({ spike: { start: [0], stop: [9] } });
  });

  it("are asked for by the names that are recorded; another one is left out, with a warning", async () => {
    const warnings: string[] = [];
    const { net, pop } = counters({ logger: (text: string) => warnings.push(text) });
    const monitor = net.monitor(pop, "n");
    await net.compile();
    expect(monitor.times(["n", "m"])).toEqual({ n: { start: [0], stop: [null] } });
    expect(warnings).toEqual([expect.stringContaining('does not record "m", it records "n"')]);
  });
});

describe("a schedule that is refused", () => {
  it("leaves the monitor as it was", async () => {
    const { net, pop } = counters();
    const monitor = net.monitor(pop, "n", { period: 1, periodOffset: 0.5 });
    await net.compile();
    for (const change of [
      () => monitor.start({ period: 0.25 }),
      () => (monitor.period = 0.5),
      () => (monitor.periodOffset = 1),
      () => (monitor.periodOffset = -0.5),
      () => monitor.start({ variables: ["n", "m"], period: 5 }),
    ]) {
      expect(change).toThrow();
    }
    expect([monitor.period, monitor.periodOffset, monitor.variables]).toEqual([1, 0.5, ["n"]]);
    await net.simulate(2);
    expect(first(monitor)).toEqual([2, 4]);
  });

  it("has an offset that is no smaller than the step, where no period is given", () => {
    const { net, pop } = counters();
    expect(() => net.monitor(pop, "n", { periodOffset: 0.5 })).toThrow(error("INVALID_PERIOD"));
  });

  it("is one for spikes of rate-coded neurons", () => {
    const { net, pop } = counters();
    expect(() => net.monitor(pop, "spike")).toThrow(error("NOT_RECORDABLE"));
  });
});

describe("rates over segments", () => {
  it("begin with the first segment and end with the last", async () => {
    const net = strictNetwork({ dt: 0.5 });
    const pop = net.create(2, { neuron: Clock });
    pop.set({ at: [2, 3] });
    await net.compile();
    await net.simulate(1);
    const monitor = net.monitor(pop, "spike");
    await net.simulate(2); // steps 2 to 5: spikes of the first neuron at 3 and 5, of the second at 2 and 5
    monitor.pause();
    await net.simulate(1);
    monitor.resume();
    await net.simulate(1); // steps 8 and 9: 9; 8
    const spikes = monitor.get("spike");
    expect([...spikes.values()]).toEqual([
      [3, 5, 9],
      [2, 5, 8],
    ]);
    expect(monitor.times("spike")).toEqual({ spike: { start: [2, 8], stop: [6, 10] } });
    // 1000 per step of 0.5 ms, of two neurons
    expect([...monitor.populationRate(spikes)]).toEqual([1000, 1000, 0, 2000, 0, 0, 1000, 1000, 0]);
    expect(monitor.smoothedRate(spikes).toArray()).toEqual([
      [0, 1000, 1000, 500, 500, 500, 500, 0],
      [...Array<number>(3).fill(2000 / 3), ...Array<number>(3).fill(2000 / 3), 0, 0],
    ]);
    // 6 spikes of 2 neurons in 6 steps of 0.5 ms
    expect(monitor.meanFr(spikes)).toBeCloseTo(1000, 10);
    expect(monitor.meanFr({ spike: spikes })).toBeCloseTo(1000, 10);
  });

  it("empty the monitor unless they are given spikes", async () => {
    const net = strictNetwork();
    const monitor = net.monitor(net.create(1, { neuron: Clock }), "spike");
    const statistics = [
      () => monitor.rasterPlot(),
      () => monitor.histogram(),
      () => monitor.interSpikeInterval(),
      () => monitor.coefficientOfVariation(),
      () => monitor.meanFr(),
      () => monitor.populationRate(),
      () => monitor.smoothedRate(),
    ];
    await net.compile();
    for (const statistic of statistics) {
      await net.simulate(6);
      const given = monitor.get("spike", { keep: true });
      expect(given.get(0)).toHaveLength(2);
      monitor.rasterPlot(given);
      expect(monitor.get("spike", { keep: true })).toEqual(given);
      statistic();
      expect(monitor.get("spike", { keep: true })).toEqual(new Map([[0, []]]));
    }
  });

  it("are given per neuron on request", async () => {
    const net = strictNetwork({ dt: 0.5 });
    const pop = net.create(3, { neuron: Clock });
    pop.set({ at: [2, 100, 4] });
    const monitor = net.monitor(pop.view([2, 1, 0]), "spike");
    await net.compile();
    await net.simulate(6);
    const spikes = monitor.get("spike");
    const perNeuron = { perNeuron: true } as const;
    expect(monitor.interSpikeInterval(spikes, perNeuron)).toEqual(
      new Map([
        [0, new Float64Array(5).fill(1)],
        [2, Float64Array.of(2, 2)],
      ]),
    );
    expect(monitor.interSpikeInterval(spikes, { ranks: [2, 1] })).toEqual(Float64Array.of(2, 2));
    expect(monitor.coefficientOfVariation(spikes, perNeuron)).toEqual(
      new Map([
        [0, 0],
        [2, 0],
      ]),
    );
    expect(monitor.histogram(spikes, { bins: 3, perNeuron: true }).toArray()).toEqual([
      [3, 3],
      [0, 0],
      [1, 2],
    ]);
    expect(monitor.histogram(spikes, { recordingWindow: [0, 4] }).toArray()).toEqual([
      0, 1, 0, 2, 0,
    ]);
  });
});
