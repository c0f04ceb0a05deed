import type { Document } from "../array/document.js";
import { problem } from "../errors.js";
import { readContent } from "./content.js";
import { documentIn, numberIn, textsIn } from "./file-values.js";
import { internals } from "./internals.js";
import { writeDocument } from "./io.js";
import { planPopulation } from "./loading-population.js";
import { planProjection } from "./loading-projection.js";
import { constantsOf, populationsOf, projectionsOf } from "./lookups.js";
import { native } from "./native-errors.js";
import type { Run } from "./run.js";
import { populationKey, projectionKey } from "./saved.js";
import { populationState } from "./saving-population.js";
import { projectionState } from "./saving-projection.js";
import type { NetworkState } from "./state.js";

/** Which objects of a network are saved or loaded. */
export interface StateOptions {
  /** Default true. */
  readonly populations?: boolean;
  /** Default true. */
  readonly projections?: boolean;
}

/**
 * Describe the state of a network: the step, and what `populationState` and `projectionState` describe. Under `kernel` stands
 * what a network goes on with in the same bits: the seed and the values of its constants.
 *
 * @throws {SimulatorError} NOT_COMPILED.
 */
function networkState(state: NetworkState, options: StateOptions): Document {
  const engine = state.requireCompiled("save");
  const populations = options.populations === false ? [] : populationsOf(state);
  const projections = options.projections === false ? [] : projectionsOf(state);
  const names = populations.map(({ name }) => name);
  return {
    time_step: BigInt(engine.currentStep),
    net_id: BigInt(state.id),
    obj_names: { populations: names, projections: projections.map(({ name }) => name) },
    ...Object.fromEntries(
      populations.map((population) => [
        populationKey(population.name),
        populationState(population[internals]),
      ]),
    ),
    ...Object.fromEntries(
      projections.map((projection) => [
        projectionKey(projection.name, names),
        projectionState(projection[internals]),
      ]),
    ),
    kernel: {
      seed: BigInt(state.seed),
      constants: Object.fromEntries(constantsOf(state).map(({ name, value }) => [name, value])),
    },
  };
}

/** Write the state of a network to a file. */
export function saveNetwork(state: NetworkState, file: string, options: StateOptions): Run {
  return state.errand(`save(${JSON.stringify(file)})`, async () => {
    await writeDocument(
      file,
      state.atRest(() => networkState(state, options)),
    );
  });
}

/** Read the state of a network from a file. */
export function loadNetwork(state: NetworkState, file: string, options: StateOptions): Run {
  return state.errand(`load(${JSON.stringify(file)})`, async () => {
    state.requireNative("load");
    const saved = readContent(file, "network");
    state.atRest(() => {
      putNetwork(state, saved, file, options);
    });
    return Promise.resolve();
  });
}

/**
 * Put the state of a network back: the step, populations, projections. Objects are found by their names. Everything is
 * checked first.
 *
 * @throws {SimulatorError} NOT_COMPILED, FILE_MISMATCH, RECORDED_SYNAPSES.
 */
function putNetwork(
  state: NetworkState,
  saved: Document,
  file: string,
  options: StateOptions,
): void {
  const engine = state.requireCompiled("load");
  const step = numberIn(saved["time_step"]) ?? NaN;
  const names = documentIn(saved["obj_names"]);
  const populationNames = textsIn(names?.["populations"]);
  const projectionNames = textsIn(names?.["projections"]);
  const isStep = Number.isInteger(step) && step >= 0 && step <= Number.MAX_SAFE_INTEGER;
  if (!isStep || populationNames === null || projectionNames === null) {
    throw problem("DAMAGED_FILE", { file, reason: "it names no objects, or no step" });
  }
  const populations = matched(
    options.populations === false ? [] : populationsOf(state),
    options.populations === false ? [] : populationNames,
    { kind: "population", file, state },
  );
  const projections = matched(
    options.projections === false ? [] : projectionsOf(state),
    options.projections === false ? [] : projectionNames,
    { kind: "projection", file, state },
  );
  const entryOf = (key: string, object: string): Document => {
    const entry = documentIn(saved[key]);
    if (entry !== null) return entry;
    throw problem("DAMAGED_FILE", { file, reason: `it names ${object} without describing it` });
  };
  const populationPlans = populations.map((population) =>
    planPopulation(
      population[internals],
      entryOf(populationKey(population.name), population.name),
      file,
    ),
  );
  const projectionPlans = projections.map((projection) => {
    const key = projectionKey(projection.name, populationNames);
    return planProjection(projection[internals], entryOf(key, projection.name), file);
  });
  restoreKernel(state, documentIn(saved["kernel"]));
  native(() => {
    engine.currentStep = step;
  });
  for (const { connect } of projectionPlans) connect();
  for (const put of populationPlans) put();
  for (const { put } of projectionPlans) put();
}

/** A network that was given no seed goes on with that of the file; one that was keeps its own. */
function restoreKernel(state: NetworkState, kernel: Document | null): void {
  if (kernel === null) return;
  const seed = numberIn(kernel["seed"]);
  const isSeed = seed !== null && Number.isInteger(seed) && seed >= 0 && seed < 2 ** 32;
  if (isSeed && state.config.seed === null) state.reseed(seed);
  const values = documentIn(kernel["constants"]) ?? {};
  for (const constant of constantsOf(state)) {
    const value = numberIn(values[constant.name]);
    if (value !== null && Number.isFinite(value)) constant.set(value);
  }
}

/** The objects that are in the network and in the file. */
function matched<T extends { readonly name: string }>(
  objects: readonly T[],
  names: readonly string[],
  { kind, file, state }: { kind: string; file: string; state: NetworkState },
): readonly T[] {
  const label = (name: string): string => `${kind} ${JSON.stringify(name)}`;
  const found = objects.filter(({ name }) => names.includes(name));
  if (found.length === 0 && objects.length > 0 && names.length > 0) {
    const given = `it has the ${kind}s ${names.map((name) => JSON.stringify(name)).join(", ")}`;
    throw problem("FILE_MISMATCH", { file, object: label(objects[0]!.name), reason: given });
  }
  for (const { name } of objects) {
    if (!names.includes(name)) state.warn("NOT_IN_FILE", { file, object: label(name) });
  }
  for (const name of names) {
    if (!found.some((object) => object.name === name)) {
      state.warn("NOT_IN_NETWORK", { file, object: label(name) });
    }
  }
  return found;
}
