import { beforeAll, describe, expect, it } from "vitest";

import type { NativeNetwork } from "../../../lib/native/binding.js";
import type { ProjectionSpec } from "../../../lib/native/spec.js";
import {
  beat,
  codeOf,
  compileKernel,
  createNetwork,
  network,
  projection,
  run,
  SLOT,
  switches,
} from "./support.js";

let library = "";
beforeAll(() => {
  library = compileKernel("beat");
});

/** Three neurons that lead to two. */
const small = (changes: Partial<ProjectionSpec> = {}): NativeNetwork =>
  createNetwork(
    network([beat(library, 3), beat(library, 2)], {
      projections: [projection({ post: 1, ...changes })],
    }),
  );

/** Synapses as given: a list of pre ranks for each post rank. */
const given = (...rows: readonly (readonly number[])[]): Partial<ProjectionSpec> => {
  const rowStart = [0];
  for (const row of rows) rowStart.push((rowStart.at(-1) ?? 0) + row.length);
  return {
    connector: {
      kind: "explicit",
      postRanks: Int32Array.from(rows.keys()),
      rowStart: Float64Array.from(rowStart),
      preRanks: Int32Array.from(rows.flat()),
    },
  };
};

/** What arrived in total after each of the next steps, at the first post neuron. */
async function arrivals(net: NativeNetwork, steps: number): Promise<number[]> {
  const totals: number[] = [];
  for (let step = 0; step < steps; step += 1) {
    await run(net, 1);
    totals.push(net.field(1, SLOT.total)[0] ?? Number.NaN);
  }
  return totals;
}

describe("synapses", () => {
  it("are given by post neuron, and their weights are read and written so", () => {
    const net = small();
    expect(net.countSynapses(0)).toBe(6);
    const { postRanks, rowStart, preRanks } = net.synapses(0);
    expect([...postRanks]).toEqual([0, 1]);
    expect([...rowStart]).toEqual([0, 3, 6]);
    expect([...preRanks]).toEqual([0, 1, 2, 0, 1, 2]);
    expect(net.synapticValues(0, 0)).toEqual(Float64Array.of(1, 1, 1, 1, 1, 1));
    net.setSynapticValues(0, 0, Float64Array.of(1, 2, 3, 4, 5, 6));
    expect(net.synapticValues(0, 0)).toEqual(Float64Array.of(1, 2, 3, 4, 5, 6));
    net.setSynapticValues(0, 0, Float64Array.of(7));
    expect(net.synapticValues(0, 0)).toEqual(new Float64Array(6).fill(7));
  });

  it("keep the order in which they were given, and rows without synapses", () => {
    const net = small({
      ...given([2, 0], []),
      weights: { kind: "explicit", values: Float64Array.of(20, 10) },
    });
    const { postRanks, rowStart, preRanks } = net.synapses(0);
    expect([...postRanks]).toEqual([0, 1]);
    expect([...rowStart]).toEqual([0, 2, 2]);
    expect([...preRanks]).toEqual([2, 0]);
    expect([...net.synapticValues(0, 0)]).toEqual([20, 10]);
  });

  it("may share one weight", () => {
    const net = small({ singleWeight: true });
    expect([...net.synapticValues(0, 0)]).toEqual([1]);
    net.setSynapticValues(0, 0, Float64Array.of(4));
    expect([...net.synapticValues(0, 0)]).toEqual([4]);
  });

  it("hold floats in single precision", () => {
    const float = compileKernel("beat", "NA_FLOAT32");
    const net = createNetwork(
      network([beat(float, 2)], { precision: "float", projections: [projection()] }),
    );
    expect(net.synapticValues(0, 0)).toEqual(Float32Array.of(1, 1, 1, 1));
  });

  it("are recorded row by row", async () => {
    const net = small();
    net.setSynapticValues(0, 0, Float64Array.of(1, 2, 3, 4, 5, 6));
    const recorder = net.record({
      kind: "synapses",
      projection: 0,
      slot: 0,
      rows: Int32Array.of(1),
      period: 2,
      offset: 1,
    });
    await run(net, 4);
    expect(net.take(recorder, false)).toEqual({
      kind: "field",
      data: Float64Array.of(4, 5, 6, 4, 5, 6),
      records: 2,
      changes: [],
    });
  });

  it("refuse slots and numbers of values that do not fit", () => {
    const net = small();
    expect(codeOf(() => net.synapses(1))).toBe("BAD_ARGUMENT");
    expect(codeOf(() => net.synapticValues(0, -1))).toBe("BAD_ARGUMENT");
    expect(codeOf(() => net.synapticValues(0, 1))).toBe("BAD_SPEC");
    expect(codeOf(() => net.setSynapticValues(0, 0, new Float64Array(5)))).toBe("BAD_VALUES");
    const wrong = new Int32Array(6) as unknown as Float64Array;
    expect(codeOf(() => net.setSynapticValues(0, 0, wrong))).toBe("BAD_ARGUMENT");
  });
});

