import { readFileSync } from "node:fs";

import { build } from "./build.js";
import { compare } from "./compare.js";
import { laterFeature } from "./later.js";
import { perform } from "./schedule.js";
import type { GoldenCase } from "./schema.js";
import { checkStatistics } from "./statistics.js";

/** How a case ended. */
export interface Verdict {
  readonly name: string;
  /** Null: everything was reproduced; else what was not, in one line. */
  readonly failure: string | null;
  /** What the case uses that is not built yet. */
  readonly later: string | null;
}

/** The case of a file. */
export function readCase(file: string): GoldenCase {
  return JSON.parse(readFileSync(file, "utf8")) as GoldenCase;
}

/** Other conditions for a case: keys of the configuration, and how near the results must be. */
export type Changes = Partial<Pick<GoldenCase, "config" | "tolerance">>;

/** The case under other conditions. */
export function changed(golden: GoldenCase, { config, tolerance }: Changes): GoldenCase {
  return {
    ...golden,
    config: { ...golden.config, ...config },
    tolerance: tolerance ?? golden.tolerance,
  };
}

/** Run a case and compare; nothing is thrown. */
export async function runCase(golden: GoldenCase): Promise<Verdict> {
  const { name } = golden;
  const later = laterFeature(golden);
  try {
    const objects = build(golden, golden.seeds?.[0] ?? golden.seed ?? 1);
    try {
      await objects.net.compile();
      const outcome = await perform(golden.schedule, objects);
      compare(golden, objects, outcome);
      checkStatistics(golden, objects);
    } finally {
      objects.net.clear();
    }
    return { name, failure: null, later };
  } catch (error) {
    return { name, failure: firstLine(error), later };
  }
}

function firstLine(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  const code =
    error instanceof Error && "code" in error && typeof error.code === "string"
      ? `${error.code}: `
      : "";
  return `${code}${text.split("\n")[0]!}`;
}
