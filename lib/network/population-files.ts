import { readContent } from "./content.js";
import { internals } from "./internals.js";
import { writeDocument } from "./io.js";
import { planPopulation } from "./loading-population.js";
import type { Population } from "./population.js";
import type { Run } from "./run.js";
import { populationState } from "./saving.js";

/** Write the state of a population to a file. */
export function savePopulation(population: Population, file: string): Run {
  const { state, label } = population[internals];
  return state.errand(`${label}.save()`, async () => {
    await writeDocument(
      file,
      state.atRest(() => populationState(population)),
    );
  });
}

/** Read the state of a population from a file. */
export function loadPopulation(population: Population, file: string): Run {
  const { state, label } = population[internals];
  return state.errand(`${label}.load()`, async () => {
    state.requireNative(`${label}.load`);
    const saved = readContent(file, "population");
    state.atRest(() => {
      planPopulation(population, saved, file)();
    });
    return Promise.resolve();
  });
}
