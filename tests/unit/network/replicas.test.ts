import { describe, expect, it } from "vitest";

import { NDArray, Network, ReplicaError, type NetworkOptions } from "../../../lib/index.js";
import { Clock, Izhikevich, strictNetwork } from "../../support/neurons.js";

const error = (code: string, details: object = {}): unknown =>
  expect.objectContaining({ code, details: expect.objectContaining(details) });

interface Options extends NetworkOptions {
  readonly size?: number;
  readonly noise?: number;
}

/** A small network of Izhikevich neurons, with random connections. */
class Cortex extends Network {
  readonly pop;
  readonly spikes;

  constructor(options: Options = {}) {
    super(options);
    const { size = 50, noise = 5 } = options;
    this.pop = this.create(size, { neuron: Izhikevich });
    this.pop.set({ noise });
    const synapses = { probability: 0.2, weights: 0.5 };
    this.connect(this.pop, this.pop, { target: "exc" }).fixedProbability(synapses);
    this.spikes = this.monitor(this.pop, "spike");
  }

  /** Potentials of all neurons after some time. */
  async trial({ duration = 50, index = -1 }: { duration?: number; index?: number } = {}) {
    await this.simulate(duration);
    return { index, v: valuesOf(this.pop.get("v")), seed: this.seed };
  }
}

function valuesOf(values: unknown): number[] {
  if (!(values instanceof NDArray)) throw new Error("no array");
  return Array.from(values.data);
}

async function compiled<N extends Network>(net: N): Promise<N> {
  await net.compile();
  return net;
}

/** What a network with this seed does alone. */
async function alone(seed: number, options: Options = {}): Promise<number[]> {
  const net = await compiled(new Cortex({ ...options, seed }));
  const { v } = await net.trial();
  net.clear();
  return v;
}

describe("networks beside each other", () => {
  it("have the bits that each has alone, when their runs take turns", async () => {
    const nets = [await compiled(new Cortex({ seed: 1 })), await compiled(new Cortex({ seed: 2 }))];
    for (let i = 0; i < 5; i++) for (const net of nets) await net.simulate(10);
    expect(valuesOf(nets[0]!.pop.get("v"))).toEqual(await alone(1));
    expect(valuesOf(nets[1]!.pop.get("v"))).toEqual(await alone(2));
  });

  it("have the bits that each has alone, when their runs take place at the same time", async () => {
    const seeds = [1, 2, 3, 4, 5, 6];
    const nets = await Promise.all(seeds.map((seed) => compiled(new Cortex({ seed }))));
    await Promise.all(nets.map((net) => net.simulate(50)));
    for (const [i, net] of nets.entries()) {
      expect(valuesOf(net.pop.get("v"))).toEqual(await alone(seeds[i]!));
    }
  });

  it("have them with several threads each, too", async () => {
    const nets = [1, 2].map((seed) => new Cortex({ seed }));
    for (const net of nets) net.config({ numThreads: 2, forceThreads: true });
    await Promise.all(nets.map(compiled));
    await Promise.all(nets.map((net) => net.simulate(50)));
    expect(valuesOf(nets[1]!.pop.get("v"))).toEqual(await alone(2));
  });

  it("do not wait for each other's ends", async () => {
    const [long, short] = [await compiled(new Cortex()), await compiled(new Cortex())];
    const controller = new AbortController();
    const endless = long.simulate(1e8, { signal: controller.signal });
    await short.simulate(10);
    controller.abort(new Error("enough"));
    await expect(endless).rejects.toThrow("enough");
  });
});

