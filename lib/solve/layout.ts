import type { InputSum, Name, Reduction, Remote } from "../dsl/ast.js";
import { InternalError } from "../errors.js";
import {
  constantName,
  ownName,
  type FieldOwner,
  type FieldRole,
  type KernelField,
} from "../ir/fields.js";
import type { Attribute } from "../model/types.js";

/** A part of an expression that stands for the value of a field, or for the sum of some. */
export type Reading = Name | Remote | InputSum | Reduction;

/** The fields of a kernel in the making, and where the names of a model stand among them. */
export abstract class Layout {
  readonly #fields: KernelField[] = [];
  readonly #slots = new Map<string, number>();
  readonly #truths = new Set<number>();

  get fields(): readonly KernelField[] {
    return this.#fields;
  }

  field(slot: number): KernelField {
    const field = this.#fields[slot];
    if (field === undefined) throw new InternalError(`there is no field in slot ${slot}`);
    return field;
  }

  /** Slot of an attribute or constant of the model, or of a field that is no attribute. */
  slotOf(name: string): number {
    return this.find(name) ?? missing(name);
  }

  /** Slot of the only field with this role. */
  slotOfRole(role: FieldRole): number {
    return this.slotOf(ownName(role));
  }

  /** Slots of the fields whose sum a part of an expression stands for; null when it is no field. */
  abstract slotsFor(reading: Reading): readonly number[] | null;

  /** Slot of the number of the last spike's step, where the name is that of its time: `t_last`, `t_pre`, `t_post`. */
  abstract lastSpikeFor(name: string): number | null;

  /** Tell whether a field holds 0 or 1. */
  isTruth(slot: number): boolean {
    return this.#truths.has(slot);
  }

  /** Add a global field for a value that is worked out before the step. */
  addShared(): number {
    return this.add({
      name: `${ownName("shared")}${this.#fields.length}`,
      type: "real",
      scope: "global",
      owner: "self",
      role: "shared",
    });
  }

  /** Add a field, or find the one that has its name. */
  protected add(field: KernelField): number {
    const found = this.find(field.name, field.owner);
    if (found !== null) return found;
    this.#slots.set(key(field.name, field.owner), this.#fields.length);
    return this.#fields.push(field) - 1;
  }

  protected addAttribute({ name, type }: Attribute, scope: KernelField["scope"]): number {
    const role = "attribute";
    const slot = this.add({ name, type: fieldType(type), scope, owner: "self", role });
    if (type === "bool") this.#truths.add(slot);
    return slot;
  }

  /** Add the field of a constant, which texts call by its name unless an attribute has it, and functions by both. */
  protected addConstant(constant: string): void {
    const own = constantName(constant);
    const name = this.find(constant) === null ? constant : own;
    const slot = this.add({ name, type: "real", scope: "global", owner: "self", role: "constant" });
    this.#slots.set(key(own, "self"), slot);
  }

  /** Add an int32 field of the kernel itself. */
  protected addCounter(role: FieldRole, scope: KernelField["scope"] = "local"): number {
    return this.add({ name: ownName(role), type: "int32", scope, owner: "self", role });
  }

  protected find(name: string, owner: FieldOwner = "self"): number | null {
    return this.#slots.get(key(name, owner)) ?? null;
  }
}

/** What a value of the language is stored as. */
export function fieldType(type: Attribute["type"]): KernelField["type"] {
  return type === "float" ? "real" : "int32";
}

function key(name: string, owner: FieldOwner): string {
  return `${owner} ${name}`;
}

function missing(name: string): never {
  throw new InternalError(`"${name}" has no field`);
}
