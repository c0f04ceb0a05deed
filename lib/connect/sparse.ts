import { problem } from "../errors.js";

/** A sparse matrix in one of the common layouts, rows = pre, columns = post. */
export type SparseMatrix =
  | {
      /** `csr` or `csc` */
      readonly format: string;
      readonly shape: readonly number[];
      readonly indptr: ArrayLike<number>;
      readonly indices: ArrayLike<number>;
      readonly data: ArrayLike<number>;
    }
  | {
      /** `lil` */
      readonly format: string;
      readonly shape: readonly number[];
      readonly rows: readonly ArrayLike<number>[];
      readonly data: readonly ArrayLike<number>[];
    }
  | {
      /** `coo` */
      readonly format: string;
      readonly shape: readonly number[];
      readonly row: ArrayLike<number>;
      readonly col: ArrayLike<number>;
      readonly data: ArrayLike<number>;
    };

/** One stored entry. */
export interface Entry {
  readonly row: number;
  readonly column: number;
  readonly value: number;
}

/**
 * List the stored entries, row by row and in each row by column.
 *
 * @throws {SimulatorError} INVALID_SPARSE.
 */
export function entriesOf(matrix: SparseMatrix): readonly Entry[] {
  const [rows, columns, ...more] = matrix.shape;
  if (rows === undefined || columns === undefined || more.length > 0) {
    throw problem("INVALID_SPARSE", { reason: "its shape must be two numbers" });
  }
  const entries = listed(matrix);
  for (const { row, column, value } of entries) {
    if (!(isIndex(row, rows) && isIndex(column, columns) && typeof value === "number")) {
      const reason = `the entry (${row}, ${column}) is outside of (${rows}, ${columns})`;
      throw problem("INVALID_SPARSE", { reason });
    }
  }
  return entries.sort((a, b) => a.row - b.row || a.column - b.column);
}

function listed(matrix: SparseMatrix): Entry[] {
  const { format } = matrix;
  if ("indptr" in matrix && (format === "csr" || format === "csc")) {
    const { indptr, indices, data } = matrix;
    const entries: Entry[] = [];
    for (let major = 0; major + 1 < indptr.length; major++) {
      for (let i = indptr[major]!; i < indptr[major + 1]!; i++) {
        const [row, column] = format === "csr" ? [major, indices[i]!] : [indices[i]!, major];
        entries.push({ row, column, value: data[i]! });
      }
    }
    return entries;
  }
  if ("rows" in matrix && format === "lil") {
    return matrix.rows.flatMap((columns, row) =>
      Array.from(columns, (column, i) => ({ row, column, value: matrix.data[row]?.[i] ?? NaN })),
    );
  }
  if ("row" in matrix && format === "coo") {
    const { row, col, data } = matrix;
    return Array.from(row, (r, i) => ({ row: r, column: col[i] ?? -1, value: data[i] ?? NaN }));
  }
  throw problem("INVALID_SPARSE", { reason: `its format ${JSON.stringify(format)} is unknown` });
}

function isIndex(index: number, length: number): boolean {
  return Number.isInteger(index) && index >= 0 && index < length;
}
