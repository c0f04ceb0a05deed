import type { Pattern } from "../connect/pattern.js";
import type { Rows } from "../connect/rows.js";
import { InternalError, problem } from "../errors.js";
import type { SynapseModel } from "../model/types.js";
import type { Synapses } from "../native/binding.js";
import type { NetworkSpec } from "../native/spec.js";
import { valueStream } from "../random/generator.js";
import { requireForms } from "../solve/forms.js";
import { populationOf, resolveEnd, siteOf, type End } from "./ends.js";
import { internals } from "./internals.js";
import { native as engine } from "./native-errors.js";
import type { PopLike } from "./population.js";
import { checkedDelays, delaysInSteps, type Delays } from "./projection-delays.js";
import { checkStorage, storesSingleWeight, type StorageOwner } from "./projection-storage.js";
import { ProjectionStructure } from "./projection-structure.js";
import { ProjectionSwitches } from "./projection-switches.js";
import { sameSynapses, withSynapses } from "./rebuild.js";
import { withFreshSynapses } from "./remake.js";
import type { Member, NetworkState } from "./state.js";
import { SynapseStore, type SynapseOwner, type SynapsePlace } from "./synapse-store.js";
import type { Synapse } from "./synapse.js";

/** What a projection is made of. */
export interface CoreOptions {
  readonly pre: End;
  readonly post: End;
  readonly targets: readonly string[];
  readonly synapse: Synapse;
  readonly name: string | undefined;
}

/** How a projection is connected. */
export interface Connection {
  readonly pattern: Pattern;
  /** The synapses, where the user gave them one by one. */
  readonly rows: Rows | null;
  readonly delays: Delays;
}

/** What the classes of this folder know of a projection and users do not see. */
export class ProjectionCore implements SynapseOwner, StorageOwner {
  /** The network it belongs to; changes when a network takes it from the default one. */
  state: NetworkState;
  readonly targets: readonly string[];
  readonly synapse: Synapse;
  readonly store: SynapseStore;
  readonly switches: ProjectionSwitches;
  readonly structure: ProjectionStructure;
  readonly #self: Member;
  readonly #name: string | null;
  readonly #pre: End;
  readonly #post: End;
  #connection: Connection | null = null;
  #structural: boolean | null = null;
  /** What the engine was made of, to make the synapses once more. */
  #spec: NetworkSpec | null = null;

  constructor(self: Member, options: CoreOptions, state: NetworkState) {
    const { pre, post, targets, synapse, name } = options;
    this.#self = self;
    this.#pre = pre;
    this.#post = post;
    this.#name = name === undefined || DEFAULT_NAME.test(name) ? null : name;
    this.state = state;
    this.targets = targets;
    this.synapse = synapse;
    const { model, warnings } = synapse.analyse(state, this.type, targets);
    requireForms(model);
    this.store = new SynapseStore(model, this);
    this.switches = new ProjectionSwitches(this);
    this.structure = new ProjectionStructure(this);
    state.projections.push(self);
    for (const { code, problem: facts } of warnings) state.warn(code, facts);
  }

