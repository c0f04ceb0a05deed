import { describe, expect, it } from "vitest";

import {
  LilConnectivity,
  Neuron,
  Synapse,
  Uniform,
  type Network,
  type NetworkConfig,
  type Projection,
} from "../../../lib/index.js";
import { strictNetwork } from "../../support/neurons.js";

const error = (code: string, details: object = {}): unknown =>
  expect.objectContaining({ code, details: expect.objectContaining(details) });

const Rate = new Neuron({ parameters: "level = 1.0", equations: "r = level + sum(exc)" });

/** An attribute of each locality, and weights that learn. */
const Learning = new Synapse({
  parameters: `
    eta = 0.5    : projection
    theta = 2.0  : postsynaptic
    gain = 1.0
    flag = True  : bool
  `,
  equations: `
    total = t    : projection
    post_t = t   : postsynaptic
    x += gain    : init = 0.0
    w += eta
  `,
});

/** Rows of 2 and 1 synapses: 1 ← 0, 2 and 2 ← 1. */
function learning(config: Partial<NetworkConfig> = {}): { net: Network; proj: Projection } {
  const net = strictNetwork({ dt: 1, seed: 5 }, config);
  const pop = net.create(3, { neuron: Rate });
  const proj = net.connect(pop, pop, { target: "exc", synapse: Learning }).fromMatrix({
    weights: [
      [null, null, null],
      [1, null, 2],
      [null, 3, null],
    ],
  });
  return { net, proj };
}

describe("the attributes of synapses", () => {
  it("have one value per synapse, per post neuron, or for the projection", async () => {
    const { net, proj } = learning();
    await net.compile();
    expect(proj.parameters).toEqual(["eta", "theta", "gain", "flag"]);
    expect(proj.variables).toContain("w");
    expect(proj.get("eta")).toBe(0.5);
    expect(proj.get("theta")).toEqual(Float64Array.of(2, 2));
    expect(proj.get("gain")).toEqual([Float64Array.of(1, 1), Float64Array.of(1)]);
    expect(proj.get("flag")).toEqual([Uint8Array.of(1, 1), Uint8Array.of(1)]);
    expect(proj.w).toEqual([Float64Array.of(1, 2), Float64Array.of(3)]);
    expect([proj.size, proj.nbSynapses, proj.nbSynapsesPerDendrite]).toEqual([2, 3, [2, 1]]);
    expect(proj.connectivityMatrix({ fill: -1 }).toArray()).toEqual([
      [-1, -1, -1],
      [1, -1, 2],
      [-1, 3, -1],
    ]);
  });

  it("are written in the same forms, before and after compile", async () => {
    const { net, proj } = learning();
    proj.set({ eta: 0.25, theta: [7, 8], gain: [[1, 2], 3] });
    await net.compile();
    const given = (): unknown => [proj.get("eta"), proj.get("theta"), proj.get("gain")];
    const rows = [Float64Array.of(1, 2), Float64Array.of(3)];
    expect(given()).toEqual([0.25, Float64Array.of(7, 8), rows]);
    proj.set({ eta: 1, theta: 4, gain: [5, [6]], w: [[1, 1], 0] });
    const later = [Float64Array.of(5, 5), Float64Array.of(6)];
    expect(given()).toEqual([1, Float64Array.of(4, 4), later]);
    proj.reset();
    expect(given()).toEqual([0.25, Float64Array.of(7, 8), rows]);
    expect(proj.w).toEqual([Float64Array.of(1, 1), Float64Array.of(0)]);
    proj.reset({ synapses: true });
    expect(proj.w).toEqual([Float64Array.of(1, 2), Float64Array.of(3)]);
  });

  it("are drawn from distributions, and drawn alike after a reset and for the same seed", async () => {
    const draw = async (): Promise<{ proj: Projection; gain: unknown }> => {
      const { net, proj } = learning();
      proj.set({ gain: new Uniform(0, 1) });
      await net.compile();
      return { proj, gain: proj.get("gain") };
    };
    const { proj, gain } = await draw();
    const [first] = gain as [Float64Array];
    expect(first[0]).not.toBe(first[1]);
    proj.set({ gain: 0 });
    proj.reset({ attributes: ["gain"] });
    expect(proj.get("gain")).toEqual(gain);
    expect((await draw()).gain).toEqual(gain);
  });

  it.each<[string, (proj: Projection) => void, unknown]>([
    [
      "a list for one value",
      (proj) => {
        proj.set({ eta: [1, 2] });
      },
      error("PROJECTION_WIDE", { attribute: "eta" }),
    ],
    [
      "another number of rows",
      (proj) => {
        proj.set({ gain: [1, 2, 3] });
      },
      error("WRONG_ROWS", { rows: 2, given: 3 }),
    ],
    [
      "another number of synapses",
      (proj) => {
        proj.set({ w: [[1], [1]] });
      },
      error("WRONG_ROW", { post: 1, synapses: 2, given: 1 }),
    ],
    [
      "an unknown name",
      (proj) => {
        proj.set({ gian: 1 });
      },
      error("UNKNOWN_ATTRIBUTE", { nearest: "gain" }),
    ],
    [
      "a misspelt property",
      (proj) => {
        Object.assign(proj, { gian: 1 });
      },
      error("UNKNOWN_ATTRIBUTE", { nearest: "gain" }),
    ],
    [
      "a delay where there was none",
      (proj) => {
        proj.delay = 3;
      },
      error("NO_DELAYS"),
    ],
  ])("refuse %s", async (_, act, expected) => {
    const { net, proj } = learning();
    await net.compile();
    expect(() => {
      act(proj);
    }).toThrow(expected);
  });

  it("are the same for a weight that is stored once", async () => {
    const net = strictNetwork({ dt: 1 });
    const pop = net.create(3, { neuron: Rate });
    const one = net.connect(pop, pop, { target: "exc" }).allToAll({ weights: 0.5 });
    const many = net
      .connect(pop, pop, { target: "exc" })
      .allToAll({ weights: 0.5, forceMultipleWeights: true });
    await net.compile();
    expect([one.w, one.dendrite(0).w]).toEqual([0.5, 0.5]);
    expect(many.dendrite(0).get("w")).toEqual(Float64Array.of(0.5, 0.5));
    expect(() => {
      one.w = [1, 1, 1];
    }).toThrow(error("SINGLE_WEIGHT"));
    expect(() => {
      one.synapse(1, 0)!.set({ w: 1 });
    }).toThrow(error("SINGLE_WEIGHT"));
    one.w = 2;
    expect(one.connectivityMatrix().toArray()).toEqual([
      [0, 2, 2],
      [2, 0, 2],
      [2, 2, 0],
    ]);
  });
});

