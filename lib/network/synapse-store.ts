import { isArrayInput, type Row } from "../array/input.js";
import { nearest } from "../diagnostics.js";
import { InternalError, problem } from "../errors.js";
import type { KernelManifest } from "../ir/fields.js";
import type { Attribute, SynapseModel } from "../model/types.js";
import type { NativeNetwork, Synapses } from "../native/binding.js";
import type { SynapseSpec } from "../native/spec.js";
import { RandomDistribution } from "../random/distribution.js";
import { valueStream, type RandomSource } from "../random/generator.js";
import { native as engine } from "./native-errors.js";
import type { NetworkState } from "./state.js";
import {
  checkedSynaptic,
  rowsOf,
  typed,
  typedRow,
  type SynapticInput,
  type SynapticValues,
} from "./synapse-values.js";

/** Where a compiled projection lives in the engine. */
export interface SynapsePlace {
  readonly native: NativeNetwork;
  readonly projection: number;
  /** Fields of the compiled synapse type; null where spikes add `w` and nothing else happens. */
  readonly manifest: KernelManifest | null;
  /** The form that holds every local variable once per synapse; null where that is so anyway. */
  readonly bySynapse: { readonly manifest: KernelManifest; readonly spec: SynapseSpec } | null;
}

/** A projection, as far as the attributes of its synapses need to know it. */
export interface SynapseOwner {
  readonly state: NetworkState;
  readonly id: number;
  /** `projection "a"` */
  readonly label: string;
  /** One weight is stored for all synapses. */
  readonly singleWeight: boolean;
}

/** An assignment before `compile`: what, and for draws which one of the attribute's it is. */
interface Assignment {
  readonly value: SynapticInput;
  readonly use: number;
}

/**
 * The attributes of the synapses of a projection: the one path by which they are read and written.
 *
 * Before `compile` there are no synapses yet: it keeps what was assigned, and checks it against the rows once these are
 * there. A distribution is drawn by (seed, projection, attribute, how many draws the attribute had), as in populations.
 */
export class SynapseStore {
  readonly model: SynapseModel;
  readonly #owner: SynapseOwner;
  readonly #attributes: ReadonlyMap<string, Attribute>;
  readonly #assignments = new Map<string, Assignment>();
  readonly #uses = new Map<string, number>();
  #usesAtCompile: ReadonlyMap<string, number> = new Map();
  #place: SynapsePlace | null = null;

  constructor(model: SynapseModel, owner: SynapseOwner) {
    this.model = model;
    this.#owner = owner;
    this.#attributes = new Map(model.attributes.map((attribute) => [attribute.name, attribute]));
  }

  get place(): SynapsePlace | null {
    return this.#place;
  }

