import { joined } from "./bytes.js";
import type { Document, Entry, Tensor } from "./document.js";
import { isDocument, isList, numbers } from "./document.js";

/** Characters that are joined before they become bytes. */
const CHUNK = 1 << 20;

/**
 * Write a document as JSON: arrays as nested lists, opaque bytes in base 64. JSON has no NaN and no infinity: they are the
 * texts `"NaN"`, `"Infinity"` and `"-Infinity"`. All numbers come back with the same bits.
 */
export function encodeJson(document: Document): Uint8Array {
  const chunks: Uint8Array[] = [];
  const encoder = new TextEncoder();
  let texts: string[] = [];
  let length = 0;
  const flush = (): void => {
    chunks.push(encoder.encode(texts.join("")));
    texts = [];
    length = 0;
  };
  writeDocument(document, "\n", (text) => {
    texts.push(text);
    length += text.length;
    if (length >= CHUNK) flush();
  });
  texts.push("\n");
  flush();
  return joined(chunks);
}

/** One number as JSON. −0 keeps its sign. */
export function jsonNumber(value: number): string {
  if (Object.is(value, -0)) return "-0.0";
  return Number.isFinite(value) ? String(value) : `"${value}"`;
}

/** The number that JSON has for it; null when it is none. */
export function numberOfJson(value: unknown): number | null {
  if (typeof value === "number") return value;
  if (typeof value === "boolean") return Number(value);
  const names: readonly unknown[] = ["NaN", "Infinity", "-Infinity"];
  return names.includes(value) ? Number(value) : null;
}

type Write = (text: string) => void;

/** @param line - A line break and the indentation of the place. */
function writeDocument(document: Document, line: string, write: Write): void {
  write("{");
  Object.entries(document).forEach(([name, entry], i) => {
    write(`${i > 0 ? "," : ""}${line}  ${JSON.stringify(name)}: `);
    writeEntry(entry, `${line}  `, write);
  });
  write(`${line}}`);
}

function writeEntry(entry: Entry, line: string, write: Write): void {
  if (typeof entry === "number") write(jsonNumber(entry));
  else if (typeof entry === "bigint") write(String(entry));
  else if (entry === null || typeof entry !== "object") write(JSON.stringify(entry));
  else if (isList(entry)) {
    write("[");
    entry.forEach((item, i) => {
      if (i > 0) write(", ");
      writeEntry(item, line, write);
    });
    write("]");
  } else if (isDocument(entry)) writeDocument(entry, line, write);
  else if (entry.kind === "bytes") write(`"${Buffer.from(entry.bytes).toString("base64")}"`);
  else if (entry.kind === "tensor") writeTensor(entry, 0, 0, write);
  else {
    write("[");
    for (let row = 0; row + 1 < entry.rowStart.length; row++) {
      if (row > 0) write(", ");
      writeRow(entry.data, entry.rowStart[row]!, entry.rowStart[row + 1]!, jsonNumber, write);
    }
    write("]");
  }
}

/** Write what an array holds from an axis on, beginning at the element `first`. */
function writeTensor(array: Tensor, axis: number, first: number, write: Write): void {
  const { shape, boolean = false } = array;
  const data = numbers(array.data);
  const text = boolean ? (value: number) => String(value !== 0) : jsonNumber;
  const length = shape[axis];
  if (length === undefined) {
    write(text(data[first]!));
    return;
  }
  if (axis === shape.length - 1) {
    writeRow(data, first, first + length, text, write);
    return;
  }
  const step = shape.slice(axis + 1).reduce((product, size) => product * size, 1);
  write("[");
  for (let i = 0; i < length; i++) {
    if (i > 0) write(", ");
    writeTensor(array, axis + 1, first + i * step, write);
  }
  write("]");
}

function writeRow(
  data: ArrayLike<number>,
  begin: number,
  end: number,
  text: (value: number) => string,
  write: Write,
): void {
  write("[");
  for (let i = begin; i < end; i++) write(i > begin ? `, ${text(data[i]!)}` : text(data[i]!));
  write("]");
}
