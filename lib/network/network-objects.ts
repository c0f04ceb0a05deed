import { makeCallback, type CallbackFunction, type EveryOptions } from "./callbacks.js";
import type { Constant } from "./constant.js";
import { Described } from "./described.js";
import { internals } from "./internals.js";
import {
  constantsOf,
  findByName,
  matchingProjections,
  monitorsOf,
  populationsOf,
  type ProjectionFilter,
} from "./lookups.js";
import type { Monitor } from "./monitor.js";
import type { Population } from "./population.js";
import type { LearningOptions } from "./projection-switches.js";
import type { Projection } from "./projection.js";
import type { NetworkState } from "./state.js";

/** Base of networks: what they hold, and what is done with all of it. How they are made and run stands in their own file. */
export abstract class NetworkObjects extends Described {
  readonly #state: NetworkState;

  protected constructor(state: NetworkState) {
    super();
    this.#state = state;
  }

  /**
   * Call a function during every later `simulate`, in steps that are counted from its beginning: before those at
   * wait + offset + n·period. What it does to the network, the step sees.
   *
   * @param fn - Called with n = 0, 1, …; a promise that it returns is awaited.
   * @throws {SimulatorError} INVALID_CALLBACK.
   * @example net.every({ period: 10 }, (n) => { pop.I = n; });
   */
  every(options: EveryOptions, fn: CallbackFunction): void {
    this.#state.callbacks.push(makeCallback(options, fn));
  }

  callbacksEnabled(): boolean {
    return this.#state.callbacksEnabled;
  }

  enableCallbacks(): void {
    this.#state.callbacksEnabled = true;
  }

  /** Call no callback until `enableCallbacks()`. */
  disableCallbacks(): void {
    this.#state.callbacksEnabled = false;
  }

  /** Forget the callbacks. */
  clearAllCallbacks(): void {
    this.#state.callbacks.length = 0;
  }

  /** Let synapses learn again, all or those of some projections. @throws {SimulatorError} as `Projection.enableLearning`. */
  enableLearning(
    options: LearningOptions & { readonly projections?: readonly Projection[] } = {},
  ): void {
    const { projections = this.getProjections(), ...when } = options;
    for (const projection of projections) projection.enableLearning(when);
  }

  /** Stop the learning of all projections, or of some. */
  disableLearning(options: { readonly projections?: readonly Projection[] } = {}): void {
    const { projections = this.getProjections() } = options;
    for (const projection of projections) projection.disableLearning();
  }

  /** The population of this name; null, with a warning, when there is none. */
  getPopulation(name: string): Population | null {
    return findByName(this.#state, "population", this.getPopulations(), name);
  }

  getPopulations(): Population[] {
    return populationsOf(this.#state);
  }

  /** The projection of this name; null, with a warning, when there is none. */
  getProjection(name: string): Projection | null {
    return findByName(this.#state, "projection", this.getProjections(), name);
  }

  /** All projections, or those that the filter describes. @throws {SimulatorError} NO_MATCH when there are none. */
  getProjections(filter: ProjectionFilter = {}): Projection[] {
    return matchingProjections(this.#state, filter);
  }

  /** The monitor of this name; null, with a warning, when there is none. */
  getMonitor(name: string): Monitor | null {
    return findByName(this.#state, "monitor", this.getMonitors(), name);
  }

  getMonitors(): Monitor[] {
    return monitorsOf(this.#state);
  }

  /** The constant of this name; null, with a warning, when there is none. */
  getConstant(name: string): Constant | null {
    return findByName(this.#state, "constant", this.getConstants(), name);
  }

  getConstants(): Constant[] {
    return constantsOf(this.#state);
  }

  get [internals](): NetworkState {
    return this.#state;
  }
}
