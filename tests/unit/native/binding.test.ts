import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { beforeAll, describe, expect, it } from "vitest";

import {
  CONTROL,
  loadBinding,
  packageFolder,
  type NativeNetwork,
} from "../../../lib/native/binding.js";
import type { NetworkSpec } from "../../../lib/native/spec.js";
import { beat, codeOf, compileKernel, controlWords, network, projection, SLOT } from "./support.js";

const binding = loadBinding();
const { abiVersion, maxThreads } = binding;
const createNetwork = (spec: NetworkSpec): NativeNetwork => binding.createNetwork(spec);
let library = "";
beforeAll(() => {
  library = compileKernel("beat");
});

const single = (changes: Partial<NetworkSpec> = {}): NativeNetwork =>
  createNetwork(network([beat(library, 100)], changes));

describe("the addon", () => {
  it("tells the version of its kernel interface and the threads there are", () => {
    expect(abiVersion).toBe(1_000_000);
    expect(maxThreads).toBeGreaterThanOrEqual(1);
  });

  it("gives live views of fields, always the same one", async () => {
    const net = single();
    const period = net.field(0, SLOT.period);
    expect(period).toBeInstanceOf(Int32Array);
    expect(period.length).toBe(100);
    expect(net.field(0, SLOT.period)).toBe(period);
    expect(net.field(0, SLOT.total)).toBeInstanceOf(Float64Array);
    expect(net.field(0, SLOT.count).length).toBe(1);
    period.fill(2);
    net.fieldChanged(0, SLOT.period);
    await net.run(3, controlWords());
    expect([...net.field(0, SLOT.resets)]).toEqual(new Array<number>(100).fill(2));
    expect(net.field(0, SLOT.count)[0]).toBe(3);
  });

  it("gives views of floats in single precision", () => {
    const float = compileKernel("beat", "NA_FLOAT32");
    const net = createNetwork(network([beat(float, 10)], { precision: "float" }));
    expect(net.field(0, SLOT.total)).toBeInstanceOf(Float32Array);
  });

  it("keeps a view alive after the network is closed", () => {
    const net = single();
    const view = net.field(0, SLOT.total);
    view[99] = 7;
    net.close();
    expect(view[99]).toBe(7);
    expect(codeOf(() => net.field(0, 0))).toBe("CLOSED");
    expect(codeOf(() => net.currentStep)).toBe("CLOSED");
    expect(codeOf(() => net.run(1, controlWords()))).toBe("CLOSED");
    expect(codeOf(() => net.close())).toBe("none");
  });

  it("gives synapses by postsynaptic neuron and takes weights back", () => {
    const net = createNetwork(
      network([beat(library, 3), beat(library, 2)], { projections: [projection({ post: 1 })] }),
    );
    expect(net.countSynapses(0)).toBe(6);
    const { postRanks, rowStart, preRanks, weights } = net.synapses(0);
    expect([...postRanks]).toEqual([0, 1]);
    expect([...rowStart]).toEqual([0, 3, 6]);
    expect([...preRanks]).toEqual([0, 1, 2, 0, 1, 2]);
    expect([...weights]).toEqual([1, 1, 1, 1, 1, 1]);
    net.setWeights(0, Float64Array.of(1, 2, 3, 4, 5, 6));
    expect([...net.synapses(0).weights]).toEqual([1, 2, 3, 4, 5, 6]);
    expect(codeOf(() => net.setWeights(0, new Float64Array(5)))).toBe("BAD_ARGUMENT");
  });

  it("keeps one weight for a projection with a single weight", () => {
    const projections = [projection({ singleWeight: true })];
    const net = createNetwork(network([beat(library, 50)], { projections }));
    expect([...net.synapses(0).weights]).toEqual([1]);
    net.setWeights(0, Float64Array.of(4));
    expect([...net.synapses(0).weights]).toEqual([4]);
  });

  it("records fields and spikes, and hands them over once or keeps them", async () => {
    const net = single();
    net.field(0, SLOT.period).set([2], 7);
    const count = net.record({
      kind: "field",
      population: 0,
      slot: SLOT.count,
      phase: "end",
      ranks: null,
      period: 2,
      offset: 1,
    });
    const spikes = net.record({ kind: "spikes", population: 0, ranks: null });
    await net.run(5, controlWords());
    const kept = net.take(count, true);
    expect(kept).toMatchObject({ kind: "field", records: 2, data: Float64Array.of(2, 4) });
    expect(net.take(count, false)).toEqual(kept);
    expect(net.take(count, false)).toMatchObject({ records: 0, data: new Float64Array(0) });
    expect(net.take(spikes, false)).toEqual({
      kind: "spikes",
      ranks: Int32Array.of(7, 7, 7),
      steps: Float64Array.of(0, 2, 4),
    });
    net.unrecord(spikes);
    expect(codeOf(() => net.take(spikes, false))).toBe("BAD_ARGUMENT");
    expect(codeOf(() => net.unrecord(spikes))).toBe("BAD_ARGUMENT");
  });

  it("resets time, refractory counters and recordings, and leaves fields alone", async () => {
    const net = single();
    net.field(0, SLOT.period).fill(1);
    net.field(0, SLOT.remaining).fill(9);
    const spikes = net.record({ kind: "spikes", population: 0, ranks: null });
    await net.run(2, controlWords());
    net.reset();
    expect(net.currentStep).toBe(0);
    expect(net.field(0, SLOT.remaining)[0]).toBe(0);
    expect(net.field(0, SLOT.period)[0]).toBe(1);
    expect(net.field(0, SLOT.count)[0]).toBe(2);
    expect(net.take(spikes, false)).toMatchObject({ ranks: new Int32Array(0) });
  });

  it("lets step and seed be set", async () => {
    const net = single({ seed: 4_294_967_295 });
    expect(net.seed).toBe(4_294_967_295);
    net.seed = 7;
    expect(net.seed).toBe(7);
    net.currentStep = 2 ** 40;
    await net.run(1, controlWords());
    expect(net.currentStep).toBe(2 ** 40 + 1);
    expect(codeOf(() => (net.seed = -1))).toBe("BAD_ARGUMENT");
    expect(codeOf(() => (net.currentStep = 0.5))).toBe("BAD_ARGUMENT");
  });

  it("tells what each thread owns", async () => {
    const net = createNetwork(
      network([beat(library, 200)], { threads: 2, projections: [projection()] }),
    );
    net.field(0, SLOT.period).fill(1);
    await net.run(2, controlWords());
    expect(net.threadStatistics()).toEqual([
      { neurons: 128, rows: 128, events: 128 * 200 },
      { neurons: 72, rows: 72, events: 72 * 200 },
    ]);
    expect(net.memory()).toBeGreaterThan(200 * 200 * 10);
  });
});

