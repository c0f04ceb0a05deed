import {
  isDocument,
  isList,
  numbers,
  type Document,
  type Entry,
  type RaggedRows,
} from "../array/document.js";
import { numberOfJson } from "../array/json.js";

/** Values of a file with their shape. */
export interface FileValues {
  readonly data: Float64Array;
  readonly shape: readonly number[];
}

/** Rows of a file. */
export type FileRows = Omit<RaggedRows, "kind" | "data"> & { readonly data: Float64Array };

/** An entry that stands for one number and not for a list of one; null when it does not. */
export function scalarIn(entry: Entry | undefined): number | null {
  return isTensor(entry) && entry.shape.length > 0 ? null : numberIn(entry);
}

/** An entry as one number; null when it is none. */
export function numberIn(entry: Entry | undefined): number | null {
  if (typeof entry === "bigint") return Number(entry);
  if (isTensor(entry)) return entry.data.length === 1 ? Number(entry.data[0]) : null;
  return numberOfJson(entry);
}

/** An entry as numbers in a regular shape; null when it is none. */
export function valuesIn(entry: Entry | undefined): FileValues | null {
  if (isTensor(entry)) return { data: Float64Array.from(numbers(entry.data)), shape: entry.shape };
  if (!isList(entry)) return null;
  const shape: number[] = [];
  for (let level: Entry | undefined = entry; isList(level); level = level[0])
    shape.push(level.length);
  const data = new Float64Array(shape.reduce((product, length) => product * length, 1));
  let next = 0;
  const visit = (node: Entry, axis: number): boolean => {
    if (axis < shape.length) {
      return (
        isList(node) && node.length === shape[axis] && node.every((item) => visit(item, axis + 1))
      );
    }
    const value = numberIn(node);
    if (value === null) return false;
    data[next++] = value;
    return true;
  };
  return visit(entry, 0) ? { data, shape } : null;
}

/** An entry as rows of numbers; null when it is none. */
export function rowsIn(entry: Entry | undefined): FileRows | null {
  if (isRows(entry)) {
    const { rowStart, data } = entry;
    const ordered = rowStart.every((start, i) => start >= (i === 0 ? 0 : rowStart[i - 1]!));
    const whole = rowStart[0] === 0 && rowStart[rowStart.length - 1] === data.length;
    return ordered && whole ? { rowStart, data: Float64Array.from(data) } : null;
  }
  if (isTensor(entry)) {
    const [count = 0, length = 0] = entry.shape;
    if (entry.shape.length !== 2) return null;
    const rowStart = Float64Array.from({ length: count + 1 }, (_, row) => row * length);
    return { rowStart, data: Float64Array.from(numbers(entry.data)) };
  }
  if (!isList(entry)) return null;
  const lists = entry.map((row) => (isList(row) ? row : null));
  const rowStart = new Float64Array(lists.length + 1);
  lists.forEach((row, i) => {
    rowStart[i + 1] = rowStart[i]! + (row?.length ?? 0);
  });
  const data = new Float64Array(rowStart[lists.length]!);
  let next = 0;
  for (const row of lists) {
    if (row === null) return null;
    for (const item of row) {
      const value = numberIn(item);
      if (value === null) return null;
      data[next++] = value;
    }
  }
  return { rowStart, data };
}

/** An entry as bytes; null when it is none. */
export function bytesIn(entry: Entry | undefined): Uint8Array | null {
  if (typeof entry === "string") return Uint8Array.from(Buffer.from(entry, "base64"));
  return typeof entry === "object" &&
    entry !== null &&
    "kind" in entry &&
    entry.kind === "bytes" &&
    "bytes" in entry &&
    entry.bytes instanceof Uint8Array
    ? entry.bytes
    : null;
}

/** An entry as a list of texts; null when it is none. */
export function textsIn(entry: Entry | undefined): readonly string[] | null {
  if (!isList(entry)) return null;
  const texts = entry.filter((item) => typeof item === "string");
  return texts.length === entry.length ? texts : null;
}

/** An entry as a document; null when it is none. */
export function documentIn(entry: Entry | undefined): Document | null {
  return isDocument(entry) ? entry : null;
}

function isTensor(entry: Entry | undefined): entry is Extract<Entry, { kind: "tensor" }> {
  return isLeaf(entry, "tensor");
}

function isRows(entry: Entry | undefined): entry is RaggedRows {
  return isLeaf(entry, "rows");
}

function isLeaf(entry: Entry | undefined, kind: string): boolean {
  if (typeof entry !== "object" || entry === null || isList(entry) || isDocument(entry))
    return false;
  return entry.kind === kind;
}
