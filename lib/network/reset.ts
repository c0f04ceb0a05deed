import { internals } from "./internals.js";
import { monitorsOf, populationsOf, projectionsOf } from "./lookups.js";
import { native } from "./native-errors.js";
import type { NetworkState } from "./state.js";

/** What `reset` brings back to the beginning. */
export interface ResetOptions {
  /** Attributes of populations, spikes, refractoriness, and delayed values. Default true. */
  readonly populations?: boolean;
  /** Parameters and variables of synapses, but for the weights. Default false. */
  readonly projections?: boolean;
  /** Connections and weights too; implies `projections`. Default false. */
  readonly synapses?: boolean;
  /** Recordings. Default true. */
  readonly monitors?: boolean;
  /** Random numbers. Default true. */
  readonly reseedRng?: boolean;
}

/**
 * Bring a network back to its beginning. Random numbers start again first, so that what is drawn on the way is what a new
 * network with the same seed would draw.
 *
 * @throws {SimulatorError} NOT_COMPILED; RUN_PENDING during a run.
 */
export function resetNetwork(state: NetworkState, options: ResetOptions): void {
  const { populations = true, synapses = false, monitors = true, reseedRng = true } = options;
  const projections = synapses || (options.projections ?? false);
  if (synapses && options.projections === false) state.warn("RESET_PROJECTIONS_TOO", {});
  const engine = state.requireCompiled("reset");
  if (reseedRng) state.reseed(state.seed);
  native(() => {
    engine.currentStep = 0;
  });
  if (populations) {
    for (const population of populationsOf(state)) population.reset();
    for (const projection of projectionsOf(state)) {
      const { place } = projection[internals];
      if (place !== null) native(() => engine.settleSynapses(place.projection));
    }
  }
  if (projections) for (const projection of projectionsOf(state)) projection.reset({ synapses });
  if (monitors) for (const monitor of monitorsOf(state)) monitor.reset();
}
