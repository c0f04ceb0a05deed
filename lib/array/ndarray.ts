import { problem } from "../errors.js";
import { contiguous, gather, type ArrayInput, type Nested, type Row } from "./input.js";
import { printArray } from "./print.js";
import { parseSlices, resolveIndex, resolveSlice } from "./slices.js";

/**
 * Row-major array of numbers. Element [i, j, …] is `data[offset + i·stride[0] + j·stride[1] + …]`.
 *
 * What the API returns is contiguous with offset 0; slices and transposes are views of the same data.
 *
 * @example
 * const a = new NDArray(Float64Array.from([1, 2, 3, 4, 5, 6]), [2, 3]);
 * a.slice("1, ::2").toArray(); // [4, 6]
 */
export class NDArray<T extends Row = Row> implements Iterable<number | NDArray<T>> {
  readonly data: T;
  readonly shape: readonly number[];
  /** Distance of neighbours along each axis, in elements. */
  readonly stride: readonly number[];
  readonly offset: number;

  /**
   * @param shape - Default: one axis over all the data.
   * @throws {SimulatorError} INVALID_SHAPE when the shape reaches beyond the data.
   */
  constructor(
    data: T,
    shape: readonly number[] = [data.length],
    stride: readonly number[] = rowMajor(shape),
    offset = 0,
  ) {
    this.data = data;
    this.shape = shape;
    this.stride = stride;
    this.offset = offset;
    const valid = shape.every((length) => Number.isInteger(length) && length >= 0);
    if (!valid || stride.length !== shape.length || !this.#fits()) {
      throw problem("INVALID_SHAPE", { shape, size: data.length });
    }
  }

  /** Copy values of any accepted form. */
  static from(values: ArrayInput): NDArray {
    const { data, shape } = contiguous(values);
    return new NDArray(data, shape);
  }

  /** Number of elements. */
  get size(): number {
    return this.shape.reduce((product, length) => product * length, 1);
  }

  /** Number of axes. */
  get dimension(): number {
    return this.shape.length;
  }

  /** What the elements are, by the array that holds them. */
  get kind(): "real" | "integer" | "boolean" {
    if (this.data instanceof Int32Array) return "integer";
    return this.data instanceof Uint8Array ? "boolean" : "real";
  }

