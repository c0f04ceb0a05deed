/** Synapses that come and go: by the rules of their model (model language, structural plasticity), and by calls. */
import { describe, expect, it } from "vitest";

import {
  Creating,
  Neuron,
  Pruning,
  Synapse,
  Uniform,
  type Network,
  type Projection,
  type SynapseOptions,
} from "../../lib/index.js";
import { Izhikevich, strictNetwork } from "../support/neurons.js";

const Rate = new Neuron({ parameters: "b = 0.5", equations: "r = b + sum(exc)" });

/** Post neurons 0 and 1 of three have rows. Compiled. */
async function partlyConnected(
  options: SynapseOptions,
): Promise<{ readonly net: Network; readonly proj: Projection }> {
  const net = strictNetwork({ dt: 1, seed: 3 });
  const pop = net.create(3, { neuron: Rate });
  const weights = [
    [null, 0.25, null],
    [0.5, null, null],
    [null, null, null],
  ];
  const proj = net
    .connect(pop, pop, { target: "exc", synapse: new Synapse(options) })
    .fromMatrix({ weights });
  await net.compile();
  return { net, proj };
}

function rowsOf(proj: Projection): readonly (readonly number[])[] {
  return proj.preRanks.map((row) => [...row]);
}

describe("a rule that creates", () => {
  it("fills the rows there are, with connections of neurons to themselves, and makes no other row", async () => {
    const { net, proj } = await partlyConnected({ creating: "True : w = 0.3" });
    proj.startCreating();
    await net.step();
    expect([...proj.postRanks]).toEqual([0, 1]);
    expect(rowsOf(proj)).toEqual([
      [0, 1, 2],
      [0, 1, 2],
    ]);
    expect(proj.get("w")).toEqual([
      Float64Array.of(0.3, 0.25, 0.3),
      Float64Array.of(0.5, 0.3, 0.3),
    ]);
  });

  it("does nothing before it is started, and counts its period from then", async () => {
    const { net, proj } = await partlyConnected({ creating: "pre.r + 0 * t >= 0" });
    await net.simulate(3);
    expect(proj.nbSynapses).toBe(2);
    await net.step();
    proj.startCreating({ period: 3 });
    proj.dendrite(0).pruneSynapse(1);
    await net.step();
    expect(proj.nbSynapses).toBe(6);
    proj.dendrite(0).pruneSynapses([0, 2]);
    await net.simulate(2);
    expect(proj.nbSynapses).toBe(4);
    await net.step();
    expect(proj.nbSynapses).toBe(6);
    proj.stopCreating();
    proj.dendrite(1).pruneSynapse(0);
    await net.simulate(6);
    expect(proj.nbSynapses).toBe(5);
  });

  it("gives new synapses the initial values of their attributes, drawn where these are random", async () => {
    const { net, proj } = await partlyConnected({
      parameters: "k = 7",
      equations: "x = x : init = Uniform(2.0, 3.0)\ny = y : init = 4.0",
      creating: "True",
    });
    const before = [proj.dendrite(0).get("x"), proj.dendrite(1).get("x")].map(Number);
    proj.startCreating();
    await net.step();
    const drawn = (proj.get("x") as Float64Array[]).flatMap((row) => [...row]);
    expect(new Set(drawn).size).toBe(6);
    expect(drawn.every((value) => value >= 2 && value < 3)).toBe(true);
    expect(drawn).toEqual(expect.arrayContaining(before.filter((value) => !Number.isNaN(value))));
    expect(proj.get("y")).toEqual([Float64Array.of(4, 4, 4), Float64Array.of(4, 4, 4)]);
    expect(proj.get("k")).toEqual([Float64Array.of(7, 7, 7), Float64Array.of(7, 7, 7)]);
  });

  it("comes before one that prunes, so that synapses can come and go in one step", async () => {
    const { net, proj } = await partlyConnected({ creating: "True", pruning: "w == 0" });
    proj.startCreating();
    proj.startPruning();
    await net.step();
    expect(rowsOf(proj)).toEqual([[1], [0]]);
  });

  it("is left to chance as often as it says", async () => {
    const net = strictNetwork({ dt: 1, seed: 8 });
    const pop = net.create(100, { neuron: Rate });
    const synapse = new Synapse({ creating: new Creating("True", { proba: 0.25, w: 0 }) });
    const proj = net.connect(pop, pop, { target: "exc", synapse }).oneToOne({ weights: 0 });
    await net.compile();
    proj.startCreating();
    await net.step();
    const share = (proj.nbSynapses - 100) / 9900;
    expect(Math.abs(share - 0.25)).toBeLessThan(4 * Math.sqrt((0.25 * 0.75) / 9900));
  });

  it("can have a random term, drawn for each pair", async () => {
    const { net, proj } = await partlyConnected({ creating: "Uniform(0.0, 1.0) < 0.5" });
    proj.startCreating();
    await net.simulate(50);
    expect(proj.nbSynapses).toBe(6);
  });
});

