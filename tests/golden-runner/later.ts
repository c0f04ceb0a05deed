import type { GoldenCase } from "./schema.js";

const LATER_KINDS = new Set([
  ...["convolution", "pooling", "copy", "transpose", "current_injection", "decoding"],
]);
const LATER_CONNECTORS = new Set(["gaussian", "dog", "fixed_number_pre", "fixed_number_post"]);

/** What a case uses that is not built yet, and is answered by an UNSUPPORTED error; null: nothing. */
export function laterFeature(golden: GoldenCase): string | null {
  for (const { kind, connector } of golden.projections ?? []) {
    if (kind !== undefined && LATER_KINDS.has(kind)) return kind;
    const name = connector?.kind;
    if (name !== undefined && LATER_CONNECTORS.has(name)) return name;
  }
  for (const synapse of Object.values(golden.synapses ?? {})) {
    if ("creating" in synapse || "pruning" in synapse) return "structural plasticity";
  }
  if (golden.schedule.some(({ structural }) => structural !== undefined)) {
    return "structural plasticity";
  }
  return null;
}
