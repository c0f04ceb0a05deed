import { problem } from "../errors.js";
import { Constant } from "./constant.js";
import { internals } from "./internals.js";
import { Monitor } from "./monitor.js";
import { populationOf } from "./ends.js";
import { Population, type PopLike } from "./population.js";
import { Projection } from "./projection.js";
import type { NetworkState } from "./state.js";

/** Which projections are wanted. */
export interface ProjectionFilter {
  readonly pre?: PopLike | string;
  readonly post?: PopLike | string;
  readonly target?: string;
  /** Return an empty list instead of an error when none is found. Default false. */
  readonly suppressError?: boolean;
}

/** The populations of a network, in the order of creation. */
export function populationsOf(state: NetworkState): Population[] {
  return state.populations.filter((member): member is Population => member instanceof Population);
}

/** The projections of a network, in the order of creation. */
export function projectionsOf(state: NetworkState): Projection[] {
  return state.projections.filter((member): member is Projection => member instanceof Projection);
}

/** The monitors of a network, in the order of creation. */
export function monitorsOf(state: NetworkState): Monitor[] {
  return state.monitors.filter((member): member is Monitor => member instanceof Monitor);
}

/** The constants of a network, in the order of creation. */
export function constantsOf(state: NetworkState): Constant[] {
  return [...state.constants.values()].filter((constant) => constant instanceof Constant);
}

/** The object of this name; null, with a warning, when there is none. */
export function findByName<T extends { readonly name: string }>(
  state: NetworkState,
  kind: string,
  objects: readonly T[],
  name: string,
): T | null {
  const found = objects.find((object) => object.name === name);
  if (found === undefined) state.warn("NOT_FOUND", { kind, name });
  return found ?? null;
}

/** The projections that a filter describes. @throws {SimulatorError} NO_MATCH when there are none. */
export function matchingProjections(state: NetworkState, filter: ProjectionFilter): Projection[] {
  const { pre, post, target, suppressError = false } = filter;
  const found = projectionsOf(state).filter(
    (projection) =>
      (pre === undefined || isEnd(projection.pre, pre)) &&
      (post === undefined || isEnd(projection.post, post)) &&
      (target === undefined || projection[internals].targets.includes(target)),
  );
  const asked = Object.entries({ pre, post, target }).filter(([, value]) => value !== undefined);
  if (found.length === 0 && asked.length > 0 && !suppressError) {
    const named = asked.map(
      ([key, value]) => `${key} = ${typeof value === "object" ? value.name : value}`,
    );
    throw problem("NO_MATCH", { filter: named.join(", ") });
  }
  return found;
}

/** Objects of the default network that were made after it was compiled. */
export function addedAfterCompile(state: NetworkState): readonly { readonly label: string }[] {
  const populations = populationsOf(state).map((population) => population[internals]);
  const projections = projectionsOf(state).map((projection) => projection[internals]);
  return [
    ...populations.filter(({ store }) => store.place === null),
    ...projections.filter(({ place }) => place === null),
  ];
}

function isEnd(end: PopLike, wanted: PopLike | string): boolean {
  return typeof wanted === "string"
    ? end.name === wanted
    : end === wanted || populationOf(end) === wanted;
}
