import {
  contiguous,
  isArrayInput,
  type ArrayInput,
  type Row,
  type TypedArray,
} from "../array/input.js";
import { problem } from "../errors.js";
import type { Locality, ValueType } from "../model/types.js";
import type { Synapses } from "../native/binding.js";
import { RandomDistribution } from "../random/distribution.js";
import type { RandomSource } from "../random/generator.js";
import { ofType, rowFor } from "./values.js";

/** Values of synapses: one for the projection, one per post neuron, or one array per post neuron. */
export type SynapticValues = number | Row | Row[];

/** Values for synapses: one for all, a distribution, or one entry per post neuron: a number, an array or a distribution. */
export type SynapticInput =
  | number
  | boolean
  | RandomDistribution
  | readonly (number | ArrayInput | RandomDistribution)[]
  | ArrayInput;

/** What values are for. */
export interface SynapticTarget {
  /** `projection "a"` */
  readonly label: string;
  readonly name: string;
  readonly locality: Locality;
  readonly synapses: Synapses;
  /** For distributions without a seed. */
  readonly source: RandomSource;
}

/**
 * Check values and lay them out as the engine wants them: (1) for all, (rows), or (synapses) row by row.
 *
 * @throws {SimulatorError} PROJECTION_WIDE, WRONG_ROWS, WRONG_ROW, INVALID_VALUE.
 */
export function checkedSynaptic(value: SynapticInput, target: SynapticTarget): Float64Array {
  const { label, name, locality, synapses, source } = target;
  if (typeof value === "number" || typeof value === "boolean")
    return Float64Array.of(Number(value));
  if (locality === "global") {
    throw problem("PROJECTION_WIDE", { projection: label, attribute: name });
  }
  const { rowStart, postRanks } = synapses;
  const rows = postRanks.length;
  const entries = entriesOf(value, rows, target);
  if (locality === "semiglobal") {
    if (entries instanceof RandomDistribution) return entries.draw(rows, source);
    return Float64Array.from({ length: rows }, (_, row) => single(entries(row), target));
  }
  const values = new Float64Array(rowStart[rows] ?? 0);
  if (entries instanceof RandomDistribution) return entries.draw(values.length, source);
  for (let row = 0; row < rows; row++) {
    const slots = values.subarray(rowStart[row], rowStart[row + 1]);
    fill(slots, entries(row), target, postRanks[row]!);
  }
  return values;
}

/** Split values in storage order into rows, in the type in which users get them. */
export function rowsOf(
  rowStart: Float64Array,
  values: TypedArray,
  type: ValueType,
  precision: "double" | "float",
): Row[] {
  return Array.from({ length: rowStart.length - 1 }, (_, row) =>
    typedRow(values.subarray(rowStart[row], rowStart[row + 1]), type, precision),
  );
}

/** Copy numbers into an array of the type in which users get them. */
export function typedRow(
  values: ArrayLike<number>,
  type: ValueType,
  precision: "double" | "float",
): Row {
  const row = rowFor(type, precision, values.length);
  row.set(values);
  return row;
}

/** Bring numbers to the type of an attribute, in place. */
export function typed(values: Float64Array, type: ValueType): Float64Array {
  return type === "float" ? values : values.map((value) => ofType(value, type));
}

type Entry = number | boolean | ArrayInput | RandomDistribution;

/** How to find the entry of a row, or the distribution for all. */
function entriesOf(
  value: Exclude<SynapticInput, number | boolean>,
  rows: number,
  target: SynapticTarget,
): RandomDistribution | ((row: number) => Entry) {
  if (value instanceof RandomDistribution) return value;
  if (!isArrayInput(value)) throw invalid(target, value);
  const entries: readonly Entry[] = Array.isArray(value) ? value : nestedRows(value);
  if (entries.length !== rows) {
    throw problem("WRONG_ROWS", { projection: target.label, rows, given: entries.length });
  }
  return (row) => entries[row]!;
}

/** The rows of an array of one or two dimensions. */
function nestedRows(value: ArrayInput): readonly Entry[] {
  const { data, shape } = contiguous(value);
  const [rows = 0, ...rest] = shape;
  if (rest.length === 0) return Array.from(data);
  const width = data.length / rows;
  return Array.from({ length: rows }, (_, row) => data.slice(row * width, (row + 1) * width));
}

/** Numbers, and what stands for one: lists may hold booleans too. */
function isNumber(entry: unknown): entry is number | boolean {
  return typeof entry === "number" || typeof entry === "boolean";
}

function single(entry: Entry, target: SynapticTarget): number {
  if (isNumber(entry)) return Number(entry);
  if (entry instanceof RandomDistribution) return entry.draw(1, target.source)[0]!;
  throw invalid(target, entry);
}

function fill(slots: Float64Array, entry: Entry, target: SynapticTarget, post: number): void {
  if (isNumber(entry)) slots.fill(Number(entry));
  else if (entry instanceof RandomDistribution) slots.set(entry.draw(slots.length, target.source));
  else if (!isArrayInput(entry)) throw invalid(target, entry);
  else {
    const { data } = contiguous(entry);
    if (data.length !== slots.length) {
      const facts = { projection: target.label, post, synapses: slots.length, given: data.length };
      throw problem("WRONG_ROW", facts);
    }
    slots.set(data);
  }
}

function invalid({ label, name }: SynapticTarget, value: unknown): Error {
  return problem("INVALID_VALUE", { object: label, attribute: name, value: String(value) });
}
