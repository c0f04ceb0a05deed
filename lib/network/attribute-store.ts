import type { Row } from "../array/input.js";
import { nearest } from "../diagnostics.js";
import { InternalError, problem } from "../errors.js";
import { inputName, type KernelManifest } from "../ir/fields.js";
import type { Attribute, NeuronModel, ValueType } from "../model/types.js";
import type { NativeNetwork, Values as Field } from "../native/binding.js";
import { RandomDistribution } from "../random/distribution.js";
import { valueStream } from "../random/generator.js";
import { native as engine } from "./native-errors.js";
import type { NetworkState } from "./state.js";
import { toSteps } from "../analysis/time.js";
import {
  checkedValues,
  ofType,
  rowFor,
  type Target,
  type ValueInput,
  type Values,
} from "./values.js";

/** Where a compiled population lives in the engine. */
export interface Place {
  readonly native: NativeNetwork;
  readonly population: number;
  readonly manifest: KernelManifest;
}

/** A population, as far as its attributes need to know it. */
export interface Owner {
  readonly state: NetworkState;
  readonly id: number;
  /** `population "exc"` */
  readonly label: string;
  readonly size: number;
  readonly geometry: readonly number[];
  /** The engine has the fields now, with their initial values. */
  attached(place: Place): void;
}

/** Some neurons of a population, in the order in which values are given; null: all of them. */
export interface Part {
  readonly label: string;
  readonly ranks: Int32Array;
}

/** An assignment before compilation: what, to whom, and for draws which one of the population's it is. */
interface Assignment {
  readonly value: Values;
  readonly ranks: Int32Array | null;
  readonly use: number;
}

/** What a distribution gave; drawn again only for another seed, or when the population has moved to another network. */
interface Draw {
  readonly seed: number;
  readonly id: number;
  readonly values: Float64Array;
}

/** The attribute under which the refractory period is held, in ms. The name is reserved, so that no model has it. */
const REFRACTORY = "refractory";

/**
 * The attributes of a population: the one path by which they are read and written.
 *
 * Before `compile` it keeps what was assigned, and works values out when they are asked for; after it, the engine's fields
 * hold them. What was assigned before `compile` stays, for `reset`. A distribution is drawn by (seed, population, attribute,
 * how many draws the attribute had): so `reset` and a new network with the same seed start alike, and what else there is in
 * the network changes nothing.
 */
export class AttributeStore {
  /** Targets of the projections that end here. */
  readonly incoming = new Set<string>();
  readonly #owner: Owner;
  readonly #attributes: Map<string, Attribute>;
  readonly #assignments = new Map<string, Assignment[]>();
  readonly #draws = new WeakMap<Assignment, Draw>();
  readonly #uses = new Map<string, number>();
  #model: NeuronModel;
  #place: Place | null = null;
  #usesAtCompile: ReadonlyMap<string, number> = new Map();

  constructor(model: NeuronModel, owner: Owner) {
    this.#model = model;
    this.#owner = owner;
    this.#attributes = new Map(attributesOf(model).map((attribute) => [attribute.name, attribute]));
  }

  get model(): NeuronModel {
    return this.#model;
  }

  /** Before `compile`: a model with the same attributes, beside the refractory period; values assigned to them stay. */
  set model(model: NeuronModel) {
    this.#model = model;
    for (const attribute of attributesOf(model)) this.#attributes.set(attribute.name, attribute);
  }

  get place(): Place | null {
    return this.#place;
  }

  /** @throws {SimulatorError} UNKNOWN_ATTRIBUTE with the nearest name. */
  attribute(name: string, label = this.#owner.label): Attribute {
    const attribute = this.#attributes.get(name);
    if (attribute === undefined) throw this.unknown(name, label);
    return attribute;
  }

  /** Whether an attribute is one value for all neurons. */
  isGlobal(name: string): boolean {
    return this.attribute(name).locality === "global";
  }

  /** The error for a name that is no attribute. */
  unknown(name: string, label = this.#owner.label): Error {
    const names = this.#model.attributes.map((attribute) => attribute.name);
    return problem("UNKNOWN_ATTRIBUTE", { object: label, name, nearest: nearest(name, names) });
  }

