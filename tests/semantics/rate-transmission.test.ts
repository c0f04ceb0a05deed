import { describe, expect, it } from "vitest";

import { Neuron, Synapse, type Network, type Projection } from "../../lib/index.js";
import { strictNetwork } from "../support/neurons.js";

/** Counts its steps: 1 after the first. */
const Ramp = new Neuron({ equations: "r = t + 1.0" });
const Sum = new Neuron({ equations: "r = sum(exc)" });

/** What a neuron that adds up a ramp has at the end of each of `steps` steps. */
function received(net: Network, steps: number): Promise<number[]> {
  const monitor = net.monitor(net.getPopulation("post")!, "r");
  return net.simulate(steps).then(() => Array.from(monitor.get("r").data));
}

/** A ramp that drives a sum through one synapse. */
function ramp(delays: number, synapse?: Synapse): { net: Network; proj: Projection } {
  const net = strictNetwork({ dt: 1 });
  const pre = net.create(1, { neuron: Ramp });
  const post = net.create(1, { neuron: Sum, name: "post" });
  const options = { target: "exc", ...(synapse === undefined ? {} : { synapse }) };
  const proj = net.connect(pre, post, options).allToAll({ weights: 1, delays });
  return { net, proj };
}

describe("a rate", () => {
  it.each([
    ["without delay is that of the last step", 0, [0, 1, 2, 3, 4, 5]],
    ["with a delay of one step too", 1, [0, 1, 2, 3, 4, 5]],
    ["with a delay of 3 steps is that of 3 steps ago", 3, [0, 0, 0, 1, 2, 3, 4, 5]],
  ])("%s", async (_, delays, expected) => {
    const { net } = ramp(delays);
    await net.compile();
    expect(await received(net, expected.length)).toEqual(expected);
  });

  it("in synaptic equations is younger by one step", async () => {
    const { net, proj } = ramp(3, new Synapse({ equations: "x = pre.r" }));
    await net.compile();
    const monitor = net.monitor(proj.dendrite(0), "x");
    await net.simulate(6);
    expect(monitor.get("x")).toMatchObject({
      shape: [6, 1],
      data: Float64Array.of(0, 0, 1, 2, 3, 4),
    });
  });

  it("comes later or earlier when the delay is changed, with zeros before the queue was long enough", async () => {
    const { net, proj } = ramp(3);
    await net.compile();
    await net.simulate(8);
    proj.delay = 5;
    expect([proj.delay, proj.uniformDelay, proj.maxDelay]).toEqual([5, 5, 5]);
    expect(await received(net, 4)).toEqual([0, 0, 6, 7]);
    proj.delay = 1;
    const monitor = net.getMonitors()[0]!;
    await net.simulate(3);
    expect(monitor.get("r")).toMatchObject({ data: Float64Array.of(12, 13, 14) });
  });
});

describe("the contributions of the synapses of a neuron", () => {
  const Level = new Neuron({ parameters: "level = 0.0", equations: "r = level" });

  it.each([
    ["sum", 1 + 4 - 6],
    ["mean", (1 + 4 - 6) / 3],
    ["max", 4],
    ["min", -6],
  ] as const)("become one value by %s", async (operation, expected) => {
    const net = strictNetwork({ dt: 1 });
    const pre = net.create(3, { neuron: Level });
    pre.set({ level: [1, 2, 3] });
    const post = net.create(2, { neuron: Sum });
    net.connect(pre, post, { target: "exc", synapse: new Synapse({ operation }) }).fromMatrix({
      weights: [
        [1, 2, -2],
        [null, null, null],
      ],
    });
    await net.compile();
    await net.simulate(2);
    expect(post.get("r")).toMatchObject({ data: Float64Array.of(expected, 0) });
  });

  it("of several projections are added, whatever their operations, and sum() adds all targets", async () => {
    const net = strictNetwork({ dt: 1 });
    const pre = net.create(2, { neuron: Level });
    pre.set({ level: [1, 2] });
    const All = new Neuron({ equations: "e = sum(exc)\nr = sum()" });
    const post = net.create(1, { neuron: All });
    const max = new Synapse({ operation: "max" });
    net.connect(pre, post, { target: "exc" }).allToAll({ weights: 1 });
    net.connect(pre, post, { target: "exc", synapse: max }).allToAll({ weights: 10 });
    net.connect(pre, post, { target: "other" }).allToAll({ weights: 100 });
    await net.compile();
    await net.simulate(2);
    expect([post.get("e"), post.get("r")]).toMatchObject([
      { data: Float64Array.of(23) },
      { data: Float64Array.of(323) },
    ]);
  });
});

describe("results of a plastic rate-coded network with delays", () => {
  it.each([2, 3])("are those of one thread on %d threads", async (numThreads) => {
    const run = async (threads: number): Promise<unknown> => {
      const net = strictNetwork(
        { dt: 1, seed: 3 },
        {
          numThreads: threads,
          forceThreads: true,
          suppressWarnings: true,
        },
      );
      const Tanh = new Neuron({
        equations: "tau * dr/dt = -r + tanh(sum(exc)) + 0.1",
        parameters: "tau = 10.0",
      });
      const Hebb = new Synapse({
        parameters: "eta = 0.01 : projection",
        equations: "w += eta * pre.r * (post.r - mean(post.r)) : max = 1.0",
      });
      const pop = net.create(200, { neuron: Tanh });
      const proj = net
        .connect(pop, pop, { target: "exc", synapse: Hebb })
        .fixedProbability({ probability: 0.2, weights: 0.1, delays: 4 });
      await net.compile();
      await net.simulate(50);
      return [pop.get("r"), proj.w];
    };
    expect(await run(numThreads)).toEqual(await run(1));
  });
});
