/**
 * The golden cases: results of the reference simulator and of independent calculations, reproduced on the public API. They
 * are read from the folder NEURARCHY_GOLDEN, else from ../shared/golden/cases beside the checkout.
 */
import { existsSync } from "node:fs";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";

import { afterAll, describe, expect, it } from "vitest";

import { CaseRunner, caseFiles } from "../golden-runner/cases.js";
import { laterFeature } from "../golden-runner/later.js";
import { readCase, type Changes } from "../golden-runner/run-case.js";

const beside = fileURLToPath(new URL("../../../shared/golden/cases", import.meta.url));
const folder = process.env["NEURARCHY_GOLDEN"] ?? beside;
const files = existsSync(folder) ? caseFiles([folder]) : [];
const runner = new CaseRunner();
const BOUND = { rel: 1e-4, abs: 1e-4 };

afterAll(() => {
  runner.stop();
});

describe.skipIf(files.length === 0)(`golden cases of ${basename(folder)}`, () => {
  const built = files.filter((file) => laterFeature(readCase(file)) === null);
  const later = files.filter((file) => !built.includes(file));

  it.each(built.map((file) => [basename(file, ".json"), file]))("reproduces %s", async (_, file) => {
    expect((await runner.run(file)).failure).toBeNull();
  });

  // Statistics over many seeds say nothing about single numbers.
  const exact = built.filter((file) => readCase(file).seeds === undefined);

  // The bound of single precision: 24 bits of mantissa are 6e-8, which some thousand steps and exponentials bring up to 2e-5.
  it.each<[string, Changes]>([
    ["in single precision within 1e-4", { config: { precision: "float" }, tolerance: BOUND }],
    ["on three threads", { config: { num_threads: 3, force_threads: true } }],
  ])("reproduces all cases with exact results %s", async (_, changes) => {
    const failures: string[] = [];
    for (const file of exact) {
      const { name, failure } = await runner.run(file, changes);
      if (failure !== null) failures.push(`${name}: ${failure}`);
    }
    expect(failures).toEqual([]);
  });

  it.each(later.map((file) => [basename(file, ".json"), laterFeature(readCase(file)), file]))(
    "says that %s needs what is not built yet: %s",
    async (_name, _feature, file) => {
      expect((await runner.run(file)).failure).toMatch(/^unsupported\b/i);
    },
  );
});

if (files.length === 0) {
  describe("golden cases", () => {
    it.skip(`SKIPPED: there is no folder ${basename(folder)} of golden cases`, () => undefined);
  });
}
