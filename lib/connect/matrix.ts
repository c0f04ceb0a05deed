import { gather, type TypedArray } from "../array/input.js";
import { problem } from "../errors.js";

/** Numbers in rows of one length; `null` and NaN stand for a synapse that is missing. */
export type Matrix =
  | readonly (readonly (number | null)[])[]
  | readonly TypedArray[]
  | { readonly data: ArrayLike<number>; readonly shape: ArrayLike<number> };

/** A matrix after its checks, row-major, NaN where nothing is. */
export interface Grid {
  readonly rows: number;
  readonly columns: number;
  readonly values: Float64Array;
}

/** @throws {SimulatorError} INVALID_CONNECTOR_OPTION when it is not a matrix. */
export function checkMatrix(connector: string, option: string, value: unknown): Grid {
  if (Array.isArray(value)) {
    const rows: readonly unknown[] = value;
    const columns = rows.length > 0 && isRow(rows[0]) ? rows[0].length : 0;
    const values = new Float64Array(rows.length * columns);
    if (columns === 0) return notMatrix(connector, option, "an empty list");
    rows.forEach((row, i) => {
      if (!isRow(row)) return notMatrix(connector, option, `a list with ${typeof row} in it`);
      if (row.length !== columns) return notMatrix(connector, option, "rows of different lengths");
      for (let j = 0; j < columns; j++) values[i * columns + j] = entry(connector, option, row[j]);
    });
    return { rows: rows.length, columns, values };
  }
  if (isShaped(value)) {
    const shape = Array.from(value.shape);
    const [rows = 0, columns = 0] = shape;
    const size = shape.reduce((product, length) => product * length, 1);
    if (shape.length !== 2) return notMatrix(connector, option, `${shape.length} dimensions`);
    const strided = "stride" in value && "offset" in value;
    const data = strided ? gather(value, shape, size) : value.data;
    if (data.length !== size) return notMatrix(connector, option, `${data.length} numbers`);
    return { rows, columns, values: Float64Array.from(data) };
  }
  return notMatrix(connector, option, String(value));
}

/** Exchange rows and columns. */
export function transposed({ rows, columns, values }: Grid): Grid {
  const result = new Float64Array(values.length);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) result[j * rows + i] = values[i * columns + j]!;
  }
  return { rows: columns, columns: rows, values: result };
}

function isRow(value: unknown): value is ArrayLike<unknown> {
  return Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView));
}

function isShaped(value: unknown): value is { data: ArrayLike<number>; shape: ArrayLike<number> } {
  return typeof value === "object" && value !== null && "data" in value && "shape" in value;
}

function entry(connector: string, option: string, value: unknown): number {
  if (value === null || value === undefined) return NaN;
  return typeof value === "number" ? value : notMatrix(connector, option, `${typeof value}s`);
}

function notMatrix(connector: string, option: string, value: string): never {
  const expected = "a matrix: a list of rows of one length, with numbers or null";
  throw problem("INVALID_CONNECTOR_OPTION", { connector, option, value, expected });
}