  /** Copy values: (1) of a global attribute, (size) of a local one, (part) for a part. */
  read(name: string, part: Part | null): Row {
    const attribute = this.attribute(name, part?.label);
    this.#owner.state.requireIdle(`${this.#owner.label}.${name}`);
    const global = attribute.locality === "global";
    const values = this.#place === null ? this.initial(name) : this.#field(name);
    return this.#take(attribute.type, global ? null : part, values);
  }

  /** Write values: to the engine after `compile`, else to what it will start with. */
  write(name: string, value: ValueInput, part: Part | null): void {
    const attribute = this.attribute(name, part?.label);
    const { label, size, geometry, state } = this.#owner;
    state.requireIdle(`${label}.${name}`);
    const global = attribute.locality === "global";
    if (global && part !== null) {
      throw problem("GLOBAL_THROUGH_VIEW", { object: part.label, attribute: name });
    }
    const target: Target = {
      object: part?.label ?? label,
      attribute: name,
      size: part?.ranks.length ?? size,
      geometry: part === null ? geometry : null,
      global,
    };
    const checked = checkedValues(value, target);
    const use = checked instanceof RandomDistribution ? this.#nextUse(name) : 0;
    const assignment = { value: frozen(checked, target.size), ranks: part?.ranks ?? null, use };
    if (this.#place === null) {
      this.#remember(name, assignment);
      if (checked instanceof RandomDistribution)
        this.#draw(attribute, checked, target.size, assignment);
    } else {
      const values = this.#field(name);
      this.#apply(values, attribute, assignment);
      this.#put(name, values);
    }
  }

