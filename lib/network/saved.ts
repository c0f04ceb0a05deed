import type { Document } from "../array/document.js";

/** What a file of this program can hold. */
export type Content = "network" | "population" | "projection" | "connections" | "parameters";

/** How each is called in messages. */
export const contentNames: Readonly<Record<Content, string>> = {
  network: "the state of a network",
  population: "the state of a population",
  projection: "the state of a projection",
  connections: "connections",
  parameters: "parameters",
};

/** Tell what a document is by the names that only such a document has; null when it is none of ours. */
export function contentOf(document: Document): Content | null {
  const has = (...names: string[]): boolean => names.every((name) => name in document);
  if (has("time_step", "obj_names")) return "network";
  if (has("post_ranks", "pre_ranks", "attributes")) return "projection";
  if (has("post_ranks", "pre_ranks", "nb_synapses")) return "connections";
  if (has("geometry", "size", "attributes")) return "population";
  return has("populations", "projections", "constants") ? "parameters" : null;
}

/** Names that a file gives to something else than an attribute or an object. */
const TAKEN: ReadonlySet<string> = new Set([
  ...["name", "geometry", "size", "attributes", "parameters", "variables", "kernel"],
  ...["pre", "post", "target", "post_ranks", "pre_ranks", "delays", "nb_synapses"],
]);
const TAKEN_AT_TOP: ReadonlySet<string> = new Set(["time_step", "net_id", "obj_names", "kernel"]);

/** Name of an attribute in a file: its own, unless that is taken. */
export function attributeKey(name: string): string {
  return TAKEN.has(name) ? `attribute:${name}` : name;
}

/** Name of a population in a file: its own, unless that is taken. */
export function populationKey(name: string): string {
  return TAKEN_AT_TOP.has(name) ? `population:${name}` : name;
}

/** Name of a projection in a file with these populations: its own, unless that is taken. */
export function projectionKey(name: string, populations: readonly string[]): string {
  return TAKEN_AT_TOP.has(name) || populations.includes(name) ? `projection:${name}` : name;
}
