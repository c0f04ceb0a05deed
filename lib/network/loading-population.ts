import type { Document } from "../array/document.js";
import { problem } from "../errors.js";
import { bytesIn, documentIn, numberIn, scalarIn, textsIn, valuesIn } from "./file-values.js";
import { checkedState } from "./loading-state.js";
import { native } from "./native-errors.js";
import type { PopulationCore } from "./population-core.js";
import { attributeKey } from "./saved.js";

/**
 * Check a description of a population against what it is for.
 *
 * @returns What puts it into the population; nothing has changed before.
 * @throws {SimulatorError} NOT_COMPILED, FILE_MISMATCH.
 */
export function planPopulation(core: PopulationCore, saved: Document, file: string): () => void {
  const { store, label, state } = core;
  const { place } = store;
  if (place === null) throw problem("NOT_COMPILED", { call: `${label}.load` });
  const differ = (reason: string): never => {
    throw problem("FILE_MISMATCH", { file, object: label, reason });
  };
  const geometry = valuesIn(saved["geometry"])?.data ?? [];
  const shape = (lengths: ArrayLike<number>): string => `(${Array.from(lengths).join(", ")})`;
  if (shape(geometry) !== shape(core.geometry)) {
    differ(`the geometry is ${shape(geometry)} and not ${shape(core.geometry)}`);
  }
  const known = [...core.names("parameter"), ...core.names("variable")];
  const values = new Map<string, number | Float64Array>();
  for (const name of textsIn(saved["attributes"]) ?? differ("its attributes are not named")) {
    if (!known.includes(name)) {
      state.warn("SKIPPED_IN_LOAD", { file, object: label, name });
      continue;
    }
    const entry = saved[attributeKey(name)];
    const one = store.isGlobal(name) ? numberIn(entry) : scalarIn(entry);
    if (one !== null) {
      values.set(name, one);
      continue;
    }
    const several = valuesIn(entry);
    if (several === null) return differ(`"${name}" has no values that can be read`);
    if (store.isGlobal(name)) differ(`"${name}" has ${several.data.length} values, not one`);
    if (several.data.length !== core.size) {
      differ(`"${name}" has ${several.data.length} values for ${core.size} neurons`);
    }
    values.set(name, several.data);
  }
  const kernel = documentIn(saved["kernel"]);
  const hidden = kernel === null ? null : bytesIn(kernel["state"]);
  if (hidden !== null) {
    checkedState(file, label, () => {
      place.native.checkState("population", place.population, hidden, 0, 0);
    });
  }
  const enabled = kernel?.["enabled"];
  return () => {
    if (hidden !== null) {
      native(() => {
        place.native.importState("population", place.population, hidden);
      }, label);
    }
    for (const [name, value] of values) store.write(name, value, null);
    if (typeof enabled === "boolean") core.enabled = enabled;
  };
}
