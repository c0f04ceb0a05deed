import { problem } from "../errors.js";

/** A matrix as the entries of a file, in their order. */
export interface Triplets {
  readonly rows: number;
  readonly columns: number;
  /** (entries), from 0 */
  readonly row: readonly number[];
  readonly column: readonly number[];
  readonly value: readonly number[];
}

const FORMATS = ["coordinate", "array"];
const FIELDS = ["real", "double", "integer", "pattern"];
const SYMMETRIES = ["general", "symmetric", "skew-symmetric"];

/** The lines of a text that are neither blank nor comments, as words. */
class Lines {
  /** Of the line that was read last, from 1. */
  number = 0;
  readonly #text: string;
  readonly #file: string;
  #begin = 0;

  constructor(text: string, file: string) {
    this.#text = text;
    this.#file = file;
  }

  /** The words of the next line, comments or not; null at the end. */
  any(): string[] | null {
    if (this.#begin >= this.#text.length) return null;
    const found = this.#text.indexOf("\n", this.#begin);
    const end = found < 0 ? this.#text.length : found;
    const line = this.#text.slice(this.#begin, end).trim();
    this.#begin = end + 1;
    this.number += 1;
    return line === "" ? [] : line.split(/\s+/);
  }

  /** The numbers of the next line; null at the end. @throws {SimulatorError} MATRIX_MARKET unless they are `count`. */
  numbers(count: number): number[] | null {
    let words = this.any();
    while (words !== null && (words.length === 0 || words[0]!.startsWith("%"))) words = this.any();
    if (words === null) return null;
    const numbers = words.map(Number);
    if (numbers.some(Number.isNaN)) return this.fail(`${words.join(" ")} are not numbers`);
    if (numbers.length === count) return numbers;
    return this.fail(
      `${count} ${count === 1 ? "number is" : "numbers are"} needed, not ${numbers.length}`,
    );
  }

  fail(reason: string): never {
    throw problem("MATRIX_MARKET", { file: this.#file, line: this.number, reason });
  }
}

/**
 * Read a matrix in the Matrix Market exchange format: coordinates or a whole array, real, integer or without values (which
 * then are 1), general, symmetric or skew-symmetric.
 *
 * Source: Boisvert, Pozo & Remington (1996), "The Matrix Market exchange formats: initial design", NISTIR 5935.
 *
 * @param file - Name of the file, for messages.
 * @throws {SimulatorError} MATRIX_MARKET with the line at which the text is none.
 */
export function readMatrixMarket(text: string, file: string): Triplets {
  const lines = new Lines(text, file);
  const [mark, object, format = "", field = "", symmetry = ""] = (lines.any() ?? []).map((word) =>
    word.toLowerCase(),
  );
  if (mark !== "%%matrixmarket" || object !== "matrix") {
    return lines.fail('the first line must begin with "%%MatrixMarket matrix"');
  }
  for (const [word, known] of [
    [format, FORMATS],
    [field, FIELDS],
    [symmetry, SYMMETRIES],
  ] as const) {
    if (!known.includes(word)) return lines.fail(`"${word}" must be one of ${known.join(", ")}`);
  }
  const isArray = format === "array";
  if (isArray && field === "pattern") return lines.fail("an array has values, not a pattern");
  const size = lines.numbers(isArray ? 2 : 3) ?? lines.fail("the size of the matrix is missing");
  const [rows = 0, columns = 0, entries = 0] = size;
  if (!size.every((length) => Number.isInteger(length) && length >= 0)) {
    return lines.fail("sizes must be whole numbers of at least 0");
  }
  const general = symmetry === "general";
  if (!general && rows !== columns) return lines.fail(`a ${symmetry} matrix must be square`);
  const result = {
    rows,
    columns,
    row: [] as number[],
    column: [] as number[],
    value: [] as number[],
  };
  const put = (row: number, column: number, value: number): void => {
    result.row.push(row);
    result.column.push(column);
    result.value.push(value);
  };
  const add = (row: number, column: number, value: number): void => {
    put(row, column, value);
    if (!general && row !== column) put(column, row, symmetry === "symmetric" ? value : -value);
  };
  const missing = (): never => lines.fail("the file ends before its last entry");
  if (isArray) {
    // Column by column, of symmetric matrices what is below the diagonal.
    for (let column = 0; column < columns; column++) {
      const first = general ? 0 : symmetry === "symmetric" ? column : column + 1;
      for (let row = first; row < rows; row++)
        add(row, column, (lines.numbers(1) ?? missing())[0]!);
    }
  } else {
    for (let i = 0; i < entries; i++) {
      const [row = 0, column = 0, value = 1] =
        lines.numbers(field === "pattern" ? 2 : 3) ?? missing();
      const inside = Number.isInteger(row) && Number.isInteger(column) && row >= 1 && column >= 1;
      if (!inside || row > rows || column > columns) {
        return lines.fail(`the entry (${row}, ${column}) is outside of (${rows}, ${columns})`);
      }
      add(row - 1, column - 1, value);
    }
  }
  const words = lines.any();
  for (let rest = words; rest !== null; rest = lines.any()) {
    if (rest.length > 0 && !rest[0]!.startsWith("%"))
      return lines.fail("there are more entries than the file says");
  }
  return result;
}
