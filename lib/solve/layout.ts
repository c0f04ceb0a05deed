import { InternalError } from "../errors.js";
import type { FieldRole, FieldScope, FieldType, KernelField } from "../ir/fields.js";
import type { NeuronModel } from "../model/types.js";

/** Names of fields that are no attribute begin with a dot, which no name in a text does. */
const OWN = ".";

/** The fields of a kernel in the making, and where a name stands among them. */
export class Layout {
  readonly #fields: KernelField[] = [];
  readonly #slots = new Map<string, number>();

  /** Give every attribute, constant and counter of a model a slot. */
  constructor(model: NeuronModel) {
    for (const { name, type, locality } of model.attributes) {
      this.#add(name, type === "float" ? "real" : "int32", locality, "attribute");
    }
    for (const name of model.constants) this.#add(name, "real", "global", "constant");
    if (model.type === "spike") this.#add(`${OWN}spiked`, "int32", "local", "spiked");
    if (model.refractory === null) return;
    this.#add(`${OWN}remaining`, "int32", "local", "remaining");
    if (typeof model.refractory === "number") {
      this.#add(`${OWN}refractory`, "int32", "local", "refractory");
    }
  }

  get fields(): readonly KernelField[] {
    return this.#fields;
  }

  field(slot: number): KernelField {
    const field = this.#fields[slot];
    if (field === undefined) throw new InternalError(`there is no field in slot ${slot}`);
    return field;
  }

  /** Slot of an attribute or constant. */
  slotOf(name: string): number {
    const slot = this.#slots.get(name);
    if (slot === undefined) throw new InternalError(`"${name}" has no field`);
    return slot;
  }

  has(name: string): boolean {
    return this.#slots.has(name);
  }

  /** Slot of the only field with this role. */
  slotOfRole(role: FieldRole): number {
    return this.slotOf(OWN + role);
  }

  /** Add a global field for a value that is worked out before the step. */
  addShared(): number {
    return this.#add(`${OWN}shared${this.#fields.length}`, "real", "global", "shared");
  }

  #add(name: string, type: FieldType, scope: FieldScope, role: FieldRole): number {
    this.#slots.set(name, this.#fields.length);
    return this.#fields.push({ name, type, scope, owner: "self", role }) - 1;
  }
}
