import { defaultCacheFolder } from "../compile/files.js";
import { toSteps } from "../analysis/time.js";
import { problem } from "../errors.js";
import { freshSeed, type RandomGenerator } from "../random/generator.js";
import { hosted, type RunOptions } from "./advance.js";
import { configure, type NetworkConfig } from "./config.js";
import { Constant } from "./constant.js";
import { copyNetwork, copyObjects, counterpart, type Copyable } from "./copying.js";
import { dimensionsOf, type Geometry } from "./geometry.js";
import { heritage, type WithHeritage } from "./heritage.js";
import type { Attributes } from "./inference.js";
import { internals } from "./internals.js";
import { constantsOf } from "./lookups.js";
import { memoryReport, type MemoryReport } from "./memory.js";
import { Monitor, type MonitorOptions, type Recordable } from "./monitor.js";
import { loadNetwork, saveNetwork, type StateOptions } from "./network-files.js";
import type { NamesOf, Neuron } from "./neuron.js";
import { loadParameters, saveParameters, type LoadParametersOptions } from "./parameter-files.js";
import { parallelRun, type ParallelRunOptions } from "./parallel-run.js";
import type { CompileOptions } from "./compile-options.js";
import { compileNetwork } from "./pipeline.js";
import { Population, type PopulationOptions } from "./population.js";
import type { End } from "./ends.js";
import { Projection, type ConnectOptions } from "./projection.js";
import { shownReport } from "./report.js";
import { resetNetwork, type ResetOptions } from "./reset.js";
import { asRun, type Run } from "./run.js";
import { simulate, simulateUntil, step, type Runner } from "./runs.js";
import type { DefaultSynapse, Synapse, SynapseNamesOf } from "./synapse.js";
import { NetworkObjects } from "./network-objects.js";
import { NetworkState, type Heritage } from "./state.js";
import { takePopulation, takeProjection } from "./taking.js";
import { nextNetworkId, unowned } from "./unowned.js";
import type { UntilOptions } from "./until.js";

/** How a network is made. */
export interface NetworkOptions {
  /** Step. [ms] Default: that of `setup`, else 1. */
  readonly dt?: number;
  /** Seed of all random numbers; null or left out: a fresh one. */
  readonly seed?: number | null;
  /** Begin with copies of all objects of the default network, as `add` makes them. Default false. */
  readonly everything?: boolean;
}

/** The symbol under which a Jupyter kernel looks for an object's own way to show itself. */
const display = Symbol.for("Jupyter.display");

/** What a notebook shows of a network. Values by MIME type. */
interface NetworkBundle {
  readonly "text/markdown"?: string;
  readonly "text/plain": string;
}

/**
 * A network: populations, projections between them, monitors, and the simulation of all of it.
 *
 * What takes long returns a promise of type `Run`; runs of one network start in the order of their calls. Networks share
 * nothing; runs of several take place at the same time.
 *
 * A class derived from it makes its populations and projections in its constructor, which passes its options on:
 * `constructor(options) { super(options); … }`. `copy` and `parallelRun` call it again with the same options.
 *
 * @example
 * const net = new Network({ dt: 0.1, seed: 42 });
 * const pop = net.create(100, { neuron: LIF });
 * net.connect(pop, pop, { target: "exc" }).fixedProbability({ probability: 0.1, weights: 0.5 });
 * const monitor = net.monitor(pop, "spike");
 * await net.compile();
 * await net.simulate(1000);
 */
export class Network extends NetworkObjects {
  readonly #state: NetworkState;
  /** What a constructor was called with, for copies and replicas. */
  readonly #options: NetworkOptions;

