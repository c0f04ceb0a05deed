import type { SpikeDict, Spikes } from "../analysis/spikes.js";
import { toSteps } from "../analysis/time.js";
import type { NDArray } from "../array/ndarray.js";
import type { Problems } from "../diagnostics.js";
import { problem } from "../errors.js";
import type { Recorded } from "../native/binding.js";
import type { Figure } from "../plot/figure.js";
import { plot } from "../plot/plot.js";
import type { RasterOptions } from "../plot/raster.js";
import type { Dendrite } from "./dendrite.js";
import { again, internals } from "./internals.js";
import { checkRecordingFile, writeRecordings } from "./monitor-files.js";
import { SpikeStatistics } from "./monitor-statistics.js";
import type { Ragged, Recording, Subject } from "./recordable.js";
import type { PopLike } from "./population.js";
import type { Projection } from "./projection.js";
import type { Run } from "./run.js";
import type { NetworkState } from "./state.js";
import { subjectOf } from "./subjects.js";
import { Track, type Schedule, type Segments } from "./track.js";

/** What a monitor can record. */
export type Recordable = PopLike | Projection | Dendrite;

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

/** How recordings are saved. */
export interface SaveOptions {
  /** Default: all. */
  readonly variables?: Names;
  /** Leave the recording with the monitor. Default false. */
  readonly keep?: boolean;
  /** Give each record the geometry of the population. Default false. */
  readonly reshape?: boolean;
  /** Without meaning: a file of several recordings names each. */
  readonly forceDict?: boolean;
}

type OneVariable = GetOptions & { readonly forceDict?: false };
type Names = string | readonly string[];

/**
 * Records variables and spikes of a population or a view, or variables of the synapses of a projection or a dendrite.
 *
 * @example
 * const monitor = net.monitor(pop, ["v", "spike"]);
 * await net.simulate(100);
 * const v = monitor.get("v"); // (steps, neurons)
 */
