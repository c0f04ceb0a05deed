import { beforeAll, describe, expect, it } from "vitest";

import type { NativeNetwork } from "../../../lib/native/binding.js";
import type { PopulationSpec, ReductionSpec, SourceSpec } from "../../../lib/native/spec.js";
import {
  beat,
  codeOf,
  compileKernel,
  createNetwork,
  network,
  projection,
  run,
  SLOT,
} from "./support.js";

let library = "";
beforeAll(() => {
  library = compileKernel("beat");
});

/** Neurons that are given spikes: a list of steps for each. */
function source(...lists: readonly (readonly number[])[]): PopulationSpec {
  const real = { type: "real", scope: "local" } as const;
  const int = { type: "int32", scope: "local" } as const;
  return {
    name: "source",
    size: lists.length,
    library: null,
    fields: [
      { ...int, name: "spiked" },
      { ...int, name: "lastSpike" },
      { ...real, name: "r" },
    ],
    spikedSlot: 0,
    remainingSlot: null,
    lastSpikeSlot: 1,
    axonSlot: null,
    rateSlot: 2,
    inputSlots: [],
    reductions: [],
    source: spikes(...lists),
  };
}

function spikes(...lists: readonly (readonly number[])[]): SourceSpec {
  const start = [0];
  for (const list of lists) start.push((start.at(-1) ?? 0) + list.length);
  return {
    kind: "spikes",
    start: Float64Array.from(start),
    steps: Float64Array.from(lists.flat()),
  };
}

/** Two neurons whose values are given. */
function timed(blocks: SourceSpec): PopulationSpec {
  return {
    ...source([], []),
    name: "timed",
    fields: [{ name: "r", type: "real", scope: "local" }],
    spikedSlot: null,
    lastSpikeSlot: null,
    rateSlot: null,
    source: blocks,
  };
}

function blocks(values: readonly number[], schedule: readonly number[], period = -1): SourceSpec {
  return {
    kind: "blocks",
    slot: 0,
    values: Float64Array.from(values),
    schedule: Float64Array.from(schedule),
    period,
  };
}

/** What a field holds after each of the next steps. */
async function trace(net: NativeNetwork, slot: number, steps: number): Promise<number[][]> {
  const rows: number[][] = [];
  for (let step = 0; step < steps; step += 1) {
    await run(net, 1);
    rows.push([...net.field(0, slot)]);
  }
  return rows;
}

