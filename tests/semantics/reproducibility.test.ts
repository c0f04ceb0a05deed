import { beforeAll, describe, expect, it } from "vitest";

import { Normal, Uniform, type Network } from "../../lib/index.js";
import { internals } from "../../lib/network/internals.js";
import { Izhikevich, Sink, strictNetwork } from "../support/neurons.js";
import { izhikevich, spikeText } from "../support/networks.js";

const DURATION = 100;

async function spikesOf(seed: number): Promise<string> {
  const { net, spikes } = await izhikevich(seed);
  await net.simulate(DURATION);
  return spikeText(spikes.get("spike"));
}

describe("the same seed", () => {
  let reference: string;
  beforeAll(async () => {
    reference = await spikesOf(5);
    expect(reference.length).toBeGreaterThan(1000);
  });

  it("gives the same spikes, another seed others", async () => {
    expect(await spikesOf(5)).toBe(reference);
    expect(await spikesOf(6)).not.toBe(reference);
  });

  it("gives the same spikes in one run, in two, and step by step", async () => {
    const { net, spikes } = await izhikevich(5);
    await net.simulate(DURATION / 2);
    for (let step = 0; step < 10; step++) await net.step();
    await net.simulate(DURATION / 2 - 10);
    expect(spikeText(spikes.get("spike"))).toBe(reference);
  });

  it.each([1, 2, 3, 8])("gives the same spikes on %i threads, each at work", async (threads) => {
    const suppressWarnings = threads > 1; // more threads than this machine may have
    const { net, spikes } = await izhikevich(5, {
      numThreads: threads,
      forceThreads: true,
      suppressWarnings,
    });
    await net.simulate(DURATION);
    expect(spikeText(spikes.get("spike"))).toBe(reference);
    const statistics = net[internals].native?.threadStatistics() ?? [];
    expect(statistics).toHaveLength(threads);
    expect(statistics.filter(({ rows, events }) => rows === 0 || events === 0)).toEqual([]);
  });

  it("gives the same spikes after reset, however often", async () => {
    const { net, spikes, pop } = await izhikevich(5);
    for (let round = 0; round < 3; round++) {
      await net.simulate(DURATION);
      expect(spikeText(spikes.get("spike"))).toBe(reference);
      pop.set({ d: 3, v: 0 });
      net.reset();
      expect([net.time, net.currentStep]).toEqual([0, 0]);
    }
  });

  it("gives the same spikes when a monitor, a population and a constant are added", async () => {
    expect(await withMore(5)).toBe(reference);
  });
});

/** The network of `izhikevich` with more objects, made after it. */
async function withMore(seed: number): Promise<string> {
  const net = strictNetwork({ dt: 1, seed });
  net.constant("unused", 1);
  const pop = net.create(1000, { neuron: Izhikevich });
  const [exc, inh] = [pop.view(":800"), pop.view("800:")];
  const re = net.rng.random(800);
  const ri = net.rng.random(200);
  exc.set({ c: re.map((r) => -65 + 15 * r ** 2), d: re.map((r) => 8 - 6 * r ** 2) });
  inh.set({ noise: 2, d: 2, a: ri.map((r) => 0.02 + 0.08 * r), b: ri.map((r) => 0.25 - 0.05 * r) });
  inh.set({ u: ri.map((r) => -65 * (0.25 - 0.05 * r)) });
  net.connect(exc, pop, { target: "exc" }).allToAll({ weights: new Uniform(0, 0.5) });
  net.connect(inh, pop, { target: "inh" }).allToAll({ weights: new Uniform(0, 1) });
  const other = net.create(10, { neuron: Sink });
  other.set({ total: new Normal(0, 1) });
  net.connect(pop, other, { target: "exc" }).fixedProbability({ probability: 0.5, weights: 1 });
  const spikes = net.monitor(pop, ["v", "g_exc", "spike"], { name: "more" });
  net.monitor(other, "total");
  await net.compile();
  await net.simulate(DURATION);
  return spikeText(spikes.get("spike"));
}

describe("initial values", () => {
  async function start(act: (net: Network) => void = () => undefined): Promise<string> {
    const net = strictNetwork({ seed: 9 });
    const pop = net.create(5, { neuron: Izhikevich });
    pop.set({ v: new Normal(-60, 5), u: new Uniform(-20, -10) });
    pop.view("3:").set({ v: new Uniform(0, 1) });
    act(net);
    await net.compile();
    return String(pop.get("v")) + String(pop.get("u"));
  }

  it("are drawn at assignment and are there before compile", async () => {
    let before = "";
    const after = await start((net) => {
      const [pop] = net.getPopulations();
      before = String(pop!.get("v")) + String(pop!.get("u"));
    });
    expect(before).toBe(after);
    expect(await start()).toBe(after);
  });

  it("do not depend on what is drawn from net.rng", async () => {
    const drawn = await start((net) => void net.rng.random(100));
    expect(drawn).toBe(await start());
  });

  it("of each attribute and each assignment are draws of their own", async () => {
    const net = strictNetwork({ seed: 9 });
    const pop = net.create(5, { neuron: Izhikevich });
    const same = new Uniform(0, 1);
    pop.set({ v: same, u: same });
    const first = String(pop.get("v"));
    expect(String(pop.get("u"))).not.toBe(first);
    pop.set({ v: same });
    expect(String(pop.get("v"))).not.toBe(first);
    await net.compile();
  });
});