export class Monitor<O extends Recordable = Recordable> extends SpikeStatistics {
  /** What is recorded. */
  readonly object: O;
  readonly #subject: Subject;
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
    const { period = null, periodOffset = 0, start = true, name = null } = options;
    this.object = object;
    this.#subject = subjectOf(object);
    this.#name = name;
    this.#checkPeriod(period, periodOffset);
    this.#period = period;
    this.#periodOffset = periodOffset;
    this.#recording = start;
    const names = listOf(variables);
    for (const variable of names) this.#subject.check(variable);
    for (const variable of names) this.#tracks.set(variable, null);
    this.#state.requireIdle("monitor");
    if (this.#subject.large && this.#periodSteps() === 1) {
      this.#state.warn("EVERY_STEP", { monitor: this.name });
    }
    this.#state.monitors.push(this);
    this.attach();
  }

  get name(): string {
    return this.#name ?? `Monitor_${this.#subject.name}`;
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

  /** Counts from now, as `start({ period })`. */
  set period(period: number) {
    this.#requireUsable("period");
    this.#schedule(period, this.#periodOffset);
  }

  /** Time within the period at which is recorded. [ms] */
  get periodOffset(): number {
    return this.#periodOffset;
  }

  /** Counts from now, as `start({ period })`. */
  set periodOffset(offset: number) {
    this.#requireUsable("periodOffset");
    this.#schedule(this.#period, offset);
  }

  /** Step of the network. [ms] */
  get dt(): number {
    return this.#state.config.dt;
  }

  /** @internal Step from which periods are counted; figures place records by it. */
  get origin(): number {
    return this.#origin;
  }

  /** @internal What is recorded, as the network knows it. */
  get [internals](): Subject {
    return this.#subject;
  }

  /** @internal Make the recorders once the network is compiled. */
  attach(): void {
    if (this.#subject.native === null) return;
    this.#origin = this.now % this.#periodSteps();
    if (this.#recording) this.#begin(this.variables);
  }

  /**
   * Record these variables, or all; new ones are added. A new period holds for all variables and counts from now; what is
   * recorded stays, and `times()` tells the segments of either period.
   *
   * @throws {SimulatorError} MONITOR_STOPPED, NOT_RECORDABLE, UNKNOWN_ATTRIBUTE, INVALID_PERIOD.
   */
  start(options: { readonly variables?: Names; readonly period?: number } = {}): void {
    this.#requireUsable("start");
    const names = options.variables === undefined ? this.variables : listOf(options.variables);
    for (const variable of names) this.#subject.check(variable);
    if (options.period !== undefined) this.#schedule(options.period, this.#periodOffset);
    for (const name of names) if (!this.#tracks.has(name)) this.#tracks.set(name, null);
    this.#recording = true;
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
   * size), of a global variable (records). `spike`, `axon_spike`: a map from rank to steps, with every recorded neuron. Of a
   * projection: (records, dendrites, synapses), or an array of arrays of rows where these differ in length.
   *
   * @throws {SimulatorError} NOT_RECORDED; RUN_PENDING during a run.
   */
  get(variable: "spike" | "axon_spike", options?: OneVariable): SpikeDict;
  get(variable: string, options?: OneVariable): O extends Projection ? NDArray | Ragged : NDArray;
  get(variables?: Names, options?: GetOptions): Record<string, Recording>;
  get(variables?: Names, options: GetOptions = {}): Recording | Record<string, Recording> {
    this.#requireUsable("get");
    if (typeof variables === "string" && options.forceDict !== true) {
      return this.#get(variables, options);
    }
    const names = variables === undefined ? this.variables : listOf(variables);
    return Object.fromEntries(names.map((name) => [name, this.#get(name, options)]));
  }

  /**
   * Segments of what `get` handed over last, per variable [steps]; before that, of what is being recorded. A variable that is
   * not recorded is left out, with a warning.
   */
  times(variables?: Names): Record<string, Segments> {
    const names = variables === undefined ? this.variables : listOf(variables);
    const recorded = names.filter((name) => this.#tracks.has(name));
    for (const name of names) {
      if (!recorded.includes(name)) this.#state.warn("NOT_RECORDED", this.#absent(name));
    }
    const segments = (name: string): Segments =>
      this.#tracks.get(name)?.segments ?? { start: [], stop: [] };
    return Object.fromEntries(recorded.map((name) => [name, segments(name)]));
  }

  /**
   * Write recordings to a file: one variable to `.npy`; several to `.npz`, `.json`, `.json.gz`, or, with the optional package
   * h5wasm, `.h5` and `.hdf5`. Spikes are `ranks` and rows of `steps`, in a `.npy` file an array (spikes, 2) of both. The monitor
   * forgets what is in the file unless `keep`.
   *
   * @throws {SimulatorError} FILE_TYPE, ONE_VARIABLE, NOT_RECORDED, CANNOT_WRITE, NO_HDF5.
   */
  save(file: string, options: SaveOptions = {}): Run {
    const { variables, keep = false, reshape = false } = options;
    const names = variables === undefined ? this.variables : listOf(variables);
    checkRecordingFile(file, { call: "monitor.save()", monitor: this.name, variables: names });
    const state = this.#state;
    return state.errand(`monitor ${this.name}.save()`, async () => {
      const get = (kept: boolean): Record<string, Recording> =>
        state.atRest(() => this.get(names, { keep: kept, reshape }));
      await writeRecordings(file, get(true));
      // Only what is safe in the file is given up.
      if (!keep) get(false);
    });
  }

  /** Draw the spikes. Nothing is taken from the monitor. */
  raster(options: RasterOptions = {}): Figure {
    return plot.raster(this, options);
  }

  /** Draw what is recorded: spikes as a raster, variables as traces. Nothing is taken from the monitor. */
  show(): Figure {
    return this.#tracks.has("spike") ? plot.raster(this) : plot.trace(this);
  }

  /** @internal Sum over its recorders. [bytes] */
  memory(ofRecorder: ReadonlyMap<number, number>): number {
    let sum = 0;
    for (const track of this.#tracks.values()) sum += track?.memory(ofRecorder) ?? 0;
    return sum;
  }

  /** @internal Record another object in the same way. */
  [again]<P extends Recordable>(object: P): Monitor<P> {
    const { variables, periodOffset } = this;
    const period = this.#period === null ? {} : { period: this.#period };
    const name = this.#name === null ? {} : { name: this.#name };
    const start = this.#recording && !this.#stopped;
    return new Monitor(object, variables, { ...period, periodOffset, start, ...name });
  }

  override toString(): string {
    return `${this.name}: ${this.variables.join(", ")}`;
  }

  protected override get now(): number {
    return this.#subject.native?.currentStep ?? 0;
  }

  protected override spikes(): Spikes {
    this.#requireUsable("spikes");
    return this.#subject.spikes(this.#take("spike", false));
  }

  protected override spikeSegments(): Segments {
    return this.times("spike")["spike"] ?? { start: [], stop: [] };
  }

  get #state(): NetworkState {
    return this.#subject.state;
  }

  #requireUsable(call: string): void {
    this.#state.requireIdle(`monitor ${this.name}.${call}`);
    if (this.#stopped) throw problem("MONITOR_STOPPED", { monitor: this.name });
  }

  #periodSteps(): number {
    return toSteps(this.period, this.dt, "floor");
  }

  /** @throws {SimulatorError} INVALID_PERIOD. */
  #checkPeriod(given: number | null, offset: number): void {
    const period = given ?? this.dt;
    const valid = toSteps(period, this.dt, "floor") >= 1 && offset >= 0 && offset < period;
    if (!valid) throw problem("INVALID_PERIOD", { monitor: this.name, period, offset });
  }

  /** Record by another period and offset, counted from now. */
  #schedule(period: number | null, offset: number): void {
    this.#checkPeriod(period, offset);
    this.#period = period;
    this.#periodOffset = offset;
    this.#origin = this.now % this.#periodSteps();
    for (const track of this.#tracks.values()) track?.reschedule(this.#steps);
  }

  /** When to record, in steps. */
  get #steps(): Schedule {
    const offset = this.#origin + toSteps(this.#periodOffset, this.dt, "floor");
    return { period: this.#periodSteps(), offset };
  }

  #begin(names: readonly string[]): void {
    for (const name of names) {
      const track = this.#tracks.get(name) ?? this.#track(name, this.#steps);
      this.#tracks.set(name, track);
      track?.start();
    }
  }

  #discard(name: string): void {
    this.#tracks.get(name)?.pause();
    this.#tracks.set(name, null);
  }

  #get(name: string, { keep = false, reshape = true }: GetOptions): Recording {
    const parts = this.#take(name, keep);
    const kind = this.#tracks.get(name)?.kind ?? null;
    return this.#subject.recording(name, parts, kind, { reshape });
  }

  /** @throws {SimulatorError} NOT_RECORDED. */
  #take(variable: string, keep: boolean): readonly Recorded[] {
    const track = this.#tracks.get(variable);
    if (track === undefined) throw problem("NOT_RECORDED", this.#absent(variable));
    return track?.take(keep) ?? [];
  }

  #absent(variable: string): Problems["NOT_RECORDED"] {
    return { monitor: this.name, variable, variables: this.variables };
  }

  #track(name: string, schedule: Schedule): Track | null {
    const { native } = this.#subject;
    if (native === null) return null;
    const { spec, kind } = this.#subject.recorder(name, schedule);
    return new Track(native, spec, kind);
  }
}

function listOf(names: Names): readonly string[] {
  return typeof names === "string" ? [names] : names;
}
