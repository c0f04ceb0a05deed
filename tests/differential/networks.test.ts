/**
 * Random small networks, run by the engine and by the slow reference: everything that is recorded or read agrees. A
 * failure prints the seed and the network as a golden case.
 */
import { afterAll, describe, expect, it } from "vitest";

import { build } from "../golden-runner/build.js";
import { perform } from "../golden-runner/schedule.js";
import type { GoldenCase } from "../golden-runner/schema.js";
import { plain } from "../golden-runner/values.js";
import { differenceOf } from "../reference/compare.js";
import { runReference } from "../reference/run.js";
import { randomNetwork } from "./random/network.js";

const nightly = process.env["NEURARCHY_NIGHTLY"] !== undefined;
/** `NEURARCHY_SEED=7` tries one network alone. */
const only = process.env["NEURARCHY_SEED"];
const count = nightly ? 3000 : 40;
const seeds = only === undefined ? Array.from({ length: count }, (_, i) => i) : [Number(only)];

/** Everything in which the engine and the reference differ. */
async function differences(golden: GoldenCase): Promise<string[]> {
  const wanted = runReference(golden);
  const objects = build(golden, 1);
  const found: (string | null)[] = [];
  try {
    await objects.net.compile();
    const outcome = await perform(golden.schedule, objects);
    wanted.recorders.forEach(({ entry, rows, spikes }, i) => {
      const monitor = objects.monitors[i]!;
      for (const variable of entry.variables) {
        const where = `${entry.object}.${variable}`;
        const got = monitor.get(variable, { keep: true });
        if (got instanceof Map) {
          const exact = { rel: 0, abs: 0 };
          found.push(differenceOf(where, [...spikes.get(variable)!], [...got], exact));
        } else {
          found.push(differenceOf(where, rows.get(variable), plain(got), golden.tolerance));
        }
      }
    });
    for (const [label, value] of Object.entries(wanted.reads)) {
      found.push(differenceOf(`read ${label}`, value, outcome.reads[label], golden.tolerance));
    }
  } finally {
    objects.net.clear();
  }
  return found.filter((difference) => difference !== null);
}

describe("random networks", () => {
  const failures: string[] = [];

  afterAll(() => {
    if (failures.length > 0) console.error(failures.join("\n"));
  });

  it.each(seeds)("agree with the reference (seed %i)", async (seed) => {
    const golden = randomNetwork(seed);
    const found = await differences(golden);
    if (found.length > 0) failures.push(`seed ${seed}: ${JSON.stringify(golden)}`);
    expect(found).toEqual([]);
  });
});
