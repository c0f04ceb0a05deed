import { problem } from "../errors.js";
import type { RandomGenerator } from "../random/generator.js";
import type { NetworkConfig } from "./config.js";
import { Constant } from "./constant.js";
import type { Geometry } from "./geometry.js";
import type { Attributes } from "./inference.js";
import { Described } from "./described.js";
import { internals } from "./internals.js";
import { Monitor, type MonitorOptions, type Recordable } from "./monitor.js";
import { native } from "./native-errors.js";
import type { NamesOf, Neuron } from "./neuron.js";
import { compileNetwork, type CompileOptions } from "./pipeline.js";
import { Population, type PopLike } from "./population.js";
import {
  delaySteps,
  populationOf,
  Projection,
  type ConnectOptions,
  type End,
} from "./projection.js";
import { advance, hosted, type RunOptions, type Task } from "./advance.js";
import type { Run } from "./run.js";
import { NetworkState, type Member } from "./state.js";
import { toSteps } from "../analysis/time.js";
import { nextNetworkId, take, unowned } from "./unowned.js";

export type { CompileOptions } from "./pipeline.js";

/** How a network is made. */
export interface NetworkOptions {
  /** Step. [ms] Default: that of `setup`, else 1. */
  readonly dt?: number;
  /** Seed of all random numbers; null or left out: a fresh one. */
  readonly seed?: number | null;
}

