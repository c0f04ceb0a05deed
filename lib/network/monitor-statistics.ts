import { meanFr, populationRate, smoothedRate } from "../analysis/rates.js";
import {
  coefficientOfVariation,
  histogram,
  interSpikeInterval,
  rasterPlot,
  type HistogramOptions,
  type RasterData,
  type SpikeInput,
  type Spikes,
} from "../analysis/spikes.js";
import type { NDArray } from "../array/ndarray.js";
import { Described } from "./described.js";
import type { Segments } from "./track.js";

/** Base of monitors: statistics of spikes. Without spikes given, those recorded are taken, as by `get`. */
export abstract class SpikeStatistics extends Described {
  /** Step of the network. [ms] */
  abstract readonly dt: number;

  /** Number of the next step. */
  protected abstract readonly now: number;

  /** The spikes that were recorded; they leave the monitor, as by `get`. */
  protected abstract spikes(): Spikes;

  /** When they were recorded. */
  protected abstract spikeSegments(): Segments;

  /** Times [ms] and ranks of all spikes. Without spikes given, those recorded are taken, as by `get`. */
  rasterPlot(spikes: SpikeInput = this.spikes()): RasterData {
    return rasterPlot(spikes, { dt: this.dt });
  }

  /** Numbers of spikes in bins [ms]. */
  histogram(spikes: SpikeInput = this.spikes(), options: HistogramOptions = {}): NDArray {
    return histogram(spikes, { ...options, dt: this.dt });
  }

  /** Times between the spikes of each neuron. [ms] */
  interSpikeInterval(
    spikes?: SpikeInput,
    options?: { ranks?: readonly number[]; perNeuron?: false },
  ): Float64Array;
  interSpikeInterval(
    spikes: SpikeInput | undefined,
    options: { ranks?: readonly number[]; perNeuron: true },
  ): Map<number, Float64Array>;
  interSpikeInterval(
    spikes: SpikeInput = this.spikes(),
    options: { ranks?: readonly number[]; perNeuron?: boolean } = {},
  ): Float64Array | Map<number, Float64Array> {
    const { perNeuron = false, ...rest } = options;
    const settings = { ...rest, dt: this.dt };
    return perNeuron
      ? interSpikeInterval(spikes, { ...settings, perNeuron })
      : interSpikeInterval(spikes, settings);
  }

  /** Coefficient of variation of the intervals of each neuron, dimensionless. */
  coefficientOfVariation(
    spikes?: SpikeInput,
    options?: { ranks?: readonly number[]; perNeuron?: false },
  ): Float64Array;
  coefficientOfVariation(
    spikes: SpikeInput | undefined,
    options: { ranks?: readonly number[]; perNeuron: true },
  ): Map<number, number>;
  coefficientOfVariation(
    spikes: SpikeInput = this.spikes(),
    options: { ranks?: readonly number[]; perNeuron?: boolean } = {},
  ): Float64Array | Map<number, number> {
    const { perNeuron = false, ...rest } = options;
    const settings = { ...rest, dt: this.dt };
    return perNeuron
      ? coefficientOfVariation(spikes, { ...settings, perNeuron })
      : coefficientOfVariation(spikes, settings);
  }

  /** Mean rate of the recorded neurons over the time recorded. [Hz] */
  meanFr(spikes: SpikeInput = this.spikes()): number {
    const { start, stop } = this.#spikeSegments();
    const duration = start.reduce((sum, from, i) => sum + stop[i]! - from, 0);
    return meanFr(spikes, { duration, dt: this.dt });
  }

  /** Mean rate of the recorded neurons at each step [Hz], low-pass filtered with time constant `smooth` [ms]. */
  populationRate(
    spikes: SpikeInput = this.spikes(),
    { smooth = 0 }: { readonly smooth?: number } = {},
  ): Float64Array {
    return populationRate(spikes, { smooth, dt: this.dt, recordingWindow: this.#window() });
  }

  /** Rate of each neuron at each step by its intervals [Hz], (neurons, steps), low-pass filtered as `populationRate`. */
  smoothedRate(
    spikes: SpikeInput = this.spikes(),
    { smooth = 0 }: { readonly smooth?: number } = {},
  ): NDArray {
    return smoothedRate(spikes, { smooth, dt: this.dt, recordingWindow: this.#window() });
  }

  #spikeSegments(): { start: number[]; stop: number[] } {
    const { start, stop } = this.spikeSegments();
    const { now } = this;
    return { start, stop: stop.map((step) => step ?? now) };
  }

  #window(): readonly [number, number] {
    const { start, stop } = this.#spikeSegments();
    return [start[0] ?? 0, stop[stop.length - 1] ?? 0];
  }
}
