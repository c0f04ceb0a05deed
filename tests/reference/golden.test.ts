/**
 * The reference of these tests against the golden cases: every case whose features it knows. So the engine is compared
 * with a program that reproduces the published values itself.
 */
import { existsSync } from "node:fs";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";

import { describe, expect, it } from "vitest";

import { caseFiles } from "../golden-runner/cases.js";
import { readCase } from "../golden-runner/run-case.js";
import type { ExpectedRecords, ExpectedSpikes, GoldenCase } from "../golden-runner/schema.js";
import { differenceOf } from "./compare.js";
import { runReference, type Results } from "./run.js";
import { NotCovered } from "./scope.js";

const beside = fileURLToPath(new URL("../../../shared/golden/cases", import.meta.url));
const folder = process.env["NEURARCHY_GOLDEN"] ?? beside;
const cases = existsSync(folder) ? caseFiles([folder]).map(readCase) : [];

/** The results of a case; null when it needs what the reference does not know. */
function resultsOf(golden: GoldenCase): Results | null {
  try {
    return runReference(golden);
  } catch (error) {
    if (error instanceof NotCovered) return null;
    throw error;
  }
}

/** Everything in which results differ from what a case expects. */
function differences(golden: GoldenCase, { recorders, reads, calls }: Results): string[] {
  const { expect: wanted, tolerance, record = [] } = golden;
  const found: (string | null)[] = [];
  for (const [object, variables] of Object.entries({
    ...wanted.populations,
    ...wanted.projections,
  })) {
    for (const [variable, values] of Object.entries(variables)) {
      const index = record.findIndex((r) => r.object === object && r.variables.includes(variable));
      const recorder = recorders[index]!;
      const where = `${object}.${variable}`;
      found.push(
        isRecords(values)
          ? ofRecords(where, values, recorder.rows.get(variable)!, tolerance)
          : ofSpikes(where, values, recorder.spikes.get(variable)!),
      );
    }
  }
  for (const [label, value] of Object.entries(wanted.reads ?? {})) {
    found.push(differenceOf(`read ${label}`, value, reads[label], tolerance));
  }
  for (const [id, value] of Object.entries(wanted.calls ?? {})) {
    found.push(differenceOf(`calls of ${id}`, value, calls[id], { rel: 0, abs: 0 }));
  }
  return found.filter((difference) => difference !== null);
}

function isRecords(values: ExpectedRecords | ExpectedSpikes): values is ExpectedRecords {
  return "values" in values;
}

function ofRecords(
  where: string,
  { count, at, values }: ExpectedRecords,
  rows: readonly unknown[],
  tolerance: GoldenCase["tolerance"],
): string | null {
  if (rows.length !== count) return `${where}: expected ${count} records, got ${rows.length}`;
  return differenceOf(
    where,
    values,
    at.map((index) => rows[index]),
    tolerance,
  );
}

function ofSpikes(
  where: string,
  wanted: ExpectedSpikes,
  got: ReadonlyMap<number, readonly number[]>,
): string | null {
  const fired = [...got].filter(([, steps]) => steps.length > 0);
  const expected = Object.entries(wanted).filter(([, steps]) => steps.length > 0);
  return differenceOf(
    where,
    expected.map(([rank, n]) => [Number(rank), n]),
    fired,
    {
      rel: 0,
      abs: 0,
    },
  );
}

describe.skipIf(cases.length === 0)("the reference", () => {
  const results = cases.map((golden) => ({ golden, results: resultsOf(golden) }));
  const covered = results.flatMap(({ golden, results: found }) =>
    found === null ? [] : [[golden.name, golden, found] as const],
  );

  it.each(covered)("reproduces %s", (_, golden, found) => {
    expect(differences(golden, found)).toEqual([]);
  });

  it("covers most of the golden cases", () => {
    expect(covered.length).toBeGreaterThan(cases.length * 0.7);
  });
});

if (cases.length === 0) {
  describe("the reference", () => {
    it.skip(`SKIPPED: there is no folder ${basename(folder)} of golden cases`, () => undefined);
  });
}
