import { extname } from "node:path";

import {
  tensor,
  type Document,
  type Entry,
  type Tensor,
  type TensorData,
} from "../array/document.js";
import { NDArray } from "../array/ndarray.js";
import { encodeNpy } from "../array/npy.js";
import { problem } from "../errors.js";
import { writeBytes, writeDocument } from "./io.js";
import type { Ragged, Recording } from "./recordable.js";

/** Recordings by variable. */
export type Recordings = Readonly<Record<string, Recording>>;

/** Endings of the files that hold several recordings. */
const SEVERAL = [".npz", ".json", ".gz", ".h5", ".hdf5"] as const;

/**
 * Check that recordings can be written to a file of this name.
 *
 * @throws {SimulatorError} FILE_TYPE; ONE_VARIABLE for several variables in a `.npy` file.
 */
export function checkRecordingFile(
  file: string,
  { call, monitor, variables }: { call: string; monitor: string; variables: readonly string[] },
): void {
  const ending = extname(file).toLowerCase();
  if (ending === ".npy") {
    if (variables.length === 1) return;
    throw problem("ONE_VARIABLE", { monitor, file, variables });
  }
  checkSeveral(file, call, [".npy", ...SEVERAL]);
}

/** Check that a file of this name can hold what several monitors recorded. @throws {SimulatorError} FILE_TYPE. */
export function checkSeveral(
  file: string,
  call: string,
  types: readonly string[] = [...SEVERAL],
): void {
  if (!types.includes(extname(file).toLowerCase()))
    throw problem("FILE_TYPE", { call, file, types });
}

/** Write recordings, each under the name of its variable; the one of a `.npy` file alone. */
export async function writeRecordings(file: string, recordings: Recordings): Promise<void> {
  const [first] = Object.values(recordings);
  if (extname(file).toLowerCase() === ".npy" && first !== undefined) {
    await writeBytes(file, encodeNpy(arrayOf(first)));
  } else {
    await writeDocument(file, recordingsDocument(recordings));
  }
}

/**
 * Recordings as a document: arrays as they are; spikes as `ranks` and, in their order, the rows `steps`; rows of synapses
 * that differ in length as `rows`, record by record, with the number of `records`.
 */
export function recordingsDocument(recordings: Recordings): Document {
  return Object.fromEntries(
    Object.entries(recordings).map(([variable, recording]) => [variable, entryOf(recording)]),
  );
}

function entryOf(recording: Recording): Entry {
  if (recording instanceof NDArray) return tensorOf(recording);
  if (recording instanceof Map) {
    const steps = joined([...recording.values()]);
    return { ranks: tensor(Int32Array.from(recording.keys())), steps: { kind: "rows", ...steps } };
  }
  return {
    rows: { kind: "rows", ...joined(recording.flat()) },
    records: BigInt(recording.length),
  };
}

/** A recording as one array: spikes as (spikes, 2), rank and step; rows of different lengths one after the other. */
function arrayOf(recording: Recording): Tensor {
  if (recording instanceof NDArray) return tensorOf(recording);
  if (recording instanceof Map) {
    const events = [...recording].flatMap(([rank, steps]) => steps.flatMap((step) => [rank, step]));
    return tensor(BigInt64Array.from(events, BigInt), [events.length / 2, 2]);
  }
  return tensor(joined(recording.flat()).data);
}

function tensorOf(array: NDArray): Tensor {
  const data: TensorData = array.flat();
  return { kind: "tensor", data, shape: array.shape, boolean: array.kind === "boolean" };
}

function joined(rows: Ragged[number] | readonly (readonly number[])[]): {
  rowStart: Float64Array;
  data: Float64Array;
} {
  const rowStart = new Float64Array(rows.length + 1);
  rows.forEach((row, i) => {
    rowStart[i + 1] = rowStart[i]! + row.length;
  });
  const data = new Float64Array(rowStart[rows.length]!);
  rows.forEach((row, i) => {
    data.set(row, rowStart[i]);
  });
  return { rowStart, data };
}