describe("a population", () => {
  it("has no neuron that ever spiked", () => {
    const net = createNetwork(network([beat(library, 3)]));
    expect([...net.field(0, SLOT.lastSpike)]).toEqual([-10_000, -10_000, -10_000]);
  });

  it("settles: nothing under way, nothing past, and fields of the user stay", async () => {
    const spec = { ...beat(library, 4), inputSlots: [SLOT.gInh] };
    const net = createNetwork(network([spec], { projections: [projection()] }));
    net.field(0, SLOT.period).fill(1);
    net.setRateWindow(0, 5);
    await run(net, 2);
    net.field(0, SLOT.remaining).fill(9);
    net.field(0, SLOT.g).fill(0);
    net.field(0, SLOT.gInh).fill(3);
    expect(net.field(0, SLOT.rate)[0]).toBe(4000);
    net.settle(0);
    const first = (slot: number) => net.field(0, slot)[0];
    expect([first(SLOT.remaining), first(SLOT.lastSpike)]).toEqual([0, -10_000]);
    expect([first(SLOT.rate), first(SLOT.gInh)]).toEqual([0, 0]);
    expect([first(SLOT.period), first(SLOT.resets)]).toEqual([1, 2]);
    net.field(0, SLOT.total).fill(0);
    await run(net, 1);
    expect(first(SLOT.total)).toBe(0);
    await run(net, 1);
    expect(first(SLOT.total)).toBe(4);
    expect(net.currentStep).toBe(4);
  });

  it("forgets spikes under way alone when they are cleared", async () => {
    const net = createNetwork(network([beat(library, 4)], { projections: [projection()] }));
    net.field(0, SLOT.period).fill(2);
    await run(net, 1);
    net.field(0, SLOT.remaining).fill(1);
    net.clearSpikes(0);
    expect(net.field(0, SLOT.remaining)[0]).toBe(1);
    expect(net.field(0, SLOT.lastSpike)[0]).toBe(0);
    await run(net, 2);
    expect(net.field(0, SLOT.total)[0]).toBe(0);
    await run(net, 1);
    expect(net.field(0, SLOT.total)[0]).toBe(4);
  });

  it("stands still while it is disabled, with its spikes under way", async () => {
    const delayed = projection({ delay: 3, longestDelay: 3, post: 1 });
    const net = createNetwork(
      network([beat(library, 1), beat(library, 1)], { projections: [delayed] }),
    );
    net.field(0, SLOT.period).fill(100);
    await run(net, 2);
    net.setEnabled(0, false);
    await run(net, 5);
    expect(net.field(1, SLOT.total)[0]).toBe(0);
    expect(net.field(0, SLOT.count)[0]).toBe(2);
    net.setEnabled(0, true);
    await run(net, 1);
    expect(net.field(1, SLOT.total)[0]).toBe(0);
    await run(net, 1);
    expect(net.field(1, SLOT.total)[0]).toBe(1);
  });

  it("counts firing rates over a window that may begin and change at any time", async () => {
    const net = createNetwork(network([beat(library, 2)], { dt: 0.5 }));
    net.field(0, SLOT.period).set([2, 5]);
    await run(net, 3);
    expect([...net.field(0, SLOT.rate)]).toEqual([0, 0]);
    net.setRateWindow(0, 4);
    // Spikes at 4 and 6, and at 5.
    await run(net, 4);
    expect([...net.field(0, SLOT.rate)]).toEqual([1000, 500]);
    net.setRateWindow(0, 2);
    await run(net, 1);
    expect([...net.field(0, SLOT.rate)]).toEqual([1000, 0]);
    net.setRateWindow(0, 0);
    await run(net, 10);
    expect([...net.field(0, SLOT.rate)]).toEqual([1000, 0]);
  });

  it("works out global operations over its neurons after each step", async () => {
    const operations = ["min", "max", "mean", "norm1", "norm2"] as const;
    const spec = beat(library, 3);
    const slots = operations.map((_, i) => spec.fields.length + i);
    const reductions: ReductionSpec[] = operations.map((operation, i) => ({
      operation,
      source: SLOT.total,
      slot: slots[i] ?? 0,
    }));
    const fields = operations.map((name) => ({ name, type: "real", scope: "global" }) as const);
    const net = createNetwork(
      network([{ ...spec, fields: [...spec.fields, ...fields], reductions }]),
    );
    net.field(0, SLOT.total).set([-3, 0, 4]);
    const values = () => slots.map((slot) => net.field(0, slot)[0]);
    expect(values()).toEqual([0, 0, 0, 0, 0]);
    await run(net, 1);
    expect(values()).toEqual([-3, 4, 1 / 3, 7, 5]);
    net.settle(0);
    expect(values()).toEqual([0, 0, 0, 0, 0]);
  });

  it("starts every step with weighted sums of zero", async () => {
    const spec = { ...beat(library, 2), inputSlots: [SLOT.gInh] };
    const net = createNetwork(network([spec]));
    net.field(0, SLOT.gInh).fill(5);
    await run(net, 1);
    expect([...net.field(0, SLOT.total)]).toEqual([0, 0]);
  });

  it("refuses windows and sources it has no use for", () => {
    const net = createNetwork(network([{ ...beat(library, 2), rateSlot: null }, source([1])]));
    const calls = [
      () => net.setRateWindow(0, 5),
      () => net.setRateWindow(1, -1),
      () => net.setSource(0, spikes([1], [2]), true),
      () => net.setSource(1, blocks([1], [0]), true),
      () => net.setEnabled(2, true),
      () => net.settle(-1),
    ];
    expect(calls.map(codeOf)).toEqual(calls.map(() => "BAD_ARGUMENT"));
  });
});

