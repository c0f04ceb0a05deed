import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { describe, expect, it } from "vitest";

import { temporaryFolder } from "../support/folder.js";
import { built, goingOn, resumable } from "../support/resumable.js";

const folder = temporaryFolder();
const kinds = Object.keys(resumable);
const [BEFORE, AFTER] = [30, 40];

describe("a network that was saved", () => {
  it("goes on in another process, with another number of threads, in the same bits as without the break", async () => {
    const without: string[] = [];
    for (const [i, kind] of kinds.entries()) {
      const { net, after } = await built(kind);
      after();
      await net.simulate(BEFORE);
      await net.save(join(folder, `${i}.npz`));
      without.push(await goingOn(net, AFTER));
    }
    const script = join(import.meta.dirname, "..", "support", "resume.ts");
    const printed = execFileSync(
      process.execPath,
      ["--import", "tsx", script, folder, ".npz", String(AFTER)],
      { encoding: "utf8", maxBuffer: 2 ** 26 },
    );
    const resumed = JSON.parse(printed) as string[];
    kinds.forEach((kind, i) => {
      expect(JSON.parse(resumed[i]!), kind).toEqual(JSON.parse(without[i]!));
    });
  }, 240_000);

  it.each([".json", ".txt.gz", ".data", ".h5", ".hdf5"])(
    "goes on in the same bits from a file %s",
    async (ending) => {
      const file = join(folder, `format${ending}`);
      const kind = kinds[1]!;
      const { net } = await built(kind);
      await net.simulate(BEFORE);
      await net.save(file);
      const without = await goingOn(net, AFTER);
      await net.load(file);
      expect(await goingOn(net, AFTER)).toBe(without);
    },
  );

  it("loads attributes alone, and forgets what was under way, where a file says no more", async () => {
    const file = join(folder, "attributes.json");
    const { net, after } = await built(kinds[0]!);
    after();
    await net.simulate(BEFORE);
    await net.save(file);
    const values = String(net.getPopulations()[0]!.get("v"));
    const without = await goingOn(net, AFTER);
    const saved = JSON.parse(readFileSync(file, "utf8")) as Record<string, Record<string, unknown>>;
    delete saved["kernel"];
    for (const entry of Object.values(saved)) {
      if (typeof entry === "object") delete entry["kernel"];
    }
    writeFileSync(file, JSON.stringify(saved));
    const fresh = await built(kinds[0]!);
    await fresh.net.load(file);
    expect(String(fresh.net.getPopulations()[0]!.get("v"))).toBe(values);
    expect(await goingOn(fresh.net, AFTER)).not.toBe(without);
  });
});
