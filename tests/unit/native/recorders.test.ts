import { beforeAll, describe, expect, it } from "vitest";

import { beat, codeOf, compileKernel, createNetwork, network, run, SLOT } from "./support.js";

let library = "";
beforeAll(() => {
  library = compileKernel("beat");
});

const single = () => createNetwork(network([beat(library, 100)]));

describe("recorders", () => {
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
    await run(net, 5);
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

  it("hold axonal events as they hold spikes", async () => {
    const net = single();
    net.field(0, SLOT.period).set([3], 7);
    const events = net.record({ kind: "axonSpikes", population: 0, ranks: Int32Array.of(7) });
    await run(net, 7);
    expect(net.take(events, false)).toEqual({
      kind: "spikes",
      ranks: Int32Array.of(7, 7),
      steps: Float64Array.of(2, 5),
    });
    expect(net.field(0, SLOT.axonResets)[7]).toBe(2);
  });

  it("go on in a population that is disabled, with values that stay", async () => {
    const net = single();
    net.field(0, SLOT.period).fill(1);
    const field = { kind: "field", population: 0, phase: "end", ranks: Int32Array.of(3) } as const;
    const resets = net.record({ ...field, slot: SLOT.resets, period: 1, offset: 0 });
    const spikes = net.record({ kind: "spikes", population: 0, ranks: Int32Array.of(3) });
    await run(net, 2);
    net.setEnabled(0, false);
    await run(net, 2);
    net.setEnabled(0, true);
    await run(net, 1);
    expect(net.take(resets, false)).toMatchObject({ data: Int32Array.of(1, 2, 2, 2, 3) });
    expect(net.take(spikes, false)).toMatchObject({ steps: Float64Array.of(0, 1, 4) });
  });

  it("refuse what is not there", () => {
    const net = single();
    const field = { kind: "field", phase: "end", ranks: null, period: 1, offset: 0 } as const;
    const specs = [
      { ...field, population: 1, slot: 0 },
      { ...field, population: 0, slot: 99 },
      { ...field, population: 0, slot: 0, period: 0 },
      { kind: "spikes", population: 0, ranks: Int32Array.of(100) },
      { kind: "spikes", population: 0, ranks: Int32Array.of(1, 1) },
      { kind: "synapses", projection: 0, slot: 0, rows: null, period: 1, offset: 0 },
    ] as const;
    expect(specs.map((spec) => codeOf(() => net.record(spec)))).toEqual([
      "BAD_ARGUMENT",
      "BAD_SPEC",
      "BAD_ARGUMENT",
      "BAD_RANKS",
      "BAD_RANKS",
      "BAD_ARGUMENT",
    ]);
  });
});
