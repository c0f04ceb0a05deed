import { describe, expect, it } from "vitest";

import { KINDS, outcome } from "../support/kinds.js";

/** Seeds of the sizes and of all random numbers; more of them at night. */
const SEEDS = Array.from(
  { length: process.env["NEURARCHY_NIGHTLY"] === undefined ? 2 : 50 },
  (_, i) => i + 1,
);

describe("results are the same bits on 1, 2, 3 and 8 threads", () => {
  it.each(KINDS.map((kind) => [kind.name, kind] as const))("%s", async (_, kind) => {
    for (const seed of SEEDS) {
      const expected = await outcome(kind, { seed, threads: 1 });
      for (const threads of [2, 3, 8]) {
        const got = await outcome(kind, { seed, threads });
        expect(got, `seed ${seed}, ${threads} threads`).toEqual(expected);
      }
    }
  });

  it("in single precision, too", async () => {
    for (const kind of KINDS) {
      const single = { seed: 1, precision: "float" } as const;
      const expected = await outcome(kind, { ...single, threads: 1 });
      expect(await outcome(kind, { ...single, threads: 3 }), kind.name).toEqual(expected);
    }
  });

  it("and other seeds give other results", async () => {
    for (const kind of KINDS) {
      const [one, other] = [1, 2].map((seed) => outcome(kind, { seed, threads: 1 }));
      expect(await one, kind.name).not.toEqual(await other);
    }
  });
});