describe("dendrites", () => {
  it("read and write the synapses of one neuron", async () => {
    const { net, proj } = learning();
    await net.compile();
    const [first, second] = [...proj.dendrites];
    expect([first!.postRank, first!.idx, first!.size, first!.preRanks]).toEqual([
      1,
      0,
      2,
      Int32Array.of(0, 2),
    ]);
    first!.set({ gain: [3, 4], theta: 9 });
    second!.set({ gain: 5 });
    expect(proj.get("gain")).toEqual([Float64Array.of(3, 4), Float64Array.of(5)]);
    expect(proj.get("theta")).toEqual(Float64Array.of(9, 2));
    expect(first!.get("eta")).toBe(0.5);
    expect(() => {
      first!.set({ eta: 1 });
    }).toThrow(error("PROJECTION_WIDE"));
    expect(() => {
      first!.set({ gain: [1] });
    }).toThrow(error("WRONG_ROW", { synapses: 2, given: 1 }));
    expect(() => proj.dendrite(0)).toThrow(error("NO_DENDRITE", { rank: 0 }));
    expect(() => first!.synapse(1)).toThrow(error("NO_SYNAPSE", { rank: 1 }));
  });

  it("consist of synapses, whose shared attributes are shared", async () => {
    const { net, proj } = learning();
    await net.compile();
    const synapse = proj.synapse(2, 1)!;
    synapse.set({ gain: 7, theta: 3, eta: 4 });
    expect([synapse.rank, synapse.get("gain"), synapse.get("w")]).toEqual([2, 7, 2]);
    expect([proj.get("gain"), proj.get("theta"), proj.get("eta")]).toEqual([
      [Float64Array.of(1, 7), Float64Array.of(1)],
      Float64Array.of(3, 2),
      4,
    ]);
    expect([proj.synapse(1, 1), proj.synapse(0, 0)]).toEqual([null, null]);
    expect(() => proj.synapse(3, 0)).toThrow(error("NO_SUCH_RANK"));
  });

  it("are there after compile only", () => {
    const { proj } = learning();
    expect(() => [...proj]).toThrow(error("NOT_COMPILED"));
    expect(() => proj.dendrite(1)).toThrow(error("NOT_COMPILED"));
  });
});

