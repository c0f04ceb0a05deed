/**
 * Synapses are the same, and so are the bits of what they transmit, for every connector, whatever storage is asked for and
 * however many threads there are.
 */
import { describe, expect, it } from "vitest";

import {
  Network,
  Neuron,
  sparseDelaysFromWeights,
  sparseRandomMatrix,
  Uniform,
  type NetworkConfig,
  type Projection,
  type StorageFormat,
  type StorageOrder,
} from "../../lib/index.js";
import { strictNetwork } from "../support/neurons.js";

const Rate = new Neuron({ equations: "r = 0.1 + 0.01 * sum(exc)" });
const Spiking = new Neuron({
  parameters: "I = 30.0",
  equations: "10.0 * dv/dt = I - v + g_exc\n5.0 * dg_exc/dt = -g_exc",
  spike: "v > 20.0",
  reset: "v = 0.0",
});

interface Storage {
  readonly storageFormat?: StorageFormat;
  readonly storageOrder?: StorageOrder;
}

const weights = new Uniform(0, 1);

const CONNECTORS: Readonly<Record<string, (proj: Projection, storage: Storage) => Projection>> = {
  allToAll: (proj, storage) => proj.allToAll({ weights, ...storage }),
  oneToOne: (proj, storage) => proj.oneToOne({ weights, ...storage }),
  fixedProbability: (proj, storage) =>
    proj.fixedProbability({ probability: 0.2, weights, ...storage }),
  fixedNumberPre: (proj, storage) => proj.fixedNumberPre({ number: 9, weights, ...storage }),
  fixedNumberPost: (proj, storage) => proj.fixedNumberPost({ number: 9, weights, ...storage }),
  gaussian: (proj, { storageFormat = "default" }) =>
    proj.gaussian({ amp: 1, sigma: 0.1, storageFormat }),
  dog: (proj, { storageFormat = "default" }) =>
    proj.dog({ ampPos: 1, sigmaPos: 0.1, ampNeg: 0.4, sigmaNeg: 0.3, storageFormat }),
};

const STORAGE: readonly Storage[] = [
  { storageFormat: "lil" },
  { storageFormat: "csr" },
  { storageFormat: "csr", storageOrder: "pre_to_post" },
  { storageFormat: "auto" },
];

/** Everything that can be seen of 200 neurons after 30 steps. */
async function outcome(
  neuron: Neuron,
  connect: (proj: Projection) => Projection,
  config: Partial<NetworkConfig> = {},
): Promise<object> {
  const net = new Network({ dt: 1, seed: 5 });
  net.config({ suppressWarnings: true, forceThreads: true, ...config });
  const pop = net.create(200, { neuron });
  if (neuron === Spiking) pop.set({ I: new Uniform(20, 40) });
  const proj = connect(net.connect(pop, pop, { target: "exc" }));
  await net.compile();
  await net.simulate(30);
  const values = pop.get(neuron === Spiking ? "v" : "r");
  return { values, post: proj.postRanks, pre: proj.preRanks, w: proj.w };
}

describe.each([
  ["rate-coded", Rate],
  ["spiking", Spiking],
])("%s synapses", (_, neuron) => {
  describe.each(Object.entries(CONNECTORS))("of %s", (_name, connect) => {
    it("do not depend on the storage that is asked for", async () => {
      const expected = await outcome(neuron, (proj) => connect(proj, {}));
      for (const storage of STORAGE) {
        expect(await outcome(neuron, (proj) => connect(proj, storage))).toEqual(expected);
      }
    });

    it("do not depend on the number of threads", async () => {
      const expected = await outcome(neuron, (proj) => connect(proj, {}));
      for (const numThreads of [2, 3, 8]) {
        expect(await outcome(neuron, (proj) => connect(proj, {}), { numThreads })).toEqual(
          expected,
        );
      }
    });
  });
});

