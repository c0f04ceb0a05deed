import { NDArray } from "../array/ndarray.js";
import { problem } from "../errors.js";
import { defineAttributes, WithAttributes, type Part } from "./attributes.js";
import { coordinatesOf, normalized, rankOf, type Geometry } from "./geometry.js";
import type { Attributes } from "./inference.js";
import { internals } from "./internals.js";
import { Neuron, type NamesOf } from "./neuron.js";
import { PopulationCore } from "./population-core.js";
import { select, type Selection, type ViewSpec } from "./ranks.js";
import type { NetworkState } from "./state.js";
import { unowned } from "./unowned.js";
import type { ValueInput } from "./values.js";

/** Values by attribute. */
export type AttributeValues = Readonly<Record<string, ValueInput>>;

/** How a population is made. */
export interface PopulationOptions<N extends Neuron = Neuron> {
  readonly geometry: Geometry;
  readonly neuron: N;
  /** Default `pop<id>`. */
  readonly name?: string;
}

/**
 * A group of neurons of one type, arranged in a geometry.
 *
 * Its attributes are accessors: `pop.v` reads an array of the shape of the geometry, or a number where the attribute is one
 * for all; `pop.v = x` writes a number for all, an array, or a distribution to draw from. What is assigned before `compile` is
 * where the simulation starts and what `reset` comes back to.
 *
 * @example
 * const pop = net.create([10, 10], { neuron: LIF });
 * pop.v = new Uniform(-60.0, -50.0);
 */
export class Population<N extends Neuron = Neuron> extends WithAttributes {
  readonly neuronType: N;
  readonly #core: PopulationCore;

