import { NDArray } from "../array/ndarray.js";
import { problem } from "../errors.js";
import { defineAttributes } from "./attributes.js";
import { defineMethods } from "./functions.js";
import type { Geometry } from "./geometry.js";
import type { Attributes } from "./inference.js";
import { again, internals } from "./internals.js";
import { Neuron, type NamesOf } from "./neuron.js";
import { NeuronBase, ViewBase, type AttributeValues } from "./part-base.js";
import { PopulationBase } from "./population-base.js";
import { loadPopulation, savePopulation } from "./population-files.js";
import type { Run } from "./run.js";
import { select, type Selection, type ViewSpec } from "./ranks.js";
import type { NetworkState } from "./state.js";
import { unowned } from "./unowned.js";
import type { ValueInput } from "./values.js";

/** How a population is made. */
export interface PopulationOptions<N extends Neuron = Neuron> {
  readonly geometry: Geometry;
  readonly neuron: N;
  /** Default `pop<id>`. */
  readonly name?: string;
  /** When `simulateUntil` ends, such as `v > 1.0 : any`. */
  readonly stopCondition?: string;
}

/**
 * A group of neurons of one type, arranged in a geometry.
 *
 * Its attributes are accessors: `pop.v` reads an array of the shape of the geometry, or a number where the attribute is one
 * for all; `pop.v = x` writes a number for all, an array, or a distribution to draw from. What is assigned before `compile` is
 * where the simulation starts and what `reset` comes back to. The functions of its model are methods.
 *
 * @example
 * const pop = net.create([10, 10], { neuron: LIF });
 * pop.v = new Uniform(-60.0, -50.0);
 */
export class Population<N extends Neuron = Neuron> extends PopulationBase<N> {
  readonly #core = this[internals];

