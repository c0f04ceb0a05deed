import type { GoldenCase } from "./schema.js";

const LATER_KINDS = new Set([
  ...["convolution", "pooling", "copy", "transpose", "current_injection", "decoding"],
]);

/** What a case uses that is not built yet, and is answered by an UNSUPPORTED error; null: nothing. */
export function laterFeature(golden: GoldenCase): string | null {
  for (const { kind } of golden.projections ?? []) {
    if (kind !== undefined && LATER_KINDS.has(kind)) return kind;
  }
  return null;
}
