import { describe, expect, it } from "vitest";

import { meanFr, populationRate, smoothedRate } from "../../../lib/analysis/rates.js";
import type { SpikeDict } from "../../../lib/analysis/spikes.js";

/** The recording of network-api §6.4, whose statistics are known. */
const spikes: SpikeDict = new Map([
  [0, [0, 4, 8, 19]],
  [1, [2, 3, 6]],
  [2, []],
  [3, [14]],
]);
const silent: SpikeDict = new Map([[0, []]]);

describe("meanFr", () => {
  it("averages over all recorded neurons from the first spike to the last", () => {
    expect(meanFr(spikes, { dt: 0.5 })).toBeCloseTo(210.52631578947367, 12);
  });

  it("takes the duration in steps", () => {
    expect(meanFr(spikes, { dt: 0.5, duration: 20 })).toBeCloseTo(200, 12);
  });

  it("is 0 when nothing fired", () => {
    expect(meanFr(silent)).toBe(0);
    expect(meanFr(new Map())).toBe(0);
  });
});

describe("populationRate", () => {
  it("is the rate of each step between the first spike and the last", () => {
    const rate = populationRate(spikes);
    expect(rate.length).toBe(20);
    const fired = new Set([0, 2, 3, 4, 6, 8, 14, 19]);
    expect([...rate]).toEqual(Array.from({ length: 20 }, (_, t) => (fired.has(t) ? 250 : 0)));
  });

  it("filters with the time constant given", () => {
    const expected = [
      250, 187.5, 203.125, 214.84375, 223.632812, 167.724609, 188.293457, 141.220093,
    ];
    const rate = populationRate(spikes, { smooth: 4 });
    expected.forEach((value, t) => expect(rate[t]).toBeCloseTo(value, 5));
  });

  it("covers the steps of the recording when they are given", () => {
    expect([...populationRate(spikes, { recordingWindow: [18, 21] })]).toEqual([0, 250, 0, 0]);
  });

  it("is empty when nothing fired", () => {
    expect(populationRate(silent).length).toBe(0);
  });
});

describe("smoothedRate", () => {
  it("is one over the interval in which a step lies, and 0 outside", () => {
    const rate = smoothedRate(spikes);
    expect(rate.shape).toEqual([4, 19]);
    const row = (i: number) => [...rate.data.subarray(i * 19, (i + 1) * 19)];
    expect(row(0)).toEqual([...Array(8).fill(250), ...Array(11).fill(1000 / 11)]);
    expect(row(1)).toEqual([0, 0, 1000, ...Array(3).fill(1000 / 3), ...Array(13).fill(0)]);
    expect(row(2)).toEqual(Array(19).fill(0));
  });

  it("counts columns from the start of the recording", () => {
    const rate = smoothedRate(new Map([[0, [12, 14]]]), { recordingWindow: [10, 15] });
    expect([...rate.data]).toEqual([0, 0, 500, 500, 0]);
  });

  it("filters each neuron by itself", () => {
    const rate = smoothedRate(
      new Map([
        [0, [0, 2]],
        [1, [1, 2]],
      ]),
      { smooth: 2 },
    );
    expect([...rate.data]).toEqual([500, 500, 0, 500]);
  });
});
