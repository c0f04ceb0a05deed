import { toSteps } from "../analysis/time.js";
import { problem } from "../errors.js";
import type { RandomGenerator } from "../random/generator.js";
import { hosted, type RunOptions } from "./advance.js";
import { makeCallback, type CallbackFunction, type EveryOptions } from "./callbacks.js";
import type { NetworkConfig } from "./config.js";
import { Constant } from "./constant.js";
import { Described } from "./described.js";
import { dimensionsOf, type Geometry } from "./geometry.js";
import type { Attributes } from "./inference.js";
import { internals } from "./internals.js";
import {
  constantsOf,
  findByName,
  matchingProjections,
  monitorsOf,
  populationsOf,
  type ProjectionFilter,
} from "./lookups.js";
import { Monitor, type MonitorOptions, type Recordable } from "./monitor.js";
import type { NamesOf, Neuron } from "./neuron.js";
import { compileNetwork, type CompileOptions } from "./pipeline.js";
import { Population, type PopulationOptions } from "./population.js";
import type { End } from "./ends.js";
import { Projection, type ConnectOptions } from "./projection.js";
import type { LearningOptions } from "./projection-switches.js";
import { resetNetwork, type ResetOptions } from "./reset.js";
import type { Run } from "./run.js";
import { simulate, simulateUntil, step, type Runner } from "./runs.js";
import type { DefaultSynapse, Synapse, SynapseNamesOf } from "./synapse.js";
import { NetworkState } from "./state.js";
import { takePopulation, takeProjection } from "./taking.js";
import { nextNetworkId, unowned } from "./unowned.js";
import type { UntilOptions } from "./until.js";

/** How a network is made. */
export interface NetworkOptions {
  /** Step. [ms] Default: that of `setup`, else 1. */
  readonly dt?: number;
  /** Seed of all random numbers; null or left out: a fresh one. */
  readonly seed?: number | null;
}

/**
 * A network: populations, projections between them, monitors, and the simulation of all of it.
 *
 * What takes long returns a promise of type `Run`; runs of one network start in the order of their calls.
 *
 * @example
 * const net = new Network({ dt: 0.1, seed: 42 });
 * const pop = net.create(100, { neuron: LIF });
 * net.connect(pop, pop, { target: "exc" }).fixedProbability({ probability: 0.1, weights: 0.5 });
 * const monitor = net.monitor(pop, "spike");
 * await net.compile();
 * await net.simulate(1000);
 */
export class Network extends Described {
  readonly #state: NetworkState;

  /**
   * Make an empty network with the configuration and the constants of `setup` and top level.
   *
   * @throws {InvalidConfiguration} INVALID_SETTING; {SimulatorError} INVALID_SEED.
   */
  constructor(options: NetworkOptions = {}, state: NetworkState = freshState(options)) {
    super();
    this.#state = state;
    if (state !== unowned) state.config.host?.created?.(this);
  }

  /** 0 is the default network of the classic API. */
  get id(): number {
    return this.#state.id;
  }

  get seed(): number {
    return this.#state.seed;
  }

  set seed(_: number) {
    throw problem("READ_ONLY", { what: "net.seed" });
  }

  /** Generator of random numbers with the seed of the network; `reset` starts it again. */
  get rng(): RandomGenerator {
    return this.#state.rng;
  }

  set rng(_: RandomGenerator) {
    throw problem("READ_ONLY", { what: "net.rng" });
  }

  get compiled(): boolean {
    return this.#state.native !== null;
  }

  /** Step. [ms] */
  get dt(): number {
    return this.#state.config.dt;
  }

  set dt(dt: number) {
    this.config({ dt });
  }

  /** Time simulated so far. [ms] Assigning moves the clock, to whole steps. */
  get time(): number {
    return this.currentStep * this.dt;
  }

  set time(time: number) {
    this.currentStep = toSteps(time, this.dt, "floor");
  }

  /** Number of the next step. */
  get currentStep(): number {
    this.#state.requireIdle("net.currentStep");
    return this.#state.native?.currentStep ?? 0;
  }