describe("a source of spikes", () => {
  it("spikes at its steps", async () => {
    const net = createNetwork(network([source([0, 2, 3, 6], [1, 2], [])]));
    const recorder = net.record({ kind: "spikes", population: 0, ranks: null });
    expect((await trace(net, 0, 4)).map(([first]) => first)).toEqual([1, 0, 1, 1]);
    await run(net, 4);
    expect(net.take(recorder, false)).toEqual({
      kind: "spikes",
      ranks: Int32Array.of(0, 1, 0, 1, 0, 0),
      steps: Float64Array.of(0, 1, 2, 2, 3, 6),
    });
    expect([...net.field(0, 1)]).toEqual([6, 2, -10_000]);
  });

  it("begins anew when it is cleared or settled, and takes new lists at once", async () => {
    const net = createNetwork(network([source([1, 3, 5, 8])]));
    const recorder = net.record({ kind: "spikes", population: 0, ranks: null });
    const steps = () => {
      const recorded = net.take(recorder, false);
      return recorded.kind === "spikes" ? [...recorded.steps] : [];
    };
    await run(net, 4);
    net.setSource(0, spikes([2, 6, 7]), false);
    await run(net, 4);
    expect(steps()).toEqual([1, 3, 6, 7]);
    net.clearSpikes(0);
    await run(net, 3);
    expect(steps()).toEqual([10]);
    net.setSource(0, spikes([0, 1]), true);
    await run(net, 3);
    expect(steps()).toEqual([11, 12]);
    net.settle(0);
    await run(net, 1);
    expect(steps()).toEqual([14]);
  });

  it("stops its clock while it is disabled", async () => {
    const net = createNetwork(network([source([1, 2])]));
    const recorder = net.record({ kind: "spikes", population: 0, ranks: null });
    await run(net, 2);
    net.setEnabled(0, false);
    await run(net, 5);
    net.setEnabled(0, true);
    await run(net, 2);
    expect(net.take(recorder, false)).toMatchObject({ steps: Float64Array.of(1, 7) });
  });

  it("must have steps that ascend, for each of its neurons", () => {
    const net = createNetwork(network([source([1])]));
    const calls = [
      () => net.setSource(0, spikes([2, 2]), true),
      () => net.setSource(0, spikes([1], [2]), true),
      () =>
        net.setSource(
          0,
          { kind: "spikes", start: Float64Array.of(0, 2), steps: Float64Array.of(1) },
          true,
        ),
      () => createNetwork(network([source([3, 1])])),
    ];
    expect(calls.map(codeOf)).toEqual(calls.map(() => "BAD_SPEC"));
    expect(codeOf(() => net.setSource(0, spikes([0.5]), true))).toBe("BAD_ARGUMENT");
  });
});

describe("a source of blocks", () => {
  const three = [1, 2, 3, 4, 5, 6];
  const first = async (net: NativeNetwork, steps: number) =>
    (await trace(net, 0, steps)).map(([value]) => value);

  it("follows its schedule and begins anew after its period", async () => {
    const net = createNetwork(network([timed(blocks(three, [0, 4, 8], 10))]));
    expect([...net.field(0, 0)]).toEqual([0, 0]);
    const rows = await trace(net, 0, 12);
    expect(rows[0]).toEqual([1, 2]);
    expect(rows.map(([value]) => value)).toEqual([1, 1, 1, 1, 3, 3, 3, 3, 5, 5, 1, 1]);
  });

  it("is 0 before its first block, and keeps the last without a period", async () => {
    const net = createNetwork(network([timed(blocks(three, [2, 3]))]));
    expect(await first(net, 6)).toEqual([0, 0, 1, 3, 3, 3]);
    net.settle(0);
    expect(net.field(0, 0)[0]).toBe(0);
    expect(await first(net, 3)).toEqual([0, 0, 1]);
  });

  it("takes new data with its counters, or from the beginning", async () => {
    const net = createNetwork(network([timed(blocks(three, [0, 2, 4], 6))]));
    await run(net, 5);
    net.setSource(0, blocks([10, 20, 30, 40, 50, 60], [0, 2, 4], 6), false);
    expect([...net.field(0, 0)]).toEqual([10, 20]);
    expect(await first(net, 4)).toEqual([10, 10, 10, 30]);
    net.setSource(0, blocks([7, 0, 8, 0, 9, 0], [0, 3, 4]), true);
    expect(net.field(0, 0)[0]).toBe(7);
    expect(await first(net, 6)).toEqual([7, 7, 7, 8, 9, 9]);
  });

  it("may have no data", async () => {
    const net = createNetwork(network([timed(blocks([], []))]));
    expect(await first(net, 2)).toEqual([0, 0]);
    net.setSource(0, blocks(three, [0]), true);
    expect(net.field(0, 0)[0]).toBe(1);
  });

  it("must fit the population", () => {
    const make = (given: SourceSpec) => () => createNetwork(network([timed(given)]));
    expect(codeOf(make(blocks([1, 2, 3], [0])))).toBe("BAD_SPEC");
    expect(codeOf(make(blocks([1, 2], [0, 1])))).toBe("BAD_SPEC");
    expect(codeOf(make({ ...blocks([1, 2], [0]), slot: 1 } as SourceSpec))).toBe("BAD_SPEC");
    expect(codeOf(make(blocks([1, 2], [0], -2)))).toBe("BAD_ARGUMENT");
  });
});
