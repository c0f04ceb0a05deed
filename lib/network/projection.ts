import type { Row, TypedArray } from "../array/input.js";
import { nearest } from "../diagnostics.js";
import { InternalError, problem } from "../errors.js";
import type { Pattern } from "../connect/pattern.js";
import type { NativeNetwork, Synapses } from "../native/binding.js";
import { WithConnectors } from "./connecting.js";
import { internals } from "./internals.js";
import { native } from "./native-errors.js";
import { IndividualNeuron, Population, PopulationView, type PopLike } from "./population.js";
import type { NetworkState } from "./state.js";
import { toSteps } from "../analysis/time.js";
import { unowned } from "./unowned.js";
import { checkedWeights, type SynapticInput, type SynapticValues } from "./weights.js";

/** Where a projection starts or ends; a text is the name of a population. */
export type End = PopLike | IndividualNeuron | string;

/** What a projection does. */
export interface ConnectOptions {
  /** Input of the post neurons: `exc` for `g_exc`. A list feeds several. */
  readonly target: string | readonly string[];
  /** Default `proj<id>`. */
  readonly name?: string;
}

/** How a projection is made. */
export interface ProjectionOptions extends ConnectOptions {
  readonly pre: End;
  readonly post: End;
}

/** What the other classes of this folder use of a projection. */
export interface ProjectionInternals {
  state: NetworkState;
  /** Null before a connector was called. */
  pattern: Pattern | null;
  /** Delay. [steps] */
  delay: number;
  /** Set at `compile`. */
  place: { readonly native: NativeNetwork; readonly projection: number } | null;
  readonly targets: readonly string[];
  readonly label: string;
}

/** Names that projections have by default; a user's name of this form is replaced. */
const DEFAULT_NAME = /^proj\d+$/;

/**
 * Synapses from one population, or part of one, to another. A connector method says which ones; it must be called once
 * before `compile`, when the synapses are made.
 *
 * @example
 * const proj = net.connect(exc, pop, { target: "exc" }).fixedProbability({ probability: 0.1, weights: 0.5 });
 */
export class Projection extends WithConnectors {
  readonly target: string | readonly string[];
  readonly #name: string | null;
  readonly #pre: End;
  readonly #post: End;
  readonly #internals: ProjectionInternals;