  /**
   * Read one element; negative indices count from the end.
   *
   * @throws {SimulatorError} INVALID_INDEX when there is no such element.
   */
  at(...index: number[]): number {
    return this.data[this.#place(index)]!;
  }

  /**
   * Write one element; negative indices count from the end.
   *
   * @throws {SimulatorError} INVALID_INDEX when there is no such element.
   */
  set(index: readonly number[], value: number): void {
    this.data[this.#place(index)] = value;
  }

  /**
   * Select by NumPy notation: `"1:5, ::2, -1"`. An index drops its axis, a range keeps it. Returns a view.
   *
   * @throws {SimulatorError} INVALID_SLICE or INVALID_INDEX.
   */
  slice(spec: string): NDArray<T> {
    const entries = parseSlices(spec);
    if (entries.length > this.dimension) this.#missing(spec);
    const shape: number[] = [];
    const stride: number[] = [];
    let offset = this.offset;
    this.shape.forEach((length, axis) => {
      const entry = entries[axis] ?? { start: null, stop: null, step: null };
      if (typeof entry === "number") {
        offset += this.stride[axis]! * (resolveIndex(entry, length) ?? this.#missing(spec));
        return;
      }
      const range = resolveSlice(entry, length);
      if (range.count > 0) offset += this.stride[axis]! * range.start;
      shape.push(range.count);
      stride.push(this.stride[axis]! * range.step);
    });
    return new NDArray(this.data, shape, stride, offset);
  }

  /**
   * Give the elements another shape; one entry may be −1 and is worked out. Copies when the array is not contiguous.
   *
   * @throws {SimulatorError} INVALID_SHAPE when the sizes differ.
   */
  reshape(...shape: number[]): NDArray<T> {
    const known = shape.reduce(
      (product, length) => (length === -1 ? product : product * length),
      1,
    );
    const filled = shape.map((length) => (length === -1 ? this.size / known : length));
    const size = filled.reduce((product, length) => product * length, 1);
    if (shape.filter((length) => length === -1).length > 1 || size !== this.size) {
      throw problem("INVALID_SHAPE", { shape, size: this.size });
    }
    return new NDArray(
      this.#contiguous() ? this.data : this.flat(),
      filled,
      undefined,
      this.#contiguous() ? this.offset : 0,
    );
  }

  /** Reverse the axes. Returns a view. */
  transpose(): NDArray<T> {
    return new NDArray(this.data, this.shape.toReversed(), this.stride.toReversed(), this.offset);
  }

  /** Copy the elements in row-major order. */
  flat(): T {
    return (
      this.#contiguous()
        ? this.data.slice(this.offset, this.offset + this.size)
        : gather(this, this.shape, this.size)
    ) as T;
  }

  /** Copy to nested arrays. */
  toArray(): Nested<number> {
    const build = (array: NDArray<T>): Nested<number> =>
      Array.from(array, (entry) => (typeof entry === "number" ? entry : build(entry)));
    return build(this);
  }

  /** Smallest element; Infinity when empty, NaN when there is one. */
  min(): number {
    return this.#fold(Math.min, Infinity);
  }

  /** Largest element; −Infinity when empty, NaN when there is one. */
  max(): number {
    return this.#fold(Math.max, -Infinity);
  }

  sum(): number {
    return this.#fold((total, value) => total + value, 0);
  }

  /** Arithmetic mean; NaN when empty. */
  mean(): number {
    return this.sum() / this.size;
  }

  /** Iterate along the first axis: numbers of a one-dimensional array, else views. */
  *[Symbol.iterator](): IterableIterator<number | NDArray<T>> {
    const [length = 0, ...shape] = this.shape;
    const [step = 0, ...stride] = this.stride;
    for (let i = 0; i < length; i++) {
      const offset = this.offset + i * step;
      yield shape.length === 0 ? this.data[offset]! : new NDArray(this.data, shape, stride, offset);
    }
  }

  /** Write the array as NumPy prints it. */
  toString(): string {
    const { shape, size, kind, data } = this;
    const at = (...index: number[]): number => this.at(...index);
    return printArray({ shape, size, kind, single: data instanceof Float32Array, at });
  }

  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return this.toString();
  }

  #fold(combine: (result: number, value: number) => number, start: number): number {
    let result = start;
    for (const value of this.flat()) result = combine(result, value);
    return result;
  }

  #place(index: readonly number[]): number {
    if (index.length !== this.dimension) this.#missing(index.join(", "));
    return index.reduce((place, i, axis) => {
      const resolved = resolveIndex(i, this.shape[axis]!) ?? this.#missing(index.join(", "));
      return place + resolved * this.stride[axis]!;
    }, this.offset);
  }

  #missing(index: string): never {
    throw problem("INVALID_INDEX", { index, shape: this.shape });
  }

  #contiguous(): boolean {
    const packed = rowMajor(this.shape);
    return this.stride.every((step, axis) => step === packed[axis] || this.shape[axis]! <= 1);
  }

  #fits(): boolean {
    if (this.shape.includes(0)) return true;
    let first = this.offset;
    let last = this.offset;
    this.shape.forEach((length, axis) => {
      const reach = (length - 1) * this.stride[axis]!;
      if (reach < 0) first += reach;
      else last += reach;
    });
    return first >= 0 && last < this.data.length;
  }
}

function rowMajor(shape: readonly number[]): number[] {
  const stride = shape.map(() => 1);
  for (let axis = shape.length - 2; axis >= 0; axis--) {
    stride[axis] = stride[axis + 1]! * shape[axis + 1]!;
  }
  return stride;
}
