import type { KernelLibrary } from "../compile/compile.js";
import { InternalError } from "../errors.js";
import { constantIn } from "../ir/fields.js";
import type { NativeNetwork } from "../native/binding.js";
import type { NetworkSpec } from "../native/spec.js";
import { internals } from "./internals.js";
import { completed, populationSpec } from "./population-spec.js";
import type { Population } from "./population.js";
import { projectionSpec, typeSpec } from "./projection-spec.js";
import type { Projection } from "./projection.js";
import type { NetworkState } from "./state.js";

/** What is to be simulated: populations and projections, with their compiled kernels in the same order. */
export interface Parts {
  readonly state: NetworkState;
  readonly populations: readonly Population[];
  readonly libraries: readonly KernelLibrary[];
  readonly projections: readonly Projection[];
  /** Null where the engine itself does all there is to do. */
  readonly synapses: readonly (KernelLibrary | null)[];
  /** The same, holding every local variable once per synapse; null where that is so anyway. */
  readonly bySynapse: readonly (KernelLibrary | null)[];
}

/** Add to the populations what projections need of them beside their neuron types. */
export function completeParts(parts: Parts): Parts {
  const libraries = parts.libraries.map(({ path, manifest }, i) => {
    const { store } = parts.populations[i]![internals];
    return { path, manifest: completed(manifest, store.model, store.incoming) };
  });
  return { ...parts, libraries };
}

/** Describe a network to the engine. */
export function buildSpec(parts: Parts): NetworkSpec {
  const { state, populations, libraries, projections, synapses } = parts;
  const { dt, precision, numThreads, forceThreads } = state.config;
  return {
    dt,
    seed: state.seed,
    precision,
    threads: numThreads,
    forceThreads,
    populations: populations.map((population, i) => populationSpec(population, libraries[i]!)),
    projections: projections.map((projection, i) =>
      projectionSpec(projection, synapses[i]!, parts),
    ),
  };
}

/** Bind the objects to the engine, and give it their initial values. */
export function instantiate(parts: Parts, spec: NetworkSpec, native: NativeNetwork): void {
  const { state, populations, libraries, projections, synapses } = parts;
  const ends = { populations, libraries };
  const bind = (name: string, write: (value: number) => void): void => {
    bindConstant(state, name, write);
  };
  populations.forEach((population, index) => {
    const { manifest } = libraries[index]!;
    population[internals].store.attach({ native, population: index, manifest });
    manifest.fields.forEach(({ role, name }, slot) => {
      if (role !== "constant") return;
      bind(constantIn(name), (value) => {
        native.field(index, slot)[0] = value;
      });
    });
  });
  projections.forEach((projection, index) => {
    const manifest = synapses[index]?.manifest ?? null;
    const other = parts.bySynapse[index] ?? null;
    const bySynapse =
      other === null ? null : { manifest: other.manifest, spec: typeSpec(projection, other, ends) };
    projection[internals].attached({ native, projection: index, manifest, bySynapse }, spec);
    manifest?.fields.forEach(({ role, name }, slot) => {
      if (role !== "constant") return;
      bind(constantIn(name), (value) => {
        native.setSynapticValues(index, slot, Float64Array.of(value));
      });
    });
  });
  state.native = native;
}

function bindConstant(state: NetworkState, name: string, write: (value: number) => void): void {
  const constant = state.constants.get(name);
  if (constant === undefined) throw new InternalError(`no constant ${name}`);
  state.constantFields.set(name, [...(state.constantFields.get(name) ?? []), write]);
  write(constant.value);
}
