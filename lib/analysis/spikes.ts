import { NDArray } from "../array/ndarray.js";
import { problem } from "../errors.js";
import { toSteps } from "./time.js";

/** Spikes of a recording: rank of a neuron → the steps at which it spiked, ascending; silent neurons have an empty list. */
export type SpikeDict = Map<number, number[]>;

/** What the spike statistics accept: a dictionary of spikes, alone or as `monitor.get()` returns it. Nothing is changed. */
export type SpikeInput = Spikes | { readonly spike: Spikes };

/** Rank → steps of the spikes; the steps of a neuron may also be a typed array. */
export type Spikes = ReadonlyMap<number, ArrayLike<number>>;

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
  // All steps are looked at: they do not ascend where the clock was set back.
  for (const steps of spikes.values()) {
    for (let i = 0; i < steps.length; i++) {
      const step = steps[i]!;
      if (step < first) first = step;
      if (step > last) last = step;
    }
  }
  return first === Infinity ? null : [first, last];
}

/** Number of spikes of all neurons. */
export function countSpikes(spikes: Spikes): number {
  let count = 0;
  for (const steps of spikes.values()) count += steps.length;
  return count;
}

/** List every spike as a point (time, rank), in the order of the dictionary. */
export function rasterPlot(input: SpikeInput, { dt = 1 }: StepOptions = {}): RasterData {
  const spikes = spikesOf(input);
  const count = countSpikes(spikes);
  const times = new Float64Array(count);
  const ranks = new Int32Array(count);
  let next = 0;
  for (const [rank, steps] of spikes) {
    ranks.fill(rank, next, next + steps.length);
    for (let i = 0; i < steps.length; i++) times[next++] = steps[i]! * dt;
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
    const [first, last] = window;
    for (const [rank, steps] of spikes) {
      const row = perNeuron ? rank * columns : 0;
      for (let i = 0; i < steps.length; i++) {
        const step = steps[i]!;
        if (step < first || step > last) continue;
        counts[row + Math.floor((step - first) / stepsPerBin)]! += 1;
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
    values.set(rank, variation(intervals));
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
    if (steps.length >= 2) intervals.set(rank, differences(steps, dt));
  }
  return intervals;
}

function differences(steps: ArrayLike<number>, dt: number): Float64Array {
  const intervals = new Float64Array(steps.length - 1);
  for (let i = 0; i < intervals.length; i++) intervals[i] = (steps[i + 1]! - steps[i]!) * dt;
  return intervals;
}

/** Standard deviation of a population of values over their mean. */
function variation(values: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  const mean = sum / values.length;
  let squares = 0;
  for (let i = 0; i < values.length; i++) squares += (values[i]! - mean) ** 2;
  return Math.sqrt(squares / values.length) / mean;
}

function highestRank(spikes: Spikes): number {
  let highest = -1;
  for (const rank of spikes.keys()) highest = Math.max(highest, rank);
  return highest;
}