describe("storage formats", () => {
  const pair = (config: Partial<NetworkConfig> = {}, warnings: string[] = []): Projection => {
    const net = new Network({ dt: 1, seed: 5 });
    net.config({ logger: (text) => warnings.push(text), ...config });
    const pop = net.create(4, { neuron: Spiking });
    return net.connect(pop, pop, { target: "exc", name: "loop" });
  };

  it("are refused with an InvalidConfiguration that names the projection", () => {
    expect(() => pair().allToAll({ weights: 1, storageFormat: "coo" })).toThrow(
      expect.objectContaining({
        name: "InvalidConfiguration",
        code: "STORAGE_FORMAT",
        details: expect.objectContaining({ projection: 'projection "loop"', format: "coo" }),
      }),
    );
  });

  it("are taken from the network where the connector names none", () => {
    const proj = pair({ sparseMatrixFormat: "ell" });
    expect(() => proj.allToAll({ weights: 1 })).toThrow(
      expect.objectContaining({ code: "STORAGE_FORMAT" }),
    );
    expect(proj.allToAll({ weights: 1, storageFormat: "lil" })).toBe(proj);
  });

  it("store a weight for each synapse where they are dense", async () => {
    const net = new Network({ dt: 1, seed: 5 });
    net.config({ suppressWarnings: true });
    const pop = net.create(2, { neuron: Spiking });
    const proj = net.connect(pop, pop, { target: "exc" });
    proj.allToAll({ weights: 2, storageFormat: "dense" });
    await net.compile();
    expect(proj.w).toEqual([Float64Array.of(2), Float64Array.of(2)]);
  });

  it("warn once in a network of those that are experimental", () => {
    const warnings: string[] = [];
    const proj = pair({}, warnings);
    proj.allToAll({ weights: 1, storageFormat: "dense" });
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toMatch(/"dense".*experimental/);
  });

  it("are words of a list in the configuration", () => {
    for (const config of [
      { sparseMatrixFormat: "dia" },
      { sparseMatrixFormat: "list" },
      { sparseMatrixStorageOrder: "both" },
    ]) {
      const net = new Network();
      expect(() => {
        net.config(JSON.parse(JSON.stringify(config)));
      }).toThrow(
        expect.objectContaining({ name: "InvalidConfiguration", code: "INVALID_SETTING" }),
      );
    }
  });
});

describe("sparseRandomMatrix", () => {
  it("has binomial rows of distinct targets, and weights as given", () => {
    const net = strictNetwork({ seed: 7 });
    const [pre, post] = [net.create(400, { neuron: Rate }), net.create(500, { neuron: Rate })];
    const matrix = sparseRandomMatrix(pre, post, 0.1, new Uniform(2, 3));
    if (!("rows" in matrix)) throw new Error("not a list of lists");
    const lengths = matrix.rows.map((row) => row.length);
    // Mean 50 and variance 45 of a row: five deviations of the sum, and of the variance over 400 rows.
    const sum = lengths.reduce((a, b) => a + b, 0);
    expect(Math.abs(sum - 20_000)).toBeLessThan(5 * Math.sqrt(400 * 45));
    const variance = lengths.reduce((a, n) => a + (n - 50) ** 2, 0) / 400;
    expect(Math.abs(variance - 45)).toBeLessThan(5 * 45 * Math.sqrt(2 / 400));
    for (const [i, row] of matrix.rows.entries()) {
      const targets = Array.from(row);
      expect(new Set(targets).size).toBe(targets.length);
      expect(targets.every((rank) => rank >= 0 && rank < 500)).toBe(true);
      expect(Array.from(matrix.data[i]!).every((weight) => weight >= 2 && weight < 3)).toBe(true);
    }
  });

  it("is what fromSparse takes; its delays have the same entries", async () => {
    const net = strictNetwork({ seed: 7 });
    const [pre, post] = [net.create(20, { neuron: Rate }), net.create(30, { neuron: Rate })];
    const matrix = sparseRandomMatrix(pre, post, 0.3, 0.5);
    const proj = net.connect(pre, post, { target: "exc" }).fromSparse({ weights: matrix });
    await net.compile();
    if (!("rows" in matrix)) throw new Error("not a list of lists");
    expect(proj.nbSynapses).toBe(matrix.rows.reduce((sum, row) => sum + row.length, 0));
    const delays = sparseDelaysFromWeights(matrix, 4);
    expect(delays).toEqual({
      ...matrix,
      data: matrix.rows.map((row) => Float64Array.from(row, () => 4)),
    });
  });

  it.each([0, 1])("may have the probability %s", (probability) => {
    const net = strictNetwork();
    const pop = net.create(3, { neuron: Rate });
    expect(sparseRandomMatrix(pop, pop, probability, 1)).toMatchObject({
      rows:
        probability === 0
          ? [[], [], []]
          : [
              [0, 1, 2],
              [0, 1, 2],
              [0, 1, 2],
            ],
    });
  });
});
