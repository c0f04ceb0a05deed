import type { Document, Entry } from "../array/document.js";
import { problem } from "../errors.js";
import { numberIn, documentIn } from "./file-values.js";
import { internals } from "./internals.js";
import { readJson, writeText } from "./io.js";
import { constantsOf, populationsOf, projectionsOf } from "./lookups.js";
import type { Run } from "./run.js";
import { contentNames, contentOf } from "./saved.js";
import type { NetworkState } from "./state.js";

/** How parameters are loaded. */
export interface LoadParametersOptions {
  /** Leave local parameters as they are; else one value is set for all elements. Default true. */
  readonly globalOnly?: boolean;
  /** Tell the logger what is set. Default false. */
  readonly verbose?: boolean;
}

/** Something with parameters. */
interface Parametric {
  readonly name: string;
  readonly label: string;
  readonly parameters: readonly string[];
  readonly isGlobal: (parameter: string) => boolean;
  /** What it starts with. */
  readonly initial: (parameter: string) => number;
  readonly set: (parameter: string, value: number) => void;
}

/** Write the initial values of all global parameters and the values of constants. */
export function saveParameters(state: NetworkState, file: string): Run {
  return state.errand(`saveParameters(${JSON.stringify(file)})`, async () => {
    const content = state.atRest(() => ({
      populations: globalsOf(populations(state)),
      projections: globalsOf(projections(state)),
      network: {},
      constants: Object.fromEntries(constantsOf(state).map(({ name, value }) => [name, value])),
    }));
    await writeText(file, `${JSON.stringify(content, null, 4)}\n`);
  });
}

/** Set what a file says of parameters and constants; its entry `network`, as numbers. */
export function loadParameters(
  state: NetworkState,
  file: string,
  options: LoadParametersOptions,
): Run<Record<string, number>> {
  return state.errand(`loadParameters(${JSON.stringify(file)})`, () => {
    const content = readJson(file);
    const found = contentOf(content);
    if (found !== "parameters" && found !== null) {
      const facts = { found: contentNames[found], expected: contentNames.parameters };
      throw problem("WRONG_CONTENT", { file, ...facts, advice: null });
    }
    state.atRest(() => {
      put("population", populations(state), content["populations"], { state, file, options });
      put("projection", projections(state), content["projections"], { state, file, options });
      putConstants(state, documentIn(content["constants"]) ?? {}, file);
    });
    const network = Object.entries(documentIn(content["network"]) ?? {});
    return Promise.resolve(
      Object.fromEntries(network.map(([name, value]) => [name, numberOf(value)])),
    );
  });
}

function populations(state: NetworkState): readonly Parametric[] {
  return populationsOf(state).map((population) => {
    const { store, label } = population[internals];
    return {
      name: population.name,
      label,
      parameters: population.parameters,
      isGlobal: (name) => store.isGlobal(name),
      initial: (name) => store.initial(name)[0]!,
      set: (name, value) => {
        store.write(name, value, null);
      },
    };
  });
}

function projections(state: NetworkState): readonly Parametric[] {
  return projectionsOf(state).map((projection) => {
    const { store, label } = projection[internals];
    return {
      name: projection.name,
      label,
      parameters: projection.parameters.filter((name) => name !== "w"),
      isGlobal: (name) => store.attribute(name).locality === "global",
      initial: (name) => store.initialNumber(name),
      set: (name, value) => {
        store.write(name, value);
      },
    };
  });
}

function globalsOf(
  objects: readonly Parametric[],
): Readonly<Record<string, Readonly<Record<string, number>>>> {
  return Object.fromEntries(
    objects.map(({ name, parameters, isGlobal, initial }) => [
      name,
      Object.fromEntries(
        parameters.filter(isGlobal).map((parameter) => [parameter, initial(parameter)]),
      ),
    ]),
  );
}

/** Set the parameters of populations or projections. */
function put(
  kind: string,
  objects: readonly Parametric[],
  saved: Entry | undefined,
  { state, file, options }: { state: NetworkState; file: string; options: LoadParametersOptions },
): void {
  const { globalOnly = true, verbose = false } = options;
  for (const [name, entry] of Object.entries(documentIn(saved) ?? {})) {
    const object = objects.find((candidate) => candidate.name === name);
    if (object === undefined) {
      state.warn("NOT_IN_NETWORK", { file, object: `${kind} ${JSON.stringify(name)}` });
      continue;
    }
    for (const [parameter, given] of Object.entries(documentIn(entry) ?? {})) {
      const value = numberIn(given);
      const skip = (reason: string): void => {
        state.warn("SKIPPED_PARAMETER", { file, object: object.label, name: parameter, reason });
      };
      if (!object.parameters.includes(parameter)) skip("it is no parameter");
      else if (value === null) skip("its value is no number");
      else if (globalOnly && !object.isGlobal(parameter)) skip("it is not global");
      else {
        object.set(parameter, value);
        if (verbose) state.config.logger(`${object.label}: ${parameter} = ${value}`);
      }
    }
  }
}

function putConstants(state: NetworkState, saved: Document, file: string): void {
  const constants = constantsOf(state);
  for (const [name, given] of Object.entries(saved)) {
    const constant = constants.find((candidate) => candidate.name === name);
    const value = numberIn(given);
    if (constant === undefined) {
      state.warn("NOT_IN_NETWORK", { file, object: `constant ${JSON.stringify(name)}` });
    } else if (value === null || !Number.isFinite(value)) {
      const facts = { object: "the constants", name, reason: "its value is no number" };
      state.warn("SKIPPED_PARAMETER", { file, ...facts });
    } else constant.set(value);
  }
}

/** A value of the entry `network`: texts may stand for numbers there. */
function numberOf(entry: Entry): number {
  return numberIn(entry) ?? (typeof entry === "string" ? Number(entry) : NaN);
}
