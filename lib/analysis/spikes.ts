import { NDArray } from "../array/ndarray.js";
import { problem } from "../errors.js";
import { toSteps } from "./time.js";

/** Spikes of a recording: rank of a neuron → the steps at which it spiked, ascending; silent neurons have an empty list. */
export type SpikeDict = Map<number, number[]>;

/** What the spike statistics accept: a dictionary of spikes, alone or as `monitor.get()` returns it. Nothing is changed. */
export type SpikeInput = Spikes | { readonly spike: Spikes };

type Spikes = ReadonlyMap<number, readonly number[]>;

/** The two columns of a raster plot, neuron after neuron. */
export interface RasterData {
  /** Times of the spikes [ms], (spikes). */
  readonly times: Float64Array;
  /** Ranks of the neurons that fired, (spikes). */
  readonly ranks: Int32Array;
}

/** How spikes are counted. */
export interface HistogramOptions {
  /** Width of a bin [ms]; default one step. */
  bins?: number;
  /** One row per neuron, rank 0 to the highest recorded one; default false. */
  perNeuron?: boolean;
  /** First and last step that count, both included; default those of the first and the last spike. */
  recordingWindow?: readonly [number, number];
}

interface StepOptions {
  /** Length of a step [ms]; default 1. */
  dt?: number;
}

interface NeuronOptions extends StepOptions {
  /** Neurons to look at; default all. */
  ranks?: readonly number[];
}

/** The dictionary behind either form of input. */
export function spikesOf(input: SpikeInput): Spikes {
  return "spike" in input ? input.spike : input;
}

/** First and last step at which anything fired, or null when nothing did. */
export function spikeSpan(spikes: Spikes): readonly [number, number] | null {
  let first = Infinity;
  let last = -Infinity;
  for (const steps of spikes.values()) {
    if (steps.length === 0) continue;
    first = Math.min(first, steps[0]!);
    last = Math.max(last, steps[steps.length - 1]!);
  }
  return first === Infinity ? null : [first, last];
}

/** List every spike as a point (time, rank), in the order of the dictionary. */
export function rasterPlot(input: SpikeInput, { dt = 1 }: StepOptions = {}): RasterData {
  const spikes = spikesOf(input);
  let count = 0;
  for (const steps of spikes.values()) count += steps.length;
  const times = new Float64Array(count);
  const ranks = new Int32Array(count);
  let i = 0;
  for (const [rank, steps] of spikes) {
    for (const step of steps) {
      times[i] = step * dt;
      ranks[i] = rank;
      i++;
    }
  }
  return { times, ranks };
}

/**
 * Count spikes in bins of equal width. Shape (bins), or (highest rank + 1, bins) with `perNeuron`; empty without spikes
 * and window. The last bin may reach beyond the window.
 * @throws {SimulatorError} BIN_BELOW_STEP when `bins` is less than one step.
 */
export function histogram(
  input: SpikeInput,
  { bins, perNeuron = false, recordingWindow, dt = 1 }: HistogramOptions & StepOptions = {},
): NDArray {
  const spikes = spikesOf(input);
  const stepsPerBin = toSteps(bins ?? dt, dt, "floor");
  if (!(stepsPerBin >= 1)) throw problem("BIN_BELOW_STEP", { bins: bins ?? dt, dt });
  const window = recordingWindow ?? spikeSpan(spikes);
  const columns = window === null ? 0 : Math.floor((window[1] - window[0]) / stepsPerBin) + 1;
  const rows = perNeuron ? highestRank(spikes) + 1 : 1;
  const counts = new Float64Array(rows * columns);
  if (window !== null) {
    for (const [rank, steps] of spikes) {
      const row = perNeuron ? rank * columns : 0;
      for (const step of steps) {
        if (step < window[0] || step > window[1]) continue;
        counts[row + Math.floor((step - window[0]) / stepsPerBin)]! += 1;
      }
    }
  }
  return new NDArray(counts, perNeuron ? [rows, columns] : [columns]);
}

/** List the intervals between successive spikes of the same neuron [ms]: of all neurons in rank order, or per neuron that spiked at least twice. */
export function interSpikeInterval(
  spikes: SpikeInput,
  options?: NeuronOptions & { perNeuron?: false },
): Float64Array;
export function interSpikeInterval(
  spikes: SpikeInput,
  options: NeuronOptions & { perNeuron: true },
): Map<number, Float64Array>;
export function interSpikeInterval(
  input: SpikeInput,
  { ranks, perNeuron = false, dt = 1 }: NeuronOptions & { perNeuron?: boolean } = {},
): Float64Array | Map<number, Float64Array> {
  const intervals = intervalsOf(input, ranks, dt);
  if (perNeuron) return intervals;
  const all = [...intervals.values()];
  const joined = new Float64Array(all.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of all) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}

/**
 * Measure how irregular neurons fire: standard deviation (of the population, not the sample) of the inter-spike
 * intervals over their mean, dimensionless; 0 is a clock, 1 a Poisson process. One value per neuron with at least two
 * intervals, in rank order or as a map.
 */
export function coefficientOfVariation(
  spikes: SpikeInput,
  options?: NeuronOptions & { perNeuron?: false },
): Float64Array;
export function coefficientOfVariation(
  spikes: SpikeInput,
  options: NeuronOptions & { perNeuron: true },
): Map<number, number>;
export function coefficientOfVariation(
  input: SpikeInput,
  { ranks, perNeuron = false, dt = 1 }: NeuronOptions & { perNeuron?: boolean } = {},
): Float64Array | Map<number, number> {
  const values = new Map<number, number>();
  for (const [rank, intervals] of intervalsOf(input, ranks, dt)) {
    if (intervals.length < 2) continue;
    const mean = intervals.reduce((sum, x) => sum + x, 0) / intervals.length;
    const variance = intervals.reduce((sum, x) => sum + (x - mean) ** 2, 0) / intervals.length;
    values.set(rank, Math.sqrt(variance) / mean);
  }
  return perNeuron ? values : Float64Array.from(values.values());
}

/** Intervals [ms] of each neuron that has any, in ascending order of rank. */
function intervalsOf(
  input: SpikeInput,
  ranks: readonly number[] | undefined,
  dt: number,
): Map<number, Float64Array> {
  const spikes = spikesOf(input);
  const wanted = [...(ranks ?? spikes.keys())].sort((a, b) => a - b);
  const intervals = new Map<number, Float64Array>();
  for (const rank of wanted) {
    const steps = spikes.get(rank) ?? [];
    if (steps.length < 2) continue;
    intervals.set(
      rank,
      Float64Array.from(steps.slice(1), (step, i) => (step - steps[i]!) * dt),
    );
  }
  return intervals;
}

function highestRank(spikes: Spikes): number {
  let highest = -1;
  for (const rank of spikes.keys()) highest = Math.max(highest, rank);
  return highest;
}
