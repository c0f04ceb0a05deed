import type { Side, Site } from "../connect/rows.js";
import { problem } from "../errors.js";
import { IndividualNeuron, Population, PopulationView, type PopLike } from "./population.js";
import type { NetworkState } from "./state.js";

/** Where a projection starts or ends; a text is the name of a population. */
export type End = PopLike | IndividualNeuron | string;

/** The population of an end. */
export function populationOf(end: PopLike): Population {
  return end instanceof PopulationView ? end.population : end;
}

/** What connectors know of two ends. */
export function siteOf(label: string, pre: PopLike, post: PopLike): Site {
  const side = (end: PopLike): Side => ({
    ranks: end.ranks,
    size: end.size,
    geometry: end instanceof PopulationView ? null : end.geometry,
  });
  return { label, pre: side(pre), post: side(post), same: pre === post };
}

/** @throws {SimulatorError} MISSING_END. */
export function checkedEnd(end: "pre" | "post", value: unknown): End {
  const isEnd =
    typeof value === "string" ||
    value instanceof Population ||
    value instanceof PopulationView ||
    value instanceof IndividualNeuron;
  if (!isEnd) throw problem("MISSING_END", { end });
  return value;
}

/** @throws {SimulatorError} MISSING_TARGET. */
export function checkedTargets(target: unknown): readonly string[] {
  const targets: readonly unknown[] = Array.isArray(target) ? target : [target];
  const isName = (name: unknown): name is string => typeof name === "string" && name !== "";
  if (targets.length === 0 || !targets.every(isName)) throw problem("MISSING_TARGET", {});
  return targets;
}

/** The population or view that an end stands for. @throws {SimulatorError} UNKNOWN_POPULATION. */
export function resolveEnd(end: End, state: NetworkState): PopLike {
  if (end instanceof IndividualNeuron) return end.population.view([end.rank]);
  if (typeof end !== "string") return end;
  const { populations } = state;
  const found = populations.find((population) => population.name === end);
  if (found instanceof Population) return found;
  const names = populations.map((population) => population.name);
  throw problem("UNKNOWN_POPULATION", { name: end, names });
}
