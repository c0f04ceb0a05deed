import { contiguous, isArrayInput, type ArrayInput, type Row } from "../array/input.js";
import { problem } from "../errors.js";
import type { ValueType } from "../model/types.js";
import { RandomDistribution } from "../random/distribution.js";

/** Values for an attribute: one for all, one per neuron, or a rule to draw them by. */
export type ValueInput = number | boolean | ArrayInput | RandomDistribution;

/** Values after the checks: one, or one per neuron, or still to be drawn. */
export type Values = number | Row | RandomDistribution;

/** Whose values they are, for checks and messages. */
export interface Target {
  /** `population "exc"` */
  readonly object: string;
  readonly attribute: string;
  /** Neurons. */
  readonly size: number;
  /** Shape in which values may be given besides the flat one. */
  readonly geometry: readonly number[] | null;
  /** One value for all neurons. */
  readonly global: boolean;
}

/**
 * Check values against what they are for.
 *
 * @throws {SimulatorError} WRONG_LENGTH when there is not one value per neuron, GLOBAL_ATTRIBUTE when there are several for
 * an attribute with one, INVALID_VALUE when it is nothing of this kind.
 */
export function checkedValues(value: ValueInput, target: Target): Values {
  const { object, attribute, size, geometry, global } = target;
  if (typeof value === "number" || typeof value === "boolean") return Number(value);
  const random = value instanceof RandomDistribution;
  if (!random && !isArrayInput(value)) {
    throw problem("INVALID_VALUE", { object, attribute, value: String(value) });
  }
  if (global) throw problem("GLOBAL_ATTRIBUTE", { object, attribute });
  if (random) return value;
  const { data, shape } = contiguous(value);
  const fits = shape.length === 1 ? data.length === size : String(shape) === String(geometry);
  if (!fits) {
    throw problem("WRONG_LENGTH", { object, attribute, shape, size, geometry: geometry ?? [size] });
  }
  return data;
}

/** Bring a number to the type of an attribute: integers are cut, booleans are 0 or 1. */
export function ofType(value: number, type: ValueType): number {
  switch (type) {
    case "float":
      return value;
    case "int":
      return Math.trunc(value);
    case "bool":
      return value === 0 ? 0 : 1;
  }
}

/** An array that holds values of a type, as users get it. */
export function rowFor(type: ValueType, precision: "double" | "float", length: number): Row {
  switch (type) {
    case "float":
      return precision === "double" ? new Float64Array(length) : new Float32Array(length);
    case "int":
      return new Int32Array(length);
    case "bool":
      return new Uint8Array(length);
  }
}
