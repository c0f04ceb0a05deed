import type { SpikeDict, Spikes } from "./spikes.js";

/** Spikes as they were recorded, in order of time: neuron `ranks[i]` spiked at `steps[i]`. */
export interface SpikeRecord {
  readonly ranks: Int32Array;
  readonly steps: Float64Array;
}

/**
 * Put recorded spikes in order of neurons, by a counting sort: O(spikes + neurons). The steps of all neurons lie in one
 * array, of which each neuron has a part, silent ones an empty one. Spikes of other neurons are left out.
 *
 * @param records - One after the other in time.
 * @param recorded - Ranks in the order of the result; each once.
 */
export function spikeTrains(records: readonly SpikeRecord[], recorded: Int32Array): Spikes {
  const highest = recorded.reduce((most, rank) => Math.max(most, rank), -1);
  const counts = new Float64Array(highest + 1);
  const isRecorded = new Uint8Array(highest + 1);
  for (const rank of recorded) isRecorded[rank] = 1;
  for (const { ranks } of records) {
    for (let i = 0; i < ranks.length; i++) if (isRecorded[ranks[i]!] === 1) counts[ranks[i]!]! += 1;
  }
  const place = new Float64Array(highest + 1);
  let total = 0;
  for (const rank of recorded) {
    place[rank] = total;
    total += counts[rank]!;
  }
  const sorted = new Float64Array(total);
  for (const { ranks, steps } of records) {
    for (let i = 0; i < ranks.length; i++) {
      const rank = ranks[i]!;
      if (isRecorded[rank] === 1) sorted[place[rank]!++] = steps[i]!;
    }
  }
  const trains = new Map<number, Float64Array>();
  for (const rank of recorded) {
    const end = place[rank]!;
    trains.set(rank, sorted.subarray(end - counts[rank]!, end));
  }
  return trains;
}

/** The dictionary that users get. */
export function spikeDict(trains: Spikes): SpikeDict {
  const spikes: SpikeDict = new Map();
  for (const [rank, steps] of trains) {
    const list = new Array<number>(steps.length);
    for (let i = 0; i < list.length; i++) list[i] = steps[i]!;
    spikes.set(rank, list);
  }
  return spikes;
}
