import type { TypedArray } from "./input.js";

/** Numbers of a tensor as they are stored. */
export type TensorData = TypedArray | BigInt64Array;

/** Numbers in a file, row-major. A shape of no axes is that of one number. */
export interface Tensor {
  readonly kind: "tensor";
  readonly data: TensorData;
  readonly shape: readonly number[];
  /** A Uint8Array holds 0 for false and 1 for true. Default false. */
  readonly boolean?: boolean;
}

/** Rows of numbers of different lengths: row i is `data[rowStart[i]]` to `data[rowStart[i + 1] - 1]`. */
export interface RaggedRows {
  readonly kind: "rows";
  /** (rows + 1) */
  readonly rowStart: Float64Array;
  readonly data: TypedArray;
}

/** Bytes that mean nothing to the file. */
export interface Opaque {
  readonly kind: "bytes";
  readonly bytes: Uint8Array;
}

/** What a file holds under a name. A `number` is a real number, a `bigint` a whole one. */
export type Entry =
  null | boolean | number | bigint | string | Tensor | RaggedRows | Opaque | EntryList | Document;

/** A list of entries. */
export type EntryList = readonly Entry[];

/** The contents of a file: entries by name. */
export interface Document {
  readonly [name: string]: Entry;
}

/** A document taken apart: its numeric entries by path, and a tree with the rest. */
export interface Packed {
  readonly arrays: ReadonlyMap<string, Tensor>;
  readonly manifest: unknown;
}

/** Make a tensor of values and their shape. */
export function tensor(data: TensorData, shape: readonly number[] = [data.length]): Tensor {
  return { kind: "tensor", data, shape };
}

/** Tell a document from the other entries. */
export function isDocument(entry: Entry | undefined): entry is Document {
  return isObject(entry) && !isLeaf(entry);
}

/** Tell whether an entry is a list. */
export function isList(entry: Entry | undefined): entry is EntryList {
  return Array.isArray(entry);
}

/**
 * Take a document apart for formats that hold arrays by path, such as `pop0/v`. In the manifest an object with the one key
 * `$array` or `$rows` stands where a numeric entry was; names that begin with `$` have another one before it.
 */
export function packDocument(document: Document): Packed {
  const arrays = new Map<string, Tensor>();
  const place = (entry: Entry, path: string): unknown => {
    const put = (value: Tensor, at = path): string => {
      arrays.set(at, value);
      return at;
    };
    if (typeof entry === "number") return { $array: put(tensor(Float64Array.of(entry), [])) };
    if (typeof entry === "bigint") return { $array: put(tensor(BigInt64Array.of(entry), [])) };
    if (entry === null || typeof entry !== "object") return entry;
    if (isList(entry)) return entry.map((item, i) => place(item, `${path}/${i}`));
    if (isDocument(entry)) return placeAll(entry, path);
    switch (entry.kind) {
      case "tensor":
        return { $array: put(entry) };
      case "bytes":
        return { $bytes: put(tensor(entry.bytes)) };
      case "rows":
        return {
          $rows: put(tensor(entry.data)),
          $start: put(tensor(BigInt64Array.from(entry.rowStart, BigInt)), `${path}.row_start`),
        };
    }
  };
  const placeAll = (entries: Document, path: string): unknown =>
    Object.fromEntries(
      Object.entries(entries).map(([name, entry]) => [
        escaped(name),
        place(entry, path === "" ? pathPart(name) : `${path}/${pathPart(name)}`),
      ]),
    );
  return { manifest: placeAll(document, ""), arrays };
}

/** Put a document together again; null when the manifest is none of ours, or names an array that is not there. */
export function unpackDocument(
  manifest: unknown,
  arrayAt: (path: string) => Tensor | null,
): Document | null {
  let whole = true;
  const isWhole = (): boolean => whole;
  const array = (path: unknown): Tensor => {
    const found = typeof path === "string" ? arrayAt(path) : null;
    if (found !== null) return found;
    whole = false;
    return tensor(new Float64Array(0));
  };
  const restore = (node: unknown): Entry => {
    if (Array.isArray(node)) return node.map(restore);
    if (node === null || typeof node === "boolean" || typeof node === "string") return node;
    if (typeof node === "number") return node;
    if (!isObject(node)) {
      whole = false;
      return null;
    }
    if ("$array" in node) return array(node["$array"]);
    if ("$bytes" in node) return { kind: "bytes", bytes: bytesOf(array(node["$bytes"])) };
    if ("$rows" in node) {
      const { data } = array(node["$rows"]);
      const start = array(node["$start"]).data;
      return { kind: "rows", data: numbers(data), rowStart: Float64Array.from(numbers(start)) };
    }
    return Object.fromEntries(
      Object.entries(node).map(([name, entry]) => [name.replace(/^\$\$/, "$"), restore(entry)]),
    );
  };
  const document = restore(manifest);
  // Set by `array` and `restore`.
  return isWhole() && isDocument(document) ? document : null;
}

/** Values as numbers; whole numbers beyond 2⁵³ lose their last digits. */
export function numbers(data: TensorData): TypedArray {
  return data instanceof BigInt64Array ? Float64Array.from(data, Number) : data;
}

function bytesOf({ data }: Tensor): Uint8Array {
  return data instanceof Uint8Array ? data : Uint8Array.from(numbers(data));
}

function isLeaf(entry: object): boolean {
  return "kind" in entry && typeof entry.kind === "string" && LEAVES.has(entry.kind)
    ? "data" in entry || "bytes" in entry
    : false;
}

const LEAVES: ReadonlySet<string> = new Set(["tensor", "rows", "bytes"]);

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function escaped(name: string): string {
  return name.startsWith("$") ? `$${name}` : name;
}

/** A name as part of a path: without slashes, and neither empty nor made of dots. */
function pathPart(name: string): string {
  if (name === "") return "%";
  const part = encodeURIComponent(name);
  return /^\.+$/.test(part) ? part.replaceAll(".", "%2E") : part;
}
