import { problem } from "../errors.js";
import { Constant } from "./constant.js";
import { populationOf } from "./ends.js";
import { again, internals } from "./internals.js";
import { constantsOf, monitorsOf, populationsOf, projectionsOf } from "./lookups.js";
import { Monitor, type Recordable } from "./monitor.js";
import { Population, PopulationView, type PopLike } from "./population.js";
import { Projection } from "./projection.js";
import type { NetworkState } from "./state.js";
import { takePopulation, takeProjection } from "./taking.js";

/** What a network has counterparts of. */
export type Copyable = Population | PopulationView | Projection | Monitor;

/** Declare everything that a network has once more in another, as it was before `compile`. */
export function copyNetwork(source: NetworkState, target: NetworkState): void {
  for (const { name, value } of constantsOf(source)) {
    if (!target.constants.has(name)) new Constant(name, value, target);
  }
  copyObjects([...populationsOf(source), ...projectionsOf(source), ...monitorsOf(source)], target);
}

/**
 * Declare objects once more in another network, with the populations that projections and monitors need: populations, then
 * projections, then monitors, in the order given. Of what was assigned the copies have what was assigned before `compile`.
 *
 * @throws {SimulatorError} NOT_COPYABLE.
 */
export function copyObjects(objects: readonly Copyable[], target: NetworkState): void {
  const copies = new Copies(target);
  for (const object of objects) {
    if (object instanceof Population || object instanceof PopulationView) copies.end(object);
  }
  for (const object of objects) if (object instanceof Projection) copies.projection(object);
  for (const object of objects) if (object instanceof Monitor) copies.monitor(object);
}

/**
 * What stands for an object in a network: itself, its copy, or, in a network whose constructor made its objects as that of
 * its parent did, the one at the same place.
 *
 * @throws {SimulatorError} NO_COUNTERPART.
 */
export function counterpart(object: Copyable, state: NetworkState): Copyable {
  const absent = (): never => {
    throw problem("NO_COUNTERPART", { object: String(object) });
  };
  if (object instanceof PopulationView) {
    const population = counterpart(object.population, state);
    if (!(population instanceof Population)) return absent();
    return population === object.population ? object : sameView(object, population);
  }
  if (object[internals].state === state) return object;
  const copy = state.counterparts.get(object);
  if (copy !== undefined) return copy as Copyable;
  const parent = state.heritage?.parent;
  if (parent === undefined) return absent();
  const pairs = [
    [populationsOf(parent), populationsOf(state)],
    [projectionsOf(parent), projectionsOf(state)],
    [monitorsOf(parent), monitorsOf(state)],
  ] as const;
  for (const [theirs, ours] of pairs) {
    const place = (theirs as readonly Copyable[]).indexOf(object);
    if (place >= 0) return ours[place] ?? absent();
  }
  return absent();
}

/** Copies under way to a network, each made once. */
class Copies {
  readonly #target: NetworkState;

  constructor(target: NetworkState) {
    this.#target = target;
  }

  /** The copy of a population, or the view of it. */
  end(end: PopLike): PopLike {
    const original = populationOf(end);
    const population = this.#once(original, () => this.#population(original));
    return end instanceof PopulationView ? sameView(end, population) : population;
  }

  projection(original: Projection): Projection {
    return this.#once(original, () => {
      const ends = { pre: this.end(original.pre), post: this.end(original.post) };
      const copy = original[again](ends, this.#target);
      if (copy[internals].state !== this.#target) takeProjection(copy, this.#target);
      copy[internals].adopt(original[internals]);
      return copy;
    });
  }

  monitor(original: Monitor): Monitor {
    return this.#once(original, () => original[again](this.#recordable(original)));
  }

  #population(original: Population): Population {
    const copy = original[again](this.#target);
    if (copy[internals].state !== this.#target) takePopulation(copy, this.#target, undefined);
    copy[internals].adopt(original[internals]);
    return copy;
  }

  #recordable({ object, name }: Monitor): Recordable {
    if (object instanceof Projection) return this.projection(object);
    if (object instanceof Population || object instanceof PopulationView) return this.end(object);
    // Its projection has no synapses before compile().
    throw problem("NOT_COPYABLE", { object: `monitor ${name}`, what: "a monitor of a dendrite" });
  }

  #once<T extends Copyable>(original: T, make: () => T): T {
    const { counterparts } = this.#target;
    // What stands for an object is made as this function is asked to, of the same type.
    const earlier = counterparts.get(original) as T | undefined;
    const copy = earlier ?? make();
    counterparts.set(original, copy);
    return copy;
  }
}

function sameView(view: PopulationView, population: Population): PopulationView {
  const { ranks, geometry } = view;
  for (const rank of ranks) population.coordinatesFromRank(rank);
  return new PopulationView(population, { ranks, geometry });
}