describe("a copy", () => {
  it("is of the same class, with the same options, configuration and step, and a seed of its own", async () => {
    const net = new Cortex({ dt: 0.5, size: 7, seed: 3 });
    const told: string[] = [];
    net.config({ logger: (text) => told.push(text) });
    await net.compile();
    const copy = await net.copy();
    expect(copy).toBeInstanceOf(Cortex);
    expect([copy.dt, copy.pop.size, copy.compiled]).toEqual([0.5, 7, true]);
    expect(copy.seed).not.toBe(3);
    expect([copy.getPopulation("none"), told]).toEqual([null, ['WARNING: no population "none"']]);
    expect(copy.id).not.toBe(net.id);
    const same = await net.copy({ seed: 3 });
    expect(await same.trial()).toEqual(await net.trial());
  });

  it("takes other options", async () => {
    const net = await compiled(new Cortex({ size: 7 }));
    const overrides: Options = { size: 9, seed: 4, dt: 0.1 };
    const copy = await net.copy(overrides);
    expect([copy.pop.size, copy.seed, copy.dt]).toEqual([9, 4, 0.1]);
    await expect(net.copy({ seed: -1 })).rejects.toThrow(error("INVALID_SEED"));
    await expect(net.copy({ dt: -1 })).rejects.toThrow(error("INVALID_SETTING"));
  });

  it("knows the counterparts of objects", async () => {
    const net = await compiled(new Cortex());
    const copy = await net.copy();
    expect(copy.get(net.pop) === copy.pop).toBe(true);
    expect(copy.get(copy.pop) === copy.pop).toBe(true);
    expect(copy.get(net.spikes) === copy.spikes).toBe(true);
    expect(copy.get(net.pop.view("2:4")).ranks).toEqual(Int32Array.of(2, 3));
    expect(copy.get(net.pop.view("2:4")).population === copy.pop).toBe(true);
    const stranger = new Cortex();
    expect(() => copy.get(stranger.pop)).toThrow(error("NO_COUNTERPART"));
  });

  it("of a network of no class of its own has copies of its objects", async () => {
    const net = strictNetwork({ seed: 5 });
    net.constant("k", 2);
    const pop = net.create(3, { neuron: Clock, name: "clock" });
    pop.set({ at: 5 });
    const monitor = net.monitor(pop, "spike");
    await net.compile();
    const copy = await net.copy();
    expect(copy.getPopulation("clock") === copy.get(pop)).toBe(true);
    expect(copy.getConstant("k")?.value).toBe(2);
    await copy.simulate(6);
    expect(copy.get(monitor).get("spike").get(0)).toEqual([4]);
    expect(net.time).toBe(0);
  });

  it("needs a compiled network, and a constructor that passes its options on", async () => {
    await expect(new Cortex().copy()).rejects.toThrow(error("NOT_COMPILED", { call: "copy" }));
    class Silent extends Network {
      constructor() {
        super();
        this.create(1, { neuron: Clock });
      }
    }
    const net = await compiled(new Silent());
    await expect(net.copy()).rejects.toThrow(error("OPTIONS_NOT_PASSED", { class: "Silent" }));
  });
});

