import type { Model } from "./model.js";
import { readNeuron } from "./model.js";
import { Population, type World } from "./population.js";
import { halfToEven, steps } from "./time.js";

const rateModel: Model = readNeuron({ equations: "r = r" });
const spikeModel: Model = { ...readNeuron({ equations: "", spike: "False" }), refractory: null };

/** Rates that the user assigns (network-api §5.1). */
export class InputArray extends Population {
  constructor(name: string, geometry: readonly number[], world: World) {
    super(name, geometry, rateModel, world);
  }

  override advance(): void {
    // Nothing: the values are those that were assigned.
  }
}

/** Lists of spike times (network-api §5.5). */
export class SpikeSourceArray extends Population {
  #clock = 0;
  #times: readonly (readonly number[])[] = [];

  constructor(name: string, times: readonly (readonly number[])[], world: World) {
    super(name, [times.length], spikeModel, world);
    this.setTimes(times);
  }

  setTimes(times: readonly (readonly number[])[]): void {
    this.#times = times.map((list) => list.map((time) => steps(time, this.world.dt, halfToEven)));
  }

  override clear(): void {
    super.clear();
    this.#clock = 0;
  }

  override advance(): void {
    if (!this.enabled) return;
    this.spikes = [];
    this.#times.forEach((list, i) => {
      if (list.includes(this.#clock)) this.fire(i);
    });
    this.rates();
    this.#clock++;
  }
}

/** Blocks of rates, one after the other (network-api §5.2). */
export interface Blocks {
  readonly rates: readonly (readonly number[])[];
  /** [ms] The interval of the blocks, or when each begins. */
  readonly schedule: number | readonly number[];
  /** [ms] −1: no repetition. */
  readonly period: number;
}

export class TimedArray extends Population {
  #counter = 0;
  #block = 0;
  #data: Blocks;
  readonly #first: Blocks;

  constructor(name: string, geometry: readonly number[], data: Blocks, world: World) {
    super(name, geometry, rateModel, world);
    this.#data = data;
    this.#first = data;
  }

  override initialise(only?: readonly string[]): void {
    this.#counter = 0;
    this.#block = 0;
    this.#data = this.#first;
    super.initialise(only);
  }

  get #onsets(): readonly number[] {
    const { rates, schedule } = this.#data;
    const { dt } = this.world;
    if (typeof schedule !== "number" && schedule.length > 1) {
      return schedule.map((time) => steps(time, dt, halfToEven));
    }
    const [only = 0] = [schedule].flat();
    const interval = only > 0 ? only : dt;
    return rates.map((_, i) => steps(i * interval, dt, halfToEven));
  }

  override advance(): void {
    if (!this.enabled) return;
    const { period } = this.#data;
    const onsets = this.#onsets;
    if (this.#counter === onsets[this.#block]) {
      this.#show(this.#block);
      this.#block = (this.#block + 1) % onsets.length;
    }
    if (period > -1 && this.#counter === steps(period, this.world.dt, halfToEven) - 1) {
      this.#block = 0;
      this.#counter = -1;
    }
    this.#counter++;
  }

  /** Replace the blocks while the network runs. */
  update(rates: Blocks["rates"], options: Partial<Blocks> & { readonly reset?: boolean }): void {
    const { schedule = this.#data.schedule, period = this.#data.period, reset = true } = options;
    this.#data = { rates, schedule, period };
    if (reset) {
      this.#counter = 0;
      this.#block = 0;
      this.#show(0);
      return;
    }
    this.#show(this.#block);
  }

  #show(block: number): void {
    this.#data.rates[block]!.forEach((rate, i) => this.store(i, "r", rate));
  }
}