  /**
   * Make a population of the default network, from which `net.create(population)` takes it.
   *
   * @throws {SimulatorError} INVALID_GEOMETRY, NO_NEURON.
   * @throws {EquationError} when the equations of the neuron have a mistake.
   */
  constructor(options: PopulationOptions<N>, state: NetworkState = unowned) {
    super();
    this.neuronType = options.neuron;
    if (!(this.neuronType instanceof Neuron)) throw problem("NO_NEURON", {});
    this.#core = new PopulationCore(this, this.neuronType.options, options, state);
    const hidden = defineAttributes(
      this,
      this.attributes,
      (name) => this.get(name),
      (name, value) => this.set({ [name]: value }),
    );
    for (const attribute of hidden) {
      state.warn("HIDDEN_ATTRIBUTE", { attribute, object: this.#core.label });
    }
  }

  get name(): string {
    return this.#core.name;
  }

  /** Number among the populations of its network. */
  get id(): number {
    return this.#core.id;
  }

  /** Number of neurons along each dimension. */
  get geometry(): readonly number[] {
    return this.#core.geometry;
  }

  /** Number of neurons. */
  get size(): number {
    return this.#core.size;
  }

  /** Number of dimensions. */
  get dimension(): number {
    return this.geometry.length;
  }

  get width(): number {
    return this.geometry[0]!;
  }

  get height(): number {
    return this.geometry[1] ?? 1;
  }

  get depth(): number {
    return this.geometry[2] ?? 1;
  }

  /** 0 … size − 1 */
  get ranks(): Int32Array {
    return Int32Array.from({ length: this.size }, (_, rank) => rank);
  }

  /** Targets of the projections that end here. */
  get targets(): readonly string[] {
    return [...this.#core.store.incoming];
  }

  /** Names of the parameters, then of the variables, in the order of declaration. */
  get attributes(): readonly string[] {
    return [...this.parameters, ...this.variables];
  }

  get parameters(): readonly string[] {
    return this.#core.names("parameter");
  }

  get variables(): readonly string[] {
    return this.#core.names("variable");
  }

  /** What each attribute starts with. */
  get init(): Readonly<Record<string, number | NDArray>> {
    const { store } = this.#core;
    const value = (name: string): number | NDArray =>
      store.isGlobal(name)
        ? store.initial(name)[0]!
        : new NDArray(store.initial(name), this.geometry);
    return Object.fromEntries(this.attributes.map((name) => [name, value(name)]));
  }

  /** The neurons, in the order of their ranks. */
  get neurons(): Iterable<IndividualNeuron> {
    return this;
  }

  /** Refractory period [ms]: a number when all neurons have the same. No effect on models without one. */
  get refractory(): number | NDArray {
    const { store } = this.#core;
    const { refractory } = store.model;
    if (refractory === null) return 0;
    if (typeof refractory === "string") return this.get(refractory);
    const values = new NDArray(store.read("refractory", null), this.geometry);
    const shortest = values.min();
    return shortest === values.max() ? shortest : values;
  }

  set refractory(value: ValueInput) {
    const { store, state, label } = this.#core;
    const { refractory } = store.model;
    if (typeof refractory === "number") store.write("refractory", value, null);
    else state.warn("NO_REFRACTORY", { object: label, attribute: refractory });
  }

  /**
   * Read an attribute: a copy of the shape of the geometry, or a number where it is one for all.
   *
   * @throws {SimulatorError} UNKNOWN_ATTRIBUTE; RUN_PENDING during a run.
   */
  get(name: string): number | NDArray {
    const { store } = this.#core;
    const values = store.read(name, null);
    return store.isGlobal(name) ? values[0]! : new NDArray(values, this.geometry);
  }

  /**
   * Write attributes.
   *
   * @throws {SimulatorError} UNKNOWN_ATTRIBUTE, WRONG_LENGTH, GLOBAL_ATTRIBUTE, INVALID_VALUE; RUN_PENDING during a run.
   */
  set(values: AttributeValues): void {
    for (const [name, value] of Object.entries(values)) this.#core.store.write(name, value, null);
  }

  /**
   * The live values of an attribute in the engine: what is written there is what the next step sees.
   *
   * @throws {SimulatorError} NOT_COMPILED, UNKNOWN_ATTRIBUTE; RUN_PENDING during a run.
   */
  buffer(name: string): NDArray {
    const { store, state, label } = this.#core;
    state.requireIdle(`${label}.buffer`);
    return new NDArray(store.buffer(name), store.isGlobal(name) ? [1] : this.geometry);
  }

  /** Conductance `g_<target>`, of the shape of the geometry; zeros, with a warning, before `compile` and without such input. */
  sum(target: string): NDArray {
    return new NDArray(this.#core.store.sums(target, null), this.geometry);
  }

  /**
   * Some of the neurons: `pop.view(":800")`, `pop.view([3, 1])`, `pop.view("1:5, ::2")`, `pop.view(slice(0, 10))`.
   *
   * @throws {SimulatorError} NO_SUCH_RANK, NO_SUCH_NEURON, VIEW_DIMENSIONS, INVALID_VIEW, EMPTY_VIEW, BACKWARD_VIEW, INVALID_SLICE.
   */
  view(spec: ViewSpec): PopulationView<N> & Attributes<NamesOf<N>> {
    const selection = select(spec, this.geometry, this.name);
    return new PopulationView(this, selection) as PopulationView<N> & Attributes<NamesOf<N>>;
  }

  /**
   * One neuron, by rank or by coordinates.
   *
   * @throws {SimulatorError} NO_SUCH_RANK, NO_SUCH_NEURON.
   */
  neuron(...place: readonly number[]): IndividualNeuron & Attributes<NamesOf<N>> {
    const [rank = 0] = place.length === 1 ? place : [this.rankFromCoordinates(place)];
    this.coordinatesFromRank(rank);
    return new IndividualNeuron(this, rank) as IndividualNeuron & Attributes<NamesOf<N>>;
  }

  /** Row-major rank. @throws {SimulatorError} NO_SUCH_NEURON. */
  rankFromCoordinates(coordinates: readonly number[]): number {
    const { geometry, name } = this;
    const rank = rankOf(geometry, coordinates);
    if (rank !== null) return rank;
    throw problem("NO_SUCH_NEURON", {
      coordinates: coordinates.join(", "),
      population: name,
      geometry,
    });
  }

  /** @throws {SimulatorError} NO_SUCH_RANK. */
  coordinatesFromRank(rank: number): number[] {
    const { geometry, name, size } = this;
    const coordinates = coordinatesOf(geometry, rank);
    if (coordinates !== null) return coordinates;
    throw problem("NO_SUCH_RANK", { rank, population: name, size, geometry });
  }

  /** Coordinates from 0 to `norm` along each dimension. @throws {SimulatorError} NO_SUCH_RANK. */
  normalizedCoordinatesFromRank(rank: number, norm = 1): number[] {
    return normalized(this.geometry, this.coordinatesFromRank(rank), norm);
  }

  *[Symbol.iterator](): IterableIterator<IndividualNeuron> {
    for (let rank = 0; rank < this.size; rank++) yield new IndividualNeuron(this, rank);
  }

  override toString(): string {
    return `${this.#core.label}: ${this.geometry.join(" × ")} neurons, ${this.neuronType.name}`;
  }

  get [internals](): PopulationCore {
    return this.#core;
  }

  protected override missing(name: string): never {
    throw this.#core.store.unknown(name);
  }
}

/**
 * Some neurons of a population, made by `population.view(…)`. Attributes are read and written as on the population, one value
 * per neuron in the order of the view; views are ends of projections and objects of monitors.
 */
export class PopulationView<N extends Neuron = Neuron> extends WithAttributes {
  readonly population: Population<N>;
  /** Ranks in the population, in the order of the view. */
  readonly ranks: Int32Array;
  /** Number of neurons along each dimension; null for a list or a mask. */
  readonly geometry: readonly number[] | null;

  /** @internal Use `population.view(…)`. */
  constructor(population: Population<N>, selection: Selection) {
    super();
    this.population = population;
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
    return this.population.name;
  }

  get id(): number {
    return this.population.id;
  }

  get neuronType(): N {
    return this.population.neuronType;
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
    return this.population.targets;
  }

  get attributes(): readonly string[] {
    return this.population.attributes;
  }

  /** Read an attribute: (size), or a number where it is one for all. @throws {SimulatorError} as `Population.get`. */
  get(name: string): number | NDArray {
    const { store } = this.population[internals];
    const values = store.read(name, this.#part());
    return store.isGlobal(name) ? values[0]! : new NDArray(values);
  }

  /**
   * Write attributes: one value for all neurons of the view, or one for each, or a distribution.
   *
   * @throws {SimulatorError} as `Population.set`, and GLOBAL_THROUGH_VIEW.
   */
  set(values: AttributeValues): void {
    const { store } = this.population[internals];
    for (const [name, value] of Object.entries(values)) store.write(name, value, this.#part());
  }

  /** Conductance `g_<target>` of the neurons, (size). */
  sum(target: string): NDArray {
    return new NDArray(this.population[internals].store.sums(target, this.#part()));
  }

  /** The neurons of both views, in the order of their ranks. @throws {SimulatorError} UNRELATED_VIEWS. */
  union(other: PopulationView): PopulationView<N> & Attributes<NamesOf<N>> {
    const { population } = this;
    if (other.population !== population) {
      throw problem("UNRELATED_VIEWS", { one: this.name, other: other.name });
    }
    const ranks = Int32Array.from(new Set([...this.ranks, ...other.ranks])).sort();
    const view = new PopulationView(population, { ranks, geometry: null });
    return view as PopulationView<N> & Attributes<NamesOf<N>>;
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
    const geometry = local ? (this.geometry ?? [this.size]) : this.population.geometry;
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
    const geometry = local ? (this.geometry ?? [this.size]) : this.population.geometry;
    const coordinates = coordinatesOf(geometry, rank);
    if (coordinates !== null && (local || this.ranks.includes(rank))) return coordinates;
    throw problem("NO_SUCH_RANK", { rank, population: this.name, size: this.size, geometry });
  }

  *[Symbol.iterator](): IterableIterator<IndividualNeuron> {
    for (const rank of this.ranks) yield new IndividualNeuron(this.population, rank);
  }

  override toString(): string {
    return `view of ${this.size} neurons of ${this.population[internals].label}`;
  }

  protected override missing(name: string): never {
    throw this.population[internals].store.unknown(name, this.#part().label);
  }

  #part(): Part {
    return { label: `a view of ${this.population[internals].label}`, ranks: this.ranks };
  }
}

/** One neuron of a population, made by `population.neuron(…)`. Attributes are numbers. */
export class IndividualNeuron extends WithAttributes {
  readonly population: Population;
  readonly rank: number;

  /** @internal Use `population.neuron(…)`. */
  constructor(population: Population, rank: number) {
    super();
    this.population = population;
    this.rank = rank;
    defineAttributes(
      this,
      population.attributes,
      (name) => this.get(name),
      (name, value) => this.#write(name, value),
    );
  }

  get coordinates(): readonly number[] {
    return this.population.coordinatesFromRank(this.rank);
  }

  /** @throws {SimulatorError} as `Population.get`. */
  get(name: string): number {
    return this.population[internals].store.read(name, this.#part())[0]!;
  }

  /** @throws {SimulatorError} as `PopulationView.set`. */
  set(values: Readonly<Record<string, number>>): void {
    for (const [name, value] of Object.entries(values)) this.#write(name, value);
  }

  /** Conductance `g_<target>`. */
  sum(target: string): number {
    return this.population[internals].store.sums(target, this.#part())[0]!;
  }

  override toString(): string {
    return this.#part().label;
  }

  protected override missing(name: string): never {
    throw this.population[internals].store.unknown(name, this.#part().label);
  }

  #write(name: string, value: ValueInput): void {
    this.population[internals].store.write(name, value, this.#part());
  }

  #part(): Part {
    const { label } = this.population[internals];
    return { label: `neuron ${this.rank} of ${label}`, ranks: Int32Array.of(this.rank) };
  }
}

/** A population or a view of one. */
export type PopLike = Population | PopulationView;