describe("a run", () => {
  /** A run that ends only when it is stopped. */
  const endless = (net: NativeNetwork, control: Int32Array) => net.run(2 ** 31 - 1, control);

  it("leaves the JavaScript thread free, tells its progress, and stops when asked", async () => {
    const net = single();
    const control = controlWords();
    const run = endless(net, control);
    while (Atomics.load(control, CONTROL.done) < 1000) await delay(1);
    expect(Atomics.load(control, CONTROL.total)).toBe(2 ** 31 - 1);
    Atomics.store(control, CONTROL.stop, 1);
    const { done, stopped } = await run;
    expect(stopped).toBe(true);
    expect(done).toBeGreaterThanOrEqual(1000);
    expect(net.currentStep).toBe(done);
    expect(net.field(0, SLOT.count)[0]).toBe(done);
  });

  it("refuses every other call, and lives on", async () => {
    const net = single({ projections: [projection()] });
    const control = controlWords();
    const run = endless(net, control);
    const spikes = { kind: "spikes", population: 0, ranks: null } as const;
    const calls: (() => unknown)[] = [
      () => net.run(1, controlWords()),
      () => net.field(0, 0),
      () => net.fieldChanged(0, 0),
      () => net.synapses(0),
      () => net.setWeights(0, new Float64Array(10_000)),
      () => net.countSynapses(0),
      () => net.record(spikes),
      () => net.take(0, true),
      () => net.unrecord(0),
      () => net.reset(),
      () => net.currentStep,
      () => (net.currentStep = 0),
      () => net.seed,
      () => (net.seed = 0),
      () => net.threadStatistics(),
      () => net.memory(),
      () => net.close(),
    ];
    expect(calls.map(codeOf)).toEqual(calls.map(() => "RUNNING"));
    Atomics.store(control, CONTROL.stop, 1);
    await run;
    expect(codeOf(() => net.close())).toBe("none");
  });

  it("waits for a run of another network", async () => {
    const [first, second] = [single(), single()];
    const control = controlWords();
    const long = endless(first, control);
    const short = second.run(5, controlWords());
    Atomics.store(control, CONTROL.stop, 1);
    expect((await long).stopped).toBe(true);
    expect(await short).toEqual({ done: 5, stopped: false });
  });

  it("of no steps does nothing", async () => {
    expect(await single().run(0, controlWords())).toEqual({ done: 0, stopped: false });
  });

  it("rejects when recordings do not fit into memory, and can be repeated", async () => {
    const net = createNetwork(network([beat(library, 1_000_000, "big")]));
    const recorder = net.record({
      kind: "field",
      population: 0,
      slot: SLOT.total,
      phase: "end",
      ranks: null,
      period: 1,
      offset: 0,
    });
    const run = net.run(2 ** 31 - 1, controlWords());
    await expect(run).rejects.toMatchObject({ code: "OUT_OF_MEMORY", object: "big" });
    net.unrecord(recorder);
    expect((await net.run(2, controlWords())).done).toBe(2);
  });

  it.each(["process.exit(0)", "process.exitCode = 0; worker.terminate()", "net = null; gc()"])(
    "survives the end of its world: %s",
    (ending) => {
      const script = join(packageFolder(), "tests", "unit", "native", "ending.mjs");
      const args = ["--expose-gc", script, library, ending];
      const { status, signal, stdout } = spawnSync(process.execPath, args, {
        encoding: "utf8",
        timeout: 60_000,
      });
      expect({ status, signal, stdout }).toEqual({ status: 0, signal: null, stdout: "running\n" });
    },
  );
});

