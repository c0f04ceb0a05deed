import { isArrayInput, type TypedArray } from "../array/input.js";
import { problem } from "../errors.js";
import { GivenNeuron } from "../network/given-neuron.js";
import { again, internals } from "../network/internals.js";
import { Population } from "../network/population.js";
import { spikeSource } from "../network/source.js";

/** Times of spikes [ms]: of one neuron, or a list for each neuron. */
export type SpikeTimes =
  readonly number[] | TypedArray | readonly (readonly number[] | TypedArray)[];

/**
 * Neurons that spike at given times. Times are brought to the nearest step and count from the last `reset()` or `clear()`;
 * while the population is disabled its clock stands still.
 *
 * @example const source = net.create(new SpikeSourceArray({ spikeTimes: [[10.0, 20.0], [15.0]] }));
 */
export class SpikeSourceArray extends Population {
  #times: readonly (readonly number[])[];

  /** @throws {SimulatorError} INVALID_SPIKE_TIMES when there is no list or a time is no time. */
  constructor(options: { readonly spikeTimes: SpikeTimes; readonly name?: string }) {
    const { spikeTimes, ...rest } = options;
    const times = listsOf(spikeTimes, "SpikeSourceArray");
    const neuron = new GivenNeuron("SpikeSourceArray", "spike");
    super({ ...rest, geometry: times.length, neuron });
    this.#times = times;
    const core = this[internals];
    core.source = () => spikeSource(this.#times, core.state.config.dt);
  }

  /** Times of the spikes of each neuron. [ms] */
  get spikeTimes(): number[][] {
    return this.#times.map((row) => [...row]);
  }

  /**
   * Replace the times; those that have passed already do not come again before a `reset()` or `clear()`.
   *
   * @throws {SimulatorError} WRONG_SPIKE_LISTS, INVALID_SPIKE_TIMES; RUN_PENDING during a run.
   */
  set spikeTimes(spikeTimes: SpikeTimes) {
    const core = this[internals];
    const { label, size } = core;
    core.state.requireIdle(`${label}.spikeTimes`);
    const times = listsOf(spikeTimes, label);
    if (times.length !== size) {
      throw problem("WRONG_SPIKE_LISTS", { population: label, size, given: times.length });
    }
    this.#times = times;
    core.sourceChanged(false);
  }

  /** @internal */
  override [again](): SpikeSourceArray {
    return new SpikeSourceArray({ spikeTimes: this.spikeTimes, name: this.name });
  }
}

/** One list of times per neuron. A list of numbers is that of one neuron. */
function listsOf(value: SpikeTimes, population: string): readonly (readonly number[])[] {
  const refuse = (what: unknown): never => {
    throw problem("INVALID_SPIKE_TIMES", { population, value: String(what) });
  };
  if (!isArrayInput(value)) return refuse(value);
  const entries: readonly unknown[] = Array.from(value as ArrayLike<unknown>);
  const lists = entries.length > 0 && entries.every(isArrayInput) ? entries : [entries];
  if (entries.length === 0) refuse("an empty list");
  return lists.map((list) => {
    const times: readonly unknown[] = Array.from(list as ArrayLike<unknown>);
    if (times.every(isTime)) return times;
    return refuse(times.find((time) => !isTime(time)));
  });
}

function isTime(value: unknown): value is number {
  return typeof value === "number" && Number.isFinite(value) && value >= 0;
}
