import { NDArray } from "../array/ndarray.js";
import type { Pattern } from "../connect/pattern.js";
import type { Problems } from "../diagnostics.js";
import { problem } from "../errors.js";
import type { Synapses } from "../native/binding.js";
import { defineAttributes } from "./attributes.js";
import { WithConnectors, type ConnectingSite } from "./connecting.js";
import { Dendrite, type IndividualSynapse } from "./dendrite.js";
import { checkedEnd, checkedTargets, populationOf, type End } from "./ends.js";
import { again, internals } from "./internals.js";
import { native } from "./native-errors.js";
import type { PopLike } from "./population.js";
import { ProjectionCore } from "./projection-core.js";
import { loadProjection, saveConnections, saveProjection } from "./projection-files.js";
import type { LearningOptions } from "./projection-switches.js";
import type { Run } from "./run.js";
import type { NetworkState } from "./state.js";
import type { SynapsePlace } from "./synapse-store.js";
import type { SynapticInput, SynapticValues } from "./synapse-values.js";
import { Synapse } from "./synapse.js";
import { unowned } from "./unowned.js";

/** What a projection does. */
export interface ConnectOptions<S extends Synapse = Synapse> {
  /** Input of the post neurons: `exc` for `g_exc` and `sum(exc)`. A list feeds several. */
  readonly target: string | readonly string[];
  /** Model of the synapses, or a class of models with defaults. Default: spikes add `w`, rates add `w * pre.r`. */
  readonly synapse?: S | (new () => S);
  /** Default `proj<id>`. */
  readonly name?: string;
}

/** How a projection is made. */
export interface ProjectionOptions<S extends Synapse = Synapse> extends ConnectOptions<S> {
  readonly pre: End;
  readonly post: End;
}

/**
 * Synapses from one population, or part of one, to another. A connector method says which ones; it must be called once
 * before `compile`, when the synapses are made.
 *
 * The attributes of its synapse model are accessors: `proj.tau` reads a number where one value holds for all synapses, else
 * one entry per post neuron; `proj.tau = x` writes a number, a list with one entry per post neuron, or a distribution.
 *
 * @example
 * const proj = net.connect(exc, pop, { target: "exc" }).fixedProbability({ probability: 0.1, weights: 0.5 });
 */
export class Projection<S extends Synapse = Synapse> extends WithConnectors {
  readonly target: string | readonly string[];
  readonly synapseType: S;
  readonly #core: ProjectionCore;