  /** Names of the attributes of a kind, in the order of declaration. */
  names(kind: Attribute["kind"]): readonly string[] {
    return [...this.#attributes.values()]
      .filter((attribute) => attribute.kind === kind)
      .map(({ name }) => name);
  }

  /** @throws {SimulatorError} UNKNOWN_ATTRIBUTE with the nearest name. */
  attribute(name: string, label = this.#owner.label): Attribute {
    const attribute = this.#attributes.get(name);
    if (attribute !== undefined) return attribute;
    const names = [...this.#attributes.keys()];
    throw problem("UNKNOWN_ATTRIBUTE", { object: label, name, nearest: nearest(name, names) });
  }

  /** Whether all synapses start with the same number. */
  startsUniform(name: string): boolean {
    return this.startOf(name) !== null;
  }

  /** The number with which all synapses start; null where each has its own. */
  startOf(name: string): number | null {
    const assigned = this.#assignments.get(name)?.value ?? this.attribute(name).init;
    const isOne = typeof assigned === "number" || typeof assigned === "boolean";
    return isOne ? Number(assigned) : null;
  }

  /** Start with what was assigned before `compile` to another projection of the same model. */
  adopt(other: SynapseStore): void {
    for (const [name, assignment] of other.#assignments) {
      this.#assignments.set(name, assignment);
      this.#uses.set(name, assignment.use);
    }
  }

  /** Copy values: a number of a global attribute, else one entry per post neuron. */
  read(name: string): SynapticValues {
    const attribute = this.attribute(name);
    const { state, label } = this.#owner;
    state.requireIdle(`${label}.${name}`);
    if (this.#place === null) return this.#beforeCompile(attribute);
    const values = this.values(name);
    if (this.#isOne(attribute)) return typedRow(values, attribute.type, this.#precision)[0]!;
    if (attribute.locality === "semiglobal") {
      return typedRow(values, attribute.type, this.#precision);
    }
    return rowsOf(this.synapses().rowStart, values, attribute.type, this.#precision);
  }

  /** What a global attribute starts with. */
  initialNumber(name: string): number {
    const attribute = this.attribute(name);
    const { init } = attribute;
    const assigned = this.#assignments.get(name)?.value ?? init;
    if (typeof assigned === "number" || typeof assigned === "boolean") return Number(assigned);
    const named = typeof init === "object" && "attribute" in init ? init.attribute : null;
    if (named !== null && this.#attributes.has(named)) return this.initialNumber(named);
    const constant = named === null ? undefined : this.#owner.state.constants.get(named);
    return constant?.value ?? (this.#place === null ? NaN : this.values(name)[0]!);
  }

  /** Copy the values of one row: a number, or one per synapse of a local attribute. */
  readRow(name: string, row: number): number | Row {
    const values = this.read(name);
    return typeof values === "number" ? values : values[row]!;
  }

  /** Write values: to the engine after `compile`, else to what it will start with. */
  write(name: string, value: SynapticInput): void {
    const attribute = this.attribute(name);
    const { state, label } = this.#owner;
    state.requireIdle(`${label}.${name}`);
    const use =
      value instanceof RandomDistribution || Array.isArray(value) ? this.#nextUse(name) : 0;
    if (this.#place === null) {
      if (name === "w") throw problem("NOT_COMPILED", { call: `${label}.w` });
      if (attribute.locality === "global") this.#requireOne(attribute, value);
      this.#assignments.set(name, { value: isArrayInput(value) ? structured(value) : value, use });
    } else {
      this.#requireOne(attribute, value);
      this.#assign(attribute, this.#checked(attribute, value, this.#stream(name, use)));
    }
  }

  /** Write one row of a local attribute, or its one value of a semiglobal one. */
  writeRow(name: string, row: number, values: ArrayLike<number>): void {
    const attribute = this.attribute(name);
    const all = Float64Array.from(this.values(name));
    const start = attribute.locality === "local" ? this.synapses().rowStart[row]! : row;
    all.set(values, start);
    this.#assign(attribute, all);
  }

  /** Move to the engine with the initial values. */
  attach(place: SynapsePlace): void {
    this.#place = place;
    this.#usesAtCompile = new Map(this.#uses);
    this.restore([...this.#attributes.keys()]);
  }

  /** Set attributes to their initial values; weights stay as they are. */
  restore(names: readonly string[]): void {
    for (const name of names) {
      const attribute = this.attribute(name);
      this.#uses.set(name, this.#usesAtCompile.get(name) ?? 0);
      if (name !== "w") this.#assign(attribute, this.#initial(attribute));
    }
  }

  /**
   * What an attribute of a synapse starts with that is made later, and the attribute whose draw it is: as for all synapses,
   * where these start with one number, one distribution, or one number per row. Null stands for the weight.
   */
  first(name: string): {
    readonly attribute: string;
    readonly value: number | RandomDistribution | Float64Array | null;
  } {
    const { init, locality } = this.attribute(name);
    if (name === "w") return { attribute: name, value: null };
    const rows = this.synapses().postRanks.length;
    if (locality === "semiglobal") {
      const values = this.#initial(this.attribute(name));
      return { attribute: name, value: values.length === 1 ? values[0]! : values };
    }
    const assigned = this.#assignments.get(name)?.value;
    if (typeof assigned === "number" || typeof assigned === "boolean") {
      return { attribute: name, value: Number(assigned) };
    }
    if (assigned instanceof RandomDistribution) return { attribute: name, value: assigned };
    if (Array.isArray(assigned) && assigned.length === rows) {
      const entries: readonly unknown[] = assigned;
      const numbers = entries.filter((entry) => typeof entry === "number");
      if (numbers.length === rows) return { attribute: name, value: Float64Array.from(numbers) };
    }
    if (typeof init === "number" || init instanceof RandomDistribution) {
      return { attribute: name, value: init };
    }
    if (this.#attributes.has(init.attribute)) return this.first(init.attribute);
    return { attribute: name, value: this.#named(init.attribute)[0]! };
  }

  /** @throws {SimulatorError} NOT_COMPILED. */
  synapses(): Synapses {
    const { native, projection } = this.#placed();
    return engine(() => native.synapses(projection), this.#owner.label);
  }

  /** Values as the engine has them: (1), (rows) or (synapses). */
  values(name: string): Row {
    const { native, projection } = this.#placed();
    return engine(() => native.synapticValues(projection, this.slot(name)), this.#owner.label);
  }

  /** Write the weights as the engine wants them, (1) or (synapses). */
  setWeights(weights: ArrayLike<number>): void {
    this.#put(this.attribute("w"), Float64Array.from(weights));
  }

  /** Slot of an attribute in the compiled synapse type. */
  slot(name: string): number {
    const { manifest } = this.#placed();
    if (manifest === null) return 0;
    const slot = manifest.fields.findIndex(
      (field) => field.owner === "self" && field.role === "attribute" && field.name === name,
    );
    if (slot < 0) throw new InternalError(`no field for ${name} in ${this.#owner.label}`);
    return slot;
  }

  get #precision(): "double" | "float" {
    return this.#owner.state.config.precision;
  }

  #placed(): SynapsePlace {
    if (this.#place === null) throw problem("NOT_COMPILED", { call: this.#owner.label });
    return this.#place;
  }

  #beforeCompile({ name, init }: Attribute): number {
    const { state, label } = this.#owner;
    const assigned = this.#assignments.get(name)?.value ?? init;
    if (name !== "w" && (typeof assigned === "number" || typeof assigned === "boolean")) {
      return Number(assigned);
    }
    state.warn("NO_SYNAPSES_YET", { projection: label, call: name });
    return 0;
  }

  /** Whether a value is one for all synapses: global attributes, and a weight that is stored once. */
  #isOne({ name, locality }: Attribute): boolean {
    return locality === "global" || (name === "w" && this.#owner.singleWeight);
  }

  /** @throws {SimulatorError} SINGLE_WEIGHT, PROJECTION_WIDE when several values are given for one. */
  #requireOne(attribute: Attribute, value: SynapticInput): void {
    if (typeof value === "number" || typeof value === "boolean") return;
    const { label: projection } = this.#owner;
    const { name, locality } = attribute;
    if (locality === "global") throw problem("PROJECTION_WIDE", { projection, attribute: name });
    if (this.#isOne(attribute)) throw problem("SINGLE_WEIGHT", { projection });
  }

  /** Whether a local variable is held once per pre or post neuron. */
  #isHeld({ name, locality }: Attribute): boolean {
    const manifest = this.#place?.manifest ?? null;
    if (manifest === null || locality !== "local") return false;
    const { scope } = manifest.fields[this.slot(name)]!;
    return scope === "row" || scope === "column";
  }

  /**
   * Write values that the user gives after `compile`. What is held once per neuron stays so while it makes no difference;
   * else every synapse holds its own from now on.
   */
  #assign(attribute: Attribute, values: Float64Array): void {
    const place = this.#placed();
    const { native, projection, bySynapse } = place;
    if (bySynapse === null || !this.#isHeld(attribute)) {
      this.#put(attribute, values);
      return;
    }
    const slot = this.slot(attribute.name);
    const { label } = this.#owner;
    if (engine(() => native.holdSynapticValues(projection, slot, values), label)) return;
    engine(() => {
      native.holdBySynapse(projection, bySynapse.spec);
    }, label);
    this.#place = { ...place, manifest: bySynapse.manifest, bySynapse: null };
    this.#put(attribute, values);
  }

  #initial(attribute: Attribute): Float64Array {
    const { name, init } = attribute;
    const assigned = this.#assignments.get(name);
    if (assigned !== undefined) {
      return this.#checked(attribute, assigned.value, this.#stream(name, assigned.use));
    }
    if (typeof init === "object" && "attribute" in init) {
      return this.#spread(this.#named(init.attribute), attribute);
    }
    return this.#checked(attribute, init, this.#stream(name, 0));
  }

  /** The initial values of another attribute, or the value of a constant. */
  #named(name: string): Float64Array {
    const attribute = this.#attributes.get(name);
    if (attribute !== undefined) {
      return name === "w" ? Float64Array.from(this.values("w")) : this.#initial(attribute);
    }
    const constant = this.#owner.state.constants.get(name);
    if (constant === undefined) throw new InternalError(`no constant ${name}`);
    return Float64Array.of(constant.value);
  }

  /** Give the synapses of a row the value of the row, where a local attribute starts with that of a semiglobal one. */
  #spread(values: Float64Array, { locality }: Attribute): Float64Array {
    const { rowStart, postRanks } = this.synapses();
    const count = rowStart[postRanks.length] ?? 0;
    if (locality !== "local" || values.length === 1 || values.length === count) return values;
    const result = new Float64Array(count);
    values.forEach((value, row) => result.fill(value, rowStart[row], rowStart[row + 1]));
    return result;
  }

  #checked(attribute: Attribute, value: SynapticInput, source: RandomSource): Float64Array {
    const { name, locality, type } = attribute;
    const { label } = this.#owner;
    const target = { label, name, locality, synapses: this.synapses(), source };
    return typed(checkedSynaptic(value, target), type);
  }

  #put(attribute: Attribute, values: Float64Array): void {
    const { native, projection } = this.#placed();
    const slot = this.slot(attribute.name);
    engine(() => native.setSynapticValues(projection, slot, values), this.#owner.label);
  }

  #stream(name: string, use: number): RandomSource {
    const number = [...this.#attributes.keys()].indexOf(name);
    // Object numbers as in the engine: odd ones are projections.
    return valueStream(this.#owner.state.seed, 2 * this.#owner.id + 1, number, use);
  }

  #nextUse(name: string): number {
    const use = (this.#uses.get(name) ?? 0) + 1;
    this.#uses.set(name, use);
    return use;
  }
}

/** A copy that later changes of the user's array do not reach; distributions are the values that they are. */
function structured(value: SynapticInput): SynapticInput {
  if (!Array.isArray(value)) return ArrayBuffer.isView(value) ? value.slice() : value;
  const entries: readonly (number | RandomDistribution | ArrayLike<number>)[] = value;
  return entries.map((entry) =>
    typeof entry === "object" && !(entry instanceof RandomDistribution) ? Array.from(entry) : entry,
  );
}
