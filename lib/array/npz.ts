import { unzipSync, zipSync, type Zippable } from "fflate";

import { problem } from "../errors.js";
import { packDocument, unpackDocument, type Document, type Tensor } from "./document.js";
import { decodeNpy, encodeNpy } from "./npy.js";

/** Entry with what is not numeric. */
const MANIFEST = "manifest.json";

/** Archives beyond it need 64-bit sizes, which this writer does not have. */
const MOST_BYTES = 2 ** 32 - 1;

/**
 * Write arrays as a `.npz` file: a zip archive of `.npy` files, not compressed, as `numpy.savez` makes it.
 *
 * @throws {SimulatorError} FILE_TOO_LARGE above 4 GiB.
 */
export function encodeNpz(
  arrays: ReadonlyMap<string, Tensor>,
  file: string,
  manifest?: unknown,
): Uint8Array {
  const entries: Zippable = {};
  for (const [path, array] of arrays) entries[`${path}.npy`] = encodeNpy(array);
  if (manifest !== undefined) {
    entries[MANIFEST] = new TextEncoder().encode(JSON.stringify(manifest, null, 2));
  }
  const sizes = Object.entries(entries).map(([path, bytes]) =>
    bytes instanceof Uint8Array ? bytes.length + 2 * path.length + 128 : 0,
  );
  const size = sizes.reduce((sum, bytes) => sum + bytes, 0);
  if (size > MOST_BYTES || arrays.size > 65_000) {
    throw problem("FILE_TOO_LARGE", { file, format: ".npz" });
  }
  // A fixed date: equal contents are equal files.
  return zipSync(entries, { level: 0, mtime: "1980-01-01T00:00:00" });
}

/** Read the arrays of a `.npz` file, and its manifest, if it has one. @throws {SimulatorError} DAMAGED_FILE, UNSUPPORTED_ARRAY. */
export function decodeNpz(bytes: Uint8Array, file: string): Document | Map<string, Tensor> {
  const entries = unzipped(bytes, file);
  const arrays = new Map<string, Tensor>();
  for (const [path, content] of Object.entries(entries)) {
    if (path.endsWith(".npy"))
      arrays.set(path.slice(0, -".npy".length), decodeNpy(content, `${file}: ${path}`));
  }
  const manifest = entries[MANIFEST];
  if (manifest === undefined) return arrays;
  const document = unpackDocument(parsed(manifest), (path) => arrays.get(path) ?? null);
  if (document === null) throw problem("DAMAGED_FILE", { file, reason: "its manifest is damaged" });
  return document;
}

/** Write a document as a `.npz` file. @throws {SimulatorError} FILE_TOO_LARGE. */
export function documentToNpz(document: Document, file: string): Uint8Array {
  const { arrays, manifest } = packDocument(document);
  return encodeNpz(arrays, file, manifest);
}

function unzipped(bytes: Uint8Array, file: string): Record<string, Uint8Array> {
  try {
    return unzipSync(bytes);
  } catch (error) {
    throw problem("DAMAGED_FILE", { file, reason: "it is no whole zip archive" }, error);
  }
}

function parsed(text: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(text));
  } catch {
    return null;
  }
}
