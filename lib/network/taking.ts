import { problem } from "../errors.js";
import { internals } from "./internals.js";
import { monitorsOf } from "./lookups.js";
import type { Population } from "./population.js";
import type { Projection } from "./projection.js";
import type { NetworkState } from "./state.js";
import { take, unowned } from "./unowned.js";

/**
 * Move a population from the default network to another, with its monitors.
 *
 * @throws {SimulatorError} NOT_TAKEN, NO_FURTHER_OPTIONS.
 */
export function takePopulation<P extends Population>(
  population: P,
  taker: NetworkState,
  options: object | undefined,
): P {
  const core = population[internals];
  if (options !== undefined) throw problem("NO_FURTHER_OPTIONS", { object: core.label });
  requireFree(core.label, core.state, core.store.place);
  take("populations", population, taker);
  core.state = taker;
  takeMonitors(taker);
  return population;
}

/** Move a projection from the default network to another. @throws {SimulatorError} NOT_TAKEN. */
export function takeProjection<P extends Projection>(projection: P, taker: NetworkState): P {
  const inside = projection[internals];
  requireFree(inside.label, inside.state, inside.place);
  take("projections", projection, taker);
  inside.moveTo(taker);
  takeMonitors(taker);
  return projection;
}

/** Move the monitors of what has moved. */
function takeMonitors(taker: NetworkState): void {
  for (const monitor of monitorsOf(unowned)) {
    if (monitor[internals].state === taker) take("monitors", monitor, taker);
  }
}

/** @throws {SimulatorError} NOT_TAKEN when an object belongs to another network or is simulated already. */
function requireFree(object: string, state: NetworkState, place: object | null): void {
  if (state !== unowned || place !== null) throw problem("NOT_TAKEN", { object });
}
