import type { KernelLibrary } from "../compile/compile.js";
import type { KernelField } from "../ir/fields.js";
import { InternalError } from "../errors.js";
import type { NativeNetwork } from "../native/binding.js";
import type {
  ConnectorSpec,
  NetworkSpec,
  PopulationSpec,
  ProjectionSpec,
  ValueSpec,
} from "../native/spec.js";
import type { Num } from "../connect/options.js";
import { internals } from "./internals.js";
import { PopulationView, type PopLike, type Population } from "./population.js";
import { populationOf, type Projection } from "./projection.js";
import type { NetworkState } from "./state.js";

/** What is to be simulated: populations with their compiled kernels, in the same order, and projections. */
export interface Parts {
  readonly state: NetworkState;
  readonly populations: readonly Population[];
  readonly libraries: readonly KernelLibrary[];
  readonly projections: readonly Projection[];
}

/** Describe a network to the engine. */
export function buildSpec(parts: Parts): NetworkSpec {
  const { state, populations, libraries, projections } = parts;
  const { dt, precision, numThreads, forceThreads } = state.config;
  return {
    dt,
    seed: state.seed,
    precision,
    threads: numThreads,
    forceThreads,
    populations: populations.map((population, i) => populationSpec(population, libraries[i]!)),
    projections: projections.map((projection) => projectionSpec(projection, parts)),
  };
}

/** Bind the objects to the engine, and give it their initial values. */
export function instantiate(parts: Parts, native: NativeNetwork): void {
  const { state, populations, libraries, projections } = parts;
  populations.forEach((population, index) => {
    const { manifest } = libraries[index]!;
    population[internals].store.attach({ native, population: index, manifest });
    manifest.fields.forEach((field, slot) => {
      if (field.role === "constant") bindConstant(state, native, index, field.name, slot);
    });
  });
  projections.forEach((projection, index) => {
    projection[internals].place = { native, projection: index };
  });
  state.native = native;
}

function bindConstant(
  state: NetworkState,
  native: NativeNetwork,
  population: number,
  name: string,
  slot: number,
): void {
  const constant = state.constants.get(name);
  if (constant === undefined) throw new InternalError(`no constant ${name}`);
  const write = (value: number): void => {
    native.field(population, slot)[0] = value;
  };
  state.constantFields.set(name, [...(state.constantFields.get(name) ?? []), write]);
  write(constant.value);
}

function populationSpec(population: Population, { path, manifest }: KernelLibrary): PopulationSpec {
  const slotOf = (role: KernelField["role"]): number | null => {
    const slot = manifest.fields.findIndex((field) => field.role === role);
    return slot < 0 ? null : slot;
  };
  return {
    name: population.name,
    size: population.size,
    library: path,
    fields: manifest.fields.map(({ name, type, scope }) => ({ name, type, scope })),
    spikedSlot: slotOf("spiked"),
    remainingSlot: slotOf("remaining"),
  };
}

function projectionSpec(projection: Projection, { populations, libraries }: Parts): ProjectionSpec {
  const { name, pre, post } = projection;
  const { pattern, targets, delay, label } = projection[internals];
  if (pattern === null) throw new InternalError(`${label} has no pattern`);
  const target = populations.indexOf(populationOf(post));
  const { fields } = libraries[target]!.manifest;
  return {
    name,
    pre: populations.indexOf(populationOf(pre)),
    post: target,
    targetSlots: targets.map((t) => fields.findIndex((field) => field.name === `g_${t}`)),
    delay,
    connector: {
      kind: pattern.kind,
      ...endsOf(pattern.kind, pre, post),
      selfConnections: mayConnectToItself(pattern.selfConnections, pre, post),
      probability: pattern.probability,
    },
    weights: valueSpec(pattern.weights),
    singleWeight: pattern.singleWeight,
  };
}

/** Ranks of both ends; connected one to one they are as many as the smaller end has. */
function endsOf(
  kind: ConnectorSpec["kind"],
  pre: PopLike,
  post: PopLike,
): Pick<ConnectorSpec, "preRanks" | "postRanks"> {
  if (kind !== "oneToOne" || pre.size === post.size) {
    return { preRanks: ranksOf(pre), postRanks: ranksOf(post) };
  }
  const size = Math.min(pre.size, post.size);
  return { preRanks: pre.ranks.slice(0, size), postRanks: post.ranks.slice(0, size) };
}

function ranksOf(end: PopLike): ConnectorSpec["preRanks"] {
  return end instanceof PopulationView ? end.ranks : null;
}

function mayConnectToItself(
  rule: "all" | "noneInPopulation" | "noneInObject",
  pre: PopLike,
  post: PopLike,
): boolean {
  switch (rule) {
    case "all":
      return true;
    case "noneInPopulation":
      return populationOf(pre) !== populationOf(post);
    case "noneInObject":
      return pre !== post;
  }
}

function valueSpec(value: Num): ValueSpec {
  if (typeof value === "number") return { kind: "constant", value };
  const { kind, parameters, min, max } = value;
  return { kind, parameters, min, max };
}
