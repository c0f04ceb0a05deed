import { NDArray } from "../array/ndarray.js";
import { countSpikes, spikesOf, spikeSpan, type SpikeInput } from "./spikes.js";

/** How rates over time are computed. */
export interface RateOptions {
  /** Length of a step [ms]; default 1. */
  dt?: number;
  /** Time constant of the first-order low-pass filter over the result [ms]; not above `dt`: no filter; default 0. */
  smooth?: number;
  /** First and last step of the recording; default those of the first and the last spike. */
  recordingWindow?: readonly [number, number];
}

/**
 * Mean firing rate [Hz] of the recorded neurons, silent ones included, over `duration` steps, by default from the first
 * spike to the last. 0 when nothing fired.
 */
export function meanFr(
  input: SpikeInput,
  { duration, dt = 1 }: { duration?: number; dt?: number } = {},
): number {
  const spikes = spikesOf(input);
  const span = spikeSpan(spikes);
  if (span === null) return 0;
  const steps = duration ?? span[1] - span[0];
  return (countSpikes(spikes) / spikes.size / (steps * dt)) * 1000;
}

/**
 * Firing rate of the population at every step [Hz]: spikes of the step over neurons and step. Shape (last − first + 1);
 * empty without spikes and window.
 */
export function populationRate(
  input: SpikeInput,
  { smooth = 0, dt = 1, recordingWindow }: RateOptions = {},
): Float64Array {
  const spikes = spikesOf(input);
  const window = recordingWindow ?? spikeSpan(spikes);
  if (window === null) return new Float64Array(0);
  const [first, last] = window;
  const rates = new Float64Array(last - first + 1);
  const perSpike = 1000 / (dt * spikes.size);
  for (const steps of spikes.values()) {
    for (let i = 0; i < steps.length; i++) {
      const step = steps[i]!;
      if (step >= first && step <= last) rates[step - first]! += perSpike;
    }
  }
  lowPass(rates, smooth, dt);
  return rates;
}

/**
 * Instantaneous rate of each neuron [Hz]: between two successive spikes, one over their distance; 0 before the first and
 * after the last. Shape (neurons, last − first), rows in the order of the dictionary; (neurons, 0) without spikes and window.
 */
export function smoothedRate(
  input: SpikeInput,
  { smooth = 0, dt = 1, recordingWindow }: RateOptions = {},
): NDArray {
  const spikes = spikesOf(input);
  const [first, last] = recordingWindow ?? spikeSpan(spikes) ?? [0, 0];
  const width = last - first;
  const rates = new Float64Array(spikes.size * width);
  let start = 0;
  for (const steps of spikes.values()) {
    const row = rates.subarray(start, start + width);
    for (let i = 1; i < steps.length; i++) {
      const [a, b] = [steps[i - 1]!, steps[i]!];
      row.fill(1000 / (dt * (b - a)), Math.max(0, a - first), Math.max(0, b - first));
    }
    lowPass(row, smooth, dt);
    start += width;
  }
  return new NDArray(rates, [spikes.size, width]);
}

/** Filter in place: s[0] = r[0], s[t+1] = s[t] + (r[t+1] − s[t])·dt/τ, the explicit Euler step of τ ds/dt = r − s. */
function lowPass(values: Float64Array, tau: number, dt: number): void {
  if (!(tau > dt)) return;
  for (let t = 1; t < values.length; t++) {
    const previous = values[t - 1]!;
    values[t] = previous + ((values[t]! - previous) * dt) / tau;
  }
}
