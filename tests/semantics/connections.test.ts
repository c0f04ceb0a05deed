import { describe, expect, it } from "vitest";

import { Uniform, type PopLike, type Projection } from "../../lib/index.js";
import { Sink, strictNetwork } from "../support/neurons.js";

/** Compiled synapses as "pre→post". */
async function pairs(
  connect: (ends: {
    pop: PopLike;
    other: PopLike;
    view: (spec: string) => PopLike;
    join: Join;
  }) => Projection,
): Promise<string[]> {
  const net = strictNetwork({ seed: 3 });
  const pop = net.create(6, { neuron: Sink });
  const other = net.create(4, { neuron: Sink });
  const join: Join = (pre, post) => net.connect(pre, post, { target: "exc" });
  const proj = connect({ pop, other, view: (spec) => pop.view(spec), join });
  await net.compile();
  const { postRanks, preRanks } = proj;
  expect(proj.nbSynapses).toBe(preRanks.reduce((sum, row) => sum + row.length, 0));
  expect(proj.size).toBe(postRanks.length);
  return preRanks.flatMap((row, i) => Array.from(row, (pre) => `${pre}→${postRanks[i]!}`));
}

type Join = (pre: PopLike, post: PopLike) => Projection;

const w = { weights: 1 };

describe("allToAll", () => {
  it("leaves out self-connections within a population, also between its views", async () => {
    const found = await pairs(({ view, join }) => join(view(":2"), view("1:3")).allToAll(w));
    expect(found).toEqual(["0→1", "0→2", "1→2"]);
  });

  it("makes them when asked to", async () => {
    const options = { ...w, allowSelfConnections: true };
    const found = await pairs(({ view, join }) => join(view(":2"), view("1:3")).allToAll(options));
    expect(found).toEqual(["0→1", "1→1", "0→2", "1→2"]);
  });

  it("connects equal ranks of two populations", async () => {
    const found = await pairs(({ other, view, join }) => join(view(":2"), other).allToAll(w));
    expect(found).toHaveLength(8);
  });
});

describe("oneToOne", () => {
  it("pairs the i-th neurons of both ends", async () => {
    const found = await pairs(({ other, view, join }) => join(view("2:"), other).oneToOne());
    expect(found).toEqual(["2→0", "3→1", "4→2", "5→3"]);
  });

  it("pairs in the order of the views", async () => {
    const net = strictNetwork();
    const pop = net.create(6, { neuron: Sink });
    const proj = net.connect(pop.view([5, 0]), pop.view([2, 1]), { target: "exc" }).oneToOne();
    await net.compile();
    expect([proj.postRanks, ...proj.preRanks]).toEqual([
      Int32Array.of(1, 2),
      Int32Array.of(0),
      Int32Array.of(5),
    ]);
  });

  it("leaves the rest of the larger end alone, with a warning", async () => {
    const warnings: string[] = [];
    const net = strictNetwork({}, { logger: (message) => warnings.push(message) });
    const pop = net.create(6, { neuron: Sink });
    const proj = net.connect(pop, pop.view("3:5"), { target: "exc" }).oneToOne();
    await net.compile();
    expect([proj.postRanks, ...proj.preRanks]).toEqual([
      Int32Array.of(3, 4),
      Int32Array.of(0),
      Int32Array.of(1),
    ]);
    expect(warnings).toHaveLength(1);
  });

  it("cannot have a neuron twice", () => {
    const pop = strictNetwork().create(6, { neuron: Sink });
    const view = pop.view([1, 1]);
    const net = strictNetwork();
    expect(() => net.connect(view, pop, { target: "exc" }).allToAll(w)).toThrow(
      expect.objectContaining({ code: "REPEATED_RANK" }),
    );
  });
});

describe("fixedProbability", () => {
  it("leaves out self-connections where both ends are one object, not between two views", async () => {
    const all = { ...w, probability: 1 };
    const whole = await pairs(({ pop, join }) => join(pop, pop).fixedProbability(all));
    expect(whole).toHaveLength(30);
    const views = await pairs(({ view, join }) => join(view(":"), view(":")).fixedProbability(all));
    expect(views).toHaveLength(36);
  });

  it("has no synapses at probability 0, and rows only where there are some", async () => {
    const none = await pairs(({ pop, join }) =>
      join(pop, pop).fixedProbability({ ...w, probability: 0 }),
    );
    expect(none).toEqual([]);
  });

  it("makes the expected number of synapses", async () => {
    const net = strictNetwork({ seed: 11 });
    const pop = net.create(1000, { neuron: Sink });
    const proj = net
      .connect(pop, pop, { target: "exc" })
      .fixedProbability({ ...w, probability: 0.1 });
    await net.compile();
    // 999 000 trials: five standard deviations are 1500.
    expect(Math.abs(proj.nbSynapses - 99_900)).toBeLessThan(1500);
  });
});

describe("weights", () => {
  it("are one number when given as one, and settable as one", async () => {
    const net = strictNetwork();
    const pop = net.create(3, { neuron: Sink });
    const proj = net.connect(pop, pop, { target: "exc" }).allToAll({ weights: 0.5 });
    await net.compile();
    expect(proj.w).toBe(0.5);
    proj.w = 2;
    expect(proj.w).toBe(2);
    expect(() => (proj.w = [1, 2, 3])).toThrow("stores one weight for all synapses");
  });

  it("are one per synapse when drawn or asked for", async () => {
    const net = strictNetwork({ seed: 1 });
    const pop = net.create(3, { neuron: Sink });
    const connect = (): Projection => net.connect(pop, pop, { target: "exc" });
    const drawn = connect().allToAll({ weights: new Uniform(2, 3) });
    const asked = connect().allToAll({ weights: 0.5, forceMultipleWeights: true });
    await net.compile();
    const values = (drawn.w as Float64Array[]).flatMap((row) => Array.from(row));
    expect(values).toHaveLength(6);
    expect(new Set(values).size).toBe(6);
    expect(values.filter((value) => value < 2 || value >= 3)).toEqual([]);
    asked.w = [1, [2, 3], new Uniform(7, 8)];
    const [first, second, third] = asked.w as Float64Array[];
    expect([first, second]).toEqual([Float64Array.of(1, 1), Float64Array.of(2, 3)]);
    expect(third!.every((value) => value >= 7 && value < 8)).toBe(true);
    expect(() => (asked.w = [1, 2])).toThrow("has 3 post-synaptic neurons");
    expect(() => (asked.w = [1, [2], 3])).toThrow("receives 2 synapses and not 1");
  });
});
