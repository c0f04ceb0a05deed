import { randomUUID } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { mkdir, open, rename, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { basename, dirname, extname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { MessageChannel, receiveMessageOnPort, Worker } from "node:worker_threads";
import { gunzipSync, gzip } from "node:zlib";

import {
  isDocument,
  packDocument,
  tensor,
  unpackDocument,
  type Document,
  type Entry,
  type Tensor,
} from "../array/document.js";
import { encodeJson } from "../array/json.js";
import { encodeMat } from "../array/mat.js";
import { decodeNpz, documentToNpz } from "../array/npz.js";
import { InternalError, problem, SimulatorError } from "../errors.js";

/** The one module of the core that touches files. What is in them is worked out by the codecs of lib/array. */

/** Name of the dataset of an HDF5 file that holds what is not numeric. */
const MANIFEST = "manifest";

/** First bytes of an HDF5 file. */
const HDF5_MARK = [0x89, 0x48, 0x44, 0x46] as const;

/** Mark of a text in gzip. */
const GZIP_MARK = [0x1f, 0x8b] as const;

/**
 * Write a document in the format that the name of the file says: `.npz`, gzip'ed JSON (`.gz`), Matlab (`.mat`), HDF5 (`.h5`,
 * `.hdf5`), and JSON for every other name.
 *
 * @throws {SimulatorError} CANNOT_WRITE, FILE_TOO_LARGE; NO_HDF5 without the optional package.
 */
export async function writeDocument(file: string, document: Document): Promise<void> {
  switch (formatOf(file)) {
    case "npz":
      return writeBytes(file, documentToNpz(document, file));
    case "mat":
      return writeBytes(file, encodeMat(document, file));
    case "gzip":
      return writeBytes(file, await promisify(gzip)(encodeJson(document)));
    case "json":
      return writeBytes(file, encodeJson(document));
    case "hdf5": {
      const { manifest, arrays } = packDocument(document);
      return writeHdf5(file, arrays, JSON.stringify(manifest));
    }
  }
}

/**
 * Read a document in the format that the name of the file says. At once, as connectors read files where they are called.
 *
 * @throws {SimulatorError} CANNOT_READ, DAMAGED_FILE, UNSUPPORTED_ARRAY, WRITTEN_ONLY for Matlab files; NO_HDF5.
 */
export function readDocument(file: string): Document {
  const format = formatOf(file);
  if (format === "mat") throw problem("WRITTEN_ONLY", { file });
  const bytes = readBytes(file);
  switch (format) {
    case "npz": {
      const content = decodeNpz(bytes, file);
      if (!(content instanceof Map)) return content;
      const reason = "it has no manifest.json, as the archives that save() writes have";
      throw problem("DAMAGED_FILE", { file, reason });
    }
    case "gzip":
      return parsed(unzipped(bytes, file), file);
    case "json":
      return parsed(bytes, file);
    case "hdf5":
      return readHdf5(file, bytes);
  }
}

/** Read a file of JSON, whatever its name. @throws {SimulatorError} CANNOT_READ, DAMAGED_FILE. */
export function readJson(file: string): Document {
  return parsed(readBytes(file), file);
}

/** Write a text file. @throws {SimulatorError} CANNOT_WRITE. */
export async function writeText(file: string, text: string): Promise<void> {
  await writeBytes(file, new TextEncoder().encode(text));
}

/**
 * Write a text file before returning, whole or not at all. Missing folders are made.
 *
 * @throws {SimulatorError} CANNOT_WRITE.
 */
export function writeTextNow(file: string, text: string): void {
  const temporary = temporaryBeside(file);
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(temporary, text, { flag: "wx" });
    renameSync(temporary, file);
  } catch (error) {
    if (existsSync(temporary)) rmSync(temporary);
    throw problem("CANNOT_WRITE", { file, reason: reasonOf(error) }, error);
  }
}

/** Version of this package. */
export function packageVersion(): string {
  const { version } = createRequire(import.meta.url)("neurarchy/package.json") as Package;
  return version;
}

interface Package {
  readonly version: string;
}

/** Read a text file. @throws {SimulatorError} CANNOT_READ. */
export function readText(file: string): string {
  return new TextDecoder().decode(readBytes(file));
}

/**
 * Write a file under a temporary name beside it, and rename it: there is the old file or the whole new one, never a part. A
 * missing folder is made, if that in which it lies is there.
 *
 * @throws {SimulatorError} CANNOT_WRITE.
 */
export async function writeBytes(file: string, bytes: Uint8Array): Promise<void> {
  await replace(file, async (temporary) => {
    const handle = await open(temporary, "wx");
    try {
      await handle.writeFile(bytes);
      await handle.sync();
    } finally {
      await handle.close();
    }
  });
}

/**
 * Write arrays as an HDF5 file with one dataset per path, in groups.
 *
 * @throws {SimulatorError} CANNOT_WRITE; NO_HDF5 without the optional package.
 */
export async function writeHdf5(
  file: string,
  arrays: ReadonlyMap<string, Tensor>,
  manifest: string | null = null,
): Promise<void> {
  const { File, module } = await hdf5(file);
  await replace(file, async (temporary) => {
    await (await open(temporary, "wx")).close();
    quietly(module, () => {
      const content = new File(temporary, "w");
      try {
        const groups = new Set<string>();
        for (const [path, { data, shape }] of arrays) {
          const parts = path.split("/");
          for (let depth = 1; depth < parts.length; depth++) {
            const group = parts.slice(0, depth).join("/");
            if (!groups.has(group)) content.create_group(group);
            groups.add(group);
          }
          content.create_dataset({ name: path, data, shape: [...shape] });
        }
        if (manifest !== null) content.create_dataset({ name: MANIFEST, data: manifest });
      } finally {
        content.close();
      }
    });
  });
}

type Format = "npz" | "gzip" | "mat" | "hdf5" | "json";

const FORMATS: ReadonlyMap<string, Format> = new Map([
  [".npz", "npz"],
  [".gz", "gzip"],
  [".mat", "mat"],
  [".h5", "hdf5"],
  [".hdf5", "hdf5"],
]);

function formatOf(file: string): Format {
  return FORMATS.get(extname(file).toLowerCase()) ?? "json";
}

async function replace(file: string, write: (temporary: string) => Promise<void>): Promise<void> {
  const temporary = temporaryBeside(file);
  try {
    await mkdir(dirname(file)).catch((error: unknown) => {
      if (codeOf(error) !== "EEXIST") throw error;
    });
    await write(temporary);
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    if (error instanceof SimulatorError) throw error;
    throw problem("CANNOT_WRITE", { file, reason: reasonOf(error) }, error);
  }
}

function temporaryBeside(file: string): string {
  return join(dirname(file), `.${basename(file)}.${randomUUID()}.tmp`);
}

function readBytes(file: string): Uint8Array {
  try {
    return readFileSync(file);
  } catch (error) {
    throw problem("CANNOT_READ", { file, reason: reasonOf(error) }, error);
  }
}

function unzipped(bytes: Uint8Array, file: string): Uint8Array {
  // The reference wrote plain text under such names, too.
  if (!GZIP_MARK.every((byte, i) => bytes[i] === byte)) return bytes;
  try {
    return gunzipSync(bytes);
  } catch (error) {
    throw problem("DAMAGED_FILE", { file, reason: "it cannot be unpacked" }, error);
  }
}

function parsed(bytes: Uint8Array, file: string): Document {
  let content: unknown;
  try {
    content = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch (error) {
    throw problem("DAMAGED_FILE", { file, reason: "it is no whole JSON text" }, error);
  }
  // What JSON can hold is an Entry.
  const entry = content as Entry;
  if (isDocument(entry)) return entry;
  throw problem("DAMAGED_FILE", { file, reason: "it is no JSON object" });
}

type Hdf5 = typeof import("h5wasm");

/** The optional package. @throws {SimulatorError} NO_HDF5. */
async function hdf5(file: string): Promise<{ File: Hdf5["File"]; module: Hdf5Module }> {
  try {
    const { default: package_ } = await import("h5wasm/node");
    return { File: package_.File, module: await package_.ready };
  } catch (error) {
    throw problem("NO_HDF5", { file, package: "h5wasm" }, error);
  }
}

type Hdf5Module = Awaited<Hdf5["ready"]>;

/** Let errors of the library be thrown, where it would print them. */
function quietly<T>(module: Hdf5Module, work: () => T): T {
  module.activate_throwing_error_handler();
  try {
    return work();
  } finally {
    module.deactivate_throwing_error_handler();
  }
}

/**
 * Read an HDF5 file at once, although the library loads in its own time: it works in a thread, for which this one waits.
 *
 * @throws {SimulatorError} DAMAGED_FILE; NO_HDF5 without the optional package.
 */
function readHdf5(file: string, bytes: Uint8Array): Document {
  if (!HDF5_MARK.every((byte, i) => bytes[i] === byte)) {
    throw problem("DAMAGED_FILE", { file, reason: "it is no HDF5 file" });
  }
  const folders = createRequire(import.meta.url).resolve.paths("h5wasm") ?? [];
  const candidates = folders.map((folder) => join(folder, "h5wasm", "dist", "node", "hdf5_hl.js"));
  const library = candidates.find((path) => existsSync(path));
  if (library === undefined) throw problem("NO_HDF5", { file, package: "h5wasm" });
  const { port1: inbox, port2: outbox } = new MessageChannel();
  const done = new Int32Array(new SharedArrayBuffer(4));
  const workerData = { file, library: pathToFileURL(library).href, outbox, done };
  const worker = new Worker(READER, { eval: true, workerData, transferList: [outbox] });
  worker.unref();
  Atomics.wait(done, 0, 0);
  const answer = (receiveMessageOnPort(inbox) as { readonly message: Hdf5Content } | undefined)
    ?.message;
  inbox.close();
  if (answer === undefined || "reason" in answer) {
    throw problem("DAMAGED_FILE", { file, reason: answer?.reason ?? "it cannot be read" });
  }
  const document = unpackDocument(jsonOf(answer.manifest), (path) => {
    const array = answer.arrays.get(path);
    return array === undefined ? null : tensorOf(array.value, array.shape);
  });
  if (document !== null) return document;
  const reason = "it has no manifest, as the files that save() writes have";
  throw problem("DAMAGED_FILE", { file, reason });
}

/** What the reading thread found. */
type Hdf5Content =
  | { readonly reason: string }
  | {
      readonly manifest: unknown;
      readonly arrays: ReadonlyMap<string, { readonly value: unknown; readonly shape: number[] }>;
    };

/** Program of the reading thread: all datasets by path, and the manifest. */
const READER = `
  const { workerData } = require("node:worker_threads");
  const { file, library, outbox, done } = workerData;
  const read = async () => {
    const { default: hdf5 } = await import(library);
    (await hdf5.ready).activate_throwing_error_handler();
    const content = new hdf5.File(file, "r");
    const arrays = new Map();
    const visit = (group, path) => {
      for (const name of group.keys()) {
        const entry = group.get(name);
        if (entry instanceof hdf5.Group) visit(entry, path + name + "/");
        else if (entry instanceof hdf5.Dataset)
          arrays.set(path + name, { value: entry.value, shape: entry.shape ?? [] });
      }
    };
    visit(content, "");
    content.close();
    return { manifest: arrays.get("manifest")?.value, arrays };
  };
  read()
    .catch((error) => ({ reason: String(error?.message ?? error) }))
    .then((answer) => {
      outbox.postMessage(answer);
      Atomics.store(done, 0, 1);
      Atomics.notify(done, 0);
    });
`;

function jsonOf(text: unknown): unknown {
  try {
    return typeof text === "string" ? JSON.parse(text) : null;
  } catch {
    return null;
  }
}

function tensorOf(value: unknown, shape: readonly number[]): Tensor {
  if (typeof value === "number") return tensor(Float64Array.of(value), shape);
  if (typeof value === "bigint") return tensor(BigInt64Array.of(value), shape);
  if (
    value instanceof Float64Array ||
    value instanceof Float32Array ||
    value instanceof Int32Array ||
    value instanceof Uint8Array ||
    value instanceof BigInt64Array
  ) {
    return tensor(value, shape);
  }
  throw new InternalError("a dataset of another type than is written");
}

function codeOf(error: unknown): string | null {
  return error instanceof Error && "code" in error && typeof error.code === "string"
    ? error.code
    : null;
}

const REASONS: ReadonlyMap<string, string> = new Map([
  ["ENOENT", "there is no such file or folder"],
  ["EACCES", "permission denied"],
  ["EISDIR", "it is a folder"],
  ["ENOSPC", "the disk is full"],
]);

function reasonOf(error: unknown): string {
  const known = REASONS.get(codeOf(error) ?? "");
  return known ?? (error instanceof Error ? error.message : String(error));
}
