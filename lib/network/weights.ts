import { contiguous, isArrayInput, type ArrayInput, type Row } from "../array/input.js";
import { problem } from "../errors.js";
import type { Synapses } from "../native/binding.js";
import { RandomDistribution } from "../random/distribution.js";
import type { RandomSource } from "../random/generator.js";

/** Values of synapses: one for all, or one array per post neuron. */
export type SynapticValues = number | Row[];

/** Values for synapses: one for all, a distribution, or one entry per post neuron: a number, an array or a distribution. */
export type SynapticInput =
  number | RandomDistribution | readonly (number | ArrayInput | RandomDistribution)[] | ArrayInput;

/** What weights are for. */
export interface WeightTarget {
  readonly label: string;
  /** Whether one weight stands for all synapses. */
  readonly single: boolean;
  readonly synapses: Synapses;
  /** For distributions without a seed. */
  readonly source: RandomSource;
}

/**
 * Check weights and lay them out as the engine wants them: (1) for a single weight, else (synapses), row by row.
 *
 * @throws {SimulatorError} SINGLE_WEIGHT, WRONG_ROWS, WRONG_ROW, INVALID_VALUE.
 */
export function checkedWeights(value: SynapticInput, target: WeightTarget): Float64Array {
  const { label, single, synapses, source } = target;
  if (single) {
    if (typeof value !== "number") throw problem("SINGLE_WEIGHT", { projection: label });
    return Float64Array.of(value);
  }
  const { rowStart, postRanks } = synapses;
  const rows = postRanks.length;
  const weights = new Float64Array(rowStart[rows] ?? 0);
  const rowEntries = entriesOf(value, rows, label);
  for (let row = 0; row < rows; row++) {
    const slots = weights.subarray(rowStart[row], rowStart[row + 1]);
    const entry = typeof rowEntries === "function" ? rowEntries(row) : rowEntries;
    fill(slots, entry, { label, source, post: postRanks[row]! });
  }
  return weights;
}

type Entry = number | ArrayInput | RandomDistribution;

/** The entry for all rows, or how to find that of a row. */
function entriesOf(
  value: SynapticInput,
  rows: number,
  label: string,
): Entry | ((row: number) => Entry) {
  if (typeof value === "number" || value instanceof RandomDistribution) return value;
  if (!isArrayInput(value)) {
    throw problem("INVALID_VALUE", { object: label, attribute: "w", value: JSON.stringify(value) });
  }
  const entries: readonly Entry[] = Array.isArray(value) ? value : nestedRows(value);
  if (entries.length !== rows)
    throw problem("WRONG_ROWS", { projection: label, rows, given: entries.length });
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

function fill(
  slots: Float64Array,
  entry: Entry,
  { label, source, post }: { label: string; source: RandomSource; post: number },
): void {
  if (typeof entry === "number") slots.fill(entry);
  else if (entry instanceof RandomDistribution) slots.set(entry.draw(slots.length, source));
  else {
    const { data } = contiguous(entry);
    if (data.length !== slots.length) {
      const facts = { projection: label, post, synapses: slots.length, given: data.length };
      throw problem("WRONG_ROW", facts);
    }
    slots.set(data);
  }
}