describe("parallelRun", () => {
  it("gives each replica what a network with its seed and arguments gives alone, in order", async () => {
    const net = await compiled(new Cortex({ seed: 7 }));
    const results = await net.parallelRun<Awaited<ReturnType<Cortex["trial"]>>>({
      method: "trial",
      number: 3,
      seeds: "sequential",
    });
    expect(results.map(({ index, seed }) => [index, seed])).toEqual([
      [0, 8],
      [1, 9],
      [2, 10],
    ]);
    for (const { v, seed } of results) expect(v).toEqual(await alone(seed));
    expect([net.time, net.seed]).toEqual([0, 7]);
  });

  it("runs 64 replicas of a class of a closure, of which at most so many are alive at once", async () => {
    let alive = 0;
    let most = 0;
    const offset = 100;
    class Counter extends Network {
      readonly pop;
      constructor(options: NetworkOptions & { readonly at?: number }) {
        super(options);
        this.pop = this.create(1, { neuron: Clock });
        this.pop.set({ at: options.at ?? 3 });
        alive += 1;
        most = Math.max(most, alive);
      }
      override clear(): void {
        alive -= 1;
        super.clear();
      }
    }
    const net = await compiled(new Counter({}));
    alive = 0;
    const progress: number[] = [];
    const results = await net.parallelRun({
      method: async (replica, { at, index }: { at: number; index: number }) => {
        await replica.simulate(1);
        return [at, replica.pop.get("at"), index + offset];
      },
      number: 64,
      maxParallel: 3,
      at: Array.from({ length: 64 }, (_, i) => i + 5),
      progress: ({ done, total, unit }) => {
        expect([total, unit]).toEqual([64, "replicas"]);
        progress.push(done);
      },
    });
    expect(results).toEqual(
      Array.from({ length: 64 }, (_, i) => [i + 5, Float64Array.of(i + 5)[0], i + 100]).map(
        ([at, value, index]) => [
          at,
          expect.objectContaining({ data: Float64Array.of(value!) }),
          index,
        ],
      ),
    );
    expect([alive, most]).toEqual([0, 3]);
    expect(progress.at(-1)).toBe(64);
  });

  it("passes arrays that are no lists whole, lists one by one", async () => {
    const net = await compiled(new Cortex());
    const whole = Float64Array.of(1, 2, 3);
    const array = new NDArray(whole);
    const got = await net.parallelRun({
      method: (_, args: { a: string; whole: unknown; array: unknown }) => args,
      ...{ number: 2, a: ["x", "y"], whole, array },
    });
    expect(got.map(({ a }) => a)).toEqual(["x", "y"]);
    for (const args of got) {
      expect(args.whole === whole).toBe(true);
      expect(args.array === array).toBe(true);
    }
  });

  it("draws fresh seeds, takes the same one, or a list", async () => {
    const net = await compiled(new Cortex({ seed: 7 }));
    const seeds = (given: null | "same" | readonly number[]): Promise<number[]> =>
      net.parallelRun({ method: (replica) => replica.seed, number: 2, seeds: given });
    const fresh = await seeds(null);
    expect(new Set([...fresh, 7]).size).toBe(3);
    expect(await seeds("same")).toEqual([7, 7]);
    expect(await seeds([0, 2 ** 32 - 1])).toEqual([0, 2 ** 32 - 1]);
    await expect(seeds([1, -1])).rejects.toThrow(error("INVALID_SEED"));
  });

  it("tells how long it took", async () => {
    const net = new Cortex();
    const told: string[] = [];
    net.config({ logger: (text) => told.push(text) });
    await net.compile();
    await net.parallelRun({ method: () => 1, number: 3, measureTime: true });
    expect(told).toEqual([expect.stringMatching(/^simulating 3 networks in parallel took \d/)]);
  });

  it("names the replica that fails, stops the others and clears all", async () => {
    const net = await compiled(new Cortex({ seed: 1 }));
    const replicas: Cortex[] = [];
    const cause = new Error("too bad");
    const run = net.parallelRun({
      method: async (replica, { index }) => {
        replicas.push(replica);
        if (index === 1) throw cause;
        await replica.simulate(1e8);
      },
      number: 10,
      maxParallel: 3,
    });
    const failure: unknown = await run.catch((reason: unknown) => reason);
    expect(failure).toBeInstanceOf(ReplicaError);
    expect(failure).toMatchObject({ code: "REPLICA_FAILED", replica: 1, cause });
    expect(String(failure)).toContain("replica 1: too bad");
    expect(replicas).toHaveLength(3);
    expect(replicas.every((replica) => !replica.compiled)).toBe(true);
    expect(net.compiled).toBe(true);
  });

  it("ends after the current steps when it is aborted, with the reason of the signal", async () => {
    const net = await compiled(new Cortex());
    const controller = new AbortController();
    const reason = new Error("enough");
    let begun = 0;
    const run = net.parallelRun({
      method: async (replica) => {
        begun += 1;
        if (begun === 2) setImmediate(() => controller.abort(reason));
        await replica.simulate(1e8);
      },
      ...{ number: 64, maxParallel: 2, signal: controller.signal },
    });
    await expect(run).rejects.toBe(reason);
    expect(begun).toBe(2);
    const late = net.parallelRun({ method: () => 1, number: 1, signal: controller.signal });
    await expect(late).rejects.toBe(reason);
  });

  it("does not wait for methods that wait for something else when it is aborted", async () => {
    const net = await compiled(new Cortex());
    const controller = new AbortController();
    const run = net.parallelRun({
      method: () => {
        setImmediate(() => controller.abort());
        return new Promise<never>(() => undefined);
      },
      ...{ number: 2, signal: controller.signal },
    });
    await expect(run).rejects.toHaveProperty("name", "AbortError");
  });

  it("is stopped by whoever runs the network", async () => {
    const net = new Cortex();
    const kinds: string[] = [];
    net.config({
      host: {
        started: ({ kind, control, total }) => {
          kinds.push(`${kind} ${total}`);
          if (kind === "replicas") setImmediate(() => Atomics.store(control, 0, 1));
        },
      },
    });
    await net.compile();
    const run = net.parallelRun({ method: (replica) => replica.simulate(1e8), number: 2 });
    await expect(run).rejects.toThrow(error("REPLICAS_INTERRUPTED", { done: 0, total: 2 }));
    expect(kinds).toEqual(["compile 0", "replicas 2"]);
  });

  it("lets its method read the network that the replicas are of", async () => {
    const net = await compiled(new Cortex());
    const times = await net.parallelRun({ method: () => net.time, number: 2 });
    expect(times).toEqual([0, 0]);
  });

  type Given = Parameters<Cortex["parallelRun"]>[0];

  it.each<[string, Partial<Given>, string, object]>([
    [
      "an unknown method",
      { method: "trail" },
      "UNKNOWN_METHOD",
      { class: "Cortex", method: "trail" },
    ],
    ["too few seeds", { seeds: [1] }, "WRONG_SEEDS", { number: 2, given: 1 }],
    ["seeds of no kind", { seeds: "random" as "same" }, "INVALID_SETTING", { option: "seeds" }],
    ["too many values", { noise: [1, 2, 3] }, "WRONG_VALUES", { argument: "noise", given: 3 }],
    ["no number", { number: 0 }, "INVALID_SETTING", { option: "number" }],
    ["half a replica", { maxParallel: 0.5 }, "INVALID_SETTING", { option: "maxParallel" }],
  ])("refuses %s", async (_, options, code, details) => {
    const net = await compiled(new Cortex());
    const run = net.parallelRun({ method: "trial", number: 2, ...options });
    await expect(run).rejects.toThrow(error(code, details));
  });

  it("needs a compiled network of a class of its own", async () => {
    const method = (): number => 1;
    const uncompiled = new Cortex().parallelRun({ method, number: 1 });
    await expect(uncompiled).rejects.toThrow(error("NOT_COMPILED", { call: "parallelRun" }));
    const plain = strictNetwork().parallelRun({ method, number: 1 });
    await expect(plain).rejects.toThrow(error("NOT_DERIVED"));
  });
});
