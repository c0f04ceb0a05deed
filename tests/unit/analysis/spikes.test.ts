import { describe, expect, it } from "vitest";

import {
  coefficientOfVariation,
  histogram,
  interSpikeInterval,
  rasterPlot,
  type SpikeDict,
} from "../../../lib/analysis/spikes.js";

/** The recording of network-api §6.4, whose statistics are known. */
const spikes: SpikeDict = new Map([
  [0, [0, 4, 8, 19]],
  [1, [2, 3, 6]],
  [2, []],
  [3, [14]],
]);
const silent: SpikeDict = new Map([
  [0, []],
  [1, []],
]);
const dt = 0.5;

describe("rasterPlot", () => {
  it("lists times in ms and ranks, neuron after neuron", () => {
    const { times, ranks } = rasterPlot(spikes, { dt });
    expect([...times]).toEqual([0, 2, 4, 9.5, 1, 1.5, 3, 7]);
    expect([...ranks]).toEqual([0, 0, 0, 0, 1, 1, 1, 3]);
  });

  it("unwraps what monitor.get() returns for all variables", () => {
    expect(rasterPlot({ spike: spikes })).toEqual(rasterPlot(spikes));
  });
});

describe("histogram", () => {
  it("counts per step by default", () => {
    const counts = histogram(spikes, { dt });
    expect([...counts.data]).toEqual([1, 0, 1, 1, 1, 0, 1, 0, 1, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1]);
    expect(counts.shape).toEqual([20]);
  });

  it("counts in bins of a width in ms", () => {
    expect([...histogram(spikes, { bins: 2, dt }).data]).toEqual([3, 2, 1, 1, 1]);
  });

  it("gives a row to every rank up to the highest with perNeuron", () => {
    const counts = histogram(spikes, { bins: 2, perNeuron: true, dt });
    expect(counts.shape).toEqual([4, 5]);
    expect([...counts.data]).toEqual([
      ...[1, 1, 1, 0, 1],
      ...[2, 1, 0, 0, 0],
      ...[0, 0, 0, 0, 0],
      ...[0, 0, 0, 1, 0],
    ]);
  });

  it("covers the given window, and leaves out what lies outside", () => {
    const wide = histogram(spikes, { bins: 2, recordingWindow: [0, 20], dt });
    expect([...wide.data]).toEqual([3, 2, 1, 1, 1, 0]);
    const narrow = histogram(spikes, { recordingWindow: [2, 4], dt });
    expect([...narrow.data]).toEqual([1, 1, 1]);
  });

  it("is empty when nothing fired", () => {
    expect(histogram(silent).shape).toEqual([0]);
    expect(histogram(silent, { perNeuron: true }).shape).toEqual([2, 0]);
  });

  it("refuses bins below one step", () => {
    expect(() => histogram(spikes, { bins: 0.2, dt })).toThrow(
      expect.objectContaining({ code: "BIN_BELOW_STEP" }),
    );
  });
});

describe("interSpikeInterval", () => {
  it("joins the intervals of all neurons in rank order", () => {
    const unordered = new Map([...spikes].reverse());
    expect([...interSpikeInterval(unordered, { dt })]).toEqual([2, 2, 5.5, 0.5, 1.5]);
  });

  it("maps ranks with at least two spikes to their intervals", () => {
    const perNeuron = interSpikeInterval(spikes, { ranks: [1, 2, 3], perNeuron: true, dt });
    expect([...perNeuron.keys()]).toEqual([1]);
    expect([...perNeuron.get(1)!]).toEqual([0.5, 1.5]);
  });
});

describe("statistics of spikes recorded while the clock was set back", () => {
  it("span all of them", () => {
    const back: SpikeDict = new Map([[0, [8, 2, 4]]]);
    expect([...histogram(back).data]).toEqual([1, 0, 1, 0, 0, 0, 1]);
  });
});

describe("coefficientOfVariation", () => {
  it("divides the population standard deviation of the intervals by their mean", () => {
    const [first, second, ...rest] = coefficientOfVariation(spikes, { dt });
    expect(first).toBeCloseTo(0.5210260492953509, 14);
    expect(second).toBeCloseTo(0.5, 14);
    expect(rest).toEqual([]);
  });

  it("leaves out neurons with fewer than two intervals", () => {
    expect([...coefficientOfVariation(spikes, { perNeuron: true }).keys()]).toEqual([0, 1]);
  });
});
