import type { RecordEntry } from "../golden-runner/schema.js";
import { Population } from "./population.js";
import type { Projection } from "./projection.js";
import { NotCovered } from "./scope.js";
import { steps } from "./time.js";

/** Numbers of a record: nested as the object is. */
export type Recorded = number | readonly Recorded[];

/** Records some variables of an object (network-api §6, model-language §4.8). */
export class Recorder {
  readonly object: Population | Projection;
  readonly entry: RecordEntry;
  readonly rows = new Map<string, Recorded[]>();
  readonly spikes = new Map<string, Map<number, number[]>>();
  #running: boolean;
  #period: number;
  readonly #periodOffset: number;
  #start = 0;

  constructor(object: Population | Projection, entry: RecordEntry) {
    this.object = object;
    this.entry = entry;
    const { period, period_offset: offset = 0, start = true } = entry;
    const { dt } = object.world;
    this.#running = start;
    this.#period = period === undefined ? 1 : steps(period, dt, Math.trunc);
    this.#periodOffset = steps(offset, dt, Math.trunc);
    this.clear();
  }

  /** Drop everything; recording begins anew at the current step. */
  clear(): void {
    for (const variable of this.entry.variables) {
      this.rows.set(variable, []);
      this.spikes.set(variable, new Map(this.#ranks.map((rank) => [rank, []])));
    }
    this.#start = this.object.world.n % this.#period;
  }

  start(period: number | undefined): void {
    const { dt, n } = this.object.world;
    if (period !== undefined) {
      this.#period = steps(period, dt, Math.trunc);
      this.#start = n % this.#period;
    }
    this.#running = true;
  }

  pause(): void {
    this.#running = false;
  }

  resume(): void {
    this.#running = true;
  }

  get #ranks(): readonly number[] {
    const { object, entry } = this;
    if (!(object instanceof Population)) return [];
    return entry.ranks ?? object.neurons.map((_, i) => i);
  }

  /** Phase 2: inputs of neurons, before the neurons change. */
  recordInputs(): void {
    this.#record(true);
  }

  /** Phase 10: everything else. */
  record(): void {
    this.#record(false);
    if (!this.#running || !(this.object instanceof Population)) return;
    const { spikes, axonSpikes, enabled, world } = this.object;
    if (!enabled) return;
    for (const [variable, fired] of [
      ["spike", spikes] as const,
      ["axon_spike", axonSpikes] as const,
    ]) {
      if (!this.entry.variables.includes(variable)) continue;
      for (const rank of fired) this.spikes.get(variable)!.get(rank)?.push(world.n);
    }
  }

  #record(inputs: boolean): void {
    const { n } = this.object.world;
    const since = (((n - this.#start) % this.#period) + this.#period) % this.#period;
    if (!this.#running || since !== this.#periodOffset) return;
    for (const variable of this.entry.variables) {
      if (variable === "spike" || variable === "axon_spike") continue;
      const isInput = this.object instanceof Population && inputOf(this.object, variable) !== null;
      if (isInput === inputs) this.rows.get(variable)!.push(this.read(variable));
    }
  }

  /** The current values of a variable. */
  read(variable: string): Recorded {
    const { object } = this;
    if (!(object instanceof Population)) return readProjection(object, variable);
    const target = inputOf(object, variable);
    if (target !== null) return this.#ranks.map((rank) => object.input(rank, target));
    if (object.shared.has(variable)) return object.shared.get(variable)!;
    return this.#ranks.map((rank) => object.value(rank, variable));
  }
}

/** The target of a variable that is an input; null when it is none. */
function inputOf(population: Population, variable: string): string | null {
  const sum = /^sum\((.+)\)$/.exec(variable)?.[1];
  if (sum !== undefined) return sum;
  return population.spiking && variable.startsWith("g_") ? variable.slice(2) : null;
}

/** Values of an attribute of synapses: a list of lists, a list of rows, or one number. */
export function readProjection(projection: Projection, name: string): Recorded {
  const reach = projection.model.attributes.get(name)?.reach;
  if (reach === undefined) throw new NotCovered(`the attribute ${name} of ${projection.name}`);
  if (reach === "global") return projection.shared.get(name)!;
  if (reach === "row") return projection.rows.map(({ values }) => values.get(name)!);
  return projection.rows.map(({ synapses }) => synapses.map(({ values }) => values.get(name)!));
}
