import type { KernelLibrary } from "../compile/compile.js";
import type { Pattern } from "../connect/pattern.js";
import type { Rows } from "../connect/rows.js";
import { InternalError } from "../errors.js";
import type { KernelField, KernelManifest } from "../ir/fields.js";
import type {
  ConnectorSpec,
  ProjectionSpec,
  SynapseFieldSpec,
  SynapseSpec,
} from "../native/spec.js";
import { populationOf } from "./ends.js";
import { internals } from "./internals.js";
import { PopulationView, type PopLike, type Population } from "./population.js";
import { targetSlot } from "./population-spec.js";
import type { ProjectionCore } from "./projection-core.js";
import type { Projection } from "./projection.js";
import { valueSpec } from "./value-spec.js";

/** The populations of a network with their compiled neuron types, in the same order. */
export interface CompiledPopulations {
  readonly populations: readonly Population[];
  readonly libraries: readonly KernelLibrary[];
}

/** Describe a projection to the engine. */
export function projectionSpec(
  projection: Projection,
  library: KernelLibrary | null,
  { populations, libraries }: CompiledPopulations,
): ProjectionSpec {
  const { name, pre, post } = projection;
  const core = projection[internals];
  const { connection, targets, label, singleWeight } = core;
  if (connection === null) throw new InternalError(`${label} has no pattern`);
  const { pattern, rows, delays } = connection;
  const ends = {
    pre: populations.indexOf(populationOf(pre)),
    post: populations.indexOf(populationOf(post)),
  };
  const manifests = {
    pre: libraries[ends.pre]!.manifest,
    post: libraries[ends.post]!.manifest,
  };
  return {
    name,
    ...ends,
    targetSlots: targets.map((target) => targetSlot(manifests.post, target)),
    synapse: library === null ? null : synapseSpec(core, library, manifests),
    delay: delays.spec,
    longestDelay: delays.longest,
    connector: rows === null ? ruleSpec(pattern, pre, post, label) : explicitSpec(rows),
    weights: valueSpec(rows === null ? ruleOf(pattern, label).weights : rows.weights),
    singleWeight,
  };
}

/** The compiled synapse type of a projection, and where its fields are to be found. */
function synapseSpec(
  { model, label }: ProjectionCore,
  { path, manifest }: KernelLibrary,
  ends: { readonly pre: KernelManifest; readonly post: KernelManifest },
): SynapseSpec {
  const { fields } = manifest;
  const slots = (accepts: (field: KernelField) => boolean): number[] =>
    fields.flatMap((field, slot) => (accepts(field) ? [slot] : []));
  const place = ({ name, type, scope, owner }: KernelField): SynapseFieldSpec => {
    if (owner === "self") return { owner, name, type, scope };
    const slot = ends[owner].fields.findIndex((field) => field.name === name);
    if (slot < 0 || (scope !== "local" && scope !== "global")) {
      throw new InternalError(`${label}: no field ${name} in its ${owner} population`);
    }
    return { owner, name, type, scope, slot };
  };
  const isOwn = ({ owner, role }: KernelField): boolean => owner === "self" && role === "attribute";
  const localOnes = new Set(
    model.attributes.filter(({ locality }) => locality === "local").map(({ name }) => name),
  );
  const held = ({ scope }: KernelField): boolean => scope === "row" || scope === "column";
  return {
    library: path,
    fields: fields.map(place),
    weightSlot: fields.findIndex((field) => isOwn(field) && field.name === "w"),
    delaySlot: slots(({ role }) => role === "delay")[0] ?? null,
    lastEventSlots: slots(({ role }) => role === "lastEvent"),
    expandedSlots: slots((field) => isOwn(field) && held(field) && localOnes.has(field.name)),
  };
}

function explicitSpec({ postRanks, rowStart, preRanks }: Rows): ConnectorSpec {
  return { kind: "explicit", postRanks, rowStart, preRanks };
}

function ruleOf(pattern: Pattern, label: string): Exclude<Pattern, { kind: "explicit" }> {
  if (pattern.kind === "explicit") throw new InternalError(`${label} has no rows`);
  return pattern;
}

function ruleSpec(pattern: Pattern, pre: PopLike, post: PopLike, label: string): ConnectorSpec {
  const { kind, selfConnections, probability } = ruleOf(pattern, label);
  // Connected one to one they are as many as the smaller end has.
  const cut = kind === "oneToOne" && pre.size !== post.size;
  const size = cut ? Math.min(pre.size, post.size) : Infinity;
  return {
    kind,
    preRanks: cut ? pre.ranks.slice(0, size) : ranksOf(pre),
    postRanks: cut ? post.ranks.slice(0, size) : ranksOf(post),
    selfConnections: mayConnectToItself(selfConnections, pre, post),
    probability,
  };
}

function ranksOf(end: PopLike): Int32Array | null {
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
