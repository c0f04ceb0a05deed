import { problem } from "../errors.js";

/** Arrays of numbers of JavaScript. */
export type TypedArray =
  | Float64Array
  | Float32Array
  | Int32Array
  | Int16Array
  | Int8Array
  | Uint32Array
  | Uint16Array
  | Uint8Array
  | Uint8ClampedArray;

/** Values of one kind as they are stored; booleans are a Uint8Array of 0 and 1. */
export type Row = Float64Array | Float32Array | Int32Array | Uint8Array;

/** Numbers or booleans in arrays of any depth; all rows of one length. */
export type Nested<T = number | boolean> = readonly (T | Nested<T>)[];

/** Values with a shape, row-major. */
export interface Shaped {
  readonly data: ArrayLike<number>;
  readonly shape: ArrayLike<number>;
}

/** Values in any of the forms in which a user may have them. */
export type ArrayInput = Nested | TypedArray | Shaped;

/** Contiguous values and their shape. */
export interface Contiguous {
  readonly data: Row;
  readonly shape: readonly number[];
}

/** Tell whether a value is an array in one of the accepted forms. */
export function isArrayInput(value: unknown): value is ArrayInput {
  if (Array.isArray(value)) return true;
  if (typeof value !== "object" || value === null) return false;
  return isTypedArray(value) || ("data" in value && "shape" in value);
}

/**
 * Bring values into one contiguous copy. Integers and booleans keep their kind, everything else becomes real.
 *
 * @throws {SimulatorError} RAGGED_ARRAY when rows of nested arrays differ in length.
 * @throws {SimulatorError} INVALID_ARRAY when an entry is not a number, or the shape does not fit the data.
 */
export function contiguous(values: ArrayInput): Contiguous {
  if (isTypedArray(values)) return { data: copyTyped(values), shape: [values.length] };
  if (isNested(values)) return nested(values);
  const shape = Array.from(values.shape);
  const size = shape.reduce((product, length) => product * length, 1);
  if ("stride" in values && "offset" in values) return { data: gather(values, shape, size), shape };
  if (values.data.length !== size) {
    throw problem("INVALID_ARRAY", {
      what: `${values.data.length} values in the shape (${shape.join(", ")})`,
    });
  }
  return { data: rowLike(values.data, values.data), shape };
}

function isNested(values: ArrayInput): values is Nested {
  return Array.isArray(values);
}

function isTypedArray(value: object): value is TypedArray {
  return ArrayBuffer.isView(value) && !(value instanceof DataView) && !isBigInt(value);
}

function isBigInt(value: object): boolean {
  return value instanceof BigInt64Array || value instanceof BigUint64Array;
}

/** Bytes are numbers here; only an NDArray over a Uint8Array holds booleans. */
function copyTyped(values: TypedArray): Row {
  if (values instanceof Float32Array) return values.slice();
  if (values instanceof Float64Array || values instanceof Uint32Array)
    return Float64Array.from(values);
  return Int32Array.from(values);
}

/** Copy into the kind of array that `like` is. */
function rowLike(values: ArrayLike<number>, like: ArrayLike<number>): Row {
  if (like instanceof Float32Array) return Float32Array.from(values);
  if (like instanceof Int32Array) return Int32Array.from(values);
  if (like instanceof Uint8Array) return Uint8Array.from(values);
  return Float64Array.from(values);
}

/** Collect the elements of a strided array in row-major order. */
export function gather(
  values: { data: ArrayLike<number>; stride?: unknown; offset?: unknown },
  shape: readonly number[],
  size: number,
): Row {
  const stride = values.stride as readonly number[];
  const index = shape.map(() => 0);
  const result = new Float64Array(size);
  let place = values.offset as number;
  for (let i = 0; i < size; i++) {
    result[i] = values.data[place]!;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      index[axis] = index[axis]! + 1;
      place += stride[axis]!;
      if (index[axis]! < shape[axis]!) break;
      place -= stride[axis]! * shape[axis]!;
      index[axis] = 0;
    }
  }
  return rowLike(result, values.data);
}

function nested(values: Nested): Contiguous {
  const shape: number[] = [];
  for (let level: unknown = values; Array.isArray(level); level = level[0])
    shape.push(level.length);
  const size = shape.reduce((product, length) => product * length, 1);
  const data = new Float64Array(size);
  let booleans = size > 0;
  let next = 0;
  const visit = (value: unknown, axis: number): void => {
    if (axis < shape.length) {
      if (!Array.isArray(value) || value.length !== shape[axis]) throw problem("RAGGED_ARRAY", {});
      for (const entry of value) visit(entry, axis + 1);
      return;
    }
    if (Array.isArray(value)) throw problem("RAGGED_ARRAY", {});
    if (typeof value === "boolean") data[next++] = value ? 1 : 0;
    else if (typeof value === "number") {
      data[next++] = value;
      booleans = false;
    } else throw problem("INVALID_ARRAY", { what: String(value) });
  };
  visit(values, 0);
  return { data: booleans ? Uint8Array.from(data) : data, shape };
}