/** Which projections are wanted. */
export interface ProjectionFilter {
  readonly pre?: PopLike | string;
  readonly post?: PopLike | string;
  readonly target?: string;
  /** Return an empty list instead of an error when none is found. Default false. */
  readonly suppressError?: boolean;
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
    options: { readonly neuron: N; readonly name?: string },
  ): Population<N> & Attributes<NamesOf<N>>;
  create(
    what: Population | Geometry,
    options?: { readonly neuron: Neuron; readonly name?: string },
  ): Population {
    this.#state.requireOpen("create");
    if (what instanceof Population) return this.#takePopulation(what, options);
    if (options === undefined) throw problem("NO_NEURON", {});
    return new Population({ geometry: what, ...options }, this.#state);
  }

  /**
   * Make a projection, or take one that a constructor made. A connector method of the result says which synapses it has.
   *
   * @throws {SimulatorError} COMPILED_ALREADY, NOT_TAKEN, MISSING_END, MISSING_TARGET, UNSUPPORTED.
   */
  connect<P extends Projection>(projection: P): P;
  connect(pre: End, post: End, options: ConnectOptions): Projection;
  connect(what: Projection | End, post?: End, options?: ConnectOptions): Projection {
    this.#state.requireOpen("connect");
    if (what instanceof Projection) return this.#takeProjection(what);
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
    const { state, label } = monitor.population[internals];
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
        await hosted(this.#task("compile", 0), (control) =>
          compileNetwork(this.#state, options, control),
        );
      }
    });
  }

  /**
   * Simulate for a time, from where the last run ended.
   *
   * @param duration - [ms], brought up to whole steps.
   * @throws {SimulatorError} NOT_COMPILED, INVALID_DURATION, INTERRUPTED.
   */
  simulate(duration: number, options: RunOptions = {}): Run {
    return this.#state.enqueue(`simulate(${duration})`, async () => {
      const steps = typeof duration === "number" ? toSteps(duration, this.dt, "ceil") : NaN;
      if (!(steps >= 0 && steps <= MOST_STEPS)) {
        throw problem("INVALID_DURATION", { call: "simulate", duration: String(duration) });
      }
      await this.#advance("simulate", steps, options);
    });
  }

  /** Simulate one step. @throws {SimulatorError} NOT_COMPILED. */
  step(): Run {
    return this.#state.enqueue("step()", () => this.#advance("step", 1, {}));
  }

  /**
   * Go back to the beginning: time 0, the values that attributes had at `compile`, no spikes on their way, empty monitors,
   * random numbers from the seed. Synapses and their weights stay.
   *
   * @throws {SimulatorError} NOT_COMPILED; RUN_PENDING during a run.
   */
  reset(): void {
    const engine = this.#state.requireCompiled("reset");
    this.#state.reseed(this.#state.seed);
    native(() => engine.reset());
    for (const population of this.getPopulations()) population[internals].store.restore();
    for (const monitor of this.getMonitors()) monitor.reset();
  }

  /** The population of this name; null, with a warning, when there is none. */
  getPopulation(name: string): Population | null {
    return this.#find("population", this.getPopulations(), name);
  }

  getPopulations(): Population[] {
    return this.#state.populations.filter(isPopulation);
  }

  /** The projection of this name; null, with a warning, when there is none. */
  getProjection(name: string): Projection | null {
    return this.#find("projection", this.getProjections(), name);
  }

  /** All projections, or those that the filter describes. @throws {SimulatorError} NO_MATCH when there are none. */
  getProjections(filter: ProjectionFilter = {}): Projection[] {
    const { pre, post, target, suppressError = false } = filter;
    const all = this.#state.projections.filter((member) => member instanceof Projection);
    const found = all.filter(
      (projection) =>
        (pre === undefined || isEnd(projection.pre, pre)) &&
        (post === undefined || isEnd(projection.post, post)) &&
        (target === undefined || projection[internals].targets.includes(target)),
    );
    const asked = Object.entries({ pre, post, target }).filter(([, value]) => value !== undefined);
    if (found.length === 0 && asked.length > 0 && !suppressError) {
      const named = asked.map(
        ([key, value]) => `${key} = ${typeof value === "object" ? value.name : value}`,
      );
      throw problem("NO_MATCH", { filter: named.join(", ") });
    }
    return found;
  }

  /** The monitor of this name; null, with a warning, when there is none. */
  getMonitor(name: string): Monitor | null {
    return this.#find("monitor", this.getMonitors(), name);
  }

  getMonitors(): Monitor[] {
    return this.#state.monitors.filter(isMonitor);
  }

  /** The constant of this name; null, with a warning, when there is none. */
  getConstant(name: string): Constant | null {
    return this.#find("constant", this.getConstants(), name);
  }

  getConstants(): Constant[] {
    return [...this.#state.constants.values()].filter((constant) => constant instanceof Constant);
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

  async #advance(call: string, total: number, options: RunOptions): Promise<void> {
    const engine = this.#state.requireNative(call);
    for (const { label } of this.#added()) throw problem("ADDED_AFTER_COMPILE", { object: label });
    await advance(engine, this.#task("simulate", total), options);
  }

  #task(kind: Task["kind"], total: number): Task {
    return { network: this, state: this.#state, kind, total };
  }

  /** Objects of the default network that were made after it was compiled. */
  #added(): readonly { readonly label: string }[] {
    const populations = this.getPopulations().map((population) => population[internals]);
    const projections = this.getProjections().map((projection) => projection[internals]);
    return [
      ...populations.filter(({ store }) => store.place === null),
      ...projections.filter(({ place }) => place === null),
    ];
  }

  #takePopulation(population: Population, options: object | undefined): Population {
    const core = population[internals];
    if (options !== undefined) throw problem("NO_FURTHER_OPTIONS", { object: core.label });
    this.#requireFree(core.label, core.state, core.store.place);
    take("populations", population, this.#state);
    core.state = this.#state;
    for (const monitor of unowned.monitors.filter(isMonitor)) {
      if (monitor.population === population) take("monitors", monitor, this.#state);
    }
    return population;
  }

  #takeProjection(projection: Projection): Projection {
    const inside = projection[internals];
    this.#requireFree(inside.label, inside.state, inside.place);
    take("projections", projection, this.#state);
    inside.state = this.#state;
    if (inside.pattern !== null) inside.delay = delaySteps(inside.pattern, this.dt);
    return projection;
  }

  /** @throws {SimulatorError} NOT_TAKEN when an object belongs to another network or is simulated already. */
  #requireFree(object: string, state: NetworkState, place: object | null): void {
    if (state !== unowned || place !== null) throw problem("NOT_TAKEN", { object });
  }

  #find<T extends { readonly name: string }>(
    kind: string,
    objects: readonly T[],
    name: string,
  ): T | null {
    const found = objects.find((object) => object.name === name);
    if (found === undefined) this.#state.warn("NOT_FOUND", { kind, name });
    return found ?? null;
  }
}

/** Steps of one run: the words of its control block have 32 bits. */
const MOST_STEPS = 2 ** 31 - 1;

/** The state of a new network: configuration and constants are copies of what was set up at top level. */
function freshState({ dt, seed }: NetworkOptions): NetworkState {
  const state = new NetworkState(nextNetworkId(), unowned.config);
  state.configure({ ...(dt === undefined ? {} : { dt }), ...(seed === undefined ? {} : { seed }) });
  for (const constant of unowned.constants.values()) {
    if (constant instanceof Constant) constant.copyTo(state);
  }
  return state;
}

function isPopulation(member: Member): member is Population {
  return member instanceof Population;
}

function isMonitor(member: Member): member is Monitor {
  return member instanceof Monitor;
}

function isEnd(end: PopLike, wanted: PopLike | string): boolean {
  return typeof wanted === "string"
    ? end.name === wanted
    : end === wanted || populationOf(end) === wanted;
}
