import { arithmetic, compare, constant, select } from "../ir/build.js";
import type { IrExpression } from "../ir/ir.js";
import type { Body } from "./body.js";

/** An entry of a matrix; null is a zero that is known before the run. */
export type Entry = IrExpression | null;

/**
 * Solve matrix · x = right by Gaussian elimination. Rows change places at run time, by a choice between values rather than a
 * branch, so that the loop over elements stays free of branches: the pivot of a column is the largest of those below,
 * which keeps the elimination stable for every regular matrix. Known zeros cost nothing.
 *
 * Source: Golub and Van Loan, Matrix Computations, 4th edition 2013, 3.4 (partial pivoting).
 *
 * @param matrix (n, n), all values kept.
 * @param right (n), all values kept.
 */
export function eliminate(
  matrix: readonly (readonly Entry[])[],
  right: readonly IrExpression[],
  body: Body,
): readonly IrExpression[] {
  const size = right.length;
  /** Each row with its right side as the last entry. */
  const rows = matrix.map((row, i): Entry[] => [...row, right[i]!]);
  for (let column = 0; column < size; column++) {
    for (let below = column + 1; below < size; below++) order(rows, column, below, body);
    for (let below = column + 1; below < size; below++) subtractPivot(rows, column, below, body);
  }
  const solution: IrExpression[] = [];
  for (let i = size - 1; i >= 0; i--) {
    const row = rows[i]!;
    let rest = row[size] ?? zero;
    for (let j = i + 1; j < size; j++) rest = minus(rest, row[j]!, solution[j]!);
    solution[i] = body.keep(arithmetic("/", rest, row[i] ?? zero));
  }
  return solution;
}

/** Leave the row with the larger entry in this column above the other. */
function order(rows: Entry[][], above: number, below: number, body: Body): void {
  const [pivot, other] = [rows[above]!, rows[below]!];
  if (other[above] === null) return;
  if (pivot[above] === null) {
    [rows[above], rows[below]] = [other, pivot];
    return;
  }
  const isLarger = body.keep(compare(">", magnitude(other[above]!), magnitude(pivot[above]!)));
  const choose = (then: Entry, otherwise: Entry): Entry =>
    then === null && otherwise === null
      ? null
      : body.keep(select(isLarger, then ?? zero, otherwise ?? zero));
  // What stands to the left of the column has been eliminated.
  rows[above] = pivot.map((entry, j) => (j < above ? null : choose(other[j]!, entry)));
  rows[below] = other.map((entry, j) => (j < above ? null : choose(pivot[j]!, entry)));
}

function subtractPivot(rows: Entry[][], column: number, below: number, body: Body): void {
  const [pivot, row] = [rows[column]!, rows[below]!];
  if (row[column] === null) return;
  const factor = body.keep(arithmetic("/", row[column]!, pivot[column]!));
  rows[below] = row.map((entry, j) => {
    if (j <= column) return null;
    if (pivot[j] === null) return entry;
    return body.keep(minus(entry ?? zero, factor, pivot[j]!));
  });
}

/** value − a·b, where a known zero leaves the value as it is. */
function minus(value: IrExpression, a: Entry, b: IrExpression): IrExpression {
  return a === null ? value : arithmetic("-", value, arithmetic("*", a, b));
}

function magnitude(value: IrExpression): IrExpression {
  return { kind: "call", name: "abs", operands: [value] };
}

const zero = constant("real", 0);
