import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import {
  histogram,
  interSpikeInterval,
  rasterPlot,
  type SpikeDict,
} from "../../../lib/analysis/spikes.js";
import { meanFr, populationRate, smoothedRate } from "../../../lib/analysis/rates.js";
import { spikeDict, spikeTrains, type SpikeRecord } from "../../../lib/analysis/trains.js";

const record = (...spikes: readonly (readonly [rank: number, step: number])[]): SpikeRecord => ({
  ranks: Int32Array.from(spikes, ([rank]) => rank),
  steps: Float64Array.from(spikes, ([, step]) => step),
});

const dict = (records: readonly SpikeRecord[], ...recorded: number[]): [number, number[]][] => [
  ...spikeDict(spikeTrains(records, Int32Array.from(recorded))),
];

describe("recorded spikes", () => {
  it("are put in order of neurons, silent ones included", () => {
    expect(dict([record([0, 1], [2, 1], [0, 3])], 0, 1, 2)).toEqual([
      [0, [1, 3]],
      [1, []],
      [2, [1]],
    ]);
  });

  it("are joined from one recording to the next", () => {
    expect(dict([record([0, 1]), record(), record([0, 7])], 0)).toEqual([[0, [1, 7]]]);
  });

  it("stand in the order of the neurons that were asked for, without those that were not", () => {
    expect(dict([record([1, 0], [5, 0], [3, 2], [5, 4], [9, 4])], 5, 1, 3)).toEqual([
      [5, [0, 4]],
      [1, [0]],
      [3, [2]],
    ]);
  });

  it("can be of steps beyond 32 bits", () => {
    expect(dict([record([0, 2 ** 40])], 0)).toEqual([[0, [2 ** 40]]]);
  });

  it("can be none, of no neuron", () => {
    expect(dict([])).toEqual([]);
    expect(dict([record([3, 1])])).toEqual([]);
  });

  const spikes = fc.array(fc.tuple(fc.nat(7), fc.nat(30)), { maxLength: 60 }).map((pairs) => {
    const unique = [...new Set(pairs.map(([rank, step]) => step * 8 + rank))].sort((a, b) => a - b);
    return unique.map((key) => [key % 8, Math.floor(key / 8)] as const);
  });

  it("have the same statistics in typed arrays as in the dictionary, and as looked up one by one", () => {
    fc.assert(
      fc.property(spikes, (recorded) => {
        const ranks = Int32Array.of(0, 1, 2, 3, 4, 5, 6, 7);
        const trains = spikeTrains([record(...recorded)], ranks);
        const expected: SpikeDict = new Map(
          Array.from(ranks, (rank) => [
            rank,
            recorded.filter(([spiking]) => spiking === rank).map(([, step]) => step),
          ]),
        );
        expect(spikeDict(trains)).toEqual(expected);
        const options = { dt: 0.5, smooth: 2, perNeuron: true as const };
        for (const statistic of [
          rasterPlot,
          histogram,
          interSpikeInterval,
          populationRate,
          smoothedRate,
        ]) {
          expect(statistic(trains, options)).toEqual(statistic(expected, options));
        }
        expect(meanFr(trains, { duration: 10 })).toBe(meanFr(expected, { duration: 10 }));
      }),
    );
  });
});
