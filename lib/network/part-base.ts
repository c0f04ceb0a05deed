import { NDArray } from "../array/ndarray.js";
import { problem } from "../errors.js";
import type { Part } from "./attribute-store.js";
import { defineAttributes, WithAttributes } from "./attributes.js";
import { coordinatesOf, rankOf } from "./geometry.js";
import type { Neuron } from "./neuron.js";
import type { PopulationCore } from "./population-core.js";
import type { Selection } from "./ranks.js";
import type { ValueInput } from "./values.js";

/** Values by attribute. */
export type AttributeValues = Readonly<Record<string, ValueInput>>;

/** Base of views: the values of some neurons. What leads back to the population stands in its own file, as it makes views. */
export abstract class ViewBase<N extends Neuron> extends WithAttributes {
  readonly neuronType: N;
  /** Ranks in the population, in the order of the view. */
  readonly ranks: Int32Array;
  /** Number of neurons along each dimension; null for a list or a mask. */
  readonly geometry: readonly number[] | null;
  readonly #core: PopulationCore;

  protected constructor(core: PopulationCore, neuronType: N, selection: Selection) {
    super();
    this.#core = core;
    this.neuronType = neuronType;
    this.ranks = selection.ranks;
    this.geometry = selection.geometry;
    defineAttributes(
      this,
      this.attributes,
      (name) => this.get(name),
      (name, value) => this.set({ [name]: value }),
    );
  }

  /** Name of the population. */
  get name(): string {
    return this.#core.name;
  }

  get id(): number {
    return this.#core.id;
  }

  get size(): number {
    return this.ranks.length;
  }

  /** Smallest rank, and one above the largest. */
  get offsets(): readonly [number, number] {
    const [low, high] = this.ranks.reduce(
      ([low, high], rank) => [Math.min(low, rank), Math.max(high, rank)],
      [Infinity, -Infinity],
    );
    return [low, high + 1];
  }

  get targets(): readonly string[] {
    return [...this.#core.store.incoming];
  }

  get attributes(): readonly string[] {
    return [...this.#core.names("parameter"), ...this.#core.names("variable")];
  }

  /** Read an attribute: (size), or a number where it is one for all. @throws {SimulatorError} as `Population.get`. */
  get(name: string): number | NDArray {
    const { store } = this.#core;
    const values = store.read(name, this.#part());
    return store.isGlobal(name) ? values[0]! : new NDArray(values);
  }

  /**
   * Write attributes: one value for all neurons of the view, or one for each, or a distribution.
   *
   * @throws {SimulatorError} as `Population.set`, and GLOBAL_THROUGH_VIEW.
   */
  set(values: AttributeValues): void {
    for (const [name, value] of Object.entries(values)) {
      this.#core.store.write(name, value, this.#part());
    }
  }

  /** Weighted sums of the neurons, of spiking ones the conductances `g_<target>`; (size). */
  sum(target: string): NDArray {
    return new NDArray(this.#core.store.sums(target, this.#part()));
  }

  /**
   * Rank in the population of the neuron at these coordinates of the population; with `local`, index in the view of the
   * neuron at these coordinates of the view.
   *
   * @throws {SimulatorError} NO_SUCH_NEURON when it is not in the view.
   */
  rankFromCoordinates(
    coordinates: readonly number[],
    { local = false }: { readonly local?: boolean } = {},
  ): number {
    const geometry = local ? (this.geometry ?? [this.size]) : this.#core.geometry;
    const rank = rankOf(geometry, coordinates);
    if (rank !== null && (local || this.ranks.includes(rank))) return rank;
    const facts = { coordinates: coordinates.join(", "), geometry };
    throw problem("NO_SUCH_NEURON", { ...facts, population: this.name });
  }

  /** The inverse of `rankFromCoordinates`. @throws {SimulatorError} NO_SUCH_RANK when it is not in the view. */
  coordinatesFromRank(
    rank: number,
    { local = false }: { readonly local?: boolean } = {},
  ): number[] {
    const geometry = local ? (this.geometry ?? [this.size]) : this.#core.geometry;
    const coordinates = coordinatesOf(geometry, rank);
    if (coordinates !== null && (local || this.ranks.includes(rank))) return coordinates;
    throw problem("NO_SUCH_RANK", { rank, population: this.name, size: this.size, geometry });
  }

  override toString(): string {
    return `view of ${this.size} neurons of ${this.#core.label}`;
  }

  protected override missing(name: string): never {
    throw this.#core.store.unknown(name, this.#part().label);
  }

  #part(): Part {
    return { label: `a view of ${this.#core.label}`, ranks: this.ranks };
  }
}

/** Base of single neurons: their values, which are numbers. */
export abstract class NeuronBase extends WithAttributes {
  readonly rank: number;
  readonly #core: PopulationCore;

  protected constructor(core: PopulationCore, rank: number) {
    super();
    this.#core = core;
    this.rank = rank;
    defineAttributes(
      this,
      [...core.names("parameter"), ...core.names("variable")],
      (name) => this.get(name),
      (name, value) => this.#write(name, value),
    );
  }

  /** Refractory period. [ms] 0 for a model without one. */
  get refractory(): number {
    const { refractory } = this.#core.store.model;
    return refractory === null
      ? 0
      : this.get(typeof refractory === "string" ? refractory : "refractory");
  }

  set refractory(period: number) {
    this.#core.setRefractory(period, this.#part());
  }

  /** @throws {SimulatorError} as `Population.get`. */
  get(name: string): number {
    return this.#core.store.read(name, this.#part())[0]!;
  }

  /** @throws {SimulatorError} as `PopulationView.set`. */
  set(values: Readonly<Record<string, number>>): void {
    for (const [name, value] of Object.entries(values)) this.#write(name, value);
  }

  /** Weighted sum, of a spiking neuron the conductance `g_<target>`. */
  sum(target: string): number {
    return this.#core.store.sums(target, this.#part())[0]!;
  }

  override toString(): string {
    return this.#part().label;
  }

  protected override missing(name: string): never {
    throw this.#core.store.unknown(name, this.#part().label);
  }

  #write(name: string, value: ValueInput): void {
    this.#core.store.write(name, value, this.#part());
  }

  #part(): Part {
    const { label } = this.#core;
    return { label: `neuron ${this.rank} of ${label}`, ranks: Int32Array.of(this.rank) };
  }
}