describe("a rule that prunes", () => {
  it("leaves rows without synapses, which can be filled again", async () => {
    const { net, proj } = await partlyConnected({ pruning: new Pruning("w > 0") });
    proj.startPruning();
    await net.step();
    expect(rowsOf(proj)).toEqual([[], []]);
    expect(proj.dendrite(0).size).toBe(0);
    proj.stopPruning();
    proj.dendrite(0).createSynapses([2, 0], { weights: [0.1, 0.2] });
    await net.step();
    expect(rowsOf(proj)).toEqual([[0, 2], []]);
    expect(proj.dendrite(0).get("w")).toEqual(Float64Array.of(0.2, 0.1));
  });
});

describe("reset with synapses", () => {
  it("brings back what the connector made", async () => {
    const { net, proj } = await partlyConnected({ creating: "True" });
    proj.startCreating();
    await net.simulate(2);
    net.reset({ synapses: true });
    expect(rowsOf(proj)).toEqual([[1], [0]]);
    expect(proj.get("w")).toEqual([Float64Array.of(0.25), Float64Array.of(0.5)]);
    await net.step();
    expect(proj.nbSynapses).toBe(6);
  });
});

describe("a monitor", () => {
  it("records as many synapses as there are in each step", async () => {
    const { net, proj } = await partlyConnected({
      equations: "w += 0.0",
      creating: "True : w = 2",
    });
    const monitor = net.monitor(proj, ["w"], { period: 2 });
    await net.simulate(2);
    proj.startCreating({ period: 2 });
    await net.simulate(2);
    proj.stopCreating();
    proj.dendrite(1).pruneSynapse(2);
    await net.simulate(2);
    const records = monitor.get("w") as Float64Array[][];
    expect(records.map((rows) => rows.map((row) => [...row]))).toEqual([
      [[0.25], [0.5]],
      [
        [2, 0.25, 2],
        [0.5, 2, 2],
      ],
      [
        [2, 0.25, 2],
        [0.5, 2],
      ],
    ]);
  });
});

/** Spikes and synapses of a network in which both rules are at work, with noise. */
async function evolved(
  threads: number,
  synapse: Synapse,
  delays: number | Uniform,
): Promise<string> {
  const suppressWarnings = threads > 1;
  const net = strictNetwork(
    { dt: 1, seed: 5 },
    { numThreads: threads, forceThreads: true, suppressWarnings },
  );
  const pop = net.create(300, { neuron: Izhikevich });
  const proj = net
    .connect(pop, pop, { target: "exc", synapse })
    .fixedProbability({ probability: 0.05, weights: new Uniform(0, 1), delays });
  const spikes = net.monitor(pop, "spike");
  await net.compile();
  proj.startCreating({ period: 3 });
  proj.startPruning({ period: 5 });
  await net.simulate(60);
  const rows = proj.preRanks.map((row, i) => [...row, ...(proj.get("w") as Float64Array[])[i]!]);
  return JSON.stringify([spikes.get("spike"), rows, proj.get("x"), proj.delay]);
}

const rules = {
  creating: new Creating("post.v > -60 and pre.v > -60", { proba: 0.05, w: 0.5 }),
  pruning: "w < 0.3 : proba = 0.5",
} as const;
const kinds: readonly (readonly [string, Synapse, number | Uniform])[] = [
  ["by column", new Synapse({ equations: "x = x : init = Uniform(0, 1)", ...rules }), 1],
  [
    "by column with both orders",
    new Synapse({
      equations: "tau = 10\ndx/dt = -x / 10 : event-driven",
      preSpike: "g_target += w\nx += 1",
      postSpike: "w = w * 0.9 + 0.01 * x",
      ...rules,
    }),
    2,
  ],
  [
    "by row",
    new Synapse({
      equations: "x = x : init = Uniform(0, 1)",
      psp: "w * ite(pre.v > 20.0, 1.0, 0.0)",
      ...rules,
    }),
    1,
  ],
  [
    "by row, with a delay each",
    new Synapse({
      equations: "x = x : init = Uniform(0, 1)",
      psp: "w * ite(pre.v > 20.0, 1.0, 0.0)",
      ...rules,
    }),
    new Uniform(1, 6),
  ],
  [
    "with a delay each",
    new Synapse({ equations: "x = x : init = Uniform(0, 1)", ...rules }),
    new Uniform(1, 6),
  ],
];

describe.each(kinds)("synapses stored %s that come and go", (_, synapse, delays) => {
  it("are the same on 1, 2, 3 and 8 threads", async () => {
    const reference = await evolved(1, synapse, delays);
    expect(reference.length).toBeGreaterThan(1000);
    for (const threads of [2, 3, 8])
      expect(await evolved(threads, synapse, delays)).toBe(reference);
  });
});