  /**
   * Make an empty network with the configuration and the constants of `setup` and top level.
   *
   * @throws {InvalidConfiguration} INVALID_SETTING; {SimulatorError} INVALID_SEED.
   */
  constructor(options: NetworkOptions = {}, state: NetworkState = freshState(options)) {
    super(state);
    this.#state = state;
    this.#options = options;
    if (state !== unowned) state.config.host?.created?.(this);
    if (options.everything === true) copyNetwork(unowned, state);
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

  /** Folder of the compiled models, which `compile` can say. */
  get directory(): string {
    return this.#state.directory ?? defaultCacheFolder();
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
   * Make another network of this class, compiled: with the options and the configuration of this one, and a fresh seed. A
   * network of no class of its own is declared anew, as it was before `compile`. `get` finds the counterparts of its objects.
   *
   * @param overrides - Options of the constructor that are to be others.
   * @throws {SimulatorError} NOT_COMPILED, OPTIONS_NOT_PASSED, NOT_COPYABLE, INVALID_SEED; {InvalidConfiguration} INVALID_SETTING.
   */
  copy(overrides: NetworkOptions & object = {}): Run<this> {
    const state = this.#state;
    const ready = state.enqueue("copy()", () => {
      state.requireNative("copy");
      const seed = overrides.seed ?? freshSeed();
      const { settings } = configure(state.config, { dt: overrides.dt ?? this.dt, seed });
      return Promise.resolve({ parent: state, config: settings, lifeline: null });
    });
    return asRun(
      ready.then(async (inherited) => {
        const copy = this.#heir(overrides, inherited);
        await copy.compile(state.compileOptions);
        return copy;
      }),
    );
  }

  /**
   * Make replicas of this compiled network, of a class derived from `Network`, and do something with each, several at a time:
   * their runs take a native thread each. A replica is made with the options and the configuration of this network, its own
   * arguments and seed; nothing is compiled again. It is cleared when its result is there.
   *
   * @returns The results, in the order of the replicas.
   * @throws {SimulatorError} NOT_DERIVED, NOT_COMPILED, UNKNOWN_METHOD, OPTIONS_NOT_PASSED, WRONG_SEEDS, WRONG_VALUES,
   * INVALID_SEED; {InvalidConfiguration} INVALID_SETTING; {ReplicaError} when a replica fails: the others are stopped.
   * @example
   * const rates = await net.parallelRun({
   *   method: async (replica, { index }) => {
   *     await replica.simulate(1000);
   *     return replica.getMonitors()[0].meanFr();
   *   },
   *   number: 8,
   *   seeds: "sequential",
   * });
   */
  parallelRun<R, A extends object = Record<string, unknown>>(
    options: ParallelRunOptions<this, R, A>,
  ): Run<R[]> {
    const state = this.#state;
    const Class = this.constructor;
    if (Class === Network) return asRun(Promise.reject<R[]>(problem("NOT_DERIVED", {})));
    const replica = (args: object, inherited: Heritage): this => this.#heir(args, inherited);
    const method = (name: string): ((net: this, args: object) => unknown) => {
      // Methods of users are not among the members that are known here.
      const member = (net: object): unknown => (net as Readonly<Record<string, unknown>>)[name];
      if (typeof member(this) !== "function") {
        throw problem("UNKNOWN_METHOD", { class: Class.name, method: name });
      }
      return (net, args) => (member(net) as (args: object) => unknown).call(net, args);
    };
    return parallelRun({ network: this, state, replica, method }, options);
  }

  /**
   * Declare objects of another network, as a rule of the default one, once more in this one, with the populations that they
   * need. The copies start as the objects did when they were declared.
   *
   * @throws {SimulatorError} COMPILED_ALREADY, NOT_COPYABLE.
   */
  add(objects: readonly Copyable[]): void {
    this.#state.requireOpen("add");
    copyObjects(objects, this.#state);
  }

  /**
   * The object that stands here for one of another network: its copy, or, in a copy or a replica of that network, its
   * counterpart.
   *
   * @throws {SimulatorError} NO_COUNTERPART.
   */
  get<T extends Copyable>(object: T): T {
    return counterpart(object, this.#state) as T;
  }

  /**
   * Write the state of the network to a file: the step, populations and projections, with all that it takes to go on in the
   * same bits. The name says the format: `.npz` (recommended), `.gz` (JSON), `.mat`, `.h5` and `.hdf5` (with the optional package
   * h5wasm), else JSON. Monitors are not in it, and functions of the user neither.
   *
   * @throws {SimulatorError} NOT_COMPILED, CANNOT_WRITE, FILE_TOO_LARGE, NO_HDF5.
   * @example
   * await net.save("results/network.npz");
   */
  save(file: string, options: StateOptions = {}): Run {
    return saveNetwork(this.#state, file, options);
  }

  /**
   * Read the state of the network from a file that `save` wrote, all of it or nothing. Objects are found by their names;
   * projections get the synapses of the file. A network that was made without a seed goes on with that of the file.
   *
   * @throws {SimulatorError} NOT_COMPILED, CANNOT_READ, DAMAGED_FILE, WRONG_CONTENT, FILE_MISMATCH, WRITTEN_ONLY, NO_HDF5,
   * RECORDED_SYNAPSES.
   */
  load(file: string, options: StateOptions = {}): Run {
    return loadNetwork(this.#state, file, options);
  }

  /**
   * Write the global parameters of all populations and projections, as they are at the beginning, and the constants to a
   * file of JSON.
   *
   * @throws {SimulatorError} CANNOT_WRITE.
   */
  saveParameters(file: string): Run {
    return saveParameters(this.#state, file);
  }

  /**
   * Read parameters and constants from a file of JSON. What is no parameter is left out, with a warning; so is, unless
   * `globalOnly` is false, a value for all elements of a local parameter.
   *
   * @returns The entry `network` of the file, as numbers.
   * @throws {SimulatorError} CANNOT_READ, DAMAGED_FILE, WRONG_CONTENT.
   */
  loadParameters(file: string, options: LoadParametersOptions = {}): Run<Record<string, number>> {
    return loadParameters(this.#state, file, options);
  }

  /** Memory of the populations, projections and monitors in the engine. @throws {SimulatorError} NOT_COMPILED; RUN_PENDING. */
  memoryFootprint(): MemoryReport {
    return memoryReport(this.#state);
  }

  /** Give the memory of the simulation back and forget all objects. @throws {SimulatorError} RUN_PENDING during a run. */
  clear(): void {
    this.#state.clear();
  }

  override toString(): string {
    const { populations, projections } = this.#state;
    return `network ${this.id}: ${populations.length} populations, ${projections.length} projections, dt ${this.dt} ms`;
  }

  /** Show the network in a notebook: its description in Markdown; during a run, one line. */
  [display](): NetworkBundle {
    const line = { "text/plain": this.toString() };
    return this.#state.busy ? line : { "text/markdown": shownReport(this.#state), ...line };
  }

  /** Another network of this class, not compiled yet. */
  #heir(args: object, inherited: Heritage): this {
    const { dt, seed } = inherited.config;
    const Class = this.constructor as new (options: object) => this;
    const plain = this.constructor === Network;
    const heir = new Class({
      ...{ ...this.#options, ...args, dt, seed, [heritage]: inherited },
      // What a plain network has is copied from it.
      ...(plain ? { everything: false } : {}),
    });
    if (heir.#state.heritage !== inherited) {
      throw problem("OPTIONS_NOT_PASSED", { class: Class.name });
    }
    if (plain) copyNetwork(this.#state, heir.#state);
    return heir;
  }

  get #runner(): Runner {
    return { network: this, state: this.#state };
  }
}

/** The state of a new network: configuration and constants are copies of what was set up at top level, or inherited. */
function freshState(options: NetworkOptions): NetworkState {
  const { dt, seed, [heritage]: inherited }: NetworkOptions & WithHeritage = options;
  const config = inherited?.config ?? unowned.config;
  const state = new NetworkState(nextNetworkId(), config, unowned.functions);
  state.heritage = inherited ?? null;
  if (inherited === undefined) {
    state.configure({
      ...(dt === undefined ? {} : { dt }),
      ...(seed === undefined ? {} : { seed }),
    });
  }
  for (const constant of constantsOf(unowned)) constant.copyTo(state);
  return state;
}