  get id(): number {
    return this.state.projections.indexOf(this.#self);
  }

  get name(): string {
    return this.#name ?? `proj${this.id}`;
  }

  get label(): string {
    return `projection ${JSON.stringify(this.name)}`;
  }

  /** @throws {SimulatorError} UNKNOWN_POPULATION when it was given by a name that no population has. */
  get pre(): PopLike {
    return resolveEnd(this.#pre, this.state);
  }

  /** @throws {SimulatorError} UNKNOWN_POPULATION when it was given by a name that no population has. */
  get post(): PopLike {
    return resolveEnd(this.#post, this.state);
  }

  /** Synapses follow the neurons that they start from. */
  get type(): "rate" | "spike" {
    return populationOf(this.pre)[internals].store.model.type;
  }

  get model(): SynapseModel {
    return this.store.model;
  }

  get place(): SynapsePlace | null {
    return this.store.place;
  }

  /** How it is connected; null before a connector was called. */
  get connection(): Connection | null {
    return this.#connection;
  }

  /** One weight is stored for all synapses: a single number was given, and nothing changes weights. */
  get singleWeight(): boolean {
    const pattern = this.#connection?.pattern;
    return pattern !== undefined && storesSingleWeight(this, pattern);
  }

  /** Synapses may come and go; settled when the network is compiled. */
  get structural(): boolean {
    return this.#structural ?? this.state.config.structuralPlasticity;
  }

  /** The synapse model says nothing but what projections do without one. */
  get defaultModel(): boolean {
    const { options } = this.synapse;
    return Object.keys(options).every((key) => key === "name" || key === "description");
  }

  /** Spikes add `w` to the targets, and nothing else happens: the engine does it without a compiled synapse type. */
  get plain(): boolean {
    return this.type === "spike" && this.defaultModel && !this.structural;
  }

  /**
   * Take the pattern that a connector made.
   *
   * @throws {SimulatorError} COMPILED_ALREADY, REPEATED_RANK, and what the pattern says of ends that do not fit.
   * @throws {InvalidConfiguration} STORAGE_FORMAT.
   */
  connect(pattern: Pattern): void {
    const { state, label, pre, post } = this;
    state.requireOpen(label);
    if (this.#connection !== null) state.warn("CONNECTED_TWICE", { projection: label });
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
    const site = siteOf(label, pre, post);
    pattern.check?.(site);
    const rows = pattern.kind === "explicit" ? pattern.rows(site) : null;
    const delays = delaysInSteps(pattern.delays ?? rows?.delays ?? 0, state.config.dt);
    checkStorage(this, pattern, delays);
    this.#connection = { pattern, rows, delays };
    const { store } = populationOf(post)[internals];
    for (const target of this.targets) store.incoming.add(target);
  }

  /** Be connected as another projection, and start with what was assigned to it. */
  adopt(source: ProjectionCore): void {
    if (source.#connection !== null) this.connect(source.#connection.pattern);
    this.store.adopt(source.store);
    this.switches.adopt(source.switches);
  }

  /** Move to another network, whose steps may be of another length. */
  moveTo(state: NetworkState): void {
    this.state = state;
    if (this.#connection === null) return;
    const { pattern, rows } = this.#connection;
    const delays = delaysInSteps(pattern.delays ?? rows?.delays ?? 0, state.config.dt);
    this.#connection = { pattern, rows, delays };
  }

  /** Move to the engine with the initial values. */
  attached(place: SynapsePlace, spec: NetworkSpec): void {
    this.#spec = spec;
    this.#structural = this.structural;
    this.store.attach(place);
    this.switches.attach(place.native, place.projection);
    this.structure.attach();
    this.#drawDelays();
  }

  /** Whether every synapse has a delay of its own. */
  get heterogeneous(): boolean {
    return this.#connection !== null && typeof this.#connection.delays.spec !== "number";
  }

  /** Delays as they are now: (1) or (synapses). [steps] */
  delays(): Int32Array {
    const { place } = this;
    if (place !== null) return engine(() => place.native.delays(place.projection), this.label);
    const spec = this.#connection?.delays.spec;
    return Int32Array.of(typeof spec === "number" ? spec : 1);
  }

  /** Change delays [ms]. @throws {SimulatorError} NOT_COMPILED, NO_DELAYS, UNIFORM_DELAY, OWN_DELAYS, WRONG_ROWS, WRONG_ROW. */
  setDelays(value: unknown): void {
    const { label, state, place, heterogeneous } = this;
    state.requireCompiled(`${label}.delay`);
    if (place === null) throw new InternalError(`${label} has no place`);
    if (this.#connection?.delays.given !== true) throw problem("NO_DELAYS", { projection: label });
    const synapses = this.store.synapses();
    const target = { label, dt: state.config.dt, synapses, heterogeneous };
    const delays = checkedDelays(value, target);
    engine(() => {
      place.native.setDelays(place.projection, delays);
    }, label);
  }

  /** Change the delays of one row [ms]. @throws {SimulatorError} as `setDelays`; UNIFORM_DELAY where all synapses share one. */
  setDelaysOfRow(row: number, value: unknown): void {
    const { label, state, heterogeneous } = this;
    if (!heterogeneous) throw problem("UNIFORM_DELAY", { projection: label });
    const { rowStart } = this.store.synapses();
    const steps = this.delays();
    const { dt } = state.config;
    const rows: unknown[] = Array.from({ length: rowStart.length - 1 }, (_, i) =>
      Float64Array.from(steps.subarray(rowStart[i], rowStart[i + 1]), (n) => n * dt),
    );
    rows[row] = value;
    this.setDelays(rows);
  }

  /** Give it other synapses, with these delays [steps]; their attributes start as 0. */
  rebuild(synapses: Synapses, delays: Int32Array): void {
    const { place, label } = this;
    const spec = place === null ? undefined : this.#spec?.projections[place.projection];
    if (place === null || spec === undefined) throw new InternalError(`${label} was never made`);
    engine(() => {
      place.native.rebuild(place.projection, withSynapses(spec, synapses, delays));
    }, label);
    this.structure.attach();
  }

  /** Set attributes, by default all but the weights, to their initial values. */
  reset(attributes: readonly string[] | undefined, synapses: boolean): void {
    const { state, label, model, place } = this;
    state.requireCompiled(`${label}.reset`);
    if (place === null) throw new InternalError(`${label} has no place`);
    if (synapses) this.#remake(place);
    const all = model.attributes.map(({ name }) => name);
    const known = attributes?.filter((name) => {
      if (!all.includes(name)) state.warn("SKIPPED_IN_RESET", { object: label, name });
      return all.includes(name);
    });
    this.store.restore(known ?? all);
  }

  /** Give weights and delays the values with which they were made: the same connector, drawn from the same streams. */
  #remake(place: SynapsePlace): void {
    const spec = this.#spec;
    if (spec === null) throw new InternalError(`${this.label} was never made`);
    const { projection, native } = place;
    if (this.structural) this.#reconnect(place, spec);
    withFreshSynapses(spec, projection, (fresh) => {
      const synapses = fresh.synapses(projection);
      if (!sameSynapses(synapses, this.store.synapses())) {
        this.rebuild(synapses, fresh.delays(projection));
      }
      this.store.setWeights(fresh.synapticValues(projection, this.store.slot("w")));
      native.setDelays(projection, fresh.delays(projection));
    });
    this.#drawDelays();
  }

  /** Give it the synapses that its connector made, where others have come or gone; events under way are lost with them. */
  #reconnect({ native, projection }: SynapsePlace, { projections }: NetworkSpec): void {
    engine(() => {
      native.rebuild(projection, projections[projection]!);
      native.settleSynapses(projection);
    }, this.label);
    this.structure.attach();
  }

  /** Draw the delays that the engine cannot. */
  #drawDelays(): void {
    const { place, state, label, id } = this;
    const drawn = this.#connection?.delays.drawn ?? null;
    if (place === null || drawn === null) return;
    const count = engine(() => place.native.countSynapses(place.projection), label);
    const stream = valueStream(state.seed, 2 * id + 1, this.model.attributes.length, 0);
    const delays = drawn(count, stream);
    engine(() => {
      place.native.setDelays(place.projection, delays);
    }, label);
  }
}

/** Names that projections have by default; a user's name of this form is replaced. */
const DEFAULT_NAME = /^proj\d+$/;
