import type { Entry, RaggedRows } from "../array/document.js";
import type { Row, TypedArray } from "../array/input.js";
import { InternalError } from "../errors.js";
import type { ValueType } from "../model/types.js";

/** One value of an attribute. */
export function scalar(value: number, type: ValueType): Entry {
  switch (type) {
    case "float":
      return value;
    case "int":
      return BigInt(value);
    case "bool":
      return value !== 0;
  }
}

/** Values of an attribute. */
export function array(
  values: Row,
  type: ValueType,
  shape: readonly number[] = [values.length],
): Entry {
  return { kind: "tensor", data: values, shape, boolean: type === "bool" };
}

/** Values of synapses, row by row. */
export function rows(rowStart: Float64Array, data: TypedArray): RaggedRows {
  if (rowStart[rowStart.length - 1] !== data.length) throw new InternalError("rows without values");
  return { kind: "rows", rowStart, data };
}

/** The state that the engine gave. */
export function hidden(bytes: Uint8Array): Entry {
  return { kind: "bytes", bytes };
}
