import { describe, expect, it } from "vitest";

import { Neuron, Synapse, type NetworkConfig, type Projection } from "../../../lib/index.js";
import { internals } from "../../../lib/network/internals.js";
import { strictNetwork } from "../../support/neurons.js";

/** Spikes every `period` steps. */
const Beating = new Neuron({
  parameters: "period = 7",
  equations: "n += 1 : init = 0\ng_exc = 0",
  spike: "n >= period",
  reset: "n = 0",
});

/** Pair-based plasticity: one trace follows the pre neuron, the other one the post neuron. */
const Pairs = new Synapse({
  parameters: "tau_x = 20.0 : projection\ntau_y = 30.0 : projection",
  equations: `
    tau_x * dx/dt = -x       : event-driven
    tau_y * dy/dt = 0.25 - y : event-driven
  `,
  preSpike: "g_target += w; x += 1; w -= 0.01 * y",
  postSpike: "y += 1; w += 0.01 * x",
});

/** Two parts, where there are two threads. */
const [preSize, postSize] = [5, 70];
type Write = (proj: Projection) => void;

interface Story {
  readonly config?: Partial<NetworkConfig>;
  readonly writes: readonly Write[];
}

/**
 * Weights and traces, recorded in every step, and as they are in the end, when a projection is written to between runs.
 *
 * @param apart Hold traces once per synapse from the beginning, as for initial values that differ.
 */
async function story({ config = {}, writes }: Story, apart: boolean) {
  const net = strictNetwork({ dt: 1, seed: 3 }, config);
  const pre = net.create(preSize, { neuron: Beating });
  const post = net.create(postSize, { neuron: Beating });
  pre.set({ period: [3, 5, 7, 11, 13] });
  post.set({ period: Array.from({ length: postSize }, (_, i) => 4 + (i % 7)) });
  const proj = net.connect(pre, post, { target: "exc", synapse: Pairs }).allToAll({
    weights: 0.5,
    forceMultipleWeights: true,
  });
  if (apart) {
    const rows = Array.from({ length: postSize }, () => new Float64Array(preSize));
    proj.set({ x: rows, y: rows.map((row) => row.map(() => 0)) });
  }
  const monitor = net.monitor(proj, ["x", "y", "w"], { period: 2 });
  await net.compile();
  for (const write of writes) {
    await net.simulate(17);
    write(proj);
  }
  await net.simulate(40);
  const names = ["x", "y", "w"] as const;
  const recorded = names.map((name) => JSON.stringify(monitor.get(name)));
  const final = names.map((name) => proj.get(name));
  return { final, recorded: recorded.map((text) => numbersIn(text)) };
}

function numbersIn(text: string): number[] {
  return [...text.matchAll(/-?\d+\.?\d*(?:e[-+]\d+)?/g)].map(([word]) => Number(word));
}

const rows = (value: (post: number, pre: number) => number): Float64Array[] =>
  Array.from({ length: postSize }, (_, post) =>
    Float64Array.from({ length: preSize }, (_, pre) => value(post, pre)),
  );

const writes: readonly (readonly [string, Write])[] = [
  ["zero, at which it stands still", (proj) => proj.set({ x: 0 })],
  ["one number", (proj) => proj.set({ x: 0.7, y: 0.2 })],
  ["a value for each pre neuron", (proj) => proj.set({ x: rows((_, pre) => pre / 4) })],
  ["a value for each post neuron", (proj) => proj.set({ y: rows((post) => post / 4) })],
  ["a value for each synapse", (proj) => proj.set({ x: rows((post, pre) => post + pre / 8) })],
  ["its own values", (proj) => proj.set({ x: proj.get("x"), y: proj.get("y") })],
  ["values of one dendrite", (proj) => proj.dendrite(2).set({ x: 0.4 })],
  ["the value of one synapse", (proj) => proj.dendrite(1).synapse(3).set({ y: 0.9 })],
];

describe("a trace that all synapses of a neuron share", () => {
  it.each(writes)("goes on as one trace per synapse after it was assigned %s", async (_, write) => {
    const [shared, apart] = [
      await story({ writes: [write, write] }, false),
      await story({ writes: [write, write] }, true),
    ];
    compare(shared, apart, 1e-12);
  });

  it("does so for any number of threads, with the same bits", async () => {
    const write = writes[4]![1];
    const run = (numThreads: number): Promise<Told> => {
      const config = { numThreads, forceThreads: true, logger: () => undefined };
      return story({ config, writes: [write] }, false);
    };
    expect(await run(3)).toEqual(await run(1));
  });

  it("does so in single precision", async () => {
    const told: Story = { config: { precision: "float" }, writes: [writes[4]![1]] };
    compare(await story(told, false), await story(told, true), 1e-5);
  });
});

type Told = Awaited<ReturnType<typeof story>>;

function compare(a: Told, b: Told, tolerance: number): void {
  expect(a.recorded.map(({ length }) => length)).toEqual(b.recorded.map(({ length }) => length));
  expect(a.recorded[0]!.length).toBeGreaterThan(1000);
  const flat = (told: Told): number[] => [
    ...told.recorded.flat(),
    ...told.final.flatMap((values) => numbersIn(JSON.stringify(values))),
  ];
  const [left, right] = [flat(a), flat(b)];
  const distances = left.map((value, i) => Math.abs(value - right[i]!));
  expect(Math.max(...distances)).toBeLessThan(tolerance);
}

describe("the state of held traces", () => {
  it("is the same for any number of threads, also where the synapses of a pre neuron all end in one part", async () => {
    const stateAfter = async (numThreads: number): Promise<Uint8Array> => {
      const net = strictNetwork(
        { dt: 1, seed: 3 },
        { numThreads, forceThreads: true, suppressWarnings: true },
      );
      const pre = net.create(200, { neuron: Beating });
      const post = net.create(200, { neuron: Beating });
      pre.set({ period: Array.from({ length: 200 }, (_, i) => 3 + (i % 5)) });
      const proj = net
        .connect(pre, post, { target: "exc", synapse: Pairs })
        .oneToOne({ weights: 0.5, forceMultipleWeights: true });
      await net.compile();
      await net.simulate(50);
      const { native, projection } = proj[internals].place!;
      return native.exportState("projection", projection);
    };
    expect(await stateAfter(3)).toEqual(await stateAfter(1));
  });
});
