import { nearest } from "../diagnostics.js";
import { problem } from "../errors.js";
import { internals } from "./internals.js";
import type { Population } from "./population.js";
import { populationOf, type Projection } from "./projection.js";

/**
 * Check what can only be checked on the whole network.
 *
 * @throws {SimulatorError} DUPLICATE_NAME, UNCONNECTED, FOREIGN_OBJECT, UNKNOWN_TARGET.
 */
export function checkNetwork(
  populations: readonly Population[],
  projections: readonly Projection[],
): void {
  checkNames("population", populations);
  checkNames("projection", projections);
  for (const projection of projections) {
    const { pattern, label } = projection[internals];
    if (pattern === null) throw problem("UNCONNECTED", { projection: label });
    for (const end of [projection.pre, projection.post]) {
      const population = populationOf(end);
      if (!populations.includes(population)) {
        throw problem("FOREIGN_OBJECT", { object: population[internals].label });
      }
    }
    checkTargets(projection);
  }
}

function checkNames(kind: string, objects: readonly { readonly name: string }[]): void {
  const names = new Set<string>();
  for (const { name } of objects) {
    if (names.has(name)) throw problem("DUPLICATE_NAME", { kind, name });
    names.add(name);
  }
}

function checkTargets(projection: Projection): void {
  const { store, label } = populationOf(projection.post)[internals];
  const { targets } = store.model;
  for (const target of projection[internals].targets) {
    if (targets.includes(target)) continue;
    const facts = { projection: projection[internals].label, target, neuron: label };
    throw problem("UNKNOWN_TARGET", { ...facts, nearest: nearest(target, targets) });
  }
}