describe("given synapses", () => {
  const connector = (changes: {
    postRanks?: readonly number[];
    rowStart?: readonly number[];
    preRanks?: readonly number[];
  }): Partial<ProjectionSpec> => ({
    connector: {
      kind: "explicit",
      postRanks: Int32Array.from(changes.postRanks ?? [0, 1]),
      rowStart: Float64Array.from(changes.rowStart ?? [0, 1, 2]),
      preRanks: Int32Array.from(changes.preRanks ?? [0, 1]),
    },
  });

  it.each([
    [{}, "none"],
    [{ postRanks: [1, 0] }, "BAD_RANKS"],
    [{ postRanks: [0, 2] }, "BAD_RANKS"],
    [{ postRanks: [0] }, "BAD_RANKS"],
    [{ preRanks: [0, 3] }, "BAD_RANKS"],
    [{ preRanks: [-1, 0] }, "BAD_RANKS"],
    [{ preRanks: [0, 0], rowStart: [0, 2, 2] }, "BAD_RANKS"],
    [{ rowStart: [0, 3, 2] }, "BAD_RANKS"],
    [{ rowStart: [0, -1, 2] }, "BAD_RANKS"],
    [{ rowStart: [1, 1, 2] }, "BAD_RANKS"],
    [{ rowStart: [0, 1, 3] }, "BAD_RANKS"],
    [{ rowStart: [0, Number.NaN, 2] }, "BAD_ARGUMENT"],
    [{ rowStart: [0, 0.5, 2] }, "BAD_ARGUMENT"],
  ])("must be rows of neurons that exist: %j gives %s", (changes, code) => {
    expect(codeOf(() => small(connector(changes)))).toBe(code);
  });

  it("need as many weights and delays as there are synapses", () => {
    const two = connector({});
    const values = { kind: "explicit", values: new Float64Array(3).fill(1) } as const;
    expect(codeOf(() => small({ ...two, weights: values }))).toBe("BAD_VALUES");
    expect(codeOf(() => small({ ...two, delay: values }))).toBe("BAD_VALUES");
    const late = { kind: "explicit", values: Float64Array.of(0.2, 4) } as const;
    expect([...small({ ...two, delay: late, longestDelay: 2 }).delays(0)]).toEqual([1, 2]);
  });
});

describe("delays", () => {
  it("are one for all synapses, and can become longer", async () => {
    const net = small({ delay: 2, longestDelay: 2 });
    net.field(0, SLOT.period).fill(100);
    expect([...net.delays(0)]).toEqual([2]);
    expect(await arrivals(net, 4)).toEqual([0, 0, 3, 3]);
    net.setDelays(0, Int32Array.of(5));
    expect([...net.delays(0)]).toEqual([5]);
    net.currentStep = 100;
    expect(await arrivals(net, 7)).toEqual([3, 3, 3, 3, 3, 6, 6]);
    expect(codeOf(() => net.setDelays(0, Int32Array.of(1, 2)))).toBe("BAD_VALUES");
    expect(codeOf(() => net.setDelays(0, Int32Array.of(0)))).toBe("BAD_VALUES");
  });

  it("are one for each synapse, in the order of the rows", async () => {
    const delay = { kind: "explicit", values: Float64Array.of(3, 1, 2) } as const;
    const net = small({ ...given([2, 0, 1], []), delay, longestDelay: 3 });
    net.field(0, SLOT.period).fill(100);
    net.setSynapticValues(0, 0, Float64Array.of(100, 1, 10));
    expect([...net.delays(0)]).toEqual([3, 1, 2]);
    expect(await arrivals(net, 5)).toEqual([0, 1, 11, 111, 111]);
    net.setDelays(0, Int32Array.of(1, 1, 4));
    expect([...net.synapticValues(0, 0)]).toEqual([100, 1, 10]);
    net.currentStep = 100;
    expect(await arrivals(net, 5)).toEqual([111, 212, 212, 212, 222]);
    expect(codeOf(() => net.setDelays(0, Int32Array.of(1)))).toBe("BAD_VALUES");
  });

  it("leave recordings of synapses in the order of the rows", async () => {
    const delay = { kind: "explicit", values: Float64Array.of(3, 1, 2) } as const;
    const net = small({ ...given([2, 0, 1], []), delay, longestDelay: 3 });
    net.setSynapticValues(0, 0, Float64Array.of(100, 1, 10));
    const weights = { kind: "synapses", projection: 0, slot: 0, rows: null } as const;
    const recorder = net.record({ ...weights, period: 1, offset: 0 });
    await run(net, 1);
    net.setDelays(0, Int32Array.of(1, 2, 3));
    await run(net, 1);
    expect(net.take(recorder, false)).toMatchObject({
      data: Float64Array.of(100, 1, 10, 100, 1, 10),
    });
  });
});

describe("a projection", () => {
  it("does nothing while its transmission is off", async () => {
    const net = small();
    net.field(0, SLOT.period).fill(1);
    net.setSwitches(0, switches({ transmission: false }));
    expect(await arrivals(net, 3)).toEqual([0, 0, 0]);
    net.setSwitches(0, switches());
    expect(await arrivals(net, 2)).toEqual([3, 6]);
    const nonsense = { ...switches(), period: 0 };
    expect(codeOf(() => net.setSwitches(0, nonsense))).toBe("BAD_ARGUMENT");
  });

  it("forgets the events under way when it settles", async () => {
    const net = small({ delay: 3, longestDelay: 3 });
    net.field(0, SLOT.period).fill(100);
    await run(net, 2);
    net.settleSynapses(0);
    expect(await arrivals(net, 4)).toEqual([0, 0, 0, 0]);
  });

  it("waits with its post population", async () => {
    const net = small();
    net.field(0, SLOT.period).fill(1);
    net.setEnabled(1, false);
    expect(await arrivals(net, 3)).toEqual([0, 0, 0]);
    net.setEnabled(1, true);
    expect(await arrivals(net, 1)).toEqual([3]);
  });
});
