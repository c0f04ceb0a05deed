import { meanFr, populationRate, smoothedRate } from "../analysis/rates.js";
import {
  coefficientOfVariation,
  histogram,
  interSpikeInterval,
  rasterPlot,
  type HistogramOptions,
  type RasterData,
  type SpikeDict,
  type SpikeInput,
} from "../analysis/spikes.js";
import { NDArray } from "../array/ndarray.js";
import { problem } from "../errors.js";
import type { Figure } from "../plot/figure.js";
import { plot } from "../plot/plot.js";
import type { RasterOptions } from "../plot/raster.js";
import { Described } from "./described.js";
import { internals } from "./internals.js";
import { Population, PopulationView, type PopLike } from "./population.js";
import { populationOf } from "./ends.js";
import { checkRecordable, makeTrack } from "./recordable.js";
import type { NetworkState } from "./state.js";
import { toSteps } from "../analysis/time.js";
import { joinFields, joinSpikes, type Segments, type Track } from "./track.js";

/** What a monitor can record. */
export type Recordable = PopLike;

/** What a monitor returns for a variable. */
export type Recording = NDArray | SpikeDict;

/** How a monitor records. */
export interface MonitorOptions {
  /** Time between two records of a variable [ms]; spikes are recorded at every step. Default one step. */
  readonly period?: number;
  /** Time within the period at which is recorded [ms], smaller than the period. Default 0. */
  readonly periodOffset?: number;
  /** Record from the beginning. Default true; else from `start()` on. */
  readonly start?: boolean;
  /** Default `Monitor_<name of the object>`. */
  readonly name?: string;
}

/** How recordings are read. */
export interface GetOptions {
  /** Leave the recording with the monitor. Default false. */
  readonly keep?: boolean;
  /** Give each record the geometry of the population. Default true. */
  readonly reshape?: boolean;
  /** Return a dictionary also for one variable. Default false. */
  readonly forceDict?: boolean;
}

type OneVariable = GetOptions & { readonly forceDict?: false };
type Names = string | readonly string[];

/**
 * Records variables and spikes of a population or a view.
 *
 * @example
 * const monitor = net.monitor(pop, ["v", "spike"]);
 * await net.simulate(100);
 * const v = monitor.get("v"); // (steps, neurons)
 */
export class Monitor<O extends Recordable = Recordable> extends Described {
  readonly #object: O;
  readonly #name: string | null;
  readonly #tracks = new Map<string, Track | null>();
  #period: number | null;
  #periodOffset: number;
  #origin = 0;
  #recording: boolean;
  #stopped = false;

  /**
   * Make a monitor of the network to which the object belongs.
   *
   * @throws {SimulatorError} NOT_MONITORABLE, NOT_RECORDABLE, UNKNOWN_ATTRIBUTE, INVALID_PERIOD.
   */
  constructor(object: O, variables: Names = [], options: MonitorOptions = {}) {
    super();
    if (!(object instanceof Population || object instanceof PopulationView)) {
      throw problem("NOT_MONITORABLE", { value: String(object) });
    }
    const { period = null, periodOffset = 0, start = true, name = null } = options;
    this.#object = object;
    this.#name = name;
    this.#period = period;
    this.#periodOffset = periodOffset;
    this.#recording = start;
    this.#checkPeriod();
    const names = listOf(variables);
    for (const variable of names) checkRecordable(object, variable);
    for (const variable of names) this.#tracks.set(variable, null);
    this.#state.requireIdle("monitor");
    this.#state.monitors.push(this);
    this.attach();
  }

  get name(): string {
    return this.#name ?? `Monitor_${this.#object.name}`;
  }