  /**
   * Make a projection of the default network, from which `net.connect(projection)` takes it.
   *
   * @throws {SimulatorError} MISSING_END, UNSUPPORTED.
   */
  constructor(options: ProjectionOptions, state: NetworkState = unowned) {
    super();
    const { pre, post, target, name } = options;
    this.#pre = checkedEnd("pre", pre);
    this.#post = checkedEnd("post", post);
    const targets = checkedTargets(target);
    this.target = targets.length === 1 ? targets[0]! : targets;
    if ("synapse" in options) throw problem("UNSUPPORTED", { construct: "a synapse model" });
    this.#name = name === undefined || DEFAULT_NAME.test(name) ? null : name;
    const label = (): string => `projection ${JSON.stringify(this.name)}`;
    this.#internals = {
      state,
      pattern: null,
      delay: 1,
      place: null,
      targets,
      get label() {
        return label();
      },
    };
    state.projections.push(this);
  }

  get name(): string {
    return this.#name ?? `proj${this.id}`;
  }

  /** Number among the projections of its network. */
  get id(): number {
    return this.#internals.state.projections.indexOf(this);
  }

  /** @throws {SimulatorError} UNKNOWN_POPULATION when it was given by a name that no population has. */
  get pre(): PopLike {
    return this.#resolve(this.#pre);
  }

  /** @throws {SimulatorError} UNKNOWN_POPULATION when it was given by a name that no population has. */
  get post(): PopLike {
    return this.#resolve(this.#post);
  }

  /** Names of the parameters, then of the variables. */
  get attributes(): readonly string[] {
    return [...this.parameters, ...this.variables];
  }

  get parameters(): readonly string[] {
    return ["w"];
  }

  get variables(): readonly string[] {
    return [];
  }

  /** Number of post neurons that have synapses; 0, with a warning, before `compile`. */
  get size(): number {
    return this.postRanks.length;
  }

  /** Number of synapses; 0, with a warning, before `compile`. */
  get nbSynapses(): number {
    const place = this.#placed("nbSynapses");
    return place === null ? 0 : native(() => place.native.countSynapses(place.projection));
  }

  /** Number of synapses of each neuron of `postRanks`. */
  get nbSynapsesPerDendrite(): readonly number[] {
    return this.preRanks.map((row) => row.length);
  }

  /** Ranks of the post neurons that have synapses, ascending; empty, with a warning, before `compile`. */
  get postRanks(): Int32Array {
    return this.#synapses("postRanks")?.postRanks ?? new Int32Array(0);
  }

  /** Ranks of the pre neurons, one array per neuron of `postRanks`. */
  get preRanks(): readonly Int32Array[] {
    const synapses = this.#synapses("preRanks");
    return synapses === null ? [] : rowsOf(synapses.rowStart, synapses.preRanks);
  }

  /** Time from a spike to its effect. [ms] */
  get delay(): number {
    const { delay, state } = this.#internals;
    return delay * state.config.dt;
  }

  /** Longest delay. [steps] */
  get maxDelay(): number {
    return this.#internals.delay;
  }

  /** Delay of all synapses. [steps] */
  get uniformDelay(): number {
    return this.#internals.delay;
  }

  /** Weights: one number where a single one is stored, else one array per neuron of `postRanks`; 0 before `compile`. */
  get w(): SynapticValues {
    return this.get("w");
  }

  set w(value: SynapticInput) {
    this.set({ w: value });
  }

  /** Read an attribute. @throws {SimulatorError} UNKNOWN_ATTRIBUTE; RUN_PENDING during a run. */
  get(name: string): SynapticValues {
    if (name !== "w") this.missing(name);
    const synapses = this.#synapses("w");
    if (synapses === null) return 0;
    if (this.#internals.pattern?.singleWeight === true) return synapses.weights[0] ?? 0;
    return rowsOf<Row>(synapses.rowStart, synapses.weights);
  }

  /**
   * Write attributes: a number for all synapses, one entry per neuron of `postRanks` (a number for all its synapses, or an
   * array with one value per synapse), or a distribution.
   *
   * @throws {SimulatorError} UNKNOWN_ATTRIBUTE, NOT_COMPILED, SINGLE_WEIGHT, WRONG_ROWS, WRONG_ROW, INVALID_VALUE.
   */
  set(values: Readonly<Record<string, SynapticInput>>): void {
    for (const [name, value] of Object.entries(values)) {
      if (name !== "w") this.missing(name);
      this.#setWeights(value);
    }
  }

  override toString(): string {
    const targets = this.#internals.targets.join(", ");
    return `${this.#internals.label}: ${this.pre.name} → ${this.post.name} (${targets})`;
  }

  get [internals](): ProjectionInternals {
    return this.#internals;
  }

  protected override establish(pattern: Pattern): void {
    const { state, label, targets } = this.#internals;
    state.requireOpen(label);
    if (this.#internals.pattern !== null) state.warn("CONNECTED_TWICE", { projection: label });
    const { pre, post } = this;
    if (pre.neuronType.type === "rate") {
      throw problem("UNSUPPORTED", {
        construct: `a projection from rate-coded neurons (${label})`,
      });
    }
    if (pattern.kind === "oneToOne" && pre.size !== post.size) {
      state.warn("SIZES_DIFFER", { projection: label, pre: pre.size, post: post.size });
    }
    for (const [end, { ranks }] of [
      ["pre", pre],
      ["post", post],
    ] as const) {
      if (new Set(ranks).size < ranks.length)
        throw problem("REPEATED_RANK", { projection: label, end });
    }
    this.#internals.pattern = pattern;
    this.#internals.delay = delaySteps(pattern, state.config.dt);
    const { store } = populationOf(post)[internals];
    for (const target of targets) store.incoming.add(target);
  }

  protected override missing(name: string): never {
    const { label } = this.#internals;
    throw problem("UNKNOWN_ATTRIBUTE", {
      object: label,
      name,
      nearest: nearest(name, this.attributes),
    });
  }

  #resolve(end: End): PopLike {
    if (end instanceof IndividualNeuron) return end.population.view([end.rank]);
    if (typeof end !== "string") return end;
    const populations = this.#internals.state.populations;
    const found = populations.find((population) => population.name === end);
    if (found instanceof Population) return found;
    const names = populations.map((population) => population.name);
    throw problem("UNKNOWN_POPULATION", { name: end, names });
  }

  #placed(call: string): ProjectionInternals["place"] {
    const { place, state, label } = this.#internals;
    state.requireIdle(`${label}.${call}`);
    if (place === null) state.warn("NO_SYNAPSES_YET", { projection: label, call });
    return place;
  }

  #synapses(call: string): Synapses | null {
    const place = this.#placed(call);
    return place === null ? null : native(() => place.native.synapses(place.projection));
  }

  #setWeights(value: SynapticInput): void {
    const { place, state, label, pattern } = this.#internals;
    state.requireCompiled(`${label}.w`);
    if (place === null || pattern === null) throw new InternalError(`${label} has no place`);
    const single = pattern.singleWeight;
    const synapses = native(() => place.native.synapses(place.projection));
    const weights = checkedWeights(value, { label, single, synapses, source: state.rng });
    native(() => place.native.setWeights(place.projection, weights));
  }
}

/** Delay of a pattern, at least one step. [steps] */
export function delaySteps({ delay }: Pattern, dt: number): number {
  return Math.max(1, toSteps(delay, dt, "even"));
}

/** The population of an end. */
export function populationOf(end: PopLike): Population {
  return end instanceof PopulationView ? end.population : end;
}

function rowsOf<T extends TypedArray>(rowStart: Float64Array, values: T): T[] {
  return Array.from(
    { length: rowStart.length - 1 },
    (_, row) => values.slice(rowStart[row], rowStart[row + 1]) as T,
  );
}

function checkedEnd(end: "pre" | "post", value: unknown): End {
  const isEnd =
    typeof value === "string" ||
    value instanceof Population ||
    value instanceof PopulationView ||
    value instanceof IndividualNeuron;
  if (!isEnd) throw problem("MISSING_END", { end });
  return value;
}

function checkedTargets(target: unknown): readonly string[] {
  const targets: readonly unknown[] = Array.isArray(target) ? target : [target];
  const isName = (name: unknown): name is string => typeof name === "string" && name !== "";
  if (targets.length === 0 || !targets.every(isName)) throw problem("MISSING_TARGET", {});
  return targets;
}
