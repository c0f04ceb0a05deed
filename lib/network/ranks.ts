import { contiguous, type Nested } from "../array/input.js";
import {
  parseSlices,
  resolveIndex,
  resolveSlice,
  sliceText,
  type Index,
  type Slice,
} from "../array/slices.js";
import { problem } from "../errors.js";
import { sizeOf } from "./geometry.js";

/**
 * What selects neurons: a rank, a list of ranks, a range of ranks, one index or range per dimension (as a list with a range
 * in it, or as text: `"1:5, ::2"`), or a mask of the population's size or geometry.
 */
export type ViewSpec =
  | number
  | Slice
  | string
  | Int32Array
  | readonly number[]
  | readonly (number | Slice)[]
  | Nested<boolean>;

/** Ranks that were selected. */
export interface Selection {
  readonly ranks: Int32Array;
  /** Null for a list or a mask. */
  readonly geometry: readonly number[] | null;
}

/**
 * Find the neurons that are meant.
 *
 * @throws {SimulatorError} NO_SUCH_RANK, NO_SUCH_NEURON, VIEW_DIMENSIONS, WRONG_LENGTH, EMPTY_VIEW or INVALID_SLICE.
 */
export function select(spec: ViewSpec, geometry: readonly number[], population: string): Selection {
  const selection = find(spec, geometry, population);
  if (selection.ranks.length === 0) {
    throw problem("EMPTY_VIEW", { view: textOf(spec), population });
  }
  return selection;
}

function find(spec: ViewSpec, geometry: readonly number[], population: string): Selection {
  const size = sizeOf(geometry);
  if (typeof spec === "string") {
    const entries = parseSlices(spec);
    const [first] = entries;
    return entries.length === 1 && first !== undefined
      ? find(first, geometry, population)
      : product(entries, geometry, population);
  }
  if (typeof spec === "number") return { ranks: Int32Array.of(rank(spec)), geometry: [1] };
  if (isSlice(spec)) {
    const ranks = indices(spec, size, population);
    return { ranks, geometry: [ranks.length] };
  }
  if (spec instanceof Int32Array || isNumbers(spec)) {
    return { ranks: Int32Array.from(spec, rank), geometry: null };
  }
  if (isIndices(spec)) return product(spec, geometry, population);
  return { ranks: masked(spec, geometry, population), geometry: null };

  function rank(index: number): number {
    const found = resolveIndex(index, size);
    if (found === null) throw problem("NO_SUCH_RANK", { rank: index, population, size, geometry });
    return found;
  }
}

/** The neurons of one index or range per dimension, row-major. */
function product(
  entries: readonly Index[],
  geometry: readonly number[],
  population: string,
): Selection {
  if (entries.length !== geometry.length) {
    throw problem("VIEW_DIMENSIONS", { given: entries.length, population, geometry });
  }
  const axes = entries.map((entry, axis) => {
    const length = geometry[axis]!;
    if (typeof entry !== "number") return indices(entry, length, population);
    const found = resolveIndex(entry, length);
    if (found === null) {
      const coordinates = entries.map((e) => (typeof e === "number" ? e : sliceText(e))).join(", ");
      throw problem("NO_SUCH_NEURON", { coordinates, population, geometry });
    }
    return Int32Array.of(found);
  });
  let ranks = [0];
  axes.forEach((axis, i) => {
    ranks = ranks.flatMap((rank) => Array.from(axis, (index) => rank * geometry[i]! + index));
  });
  return { ranks: Int32Array.from(ranks), geometry: axes.map((axis) => axis.length) };
}

function indices(range: Slice, length: number, population: string): Int32Array {
  if (range.step !== null && range.step < 1) {
    throw problem("BACKWARD_VIEW", { view: sliceText(range), population });
  }
  const { start, step, count } = resolveSlice(range, length);
  return Int32Array.from({ length: count }, (_, i) => start + i * step);
}

function masked(
  spec: Nested<boolean>,
  geometry: readonly number[],
  population: string,
): Int32Array {
  const { data, shape } = contiguous(spec);
  const size = sizeOf(geometry);
  const fits = shape.length === 1 ? shape[0] === size : String(shape) === String(geometry);
  if (!(data instanceof Uint8Array) || !fits) {
    throw problem("INVALID_VIEW", { view: textOf(spec), population, size });
  }
  return Int32Array.from(data.keys()).filter((rank) => data[rank] === 1);
}

function isSlice(spec: unknown): spec is Slice {
  return typeof spec === "object" && spec !== null && "start" in spec && "stop" in spec;
}

function isNumbers(spec: readonly unknown[]): spec is readonly number[] {
  return spec.every((entry) => typeof entry === "number");
}

function isIndices(spec: readonly unknown[]): spec is readonly (number | Slice)[] {
  return spec.every((entry) => typeof entry === "number" || isSlice(entry));
}

function textOf(spec: ViewSpec): string {
  if (typeof spec === "string") return spec;
  const text = isSlice(spec) ? sliceText(spec) : JSON.stringify(spec);
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}