describe("a specification that makes no sense", () => {
  const good = (): NetworkSpec =>
    network([beat(library, 10, "pop")], { projections: [projection({ name: "proj" })] });

  it("is refused with a code, whatever it is", () => {
    const nonsense: unknown[] = [
      undefined,
      null,
      1,
      "spec",
      [],
      {},
      () => 1,
      Symbol("x"),
      new Map(),
    ];
    for (const spec of nonsense) {
      expect(codeOf(() => createNetwork(spec as NetworkSpec))).toBe("BAD_ARGUMENT");
    }
  });

  it("is refused when any part of it is missing or of another kind", () => {
    for (const path of paths(good())) {
      for (const value of [undefined, Number.NaN, "?", {}, -1, 2 ** 40, [[]]]) {
        const spec = replaced(good(), path, value);
        const code = codeOf(() => createNetwork(spec as NetworkSpec).close());
        const where = `${path.join(".")} = ${JSON.stringify(value)}`;
        expect(ALLOWED.has(code), `${where} gave ${code}`).toBe(true);
      }
    }
  });

  it("names the object of the user", () => {
    const spec = { ...good(), projections: [projection({ name: "proj", delay: 2 ** 30 })] };
    expect(() => createNetwork(spec)).toThrow(
      expect.objectContaining({ code: "BAD_SPEC", object: "proj" }),
    );
  });

  it("may throw errors of its own", () => {
    const spec = { ...good() };
    Object.defineProperty(spec, "populations", {
      get: () => {
        throw new RangeError("mine");
      },
    });
    expect(() => createNetwork(spec)).toThrow(new RangeError("mine"));
  });

  it("is not asked of methods without their network", () => {
    const net = single();
    expect(() => Reflect.apply(Reflect.get(net, "field"), {}, [0, 0])).toThrow();
    expect(codeOf(() => net.field(1, 0))).toBe("BAD_ARGUMENT");
    expect(codeOf(() => net.field(0, 99))).toBe("BAD_ARGUMENT");
    expect(codeOf(() => net.field(0.5, 0))).toBe("BAD_ARGUMENT");
    expect(codeOf(() => net.synapses(0))).toBe("BAD_ARGUMENT");
    expect(codeOf(() => net.run(-1, controlWords()))).toBe("BAD_ARGUMENT");
    expect(codeOf(() => net.run(1, new Int32Array(2)))).toBe("BAD_ARGUMENT");
    expect(codeOf(() => net.run(1, new Float64Array(4) as unknown as Int32Array))).toBe(
      "BAD_ARGUMENT",
    );
  });
});

/** What a changed specification may lead to; `none`, since some changes are sensible (a weight of −1). */
const ALLOWED = new Set([
  "none",
  "BAD_ARGUMENT",
  "BAD_SPEC",
  "BAD_RANKS",
  "BAD_VALUES",
  "BAD_PROBABILITY",
  "FIELD_MISMATCH",
  "LIBRARY_NOT_LOADED",
  "OUT_OF_MEMORY",
]);

type Path = readonly (string | number)[];

function paths(value: unknown, prefix: Path = []): Path[] {
  const here = prefix.length > 0 ? [prefix] : [];
  if (typeof value !== "object" || value === null) return here;
  const keys = Array.isArray(value) ? [...value.keys()] : Object.keys(value);
  return [
    ...here,
    ...keys.flatMap((key) =>
      paths((value as Record<string | number, unknown>)[key], [...prefix, key]),
    ),
  ];
}

function replaced(value: unknown, [key, ...rest]: Path, by: unknown): unknown {
  if (key === undefined) return by;
  const copy: Record<string | number, unknown> | unknown[] = Array.isArray(value)
    ? [...(value as unknown[])]
    : { ...(value as Record<string, unknown>) };
  const container = copy as Record<string | number, unknown>;
  container[key] = replaced(container[key], rest, by);
  return copy;
}