  set currentStep(step: number) {
    this.#state.requireIdle("net.currentStep");
    if (!(Number.isInteger(step) && step >= 0)) {
      throw problem("INVALID_DURATION", { call: "currentStep", duration: String(step) });
    }
    if (this.#state.native === null) this.#state.warn("TIME_BEFORE_COMPILE", {});
    else this.#state.native.currentStep = step;
  }

  /**
   * Change the configuration.
   *
   * @throws {InvalidConfiguration} INVALID_SETTING; {SimulatorError} COMPILED_ALREADY for `dt` after `compile`.
   */
  config(options: Partial<NetworkConfig>): void {
    this.#state.requireIdle("config");
    if (this.#state !== unowned && options.seed !== undefined) {
      throw problem("READ_ONLY", { what: "the seed of an existing network" });
    }
    this.#state.configure(options);
  }

  /**
   * Make a population, or take one that a constructor made.
   *
   * @throws {SimulatorError} COMPILED_ALREADY, NOT_TAKEN, INVALID_GEOMETRY, NO_NEURON.
   * @throws {EquationError} when the equations of the neuron have a mistake.
   */
  create<P extends Population>(population: P): P;
  create<N extends Neuron>(
    geometry: Geometry,
    options: Omit<PopulationOptions<N>, "geometry">,
  ): Population<N> & Attributes<NamesOf<N>>;
  create(what: Population | Geometry, options?: Omit<PopulationOptions, "geometry">): Population {
    this.#state.requireOpen("create");
    if (what instanceof Population) return takePopulation(what, this.#state, options);
    dimensionsOf(what);
    if (options === undefined) throw problem("NO_NEURON", {});
    return new Population({ geometry: what, ...options }, this.#state);
  }

  /**
   * Make a projection, or take one that a constructor made. A connector method of the result says which synapses it has.
   *
   * @throws {SimulatorError} COMPILED_ALREADY, NOT_TAKEN, MISSING_END, MISSING_TARGET, NO_SYNAPSE_MODEL.
   * @throws {EquationError} when the equations of the synapse have a mistake.
   */
  connect<P extends Projection>(projection: P): P;
  connect<S extends Synapse = DefaultSynapse>(
    pre: End,
    post: End,
    options: ConnectOptions<S>,
  ): Projection<S> & Attributes<SynapseNamesOf<S>>;
  connect(what: Projection | End, post?: End, options?: ConnectOptions): Projection {
    this.#state.requireOpen("connect");
    if (what instanceof Projection) return takeProjection(what, this.#state);
    if (post === undefined) throw problem("MISSING_END", { end: "post" });
    if (options === undefined) throw problem("MISSING_TARGET", {});
    return new Projection({ ...options, pre: what, post }, this.#state);
  }

  /**
   * Record variables or spikes of a population or a view, from now on.
   *
   * @throws {SimulatorError} as the constructor of Monitor, and FOREIGN_OBJECT.
   */
  monitor<O extends Recordable>(
    object: O,
    variables: string | readonly string[] = [],
    options: MonitorOptions = {},
  ): Monitor<O> {
    const monitor = new Monitor(object, variables, options);
    const { state, label } = monitor[internals];
    if (state !== this.#state) {
      state.monitors.pop();
      throw problem("FOREIGN_OBJECT", { object: label });
    }
    return monitor;
  }

  /** Make a constant of this network. @throws {SimulatorError} DUPLICATE_CONSTANT, INVALID_CONSTANT. */
  constant(name: string, value: number): Constant {
    return new Constant(name, value, this.#state);
  }

  /**
   * Compile the models and make the synapses. A model that was compiled before, by whatever network, comes from the cache.
   *
   * @throws {EquationError} when an equation does not fit its method.
   * @throws {CompileError} when there is no C compiler, or it fails.
   * @throws {SimulatorError} when the network is not complete: see `checkNetwork`.
   */
  compile(options: CompileOptions = {}): Run {
    return this.#state.enqueue("compile()", async () => {
      if (this.compiled) this.#state.warn("COMPILED_ALREADY", { call: "compile()" });
      else {
        await hosted({ ...this.#runner, kind: "compile", total: 0 }, (control) =>
          compileNetwork(this.#state, options, control),
        );
      }
    });
  }

  /**
   * Simulate for a time, from where the last run ended, and call the callbacks on the way.
   *
   * @param duration - [ms], brought up to whole steps.
   * @throws {SimulatorError} NOT_COMPILED, INVALID_DURATION, INTERRUPTED, NOT_CONVERGED.
   */
  simulate(duration: number, options: RunOptions = {}): Run {
    return simulate(this.#runner, duration, options);
  }

  /**
   * Simulate until the stop conditions of populations hold after a step, without callbacks; for a time at most.
   *
   * @param maxDuration - [ms], brought up to whole steps.
   * @returns The time simulated. [ms]
   * @throws {SimulatorError} as `simulate`, and FOREIGN_OBJECT; {InvalidConfiguration} INVALID_SETTING.
   */
  simulateUntil(maxDuration: number, options: UntilOptions): Run<number> {
    return simulateUntil(this.#runner, maxDuration, options);
  }

  /** Simulate one step, without callbacks. @throws {SimulatorError} NOT_COMPILED, NOT_CONVERGED. */
  step(): Run {
    return step(this.#runner);
  }

  /**
   * Go back to the beginning: time 0, the values that attributes had at `compile`, no spikes on their way, empty monitors,
   * random numbers from the seed. Synapses and their weights stay, unless the options say otherwise.
   *
   * @throws {SimulatorError} NOT_COMPILED; RUN_PENDING during a run.
   */
  reset(options: ResetOptions = {}): void {
    resetNetwork(this.#state, options);
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

  /** Give the memory of the simulation back and forget all objects. @throws {SimulatorError} RUN_PENDING during a run. */
  clear(): void {
    this.#state.clear();
  }

  override toString(): string {
    const { populations, projections } = this.#state;
    return `network ${this.id}: ${populations.length} populations, ${projections.length} projections, dt ${this.dt} ms`;
  }

  get [internals](): NetworkState {
    return this.#state;
  }

  get #runner(): Runner {
    return { network: this, state: this.#state };
  }
}

/** The state of a new network: configuration and constants are copies of what was set up at top level. */
function freshState({ dt, seed }: NetworkOptions): NetworkState {
  const state = new NetworkState(nextNetworkId(), unowned.config, unowned.functions);
  state.configure({ ...(dt === undefined ? {} : { dt }), ...(seed === undefined ? {} : { seed }) });
  for (const constant of constantsOf(unowned)) constant.copyTo(state);
  return state;
}
