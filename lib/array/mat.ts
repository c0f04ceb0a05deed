import { problem } from "../errors.js";
import { joined } from "./bytes.js";
import { isDocument, isList, numbers, type Document, type Entry } from "./document.js";
import type { TypedArray } from "./input.js";

/** Types of data elements. */
const MI = { int8: 1, uint8: 2, int32: 5, uint32: 6, double: 9, matrix: 14, utf16: 17 } as const;

/** Classes of arrays. */
const MX = { cell: 1, struct: 2, char: 4, double: 6, single: 7, uint8: 9, int32: 12 } as const;

/** Characters of a name, with the zero at its end. */
const NAME_LENGTH = 64;

/** An element counts its bytes in 31 bits. */
const MOST_BYTES = 2 ** 31 - 1;

/**
 * Write a document as a Matlab file of version 5, not compressed: documents as structures, lists and rows of different
 * lengths as cells, one-dimensional arrays as rows. Names that Matlab cannot have get underscores.
 *
 * **Source**: MAT-File Format, version 5: a header of 128 bytes and data elements, each a type, a number of bytes and the
 * bytes, filled up to a multiple of 8; arrays column by column.
 *
 * @throws {SimulatorError} FILE_TOO_LARGE when a variable has 2 GiB or more.
 */
export function encodeMat(document: Document, file: string): Uint8Array {
  const header = new Uint8Array(128).fill(0x20);
  header.set(new TextEncoder().encode("MATLAB 5.0 MAT-file, written by Neurarchy"));
  const view = new DataView(header.buffer);
  view.setUint16(124, 0x0100, true);
  view.setUint16(126, 0x4d49, true); // "IM": little-endian
  header.fill(0, 116, 124);
  const names = matlabNames(Object.keys(document));
  const variables = Object.values(document).map((entry, i) => matrix(entry, names[i]!, file));
  return joined([header, ...variables]);
}

/** One array with all that is in it. */
function matrix(entry: Entry, name: string, file: string): Uint8Array {
  const text = new TextEncoder().encode(name);
  const make = (mxClass: number, shape: readonly number[], ...content: Uint8Array[]): Uint8Array =>
    element(
      MI.matrix,
      joined([
        element(MI.uint32, bytesOf(Uint32Array.of(mxClass, 0))),
        element(MI.int32, bytesOf(Int32Array.from(shape))),
        element(MI.int8, text),
        ...content,
      ]),
      file,
    );
  const cells = (entries: readonly Entry[]): Uint8Array =>
    make(MX.cell, [1, entries.length], ...entries.map((item) => matrix(item, "", file)));
  if (entry === null) return make(MX.double, [0, 0], element(MI.double, new Uint8Array(0)));
  if (typeof entry === "string") {
    const units = Uint16Array.from(entry, (_, i) => entry.charCodeAt(i));
    return make(MX.char, [1, entry.length], element(MI.utf16, bytesOf(units)));
  }
  if (typeof entry !== "object") {
    return make(MX.double, [1, 1], element(MI.double, bytesOf(Float64Array.of(Number(entry)))));
  }
  if (isList(entry)) return cells(entry);
  if (isDocument(entry)) {
    const names = matlabNames(Object.keys(entry));
    const table = new Uint8Array(names.length * NAME_LENGTH);
    names.forEach((field, i) => table.set(new TextEncoder().encode(field), i * NAME_LENGTH));
    const fields = Object.values(entry).map((field) => matrix(field, "", file));
    const length = element(MI.int32, bytesOf(Int32Array.of(NAME_LENGTH)));
    return make(MX.struct, [1, 1], length, element(MI.int8, table), ...fields);
  }
  const array = (data: TypedArray, shape: readonly number[]): Uint8Array => {
    const { mxClass, miType, values } = storage(data);
    return make(mxClass, shape, element(miType, bytesOf(values), file));
  };
  if (entry.kind === "bytes") return array(entry.bytes, [1, entry.bytes.length]);
  if (entry.kind === "rows") {
    const { rowStart, data } = entry;
    return cells(
      Array.from({ length: rowStart.length - 1 }, (_, i): Entry => {
        const row = data.slice(rowStart[i], rowStart[i + 1]);
        return { kind: "tensor", data: row, shape: [row.length] };
      }),
    );
  }
  const data = numbers(entry.data);
  if (entry.shape.length < 2) return array(data, [1, data.length]);
  return array(columnMajor(data, entry.shape), entry.shape);
}

/** A data element: its tag, its bytes, and zeros up to a multiple of 8. */
function element(type: number, bytes: Uint8Array, file = ""): Uint8Array {
  if (bytes.length > MOST_BYTES) throw problem("FILE_TOO_LARGE", { file, format: ".mat" });
  const result = new Uint8Array(8 + Math.ceil(bytes.length / 8) * 8);
  new Uint32Array(result.buffer, 0, 2).set([type, bytes.length]);
  result.set(bytes, 8);
  return result;
}

function storage(data: TypedArray): { mxClass: number; miType: number; values: TypedArray } {
  if (data instanceof Float32Array) return { mxClass: MX.single, miType: 7, values: data };
  if (data instanceof Int32Array) return { mxClass: MX.int32, miType: MI.int32, values: data };
  if (data instanceof Uint8Array) return { mxClass: MX.uint8, miType: MI.uint8, values: data };
  return { mxClass: MX.double, miType: MI.double, values: Float64Array.from(data) };
}

function columnMajor(data: TypedArray, shape: readonly number[]): TypedArray {
  const result = data.slice();
  const stride = shape.map((_, axis) => shape.slice(0, axis).reduce((a, b) => a * b, 1));
  const index = shape.map(() => 0);
  for (const value of data) {
    result[index.reduce((sum, k, axis) => sum + k * stride[axis]!, 0)] = value;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      index[axis]! += 1;
      if (index[axis]! < shape[axis]!) break;
      index[axis] = 0;
    }
  }
  return result;
}

/** Names that Matlab can have, all different: letters, digits and underscores, a letter first. */
function matlabNames(names: readonly string[]): string[] {
  const taken = new Set<string>();
  return names.map((name) => {
    const allowed = name.replace(/\W/g, "_").replace(/^(?=[^A-Za-z])/, "x");
    const base = allowed.slice(0, NAME_LENGTH - 5) || "x";
    let unique = base;
    for (let n = 2; taken.has(unique); n++) unique = `${base}_${n}`;
    taken.add(unique);
    return unique;
  });
}

function bytesOf({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}