  /**
   * What the neurons receive for a target, (size) or (part): weighted sums, of spiking neurons the conductances
   * `g_<target>`; zeros, with a warning, where there are none.
   */
  sums(target: string, part: Part | null): Row {
    const { label, size, state } = this.#owner;
    state.requireIdle(`${label}.sum`);
    if (this.#place !== null && this.incoming.has(target)) {
      if (this.#model.type === "spike") return this.read(`g_${target}`, part);
      const { native, population, manifest } = this.#place;
      const slot = manifest.fields.findIndex(({ name }) => name === inputName(target));
      if (slot >= 0)
        return this.#take(
          "float",
          part,
          engine(() => native.field(population, slot)),
        );
    }
    state.warn("NO_INPUT", { object: label, target, compiled: this.#place !== null });
    return rowFor("float", state.config.precision, part?.ranks.length ?? size);
  }

  /** What an attribute starts with: the model's value and the assignments before `compile`. (1) or (size) */
  initial(name: string): Row {
    const attribute = this.attribute(name);
    const length = attribute.locality === "global" ? 1 : this.#owner.size;
    const values = rowFor(attribute.type, this.#owner.state.config.precision, length);
    const { init } = attribute;
    const value =
      typeof init === "object" && "attribute" in init ? this.#named(init.attribute) : init;
    this.#apply(values, attribute, { value, ranks: null, use: 0 });
    for (const assignment of this.#assignments.get(name) ?? []) {
      this.#apply(values, attribute, assignment);
    }
    return values;
  }

  /** Move to the engine with the initial values. */
  attach(place: Place): void {
    this.#place = place;
    this.#usesAtCompile = new Map(this.#uses);
    this.restore();
    this.#owner.attached(place);
  }

  /** Set fields, by default all of them, to their initial values. */
  restore(names: Iterable<string> = this.#attributes.keys()): void {
    if (this.#place === null) return;
    for (const name of names) {
      this.#uses.set(name, this.#usesAtCompile.get(name) ?? 0);
      this.#put(name, this.initial(name));
    }
  }

  /** Live view of a field. @throws {SimulatorError} NOT_COMPILED. */
  buffer(name: string): Field {
    this.attribute(name);
    if (this.#place === null) throw problem("NOT_COMPILED", { call: "buffer" });
    const { native, population } = this.#place;
    return engine(() => native.field(population, this.slot(name)), this.#owner.label);
  }

  /** Slot of an attribute in the compiled kernel. */
  slot(name: string): number {
    const fields = this.#place?.manifest.fields ?? [];
    const role = name === REFRACTORY ? "refractory" : "attribute";
    const slot = fields.findIndex(
      (f) => f.role === role && (role === "refractory" || f.name === name),
    );
    if (slot < 0) throw new InternalError(`no field for ${name} in ${this.#owner.label}`);
    return slot;
  }

  /** The field of an attribute as a user reads it: the refractory period in ms. */
  #field(name: string): Field {
    const values = this.buffer(name);
    if (name !== REFRACTORY) return values;
    return Float64Array.from(values, (steps) => steps * this.#owner.state.config.dt);
  }

  /** Write values in the user's units to the field of an attribute. */
  #put(name: string, values: Field | Row): void {
    const { native, population } = this.#place!;
    const slot = this.slot(name);
    const field = this.buffer(name);
    if (field !== values) {
      field.set(name === REFRACTORY ? inSteps(values, this.#owner.state.config.dt) : values);
    }
    native.fieldChanged(population, slot);
  }

  #take(type: ValueType, part: Part | null, values: Field | Row): Row {
    const length = part?.ranks.length ?? values.length;
    const result = rowFor(type, this.#owner.state.config.precision, length);
    for (let i = 0; i < length; i++) result[i] = values[part?.ranks[i] ?? i]!;
    return result;
  }

  #apply(values: Field | Row, attribute: Attribute, assignment: Assignment): void {
    const { value, ranks } = assignment;
    const count = ranks?.length ?? values.length;
    const source =
      value instanceof RandomDistribution ? this.#draw(attribute, value, count, assignment) : value;
    if (typeof source === "number" && ranks === null) {
      values.fill(ofType(source, attribute.type));
      return;
    }
    for (let i = 0; i < count; i++) {
      const next = typeof source === "number" ? source : source[i]!;
      values[ranks?.[i] ?? i] = ofType(next, attribute.type);
    }
  }

  #draw(
    attribute: Attribute,
    value: RandomDistribution,
    count: number,
    assignment: Assignment,
  ): Float64Array {
    const { id } = this.#owner;
    const { seed } = this.#owner.state;
    const earlier = this.#draws.get(assignment);
    if (earlier?.seed === seed && earlier.id === id) return earlier.values;
    const number = [...this.#attributes.keys()].indexOf(attribute.name);
    // Object numbers as in the engine: even ones are populations.
    const stream = valueStream(seed, 2 * id, number, assignment.use);
    const values = value.draw(count, stream);
    this.#draws.set(assignment, { seed, id, values });
    return values;
  }

  #named(name: string): Values {
    if (this.#attributes.has(name)) {
      const values = this.initial(name);
      return values.length === 1 ? values[0]! : values;
    }
    const constant = this.#owner.state.constants.get(name);
    if (constant === undefined) throw new InternalError(`no constant ${name}`);
    return constant.value;
  }

  #nextUse(name: string): number {
    const use = (this.#uses.get(name) ?? 0) + 1;
    this.#uses.set(name, use);
    return use;
  }

  #remember(name: string, assignment: Assignment): void {
    const earlier = assignment.ranks === null ? [] : (this.#assignments.get(name) ?? []);
    this.#assignments.set(name, [...earlier, assignment]);
  }
}

/** A distribution with a generator of its own is drawn now: it continues from use to use, and `reset` keeps what it gave. */
function frozen(value: Values, size: number): Values {
  if (!(value instanceof RandomDistribution) || value.seed === null) return value;
  return value.getValues(size).data;
}

/** Times in whole steps. Most neurons have the period of their neighbour, which is converted once. */
function inSteps(times: Field | Row, dt: number): Int32Array {
  const steps = new Int32Array(times.length);
  for (let i = 0; i < times.length; i++) {
    steps[i] = i > 0 && times[i] === times[i - 1] ? steps[i - 1]! : toSteps(times[i]!, dt, "floor");
  }
  return steps;
}

/** The attributes of a model and, where the model gives it as a number, the refractory period. */
function attributesOf({ attributes, refractory }: NeuronModel): readonly Attribute[] {
  if (typeof refractory !== "number") return attributes;
  const traits = { kind: "parameter", locality: "local", type: "float", span: null } as const;
  return [...attributes, { name: REFRACTORY, ...traits, init: refractory }];
}
