import { problem } from "../errors.js";
import type { Until } from "../native/binding.js";
import type { RunOptions } from "./advance.js";
import { invalid } from "./config.js";
import { internals } from "./internals.js";
import { populationsOf } from "./lookups.js";
import type { Population } from "./population.js";
import type { NetworkState } from "./state.js";

/** How long a run lasts at most, and what ends it before. */
export interface UntilOptions extends RunOptions {
  /** Populations with a stop condition. */
  readonly population: Population | readonly Population[];
  /** Whether the conditions of all listed populations must hold, or of one. Default `and`. */
  readonly operator?: "and" | "or";
}

/**
 * The stop conditions of a run as the engine needs them; null when no population has one. Populations without are left out,
 * with a warning.
 *
 * @throws {SimulatorError} FOREIGN_OBJECT when a population is not in the network.
 * @throws {InvalidConfiguration} INVALID_SETTING for another operator.
 */
export function untilOf(state: NetworkState, options: UntilOptions): Until | null {
  const { population, operator = "and" } = options;
  if (!["and", "or"].includes(operator)) {
    throw invalid({ option: "operator", value: operator, expected: "and or or" });
  }
  const all = populationsOf(state);
  const populations = [population].flat().flatMap((listed: Population) => {
    const { store, label } = listed[internals];
    const index = all.indexOf(listed);
    if (index < 0) throw problem("FOREIGN_OBJECT", { object: label });
    const { stop } = store.model;
    if (stop === null) state.warn("NO_STOP_CONDITION", { population: label });
    return stop === null ? [] : [{ population: index, quantifier: stop.quantifier }];
  });
  return populations.length === 0 ? null : { populations, operator };
}
