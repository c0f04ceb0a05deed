import type { Row } from "../array/input.js";
import { nearest } from "../diagnostics.js";
import { problem } from "../errors.js";
import { WithAttributes, defineAttributes } from "./attributes.js";
import { populationOf } from "./ends.js";
import { internals } from "./internals.js";
import type { PopLike } from "./population.js";
import type { ProjectionCore } from "./projection-core.js";
import { RandomDistribution } from "../random/distribution.js";
import { checkedSynaptic, typed } from "./synapse-values.js";
import type { ValueInput } from "./values.js";

/** A projection, as far as its dendrites need to know it. */
export interface DendriteOwner {
  readonly pre: PopLike;
  readonly target: string | readonly string[];
  readonly attributes: readonly string[];
  readonly parameters: readonly string[];
  readonly variables: readonly string[];
  readonly [internals]: ProjectionCore;
}

/** The synapses of one post neuron in a projection. */
export class Dendrite<P extends DendriteOwner = DendriteOwner> extends WithAttributes {
  readonly proj: P;
  /** Rank of the post neuron. */
  readonly postRank: number;
  /** Its place among the neurons that have synapses. */
  readonly idx: number;

  /** Made by `projection.dendrite(rank)`. */
  constructor(proj: P, postRank: number, idx: number) {
    super();
    this.proj = proj;
    this.postRank = postRank;
    this.idx = idx;
    defineAttributes(
      this,
      proj.attributes.filter((name) => name !== "w"),
      (name) => this.get(name),
      (name, value) => {
        this.set({ [name]: value });
      },
    );
  }

  get pre(): PopLike {
    return this.proj.pre;
  }

  get target(): string | readonly string[] {
    return this.proj.target;
  }

  get attributes(): readonly string[] {
    return this.proj.attributes;
  }

  get parameters(): readonly string[] {
    return this.proj.parameters;
  }

  get variables(): readonly string[] {
    return this.proj.variables;
  }

  /** Ranks of the pre neurons, in the order of their synapses. */
  get preRanks(): Int32Array {
    const { preRanks, rowStart } = this.#core.store.synapses();
    return preRanks.slice(rowStart[this.idx], rowStart[this.idx + 1]);
  }

  /** Number of synapses. */
  get size(): number {
    const { rowStart } = this.#core.store.synapses();
    return rowStart[this.idx + 1]! - rowStart[this.idx]!;
  }

  /** Delay [ms]: a number when all synapses of the projection have the same, else one per synapse. */
  get delay(): number | Float64Array {
    const core = this.#core;
    const delays = core.delays();
    const { dt } = core.state.config;
    if (!core.heterogeneous) return delays[0]! * dt;
    const { rowStart } = core.store.synapses();
    const own = delays.subarray(rowStart[this.idx], rowStart[this.idx + 1]);
    return Float64Array.from(own, (steps) => steps * dt);
  }

  /** As the delays of the projection, for this row alone. @throws {SimulatorError} NO_DELAYS, UNIFORM_DELAY, WRONG_ROW. */
  set delay(value: ValueInput) {
    this.#core.setDelaysOfRow(this.idx, value);
  }

  /** Weights: one per synapse, or a number where one is stored for all. */
  get w(): number | Row {
    return this.get("w");
  }

  set w(value: ValueInput) {
    this.set({ w: value });
  }

  /** The synapses, in the order of `preRanks`. */
  get synapses(): Iterable<IndividualSynapse> {
    return this;
  }

  /** Read an attribute: one value per synapse of a local one, else a number. @throws {SimulatorError} UNKNOWN_ATTRIBUTE. */
  get(name: string): number | Row {
    const { store } = this.#core;
    store.attribute(name, this.#label);
    return store.readRow(name, this.idx);
  }

  /**
   * Write attributes: a number for all synapses, one value per synapse, or a distribution.
   *
   * @throws {SimulatorError} UNKNOWN_ATTRIBUTE, PROJECTION_WIDE, SINGLE_WEIGHT, WRONG_ROW, INVALID_VALUE.
   */
  set(values: Readonly<Record<string, ValueInput>>): void {
    for (const [name, value] of Object.entries(values)) this.#write(name, value);
  }

  /** The synapse from a pre neuron, by rank or coordinates. @throws {SimulatorError} NO_SYNAPSE. */
  synapse(pre: number | readonly number[]): IndividualSynapse {
    const rank = typeof pre === "number" ? pre : populationOf(this.pre).rankFromCoordinates(pre);
    if (!this.preRanks.includes(rank)) {
      throw problem("NO_SYNAPSE", { dendrite: this.#label, rank });
    }
    return new IndividualSynapse(this, rank);
  }

  /**
   * Make a synapse from a pre neuron. It stands before those of larger ranks; its other attributes start as those of all
   * synapses did.
   *
   * @param options - `w`: weight, default 0. `delay` [ms]: brought down to whole steps, default the shortest one; without effect
   * where all synapses have the same.
   * @throws {SimulatorError} NOT_COMPILED, STRUCTURE_OFF, NO_SUCH_RANK, SYNAPSE_EXISTS, INVALID_VALUE.
   */
  createSynapse(
    rank: number,
    options: { readonly w?: number; readonly delay?: number } = {},
  ): void {
    const { w = 0, delay = 0 } = options;
    this.#create("createSynapse", [rank], [w], [delay]);
  }

  /**
   * Make synapses from pre neurons, all or none; as `createSynapse`.
   *
   * @throws {SimulatorError} as `createSynapse`; UNMATCHED_LIST.
   */
  createSynapses(
    ranks: readonly number[],
    options: { readonly weights?: readonly number[]; readonly delays?: readonly number[] } = {},
  ): void {
    const zeros = ranks.map(() => 0);
    const { weights = zeros, delays = zeros } = options;
    this.#create("createSynapses", ranks, weights, delays);
  }

  /** Remove the synapse from a pre neuron. @throws {SimulatorError} NOT_COMPILED, STRUCTURE_OFF, NO_SYNAPSE. */
  pruneSynapse(rank: number): void {
    this.#prune("pruneSynapse", [rank]);
  }

  /** Remove the synapses from pre neurons, all or none. @throws {SimulatorError} NOT_COMPILED, STRUCTURE_OFF, NO_SYNAPSE. */
  pruneSynapses(ranks: readonly number[]): void {
    this.#prune("pruneSynapses", ranks);
  }

  *[Symbol.iterator](): IterableIterator<IndividualSynapse> {
    for (const rank of this.preRanks) yield new IndividualSynapse(this, rank);
  }

  override toString(): string {
    return this.#label;
  }

  protected override missing(name: string): never {
    const facts = { object: this.#label, name, nearest: nearest(name, this.attributes) };
    throw problem("UNKNOWN_ATTRIBUTE", facts);
  }

  get #core(): ProjectionCore {
    return this.proj[internals];
  }

  get #label(): string {
    return `dendrite ${this.postRank} of ${this.#core.label}`;
  }

  #create(
    call: string,
    ranks: readonly number[],
    weights: readonly number[],
    delays: readonly number[],
  ): void {
    const label = this.#label;
    const synapses = { label, call: `${label}.${call}`, postRank: this.postRank, ranks };
    this.#core.structure.create({ ...synapses, weights, delays }, this.preRanks);
  }

  #prune(call: string, ranks: readonly number[]): void {
    const label = this.#label;
    const dendrite = { label, call: `${label}.${call}`, postRank: this.postRank };
    this.#core.structure.prune(dendrite, ranks, this.preRanks);
  }

