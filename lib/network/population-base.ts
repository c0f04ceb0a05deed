import { NDArray } from "../array/ndarray.js";
import { problem } from "../errors.js";
import { WithAttributes } from "./attributes.js";
import { coordinatesOf, normalized, rankOf } from "./geometry.js";
import { internals } from "./internals.js";
import type { Neuron } from "./neuron.js";
import { PopulationCore, type CoreOptions } from "./population-core.js";
import type { NetworkState } from "./state.js";

/** What can be said of a population without its values: its name, its geometry, and the names of its attributes. */
export abstract class PopulationBase<N extends Neuron> extends WithAttributes {
  readonly neuronType: N;
  readonly #core: PopulationCore;

  protected constructor(neuron: N, options: CoreOptions, state: NetworkState) {
    super();
    this.neuronType = neuron;
    this.#core = new PopulationCore(this, neuron, options, state);
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

  /** Names of the functions of the model, which are methods here. */
  get functions(): readonly string[] {
    return this.#core.functions;
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
