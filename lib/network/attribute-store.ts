import { toSteps } from "../analysis/time.js";
import type { Row } from "../array/input.js";
import { nearest } from "../diagnostics.js";
import { InternalError, problem } from "../errors.js";
import { inputName, type KernelManifest } from "../ir/fields.js";
import type { Attribute, NeuronModel, ValueType } from "../model/types.js";
import type { NativeNetwork, Values as Field } from "../native/binding.js";
import { InitialValues } from "./initial-values.js";
import { native as engine } from "./native-errors.js";
import type { NetworkState } from "./state.js";
import { checkedValues, rowFor, type Target, type ValueInput } from "./values.js";

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

/** The attribute under which the refractory period is held, in ms. The name is reserved, so that no model has it. */
const REFRACTORY = "refractory";

/**
 * The attributes of a population: the one path by which they are read and written.
 *
 * Before `compile` it keeps what was assigned, and works values out when they are asked for; after it, the engine's fields
 * hold them. What was assigned before `compile` stays, for `reset`.
 */
export class AttributeStore {
  /** Targets of the projections that end here. */
  readonly incoming = new Set<string>();
  readonly #owner: Owner;
  readonly #attributes: Map<string, Attribute>;
  readonly #initial: InitialValues;
  #model: NeuronModel;
  #place: Place | null = null;

  constructor(model: NeuronModel, owner: Owner) {
    this.#model = model;
    this.#owner = owner;
    this.#attributes = new Map(attributesOf(model).map((attribute) => [attribute.name, attribute]));
    this.#initial = new InitialValues(owner, this.#attributes);
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

  /** Start with what was assigned to another population of the same model. */
  adopt(other: AttributeStore): void {
    this.#initial.adopt(other.#initial);
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
    const assignment = this.#initial.assignment(name, checked, part?.ranks ?? null);
    if (this.#place === null) {
      this.#initial.assign(attribute, assignment);
      return;
    }
    const values = this.#field(name);
    this.#initial.apply(values, attribute, assignment);
    this.#put(name, values);
  }

  /**
   * What the neurons receive for a target, (size) or (part): weighted sums, of spiking neurons the conductances
   * `g_<target>`; zeros, with a warning, where there are none.
   */
  sums(target: string, part: Part | null): Row {
    const { label, size, state } = this.#owner;
    state.requireIdle(`${label}.sum`);
    if (this.#place !== null && this.incoming.has(target)) {
      const { native, population, manifest } = this.#place;
      const slotOf = (field: string): number =>
        manifest.fields.findIndex(({ name }) => name === field);
      const slot = Math.max(slotOf(inputName(target)), slotOf(`g_${target}`));
      if (slot >= 0) {
        const sums = engine(() => native.field(population, slot), label);
        return this.#take("float", part, sums);
      }
    }
    state.warn("NO_INPUT", { object: label, target, compiled: this.#place !== null });
    return rowFor("float", state.config.precision, part?.ranks.length ?? size);
  }

  /** What an attribute starts with: the model's value and the assignments before `compile`. (1) or (size) */
  initial(name: string): Row {
    return this.#initial.of(this.attribute(name));
  }

  /** Move to the engine with the initial values. */
  attach(place: Place): void {
    this.#place = place;
    this.#initial.compiled();
    this.restore();
    this.#owner.attached(place);
  }

  /** Set fields, by default all of them, to their initial values. */
  restore(names: Iterable<string> = this.#attributes.keys()): void {
    if (this.#place === null) return;
    for (const name of names) {
      this.#initial.forget(name);
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