  #write(name: string, value: ValueInput): void {
    const { store, state, label, singleWeight } = this.#core;
    const { locality, type } = store.attribute(name, this.#label);
    if (locality === "global") {
      throw problem("PROJECTION_WIDE", { projection: label, attribute: name });
    }
    if (name === "w" && singleWeight) throw problem("SINGLE_WEIGHT", { projection: label });
    // The row alone, as if it were all there is.
    const synapses = {
      postRanks: Int32Array.of(this.postRank),
      rowStart: Float64Array.of(0, this.size),
      preRanks: this.preRanks,
    };
    const target = { label, name, locality, synapses, source: state.rng };
    const one = typeof value === "number" || typeof value === "boolean";
    const drawn = value instanceof RandomDistribution;
    const row = one || drawn || locality !== "local" ? value : [value];
    const values = typed(checkedSynaptic(row, target), type);
    const all = values.length === 1 && locality === "local";
    store.writeRow(name, this.idx, all ? new Float64Array(this.size).fill(values[0]!) : values);
  }
}

/** One synapse. Attributes of the row or of the projection change for all synapses that share them. */
export class IndividualSynapse extends WithAttributes {
  readonly dendrite: Dendrite;
  /** Rank of the pre neuron. */
  readonly rank: number;

  /** Made by `dendrite.synapse(rank)` and `projection.synapse(pre, post)`. */
  constructor(dendrite: Dendrite, rank: number) {
    super();
    this.dendrite = dendrite;
    this.rank = rank;
    defineAttributes(
      this,
      dendrite.attributes.filter((name) => name !== "w"),
      (name) => this.get(name),
      (name, value) => {
        this.#write(name, value);
      },
    );
  }

  /** Weight. */
  get w(): number {
    return this.get("w");
  }

  set w(value: number) {
    this.set({ w: value });
  }

  /** Read an attribute. @throws {SimulatorError} UNKNOWN_ATTRIBUTE. */
  get(name: string): number {
    const value = this.dendrite.get(name);
    return typeof value === "number" ? value : value[this.#position]!;
  }

  /** Write attributes. @throws {SimulatorError} UNKNOWN_ATTRIBUTE, INVALID_VALUE, SINGLE_WEIGHT. */
  set(values: Readonly<Record<string, number>>): void {
    for (const [name, value] of Object.entries(values)) this.#write(name, value);
  }

  override toString(): string {
    return `synapse ${this.rank} → ${this.dendrite.postRank} of ${this.dendrite.proj[internals].label}`;
  }

  protected override missing(name: string): never {
    return this.dendrite.get(name) as never;
  }

  /** Its place in the dendrite, which others can come before. @throws {SimulatorError} NO_SYNAPSE when it has gone. */
  get #position(): number {
    const { dendrite, rank } = this;
    const position = dendrite.preRanks.indexOf(rank);
    if (position < 0) throw problem("NO_SYNAPSE", { dendrite: dendrite.toString(), rank });
    return position;
  }

  #write(name: string, value: ValueInput): void {
    const { proj } = this.dendrite;
    const { store } = proj[internals];
    if (typeof value !== "number" && typeof value !== "boolean") {
      const facts = { object: this.toString(), attribute: name, value: typeof value };
      throw problem("INVALID_VALUE", facts);
    }
    const row = this.dendrite.get(name);
    if (store.attribute(name).locality === "global") store.write(name, value);
    else if (typeof row === "number") this.dendrite.set({ [name]: value });
    else {
      const position = this.#position;
      const values = row.map((old, i) => (i === position ? Number(value) : old));
      this.dendrite.set({ [name]: values });
    }
  }
}
