import { contiguous, type ArrayInput, type TypedArray } from "../array/input.js";
import { NDArray } from "../array/ndarray.js";
import { problem } from "../errors.js";
import type { Geometry } from "../network/geometry.js";
import { GivenNeuron } from "../network/given-neuron.js";
import { again, internals } from "../network/internals.js";
import type { AttributeValues } from "../network/part-base.js";
import { Population } from "../network/population.js";
import { blockSource, type Blocks } from "../network/source.js";

/** When blocks begin [ms]: one time for each, or the time from one to the next, of which 0 or less is one step. */
export type Schedule = number | readonly number[] | TypedArray;

/** How the data of a timed array are replaced. */
export interface UpdateOptions {
  /** Default: as it is. */
  readonly schedule?: Schedule;
  /** Default: as it is. [ms] */
  readonly period?: number;
  /** Begin anew with the first block; else the block of the moment is taken. Default true. */
  readonly reset?: boolean;
}

/** What a timed array is made of. */
export interface TimedArrayOptions {
  /** (blocks, …geometry), or (blocks) for one neuron. */
  readonly rates?: ArrayInput;
  /** Default: that of the rates. */
  readonly geometry?: Geometry;
  /** Default 0: one block per step. */
  readonly schedule?: Schedule;
  /** Time after which the schedule begins anew [ms]; -1: never. Default -1. */
  readonly period?: number;
  readonly name?: string;
}

/**
 * Rate-coded neurons whose rates `r` change block by block at given times. They are 0 before the first block, and the last
 * block stays, unless there is a period. Neurons that receive the rates see a block one step after it begins.
 *
 * @example
 * const input = net.create(new TimedArray({ rates: [[1, 2], [3, 4]], schedule: 100.0, period: 200.0 }));
 */
export class TimedArray extends Population {
  #blocks: Blocks;
  /** What `reset` comes back to. */
  #initial: Blocks;

