import { NDArray, type Monitor } from "../../lib/index.js";
import type { Objects } from "./build.js";
import type { Outcome } from "./schedule.js";
import type {
  ExpectedRecords,
  ExpectedSpikes,
  GoldenCase,
  RecordEntry,
  Tolerance,
} from "./schema.js";
import { plain } from "./values.js";

/** Thrown at the first number that differs: what, where, and both numbers. */
export class Difference extends Error {}

/** Compare everything that a case expects. @throws {Difference} at the first thing that is not reproduced. */
export function compare(golden: GoldenCase, objects: Objects, outcome: Outcome): void {
  const { expect, tolerance, record = [] } = golden;
  const sections = [...Object.entries({ ...expect.populations, ...expect.projections })];
  for (const [object, variables] of sections) {
    for (const [variable, expected] of Object.entries(variables)) {
      const monitor = monitorOf(object, variable, record, objects.monitors);
      const where = `${object}.${variable}`;
      if (isRecords(expected)) {
        compareRecords(where, expected, monitor.get(variable, { keep: true }), tolerance);
      } else {
        compareSpikes(where, expected, monitor.get("spike", { keep: true }));
      }
    }
  }
  for (const [label, expected] of Object.entries(expect.reads ?? {})) {
    compareValues(`read ${label}`, expected, outcome.reads[label], tolerance);
  }
  for (const [id, expected] of Object.entries(expect.calls ?? {})) {
    compareValues(`calls of ${id}`, expected, outcome.calls[id] ?? [], EXACT);
  }
}

const EXACT: Tolerance = { rel: 0, abs: 0 };

function isRecords(expected: ExpectedRecords | ExpectedSpikes): expected is ExpectedRecords {
  return "values" in expected;
}

/** The monitor that records a variable of an object. */
function monitorOf(
  object: string,
  variable: string,
  record: readonly RecordEntry[],
  monitors: readonly Monitor[],
): Monitor {
  const index = record.findIndex((r) => r.object === object && r.variables.includes(variable));
  const monitor = monitors[index];
  if (monitor === undefined) throw new Difference(`${object}.${variable} is not recorded`);
  return monitor;
}

function compareRecords(
  where: string,
  { shape, count, at, values }: ExpectedRecords,
  got: unknown,
  tolerance: Tolerance,
): void {
  const rows = got instanceof NDArray ? got.shape[0]! : (got as readonly unknown[]).length;
  if (rows !== count) throw new Difference(`${where}: expected ${count} records, got ${rows}`);
  if (shape !== undefined && got instanceof NDArray) {
    const given = got.shape.slice(1);
    if (String(given) !== String(shape)) {
      throw new Difference(
        `${where}: expected the shape (${shape.join(", ")}), got (${given.join(", ")})`,
      );
    }
  }
  at.forEach((index, i) => {
    const row = rowOf(got, index, shape !== undefined);
    compareValues(`${where} at step ${index}`, values[i], row, tolerance);
  });
}

/** One record; of populations flat, in the order of ranks. */
function rowOf(got: unknown, index: number, flat: boolean): unknown {
  if (!(got instanceof NDArray)) return plain((got as readonly unknown[])[index]);
  const width = got.size / got.shape[0]!;
  const values = Array.from(got.flat()).slice(index * width, (index + 1) * width);
  if (got.dimension === 1) return values[0];
  return flat ? values : plain(new NDArray(Float64Array.from(values), got.shape.slice(1)));
}

function compareSpikes(
  where: string,
  expected: ExpectedSpikes,
  got: ReadonlyMap<number, readonly number[]>,
): void {
  const ranks = new Set([...Object.keys(expected).map(Number), ...got.keys()]);
  for (const rank of ranks) {
    const wanted = expected[String(rank)] ?? [];
    const steps = got.get(rank) ?? [];
    if (String(wanted) !== String(steps)) {
      throw new Difference(
        `${where}, element ${rank}: expected spikes at ${wanted.join(", ")}, got ${steps.join(", ")}`,
      );
    }
  }
}

function compareValues(
  where: string,
  expected: unknown,
  got: unknown,
  tolerance: Tolerance,
  element = "",
): void {
  if (Array.isArray(expected)) {
    const length = Array.isArray(got) ? got.length : null;
    if (length !== expected.length) {
      const found = length === null ? String(got) : `${length}`;
      throw new Difference(`${where}${element}: expected ${expected.length} values, got ${found}`);
    }
    expected.forEach((entry, i) => {
      const inside = element === "" ? `, element ${i}` : `${element}, ${i}`;
      compareValues(where, entry, (got as readonly unknown[])[i], tolerance, inside);
    });
    return;
  }
  if (same(expected, got, tolerance)) return;
  throw new Difference(`${where}${element}: expected ${String(expected)}, got ${String(got)}`);
}

function same(expected: unknown, got: unknown, { rel, abs }: Tolerance): boolean {
  if (expected === null) return got === null || Number.isNaN(got);
  if (typeof got !== "number") return false;
  const want = Number(expected);
  if (Object.is(got, want) || got === want) return true;
  return Math.abs(got - want) <= abs + rel * Math.max(Math.abs(got), Math.abs(want));
}
