import { tensor, type Document, type Entry } from "../array/document.js";
import { problem } from "../errors.js";
import { array, hidden, scalar } from "./entries.js";
import type { PopulationCore } from "./population-core.js";
import { attributeKey } from "./saved.js";

/** Describe the state of a population. @throws {SimulatorError} NOT_COMPILED. */
export function populationState(population: PopulationCore): Document {
  const { store, label, enabled } = population;
  const [parameters, variables] = [population.names("parameter"), population.names("variable")];
  const { place } = store;
  if (place === null) throw problem("NOT_COMPILED", { call: `${label}.save` });
  const attributes = [...parameters, ...variables].map((name): [string, Entry] => {
    const { type } = store.attribute(name);
    const values = store.read(name, null);
    const entry = store.isGlobal(name)
      ? scalar(values[0]!, type)
      : array(values, type, population.geometry);
    return [attributeKey(name), entry];
  });
  return {
    name: population.name,
    geometry: tensor(Int32Array.from(population.geometry)),
    size: BigInt(population.size),
    attributes: [...parameters, ...variables],
    parameters,
    variables,
    ...Object.fromEntries(attributes),
    kernel: { enabled, state: hidden(place.native.exportState("population", place.population)) },
  };
}