  /** @throws {SimulatorError} NO_RATES, NO_BLOCKS, RATES_SHAPE, INVALID_GEOMETRY, INVALID_SCHEDULE, LONG_SCHEDULE. */
  constructor(options: TimedArrayOptions) {
    const { rates, schedule = 0, period = -1, ...rest } = options;
    const data = rates === undefined ? null : blockValues(rates, "TimedArray");
    const geometry = options.geometry ?? data?.geometry;
    if (geometry === undefined) {
      throw problem("NO_RATES", { input: "TimedArray", options: "rates or geometry" });
    }
    super({ ...rest, geometry, neuron: new GivenNeuron("TimedArray", "rate") });
    const core = this[internals];
    const nothing = { values: new Float64Array(core.size), count: 1 };
    const values = rates === undefined ? nothing : this.#fitting(rates);
    this.#blocks = { ...values, schedule: this.#checked(schedule, values.count), period };
    this.#initial = this.#blocks;
    core.source = () => {
      if (this.#blocks.values === nothing.values) {
        core.state.warn("NO_DATA", { population: core.label });
      }
      return blockSource(this.#blocks, core.state.config.dt);
    };
  }

  /** Rates of all blocks, (blocks, …geometry). */
  get rates(): NDArray {
    const { values, count } = this.#blocks;
    return new NDArray(values.slice(), [count, ...this.geometry]);
  }

  set rates(rates: ArrayInput) {
    this.update(rates, { reset: false });
  }

  /** When each block begins. [ms] */
  get schedule(): number[] {
    const { schedule, count } = this.#blocks;
    if (typeof schedule !== "number") return [...schedule];
    const interval = schedule > 0 ? schedule : this[internals].state.config.dt;
    return Array.from({ length: count }, (_, block) => block * interval);
  }

  set schedule(schedule: Schedule) {
    this.#replace(
      { ...this.#blocks, schedule: this.#checked(schedule, this.#blocks.count) },
      false,
    );
  }

  /** Time after which the schedule begins anew [ms]; -1: never. */
  get period(): number {
    return this.#blocks.period;
  }

  set period(period: number) {
    this.#replace({ ...this.#blocks, period }, false);
  }

  /**
   * Replace the data.
   *
   * @throws {SimulatorError} NO_BLOCKS, RATES_SHAPE, INVALID_SCHEDULE, LONG_SCHEDULE; RUN_PENDING during a run.
   */
  update(rates: ArrayInput, options: UpdateOptions = {}): void {
    const { period = this.#blocks.period, reset = true } = options;
    const values = this.#fitting(rates);
    const given = options.schedule ?? this.#blocks.schedule;
    // One time in a list is the time from one block to the next.
    const single = typeof given !== "number" && given.length === 1 ? given[0] : given;
    const schedule = this.#checked(single ?? given, values.count);
    this.#replace({ ...values, schedule, period }, reset);
  }

  override get(name: string): number | NDArray {
    const { store, label } = this[internals];
    if (name === "r" && store.place === null) {
      throw problem("READ_BEFORE_COMPILE", { object: label, attribute: name });
    }
    return super.get(name);
  }

  override set(values: AttributeValues): void {
    if ("r" in values) throw problem("GIVEN_BY_RATES", { population: this[internals].label });
    super.set(values);
  }

  override reset(attributes?: readonly string[]): void {
    const { store } = this[internals];
    if (store.place !== null && this.#blocks !== this.#initial) {
      this.#blocks = this.#initial;
      this[internals].sourceChanged(true);
    }
    super.reset(attributes);
  }

  #replace(blocks: Blocks, restart: boolean): void {
    const core = this[internals];
    core.state.requireIdle(`${core.label}.update`);
    this.#blocks = blocks;
    if (core.store.place === null) this.#initial = blocks;
    core.sourceChanged(restart);
  }

  /** Blocks of the geometry of the population. */
  #fitting(rates: ArrayInput): Pick<Blocks, "values" | "count"> {
    const { label } = this[internals];
    const { values, count, geometry, shape } = blockValues(rates, label);
    if (String(geometry) !== String(this.geometry)) {
      throw problem("RATES_SHAPE", { population: label, shape, geometry: this.geometry });
    }
    return { values, count };
  }

  #checked(schedule: Schedule, blocks: number): Blocks["schedule"] {
    const { state, label: population } = this[internals];
    if (typeof schedule === "number" && Number.isFinite(schedule)) return schedule;
    const times = typeof schedule === "number" ? [schedule] : Array.from(schedule);
    const ascending = times.every((time, i) => time >= (times[i - 1] ?? 0));
    if (!ascending || times.length === 0) {
      throw problem("INVALID_SCHEDULE", { population, schedule: String(schedule) });
    }
    const onsets = times.length;
    if (onsets > blocks) throw problem("LONG_SCHEDULE", { population, onsets, blocks });
    if (onsets < blocks) state.warn("SHORT_SCHEDULE", { population, onsets, blocks });
    return times;
  }

  /** @internal */
  override [again](): TimedArray {
    const { geometry, name } = this;
    const { values, count, schedule, period } = this.#initial;
    const rates = new NDArray(values.slice(), [count, ...geometry]);
    return new TimedArray({ rates, geometry, schedule, period, name });
  }
}

interface BlockValues {
  readonly values: Float64Array;
  readonly count: number;
  readonly geometry: readonly number[];
  readonly shape: readonly number[];
}

/** The blocks of an array, the first axis of which they are. An array of one axis has blocks of one neuron. */
function blockValues(rates: ArrayInput, population: string): BlockValues {
  const { data, shape } = contiguous(rates);
  const [count = 0, ...rest] = shape;
  if (count === 0) throw problem("NO_BLOCKS", { population });
  const geometry = rest.length === 0 ? [1] : rest;
  return { values: Float64Array.from(data), count, geometry, shape };
}