  /**
   * Make a population of the default network, from which `net.create(population)` takes it.
   *
   * @throws {SimulatorError} INVALID_GEOMETRY, NO_NEURON.
   * @throws {EquationError} when the equations of the neuron or the stop condition have a mistake.
   */
  constructor(options: PopulationOptions<N>, state: NetworkState = unowned) {
    if (!(options.neuron instanceof Neuron)) throw problem("NO_NEURON", {});
    super(options.neuron, options, state);
    const hidden = [
      ...defineAttributes(
        this,
        this.attributes,
        (name) => this.get(name),
        (name, value) => this.set({ [name]: value }),
      ),
      ...defineMethods(this, this.functions, (name) => this.#core.hostFunction(name)),
    ];
    // Input populations have accessors of their own for some attributes.
    for (const attribute of hidden.filter((name) => name in Population.prototype)) {
      state.warn("HIDDEN_ATTRIBUTE", { attribute, object: this.#core.label });
    }
  }

  /** The neurons, in the order of their ranks. */
  get neurons(): Iterable<IndividualNeuron> {
    return this;
  }

  /**
   * When `simulateUntil` ends: a condition on a neuron, and whether `any` neuron or `all` must fulfil it.
   *
   * @throws {SimulatorError} COMPILED_ALREADY when it is assigned after `compile`; {EquationError} when it has a mistake.
   * @example pop.stopCondition = "r > 1.0 : all";
   */
  get stopCondition(): string | null {
    return this.#core.stopCondition;
  }

  set stopCondition(condition: string | null) {
    this.#core.stopCondition = condition;
  }

  /** Whether the neurons are updated, spike and receive. */
  get enabled(): boolean {
    return this.#core.enabled;
  }

  set enabled(enabled: boolean) {
    this.#core.enabled = enabled;
  }

  /** Update the neurons again. */
  enable(): void {
    this.enabled = true;
  }

  /** Let the neurons stand still: they keep their state, spike no more and receive nothing. */
  disable(): void {
    this.enabled = false;
  }

  /**
   * Refractory period [ms]: a number when all neurons have the same. To be assigned where the model gives the period as a
   * number, or before `compile`; without effect, with a warning, where the model reads it from an attribute.
   */
  get refractory(): number | NDArray {
    const { store } = this.#core;
    const { refractory } = store.model;
    if (refractory === null) return 0;
    if (typeof refractory === "string") return this.get(refractory);
    const values = new NDArray(store.read("refractory", null), this.geometry);
    const shortest = values.min();
    return shortest === values.max() ? shortest : values;
  }

  set refractory(period: ValueInput) {
    this.#core.setRefractory(period, null);
  }

  /**
   * Let `r` of spiking neurons be their mean firing rate [Hz] in the last `window` ms; 0 ends it.
   *
   * @throws {SimulatorError} RATE_CODED_ALREADY, INVALID_WINDOW; RUN_PENDING during a run.
   */
  computeFiringRate(window: number): void {
    this.#core.computeFiringRate(window);
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

  /**
   * What the neurons receive for a target, of the shape of the geometry: weighted sums, of spiking neurons the conductance
   * `g_<target>`; zeros, with a warning, before `compile` and without such input.
   */
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

  /**
   * Go back to what attributes, all or these, had at `compile`, with no spikes in the past or on their way. A name that is no
   * attribute is left out, with a warning.
   *
   * @throws {SimulatorError} NOT_COMPILED; RUN_PENDING during a run.
   */
  reset(attributes?: readonly string[]): void {
    this.#core.reset(attributes);
  }

  /** Forget the spikes that are on their way. @throws {SimulatorError} NOT_COMPILED; RUN_PENDING during a run. */
  clear(): void {
    this.#core.clear();
  }

  /** @internal Declare it once more, in another network or in the default one. @throws {SimulatorError} NOT_COPYABLE. */
  [again](state: NetworkState): Population {
    const { geometry, neuronType: neuron, name, stopCondition } = this;
    if (this.constructor !== Population) {
      const what = `a ${this.constructor.name}`;
      throw problem("NOT_COPYABLE", { object: this.#core.label, what });
    }
    const stop = stopCondition === null ? {} : { stopCondition };
    return new Population({ geometry, neuron, name, ...stop }, state);
  }

  /**
   * Write its state to a file, in the format that the name says: `.npz`, `.gz` (JSON), `.mat`, `.h5`, else JSON.
   *
   * @throws {SimulatorError} NOT_COMPILED, CANNOT_WRITE, NO_HDF5.
   */
  save(file: string): Run {
    return savePopulation(this.#core, file);
  }

  /**
   * Read its state from a file that `save` wrote, all of it or nothing.
   *
   * @throws {SimulatorError} NOT_COMPILED, CANNOT_READ, DAMAGED_FILE, WRONG_CONTENT, FILE_MISMATCH, WRITTEN_ONLY, NO_HDF5.
   */
  load(file: string): Run {
    return loadPopulation(this.#core, file);
  }

  *[Symbol.iterator](): IterableIterator<IndividualNeuron> {
    for (let rank = 0; rank < this.size; rank++) yield new IndividualNeuron(this, rank);
  }
}

/**
 * Some neurons of a population, made by `population.view(…)`. Attributes are read and written as on the population, one value
 * per neuron in the order of the view; views are ends of projections and objects of monitors.
 */
export class PopulationView<N extends Neuron = Neuron> extends ViewBase<N> {
  readonly population: Population<N>;

  /** @internal Use `population.view(…)`. */
  constructor(population: Population<N>, selection: Selection) {
    super(population[internals], population.neuronType, selection);
    this.population = population;
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

  *[Symbol.iterator](): IterableIterator<IndividualNeuron> {
    for (const rank of this.ranks) yield new IndividualNeuron(this.population, rank);
  }
}

/** One neuron of a population, made by `population.neuron(…)`. Attributes are numbers. */
export class IndividualNeuron extends NeuronBase {
  readonly population: Population;

  /** @internal Use `population.neuron(…)`. */
  constructor(population: Population, rank: number) {
    super(population[internals], rank);
    this.population = population;
  }

  get coordinates(): readonly number[] {
    return this.population.coordinatesFromRank(this.rank);
  }
}

/** A population or a view of one. */
export type PopLike = Population | PopulationView;