describe("recordings of synapses", () => {
  it("are ragged where rows differ, and have one axis less for each locality", async () => {
    const { net, proj } = learning({ suppressWarnings: true });
    const monitor = net.monitor(proj, ["x", "post_t", "total"]);
    await net.compile();
    const row = net.monitor(proj.dendrite(1), ["x", "post_t"]);
    await net.simulate(2);
    expect(monitor.get("x")).toEqual([
      [Float64Array.of(1, 1), Float64Array.of(1)],
      [Float64Array.of(2, 2), Float64Array.of(2)],
    ]);
    expect(monitor.get("post_t")).toMatchObject({
      shape: [2, 2],
      data: Float64Array.of(0, 0, 1, 1),
    });
    expect(monitor.get("total")).toMatchObject({ shape: [2], data: Float64Array.of(0, 1) });
    expect(row.get("x")).toMatchObject({ shape: [2, 2], data: Float64Array.of(1, 1, 2, 2) });
    expect(row.get("post_t")).toMatchObject({ shape: [2], data: Float64Array.of(0, 1) });
  });

  it("are not made of parameters, and warn of every step", () => {
    const warnings: string[] = [];
    const { net, proj } = learning({ logger: (text) => warnings.push(text) });
    expect(() => net.monitor(proj, "gain")).toThrow(error("NOT_RECORDABLE"));
    net.monitor(proj, "x", { period: 10 });
    expect(warnings).toEqual([]);
    net.monitor(proj, "x");
    expect(warnings).toEqual([
      expect.stringContaining("records the synapses of a projection in every step"),
    ]);
  });
});

describe("delays", () => {
  it("may differ from synapse to synapse", async () => {
    const net = strictNetwork({ dt: 0.5 });
    const pop = net.create(3, { neuron: Rate });
    const proj = net.connect(pop, pop, { target: "exc" }).fromFunction((pre, post, dt) => {
      const lil = new LilConnectivity(dt);
      for (const rank of post.ranks) lil.add(rank, pre.ranks, 0.1, [0.2, 1.25, 1.75]);
      return lil;
    });
    await net.compile();
    expect(proj.delay).toEqual(new Array(3).fill(Float64Array.of(0.5, 1, 2)));
    expect([proj.maxDelay, proj.uniformDelay]).toEqual([4, -1]);
    proj.delay = [
      [1, 1, 1],
      [2, 2, 2],
      [3, 3, 5],
    ];
    expect([proj.dendrite(2).delay, proj.maxDelay]).toEqual([Float64Array.of(3, 3, 5), 10]);
    proj.dendrite(0).delay = [2, 1, 1];
    expect(proj.dendrite(0).delay).toEqual(Float64Array.of(2, 1, 1));
    expect(proj.dendrite(1).delay).toEqual(Float64Array.of(2, 2, 2));
    expect(() => {
      proj.delay = 2;
    }).toThrow(error("OWN_DELAYS"));
    expect(() => {
      proj.delay = [[1], [2], [3]];
    }).toThrow(error("WRONG_ROW", { synapses: 3, given: 1 }));
  });

  it("are drawn in whole steps between one step and the largest", async () => {
    const net = strictNetwork({ dt: 0.5, seed: 2 });
    const pop = net.create(20, { neuron: Rate });
    const proj = net
      .connect(pop, pop, { target: "exc" })
      .allToAll({ weights: 0, delays: new Uniform(0, 3) });
    expect(proj.maxDelay).toBe(6);
    await net.compile();
    const drawn = (proj.delay as Float64Array[]).flatMap((row) => Array.from(row));
    expect(new Set(drawn)).toEqual(new Set([0.5, 1, 1.5, 2, 2.5, 3]));
    proj.delay = (proj.delay as Float64Array[]).map((row) => row.map(() => 1));
    proj.reset({ synapses: true });
    expect(proj.delay.flatMap((row) => Array.from(row))).toEqual(drawn);
  });

  it("of one number can be changed to another only", async () => {
    const net = strictNetwork({ dt: 1 });
    const pop = net.create(2, { neuron: Rate });
    const proj = net.connect(pop, pop, { target: "exc" }).allToAll({ weights: 1, delays: 3 });
    expect(() => {
      proj.delay = 4;
    }).toThrow(error("NOT_COMPILED"));
    await net.compile();
    expect(() => {
      proj.delay = [4, 4];
    }).toThrow(error("UNIFORM_DELAY"));
  });
});
