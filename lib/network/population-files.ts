import { readContent } from "./content.js";
import { writeDocument } from "./io.js";
import { planPopulation } from "./loading-population.js";
import type { PopulationCore } from "./population-core.js";
import type { Run } from "./run.js";
import { populationState } from "./saving-population.js";

/** Write the state of a population to a file. */
export function savePopulation(population: PopulationCore, file: string): Run {
  const { state, label } = population;
  return state.errand(`${label}.save()`, async () => {
    await writeDocument(
      file,
      state.atRest(() => populationState(population)),
    );
  });
}

/** Read the state of a population from a file. */
export function loadPopulation(population: PopulationCore, file: string): Run {
  const { state, label } = population;
  return state.errand(`${label}.load()`, async () => {
    state.requireNative(`${label}.load`);
    const saved = readContent(file, "population");
    state.atRest(() => {
      planPopulation(population, saved, file)();
    });
    return Promise.resolve();
  });
}