  /**
   * Make a projection of the default network, from which `net.connect(projection)` takes it.
   *
   * @throws {SimulatorError} MISSING_END, MISSING_TARGET, UNKNOWN_POPULATION, NO_SYNAPSE_MODEL.
   * @throws {EquationError} when the equations of the synapse have a mistake.
   */
  constructor(options: ProjectionOptions<S>, state: NetworkState = unowned) {
    super();
    const { name, synapse } = options;
    const pre = checkedEnd("pre", options.pre);
    const post = checkedEnd("post", options.post);
    const targets = checkedTargets(options.target);
    this.target = targets.length === 1 ? targets[0]! : targets;
    this.synapseType = modelOf(synapse);
    const core = { pre, post, targets, synapse: this.synapseType, name };
    this.#core = new ProjectionCore(this, core, state);
    const names = this.attributes.filter((attribute) => attribute !== "w");
    const hidden = defineAttributes(
      this,
      names,
      (attribute) => this.get(attribute),
      (attribute, value) => {
        this.set({ [attribute]: value });
      },
    );
    for (const attribute of hidden) {
      state.warn("HIDDEN_ATTRIBUTE", { attribute, object: this.#core.label });
    }
  }

  get name(): string {
    return this.#core.name;
  }

  /** Number among the projections of its network. */
  get id(): number {
    return this.#core.id;
  }

  get pre(): PopLike {
    return this.#core.pre;
  }

  get post(): PopLike {
    return this.#core.post;
  }

  /** Names of the parameters, then of the variables, in the order of declaration. */
  get attributes(): readonly string[] {
    return [...this.parameters, ...this.variables];
  }

  get parameters(): readonly string[] {
    return this.#core.store.names("parameter");
  }

  get variables(): readonly string[] {
    return this.#core.store.names("variable");
  }

  /** Names of the functions of the synapse model. */
  get functions(): readonly string[] {
    return [...this.#core.model.functions.keys()];
  }

  /** Number of post neurons that have synapses; 0, with a warning, before `compile`. */
  get size(): number {
    return this.#synapses("size")?.postRanks.length ?? 0;
  }

  /** Number of synapses; 0, with a warning, before `compile`. */
  get nbSynapses(): number {
    const place = this.#placed("nbSynapses");
    return place === null ? 0 : native(() => place.native.countSynapses(place.projection));
  }

  /** Number of synapses of each neuron of `postRanks`. */
  get nbSynapsesPerDendrite(): readonly number[] {
    const synapses = this.#synapses("nbSynapsesPerDendrite");
    return synapses === null ? [] : split(synapses.rowStart, (from, to) => to - from);
  }

  /** Ranks of the post neurons that have synapses, ascending; empty, with a warning, before `compile`. */
  get postRanks(): Int32Array {
    return this.#synapses("postRanks")?.postRanks ?? new Int32Array(0);
  }

  /** Ranks of the pre neurons, one array per neuron of `postRanks`. */
  get preRanks(): readonly Int32Array[] {
    const synapses = this.#synapses("preRanks");
    if (synapses === null) return [];
    const { rowStart, preRanks } = synapses;
    return split(rowStart, (from, to) => preRanks.slice(from, to));
  }

  /**
   * Time from a spike, or a change of a rate, to its effect [ms]: a number when all synapses have the same, else one array per
   * neuron of `postRanks`. Delays that were given can be changed after `compile`, in the same form.
   */
  get delay(): number | Float64Array[] {
    const core = this.#core;
    const { dt } = core.state.config;
    core.state.requireIdle(`${core.label}.delay`);
    const steps = core.delays();
    if (!core.heterogeneous || core.place === null) return steps[0]! * dt;
    const { rowStart } = core.store.synapses();
    return split(rowStart, (from, to) =>
      Float64Array.from(steps.subarray(from, to), (n) => n * dt),
    );
  }

  set delay(value: SynapticInput) {
    this.#core.setDelays(value);
  }

  /** Longest delay. [steps] */
  get maxDelay(): number {
    const { connection, place } = this.#core;
    if (place === null) return connection?.delays.longest ?? 1;
    return this.#core.delays().reduce((most, delay) => Math.max(most, delay), 1);
  }

  /** Delay of all synapses [steps]; -1 when each has its own. */
  get uniformDelay(): number {
    return this.#core.heterogeneous ? -1 : this.#core.delays()[0]!;
  }

  /** Weights: one number where a single one is stored, else one array per neuron of `postRanks`; 0 before `compile`. */
  get w(): SynapticValues {
    return this.get("w");
  }

  set w(value: SynapticInput) {
    this.set({ w: value });
  }

  /** Whether anything happens in the projection at all. Default true. */
  get transmission(): boolean {
    return this.#core.switches.get("transmission");
  }

  set transmission(value: boolean) {
    this.#core.switches.set("transmission", value);
  }

  /** Whether axonal events are transmitted. Default true. */
  get axonTransmission(): boolean {
    return this.#core.switches.get("axonTransmission");
  }

  set axonTransmission(value: boolean) {
    this.#core.switches.set("axonTransmission", value);
  }

  /** Whether synaptic equations are executed. Default true. */
  get update(): boolean {
    return this.#core.switches.get("update");
  }

  set update(value: boolean) {
    this.#core.switches.set("update", value);
  }

  /** Whether weights change. Default true. */
  get plasticity(): boolean {
    return this.#core.switches.get("plasticity");
  }

  set plasticity(value: boolean) {
    this.#core.switches.set("plasticity", value);
  }

  /**
   * Let synapses learn again, in all steps or periodically; inside their equations `dt` is then the period.
   *
   * @throws {SimulatorError} INVALID_LEARNING.
   */
  enableLearning(options: LearningOptions = {}): void {
    this.#core.switches.enableLearning(options);
  }

  /** Freeze the variables of rate-coded synapses, or the weights of spiking ones. The argument has no meaning. */
  disableLearning(update?: unknown): void;
  disableLearning(): void {
    this.#core.switches.disableLearning();
  }

  /**
   * Apply the rule `creating` of the synapse model from now on, in all steps or every `period` ms.
   *
   * @throws {SimulatorError} NOT_COMPILED, STRUCTURE_OFF, NO_RULE, RULE_PERIOD.
   */
  startCreating({ period }: { readonly period?: number } = {}): void {
    this.#core.structure.start("creating", period);
  }

  /** Apply the rule `creating` no more. @throws {SimulatorError} NOT_COMPILED, STRUCTURE_OFF, NO_RULE. */
  stopCreating(): void {
    this.#core.structure.stop("creating");
  }

  /** As `startCreating`, for the rule `pruning`. @throws {SimulatorError} NOT_COMPILED, STRUCTURE_OFF, NO_RULE, RULE_PERIOD. */
  startPruning({ period }: { readonly period?: number } = {}): void {
    this.#core.structure.start("pruning", period);
  }

  /** Apply the rule `pruning` no more. @throws {SimulatorError} NOT_COMPILED, STRUCTURE_OFF, NO_RULE. */
  stopPruning(): void {
    this.#core.structure.stop("pruning");
  }

  /** Read an attribute. @throws {SimulatorError} UNKNOWN_ATTRIBUTE; RUN_PENDING during a run. */
  get(name: string): SynapticValues {
    return this.#core.store.read(name);
  }

  /**
   * Write attributes: a number for all synapses, one entry per neuron of `postRanks` (a number for all its synapses, or an
   * array with one value per synapse), or a distribution.
   *
   * @throws {SimulatorError} UNKNOWN_ATTRIBUTE, NOT_COMPILED for `w`, SINGLE_WEIGHT, PROJECTION_WIDE, WRONG_ROWS,
   * WRONG_ROW, INVALID_VALUE.
   */
  set(values: Readonly<Record<string, SynapticInput>>): void {
    for (const [name, value] of Object.entries(values)) this.#core.store.write(name, value);
  }

  /** The synapses of a post neuron, by rank or coordinates. @throws {SimulatorError} NO_DENDRITE, NOT_COMPILED. */
  dendrite(post: number | readonly number[]): Dendrite<this> {
    const { postRanks } = this.#core.store.synapses();
    const rank =
      typeof post === "number" ? post : populationOf(this.post).rankFromCoordinates(post);
    const row = postRanks.indexOf(rank);
    if (row < 0) throw problem("NO_DENDRITE", { projection: this.#core.label, rank });
    return new Dendrite(this, rank, row);
  }

  /** All dendrites, by ascending rank. @throws {SimulatorError} NOT_COMPILED. */
  get dendrites(): Iterable<Dendrite<this>> {
    return this;
  }

  *[Symbol.iterator](): IterableIterator<Dendrite<this>> {
    for (const [row, rank] of this.#core.store.synapses().postRanks.entries()) {
      yield new Dendrite(this, rank, row);
    }
  }

  /**
   * The synapse between two neurons, by their ranks; null when there is none.
   *
   * @throws {SimulatorError} NO_SUCH_RANK, NOT_COMPILED.
   */
  synapse(pre: number, post: number): IndividualSynapse | null {
    populationOf(this.pre).neuron(pre);
    populationOf(this.post).neuron(post);
    const { postRanks } = this.#core.store.synapses();
    const row = postRanks.indexOf(post);
    if (row < 0) return null;
    const dendrite = new Dendrite(this, post, row);
    return dendrite.preRanks.includes(pre) ? dendrite.synapse(pre) : null;
  }

  /**
   * All weights as a matrix (neurons of the post population, neurons of the pre population), also where views are connected.
   *
   * @throws {SimulatorError} NOT_COMPILED.
   */
  connectivityMatrix({ fill = 0 }: { readonly fill?: number } = {}): NDArray<Float64Array> {
    const { store } = this.#core;
    const { postRanks, preRanks, rowStart } = store.synapses();
    const weights = store.values("w");
    const [rows, columns] = [populationOf(this.post).size, populationOf(this.pre).size];
    const matrix = new Float64Array(rows * columns).fill(fill);
    postRanks.forEach((post, row) => {
      for (let i = rowStart[row]!; i < rowStart[row + 1]!; i++) {
        matrix[post * columns + preRanks[i]!] = weights[weights.length === 1 ? 0 : i]!;
      }
    });
    return new NDArray(matrix, [rows, columns]);
  }

  /**
   * Set attributes to their initial values, by default all but the weights. With `synapses` the weights and delays get the
   * values too with which the connector made them.
   *
   * @throws {SimulatorError} NOT_COMPILED.
   */
  reset(
    options: { readonly attributes?: readonly string[]; readonly synapses?: boolean } = {},
  ): void {
    this.#core.reset(options.attributes, options.synapses ?? false);
  }

  /** @internal Declare it once more, in another network or in the default one. @throws {SimulatorError} NOT_COPYABLE. */
  [again](
    ends: { readonly pre: PopLike; readonly post: PopLike },
    state: NetworkState,
  ): Projection {
    if (this.constructor !== Projection) {
      const what = `a ${this.constructor.name}`;
      throw problem("NOT_COPYABLE", { object: this.#core.label, what });
    }
    const { target, synapseType: synapse, name } = this;
    return new Projection({ ...ends, target, synapse, name }, state);
  }

  /**
   * Write its synapses and their state to a file, in the format that the name says: `.npz`, `.gz` (JSON), `.mat`, `.h5`, else
   * JSON.
   *
   * @throws {SimulatorError} NOT_COMPILED, CANNOT_WRITE, NO_HDF5.
   */
  save(file: string): Run {
    return saveProjection(this.#core, file);
  }

  /**
   * Read its state from a file that `save` wrote, all of it or nothing. Where the file has other synapses, it gets these.
   *
   * @throws {SimulatorError} NOT_COMPILED, CANNOT_READ, DAMAGED_FILE, WRONG_CONTENT, FILE_MISMATCH, WRITTEN_ONLY, NO_HDF5,
   * RECORDED_SYNAPSES.
   */
  load(file: string): Run {
    return loadProjection(this.#core, file);
  }

  /** Write its synapses, weights and delays to a file, for `fromFile`. @throws {SimulatorError} as `save`. */
  saveConnectivity(file: string): Run {
    return saveConnections(this.#core, file);
  }

  override toString(): string {
    const { targets, label } = this.#core;
    return `${label}: ${this.pre.name} → ${this.post.name} (${targets.join(", ")})`;
  }

  get [internals](): ProjectionCore {
    return this.#core;
  }

  protected override establish(pattern: Pattern): void {
    this.#core.connect(pattern);
  }

  protected override site(): ConnectingSite {
    const { state, label, pre, post } = this.#core;
    state.requireOpen(label);
    return { label, pre, post, dt: state.config.dt };
  }

  protected override remark<C extends "ROWS_UNSORTED" | "ROWS_MERGED" | "IGNORED_OPTION">(
    code: C,
    facts: Problems[C],
  ): void {
    this.#core.state.warn(code, facts);
  }

  protected override missing(name: string): never {
    return this.#core.store.attribute(name) as never;
  }

  #placed(call: string): SynapsePlace | null {
    const { place, state, label } = this.#core;
    state.requireIdle(`${label}.${call}`);
    if (place === null) state.warn("NO_SYNAPSES_YET", { projection: label, call });
    return place;
  }

  #synapses(call: string): Synapses | null {
    return this.#placed(call) === null ? null : this.#core.store.synapses();
  }
}

function modelOf<S extends Synapse>(synapse: S | (new () => S) | undefined): S {
  const model: unknown = typeof synapse === "function" ? new synapse() : (synapse ?? DEFAULT);
  if (!(model instanceof Synapse)) throw problem("NO_SYNAPSE_MODEL", { value: typeof synapse });
  return model as S;
}

/** What a projection does without a synapse model. */
const DEFAULT = new Synapse({});

function split<T>(rowStart: Float64Array, part: (from: number, to: number) => T): T[] {
  return Array.from({ length: rowStart.length - 1 }, (_, row) =>
    part(rowStart[row]!, rowStart[row + 1]!),
  );
}
