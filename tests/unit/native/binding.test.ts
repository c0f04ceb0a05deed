import { beforeAll, describe, expect, it } from "vitest";

import { loadBinding, type NativeNetwork } from "../../../lib/native/binding.js";
import type { NetworkSpec, SourceSpec } from "../../../lib/native/spec.js";
import {
  beat,
  codeOf,
  compileKernel,
  controlWords,
  createNetwork,
  network,
  projection,
  run,
  SLOT,
} from "./support.js";

const { abiVersion, maxThreads } = loadBinding();
let library = "";
beforeAll(() => {
  library = compileKernel("beat");
});

const single = (changes: Partial<NetworkSpec> = {}): NativeNetwork =>
  createNetwork(network([beat(library, 100)], changes));

describe("the addon", () => {
  it("tells the version of its kernel interface and the threads there are", () => {
    expect(abiVersion).toBe(2_001_000);
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
    await run(net, 3);
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
    expect(codeOf(() => net.run(1, controlWords(), null))).toBe("CLOSED");
    expect(codeOf(() => net.close())).toBe("none");
  });

  it("lets step and seed be set", async () => {
    const net = single({ seed: 4_294_967_295 });
    expect(net.seed).toBe(4_294_967_295);
    net.seed = 7;
    expect(net.seed).toBe(7);
    net.currentStep = 2 ** 40;
    await run(net, 1);
    expect(net.currentStep).toBe(2 ** 40 + 1);
    expect(codeOf(() => (net.seed = -1))).toBe("BAD_ARGUMENT");
    expect(codeOf(() => (net.currentStep = 0.5))).toBe("BAD_ARGUMENT");
  });

  it("tells what each thread owns", async () => {
    const net = createNetwork(
      network([beat(library, 200)], { threads: 2, projections: [projection()] }),
    );
    net.field(0, SLOT.period).fill(1);
    await run(net, 2);
    expect(net.threadStatistics()).toEqual([
      { neurons: 128, rows: 128, events: 128 * 200 },
      { neurons: 72, rows: 72, events: 72 * 200 },
    ]);
    expect(net.memory(0).projections[0]).toBeGreaterThan(200 * 200 * 10);
  });
});

describe("a specification that makes no sense", () => {
  /** One of each: neurons with sums and operations, sources, connectors by rule and as given. */
  const good = (): NetworkSpec => {
    const base = beat(library, 10, "pop");
    const population = {
      ...base,
      fields: [...base.fields, { name: "mean", type: "real", scope: "global" } as const],
      inputSlots: [SLOT.gInh],
      reductions: [{ operation: "mean", source: SLOT.g, slot: base.fields.length } as const],
    };
    const spikes = { kind: "spikes", start: Float64Array.of(0, 2), steps: Float64Array.of(1, 3) };
    const blocks = {
      kind: "blocks",
      slot: SLOT.g,
      values: new Float64Array(4),
      schedule: Float64Array.of(0, 5),
      period: 7,
    };
    const source = { ...base, name: "source", library: null };
    return network(
      [
        population,
        { ...source, size: 1, source: spikes as SourceSpec },
        { ...source, size: 2, source: blocks as SourceSpec },
      ],
      {
        projections: [
          projection({ name: "proj" }),
          projection({
            name: "given",
            pre: 1,
            connector: {
              kind: "explicit",
              postRanks: Int32Array.of(2, 5),
              rowStart: Float64Array.of(0, 1, 1),
              preRanks: Int32Array.of(0),
            },
            weights: { kind: "explicit", values: Float64Array.of(2) },
            delay: { kind: "uniform", parameters: [1, 3], min: 1, max: 3 },
            longestDelay: 3,
          }),
        ],
      },
    );
  };

  it("is accepted when it makes sense", () => {
    expect(codeOf(() => createNetwork(good()).close())).toBe("none");
  });

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
    expect(codeOf(() => net.run(-1, controlWords(), null))).toBe("BAD_ARGUMENT");
    expect(codeOf(() => net.run(1, new Int32Array(2), null))).toBe("BAD_ARGUMENT");
    expect(codeOf(() => net.run(1, new Float64Array(4) as unknown as Int32Array, null))).toBe(
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
