import { problem } from "../errors.js";

/** A range of indices, as `start:stop:step`; null where left out. */
export interface Slice {
  readonly start: number | null;
  readonly stop: number | null;
  readonly step: number | null;
}

/** What selects along one axis: one index, or a range. */
export type Index = number | Slice;

/** A range of an axis of known length: `start`, `start + step`, …, `count` indices, all inside. */
export interface Range {
  readonly start: number;
  readonly step: number;
  readonly count: number;
}

/** Make a range of indices: `slice(1, 5)` is `1:5`. Null: from the first, to the last, by one. */
export function slice(
  start: number | null = null,
  stop: number | null = null,
  step: number | null = null,
): Slice {
  return { start, stop, step };
}

/**
 * Read the notation of NumPy, one entry per axis: `"1:5, ::2, -1"`.
 *
 * @throws {SimulatorError} INVALID_SLICE when an entry is neither an index nor a range.
 */
export function parseSlices(text: string): Index[] {
  return text.split(",").map((entry) => {
    const parts = entry.split(":").map((part) => part.trim());
    const valid = parts.every((part) => /^([+-]?\d+)?$/.test(part));
    const numbers = parts.map((part) => (part === "" ? null : Number(part)));
    const [start = null, stop = null, step = null] = numbers;
    if (!valid || parts.length > 3) throw problem("INVALID_SLICE", { text });
    if (parts.length > 1) return slice(start, stop, step);
    if (start === null) throw problem("INVALID_SLICE", { text });
    return start;
  });
}

/**
 * Apply a range to an axis as Python does: negative ends count from the end, ends outside are moved to the edge.
 *
 * @throws {SimulatorError} INVALID_SLICE when the step is 0.
 */
export function resolveSlice({ start, stop, step }: Slice, length: number): Range {
  const by = step ?? 1;
  if (by === 0) throw problem("INVALID_SLICE", { text: sliceText({ start, stop, step }) });
  const [low, high] = by > 0 ? [0, length] : [-1, length - 1];
  const place = (index: number): number =>
    Math.min(high, Math.max(low, index < 0 ? index + length : index));
  const first = start === null ? (by > 0 ? low : high) : place(start);
  const end = stop === null ? (by > 0 ? high : low) : place(stop);
  return { start: first, step: by, count: Math.max(0, Math.ceil((end - first) / by)) };
}

/** Resolve an index that may count from the end; null when there is no such place. */
export function resolveIndex(index: number, length: number): number | null {
  const place = index < 0 ? index + length : index;
  return Number.isInteger(place) && place >= 0 && place < length ? place : null;
}

/** Write a range as it is typed. */
export function sliceText({ start, stop, step }: Slice): string {
  return `${start ?? ""}:${stop ?? ""}${step === null ? "" : `:${step}`}`;
}
