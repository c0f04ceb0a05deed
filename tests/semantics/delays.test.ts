import { describe, expect, it } from "vitest";

import { InputArray, Neuron, SpikeSourceArray, Synapse } from "../../lib/index.js";
import { Clock, Sink, strictNetwork } from "../support/neurons.js";

/** Steps at which a pulse of a clock that spikes once, at step 2, reaches its target. */
async function arrivals(dt: number, delays: number | undefined): Promise<number[]> {
  const net = strictNetwork({ dt, seed: 1 });
  const source = net.create(1, { neuron: Clock });
  const sink = net.create(1, { neuron: Sink });
  const options = { weights: 1.5, ...(delays === undefined ? {} : { delays }) };
  net.connect(source, sink, { target: "exc" }).allToAll(options);
  const monitor = net.monitor(sink, "sum(exc)");
  await net.compile();
  await net.simulate(3 * dt);
  source.set({ at: 1e6 });
  await net.simulate(20 * dt);
  const received = Array.from(monitor.get("sum(exc)").data);
  expect(received.filter((g) => g !== 0 && g !== 1.5)).toEqual([]);
  return received.flatMap((g, step) => (g === 0 ? [] : [step]));
}

describe("a spike emitted at step 2", () => {
  it.each([
    ["no delay given", 1, undefined, 3],
    ["0 ms", 1, 0, 3],
    ["1 step", 1, 1, 3],
    ["2 steps", 1, 2, 4],
    ["5 steps", 1, 5, 7],
    ["1.25 ms at 0.5 ms, half to even", 0.5, 1.25, 4],
    ["1.75 ms at 0.5 ms, half to even", 0.5, 1.75, 6],
    ["0.2 ms at 0.5 ms, at least one step", 0.5, 0.2, 3],
    ["0.3 ms at 0.1 ms in spite of floating point", 0.1, 0.3, 5],
  ])("arrives after the delay: %s", async (_, dt, delays, step) => {
    expect(await arrivals(dt, delays)).toEqual([step]);
  });
});

describe("spikes with different delays", () => {
  it("reach a neuron in the order of emission when they arrive in one step", async () => {
    const net = strictNetwork({ dt: 1 });
    // Emitted in steps 3 and 1, by the neurons 0 and 1: both arrive in step 5.
    const source = net.create(new SpikeSourceArray({ spikeTimes: [[3], [1]] }));
    const sink = net.create(1, { neuron: Sink });
    const synapse = new Synapse({ preSpike: "g_target = w" });
    const options = { weights: [[0.25, 0.75]], delays: [[2, 4]] };
    net.connect(source, sink, { target: "exc", synapse }).fromMatrix(options);
    const monitor = net.monitor(sink, "sum(exc)");
    await net.compile();
    await net.simulate(6);
    expect(Array.from(monitor.get("sum(exc)").data)).toEqual([0, 0, 0, 0, 0, 0.25]);
  });
});

describe("a projection", () => {
  it("reports its delay in ms and in steps", async () => {
    const net = strictNetwork({ dt: 0.1 });
    const pop = net.create(3, { neuron: Sink });
    const none = net.connect(pop, pop, { target: "exc" }).allToAll({ weights: 1 });
    const some = net.connect(pop, pop, { target: "exc" }).allToAll({ weights: 1, delays: 1.5 });
    await net.compile();
    expect([none.delay, none.uniformDelay]).toEqual([0.1, 1]);
    expect([some.delay, some.maxDelay]).toEqual([1.5, 15]);
  });

  it("keeps spikes on their way between two runs", async () => {
    const net = strictNetwork({ dt: 1 });
    const source = net.create(1, { neuron: Clock });
    const sink = net.create(1, { neuron: Sink });
    net.connect(source, sink, { target: "exc" }).allToAll({ weights: 1, delays: 4 });
    await net.compile();
    await net.simulate(3);
    await net.simulate(3);
    expect(sink.get("total")).toMatchObject({ data: Float64Array.of(0) });
    await net.step();
    expect(sink.get("total")).toMatchObject({ data: Float64Array.of(1) });
  });
});

describe("a value that is assigned between runs", () => {
  it("reaches synapses with delays through the queue, also those with a delay of one step", async () => {
    const net = strictNetwork({ dt: 1 });
    const input = net.create(new InputArray({ geometry: 1 }));
    input.set({ r: 1 });
    const pop = net.create(2, { neuron: new Neuron({ equations: "r = sum(exc)" }) });
    net
      .connect(input, pop, { target: "exc" })
      .fromMatrix({ weights: [[1], [1]], delays: [[1], [2]] });
    const monitor = net.monitor(pop, "r");
    await net.compile();
    await net.simulate(5);
    input.set({ r: 7 });
    await net.simulate(4);
    // Pushed for the first time at the end of step 5.
    const { data } = monitor.get("r");
    const columns = [0, 1].map((rank) => [5, 6, 7, 8].map((step) => data[2 * step + rank]));
    expect(columns).toEqual([
      [1, 7, 7, 7],
      [1, 1, 7, 7],
    ]);
  });
});
