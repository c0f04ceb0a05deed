import { problem } from "../errors.js";
import type { Tensor, TensorData } from "./document.js";

/** Names of element types in the headers of `.npy` files, little-endian, and what holds them. */
const TYPES: readonly (readonly [code: string, array: new (buffer: ArrayBuffer) => TensorData])[] =
  [
    ["<f8", Float64Array],
    ["<f4", Float32Array],
    ["<i8", BigInt64Array],
    ["<i4", Int32Array],
    ["<i2", Int16Array],
    ["|i1", Int8Array],
    ["<u4", Uint32Array],
    ["<u2", Uint16Array],
    ["|u1", Uint8Array],
  ];

const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59] as const; // \x93NUMPY

/**
 * Write an array as a `.npy` file, version 1.0.
 *
 * **Source**: the NumPy Enhancement Proposal on the `.npy` format: mark, version, length of the header, a Python dictionary as
 * text padded with spaces so that the numbers begin at a multiple of 64 bytes, and then the numbers.
 */
export function encodeNpy({ data, shape, boolean = false }: Tensor): Uint8Array {
  const code = boolean ? "|b1" : TYPES.find(([, array]) => data instanceof array)?.[0];
  const axes = shape.length === 1 ? `${shape[0]},` : shape.join(", ");
  const text = `{'descr': '${code ?? clampedCode}', 'fortran_order': False, 'shape': (${axes}), }`;
  const length = Math.ceil((MAGIC.length + 4 + text.length + 1) / 64) * 64;
  const result = new Uint8Array(length + data.byteLength);
  result.set(MAGIC);
  result.set([1, 0], MAGIC.length);
  new DataView(result.buffer).setUint16(8, length - 10, true);
  result.set(new TextEncoder().encode(`${text.padEnd(length - 11)}\n`), 10);
  result.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), length);
  return result;
}

/** A Uint8ClampedArray is the one array without a type of its own. */
const clampedCode = "|u1";

/**
 * Read a `.npy` file of numbers or booleans, of version 1 to 3, in either byte order and either order of axes.
 *
 * @param name - Of the file, for messages.
 * @throws {SimulatorError} DAMAGED_FILE when it is none, or cut off; UNSUPPORTED_ARRAY for other elements.
 */
export function decodeNpy(file: Uint8Array, name: string): Tensor {
  const damaged = (reason: string): never => {
    throw problem("DAMAGED_FILE", { file: name, reason });
  };
  if (file.length < 12 || !MAGIC.every((byte, i) => file[i] === byte)) {
    damaged("it is no .npy file");
  }
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const short = file[6] === 1;
  const begin = short ? 10 : 12;
  const start = begin + (short ? view.getUint16(8, true) : view.getUint32(8, true));
  if (start > file.length) damaged("its header is cut off");
  const header = new TextDecoder().decode(file.subarray(begin, start));
  const code = /'descr':\s*'([^']*)'/.exec(header)?.[1];
  const fortran = /'fortran_order':\s*(True|False)/.exec(header)?.[1];
  const axes = /'shape':\s*\(([\d,\s]*)\)/.exec(header)?.[1];
  if (fortran === undefined || axes === undefined) return damaged("its header cannot be read");
  if (code === undefined) throw problem("UNSUPPORTED_ARRAY", { file: name, type: "a record" });
  const shape = axes.split(",").flatMap((axis) => (axis.trim() === "" ? [] : [Number(axis)]));
  const { array, size, boolean, swapped } = elementsOf(code, name);
  const count = shape.reduce((product, length) => product * length, 1);
  if (file.length - start !== count * size) {
    const bytes = `${file.length - start} bytes of numbers instead of ${count * size}`;
    damaged(bytes);
  }
  const bytes = file.slice(start);
  if (swapped) for (let i = 0; i < bytes.length; i += size) bytes.subarray(i, i + size).reverse();
  const stored = new array(bytes.buffer);
  const data = fortran === "True" ? rowMajor(stored, shape) : stored;
  return { kind: "tensor", data, shape, boolean };
}

interface Elements {
  readonly array: new (buffer: ArrayBuffer) => TensorData;
  readonly size: number;
  readonly boolean: boolean;
  readonly swapped: boolean;
}

/** What the elements of a type code are. */
function elementsOf(code: string, file: string): Elements {
  const kind = code.slice(1);
  const boolean = kind === "b1";
  const wanted = boolean ? "u1" : kind === "u8" ? "i8" : kind;
  const found = TYPES.find(([name]) => name.slice(1) === wanted);
  if (found === undefined) throw problem("UNSUPPORTED_ARRAY", { file, type: code });
  const size = Number(wanted.slice(1));
  return { array: found[1], size, boolean, swapped: code.startsWith(">") && size > 1 };
}

/** Bring the elements of an array whose first axis runs fastest into the order in which the last does. */
function rowMajor(stored: TensorData, shape: readonly number[]): TensorData {
  const result = stored.slice();
  const index = shape.map(() => 0);
  for (let i = 0; i < stored.length; i++) {
    const place = index.reduce((sum, k, axis) => sum * shape[axis]! + k, 0);
    result[place] = stored[i]!;
    for (let axis = 0; axis < shape.length; axis++) {
      index[axis]! += 1;
      if (index[axis]! < shape[axis]!) break;
      index[axis] = 0;
    }
  }
  return result;
}