  /** Recorded variables. */
  get variables(): readonly string[] {
    return [...this.#tracks.keys()];
  }

  set variables(_: readonly string[]) {
    throw problem("READ_ONLY", { what: `the list of variables of monitor ${this.name}` });
  }

  /** Time between two records. [ms] */
  get period(): number {
    return this.#period ?? this.dt;
  }

  /** As `start({ period })`. */
  set period(period: number) {
    this.start({ period });
  }

  /** Time within the period at which is recorded. [ms] */
  get periodOffset(): number {
    return this.#periodOffset;
  }

  set periodOffset(offset: number) {
    this.#periodOffset = offset;
    this.start({ period: this.period });
  }

  /** Step of the network. [ms] */
  get dt(): number {
    return this.#state.config.dt;
  }

  /** @internal Step from which periods are counted; figures place records by it. */
  get origin(): number {
    return this.#origin;
  }

  /** @internal The population whose network the monitor belongs to. */
  get population(): Population {
    return populationOf(this.#object);
  }

  /** @internal Make the recorders once the population is compiled. */
  attach(): void {
    const { place } = this.population[internals].store;
    if (place === null) return;
    this.#origin = place.native.currentStep % this.#periodSteps();
    if (this.#recording) this.#begin(this.variables);
  }

  /**
   * Record these variables, or all; new ones are added. A new period counts from now.
   *
   * @throws {SimulatorError} MONITOR_STOPPED, NOT_RECORDABLE, UNKNOWN_ATTRIBUTE, INVALID_PERIOD.
   */
  start(options: { readonly variables?: Names; readonly period?: number } = {}): void {
    this.#requireUsable("start");
    const names = options.variables === undefined ? this.variables : listOf(options.variables);
    for (const variable of names) checkRecordable(this.#object, variable);
    for (const name of names) if (!this.#tracks.has(name)) this.#tracks.set(name, null);
    this.#recording = true;
    if (options.period !== undefined) {
      this.#period = options.period;
      this.#checkPeriod();
      const { place } = this.population[internals].store;
      this.#origin = (place?.native.currentStep ?? 0) % this.#periodSteps();
      // A recorder has one period: what it holds is dropped with it, unlike records of different periods being mixed.
      for (const name of names) this.#discard(name);
    }
    this.#begin(names);
  }

  /** Stop recording until `resume()`; what was recorded stays. */
  pause(): void {
    this.#requireUsable("pause");
    this.#recording = false;
    for (const track of this.#tracks.values()) track?.pause();
  }

  /** Go on recording, in a new segment. */
  resume(): void {
    this.#requireUsable("resume");
    this.#recording = true;
    this.#begin(this.variables);
  }

  /** End the recording for good; what was recorded is dropped. */
  stop(): void {
    this.#requireUsable("stop");
    for (const name of this.variables) this.#discard(name);
    this.#tracks.clear();
    this.#stopped = true;
  }

  /** Drop what was recorded; the segments start again at the current step. */
  reset(): void {
    this.#state.requireIdle(`monitor ${this.name}.reset`);
    for (const track of this.#tracks.values()) track?.drop();
  }

  /**
   * Hand over what was recorded; the monitor forgets it unless `keep`. A variable: (records, …geometry), of a view (records,
   * size), of a global variable (records). `spike`: a map from rank to steps, with every recorded neuron.
   *
   * @throws {SimulatorError} NOT_RECORDED; RUN_PENDING during a run.
   */
  get(variable: "spike", options?: OneVariable): SpikeDict;
  get(variable: string, options?: OneVariable): NDArray;
  get(variables?: Names, options?: GetOptions): Record<string, Recording>;
  get(variables?: Names, options: GetOptions = {}): Recording | Record<string, Recording> {
    this.#requireUsable("get");
    if (typeof variables === "string" && options.forceDict !== true) {
      return this.#get(variables, options);
    }
    const names = variables === undefined ? this.variables : listOf(variables);
    return Object.fromEntries(names.map((name) => [name, this.#get(name, options)]));
  }

  /** Segments of what `get` handed over last, per variable [steps]; before that, of what is being recorded. */
  times(variables?: Names): Record<string, Segments> {
    const names = variables === undefined ? this.variables : listOf(variables);
    const segments = (name: string): Segments =>
      this.#tracks.get(name)?.segments ?? { start: [], stop: [] };
    return Object.fromEntries(
      names.filter((name) => this.#tracks.has(name)).map((name) => [name, segments(name)]),
    );
  }

  /** Times [ms] and ranks of all spikes. Without spikes given, those recorded are taken, as by `get`. */
  rasterPlot(spikes: SpikeInput = this.#spikes()): RasterData {
    return rasterPlot(spikes, { dt: this.dt });
  }

  /** Numbers of spikes in bins [ms]. */
  histogram(spikes: SpikeInput = this.#spikes(), options: HistogramOptions = {}): NDArray {
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
    spikes: SpikeInput = this.#spikes(),
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
    spikes: SpikeInput = this.#spikes(),
    options: { ranks?: readonly number[]; perNeuron?: boolean } = {},
  ): Float64Array | Map<number, number> {
    const { perNeuron = false, ...rest } = options;
    const settings = { ...rest, dt: this.dt };
    return perNeuron
      ? coefficientOfVariation(spikes, { ...settings, perNeuron })
      : coefficientOfVariation(spikes, settings);
  }

  /** Mean rate of the recorded neurons over the time recorded. [Hz] */
  meanFr(spikes: SpikeInput = this.#spikes()): number {
    const { start, stop } = this.#spikeSegments();
    const duration = start.reduce((sum, from, i) => sum + stop[i]! - from, 0);
    return meanFr(spikes, { duration, dt: this.dt });
  }

  /** Mean rate of the recorded neurons at each step [Hz], low-pass filtered with time constant `smooth` [ms]. */
  populationRate(
    spikes: SpikeInput = this.#spikes(),
    { smooth = 0 }: { readonly smooth?: number } = {},
  ): Float64Array {
    return populationRate(spikes, { smooth, dt: this.dt, recordingWindow: this.#window() });
  }

  /** Rate of each neuron at each step by its intervals [Hz], (neurons, steps), low-pass filtered as `populationRate`. */
  smoothedRate(
    spikes: SpikeInput = this.#spikes(),
    { smooth = 0 }: { readonly smooth?: number } = {},
  ): NDArray {
    return smoothedRate(spikes, { smooth, dt: this.dt, recordingWindow: this.#window() });
  }

  /** Draw the spikes. Nothing is taken from the monitor. */
  raster(options: RasterOptions = {}): Figure {
    return plot.raster(this, options);
  }

  /** Draw what is recorded: spikes as a raster, variables as traces. Nothing is taken from the monitor. */
  show(): Figure {
    return this.#tracks.has("spike") ? plot.raster(this) : plot.trace(this);
  }

  override toString(): string {
    return `${this.name}: ${this.variables.join(", ")}`;
  }

  get #state(): NetworkState {
    return this.population[internals].state;
  }

  #requireUsable(call: string): void {
    this.#state.requireIdle(`monitor ${this.name}.${call}`);
    if (this.#stopped) throw problem("MONITOR_STOPPED", { monitor: this.name });
  }

  #periodSteps(): number {
    return toSteps(this.period, this.dt, "floor");
  }

  #checkPeriod(): void {
    const { period, periodOffset: offset } = this;
    const valid = this.#periodSteps() >= 1 && offset >= 0 && offset < period;
    if (!valid) throw problem("INVALID_PERIOD", { monitor: this.name, period, offset });
  }

  #begin(names: readonly string[]): void {
    const offset = this.#origin + toSteps(this.#periodOffset, this.dt, "floor");
    for (const name of names) {
      const schedule = { period: this.#periodSteps(), offset };
      const track = this.#tracks.get(name) ?? makeTrack(this.#object, name, schedule);
      this.#tracks.set(name, track);
      track?.start();
    }
  }

  #discard(name: string): void {
    this.#tracks.get(name)?.pause();
    this.#tracks.set(name, null);
  }

  #get(name: string, { keep = false, reshape = true }: GetOptions): Recording {
    const track = this.#tracks.get(name);
    if (track === undefined) {
      const { variables } = this;
      throw problem("NOT_RECORDED", { monitor: this.name, variable: name, variables });
    }
    const parts = track?.take(keep) ?? [];
    if (name === "spike") return joinSpikes(parts, this.#object.ranks);
    const whole = this.#object instanceof Population && reshape;
    const shape = this.#isGlobal(name) ? [] : whole ? this.#object.geometry : [this.#object.size];
    if (track === null) return new NDArray(new Float64Array(0), [0, ...shape]);
    const { data, records } = joinFields(parts, track.kind);
    return new NDArray(data, [records, ...shape]);
  }

  #isGlobal(name: string): boolean {
    const { store } = this.population[internals];
    return store.model.attributes.some((a) => a.name === name && a.locality === "global");
  }

  #spikes(): SpikeDict {
    return this.get("spike");
  }

  #spikeSegments(): { start: number[]; stop: number[] } {
    const { start, stop } = this.times("spike")["spike"] ?? { start: [], stop: [] };
    const now = this.population[internals].store.place?.native.currentStep ?? 0;
    return { start, stop: stop.map((step) => step ?? now) };
  }

  #window(): readonly [number, number] {
    const { start, stop } = this.#spikeSegments();
    return [start[0] ?? 0, stop[stop.length - 1] ?? 0];
  }
}

function listOf(names: Names): readonly string[] {
  return typeof names === "string" ? [names] : names;
}
