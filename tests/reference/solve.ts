/**
 * Find where all residuals are 0: Newton's method with a Jacobian of central differences, a fixed number of times, from the
 * old values on.
 */
export function solve(
  residuals: (values: readonly number[]) => readonly number[],
  start: readonly number[],
): readonly number[] {
  let values = start;
  for (let iteration = 0; iteration < 25; iteration++) {
    const here = residuals(values);
    const columns = values.map((value, j) => {
      const distance = 1e-5 * Math.max(1, Math.abs(value));
      const shifted = (by: number): readonly number[] =>
        residuals(values.map((other, i) => (i === j ? other + by : other)));
      const [above, below] = [shifted(distance), shifted(-distance)];
      return above.map((f, i) => (f - below[i]!) / (2 * distance));
    });
    const matrix = here.map((f, i) => [...columns.map((column) => column[i]!), -f]);
    const change = eliminate(matrix);
    values = values.map((value, i) => value + change[i]!);
  }
  return values;
}

/** Solve a linear system, given as rows with the right side as last entry, by Gaussian elimination with pivoting. */
function eliminate(system: readonly (readonly number[])[]): readonly number[] {
  const rows = system.map((row) => [...row]);
  const n = rows.length;
  for (let k = 0; k < n; k++) {
    const size = (i: number): number => Math.abs(rows[i]![k]!);
    let pivot = k;
    for (let i = k; i < n; i++) if (size(i) > size(pivot)) pivot = i;
    [rows[k], rows[pivot]] = [rows[pivot]!, rows[k]!];
    for (let i = 0; i < n; i++) {
      if (i === k) continue;
      const factor = rows[i]![k]! / rows[k]![k]!;
      rows[i] = rows[i]!.map((entry, j) => entry - factor * rows[k]![j]!);
    }
  }
  return rows.map((row, i) => row[n]! / row[i]!);
}
