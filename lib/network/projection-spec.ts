import type { KernelLibrary } from "../compile/compile.js";
import type { Pattern, SelfConnectionRule } from "../connect/pattern.js";
import type { Rows } from "../connect/rows.js";
import { InternalError } from "../errors.js";
import type { KernelField } from "../ir/fields.js";
import type {
  ConnectorSpec,
  ProjectionSpec,
  SynapseFieldSpec,
  SynapseSpec,
  ValueSpec,
} from "../native/spec.js";
import { populationOf } from "./ends.js";
import { internals } from "./internals.js";
import { PopulationView, type PopLike, type Population } from "./population.js";
import { targetSlot } from "./population-spec.js";
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
  const { manifest } = libraries[ends.post]!;
  return {
    name,
    ...ends,
    targetSlots: targets.map((target) => targetSlot(manifest, target)),
    synapse: library === null ? null : typeSpec(projection, library, { populations, libraries }),
    delay: delays.spec,
    longestDelay: delays.longest,
    connector: rows === null ? ruleSpec(pattern, pre, post, label) : explicitSpec(rows),
    weights: rows === null ? weightSpec(pattern, label) : valueSpec(rows.weights),
    singleWeight,
  };
}

/** Describe a compiled synapse type of a projection, and where its fields are to be found, to the engine. */
export function typeSpec(
  projection: Projection,
  { path, manifest }: KernelLibrary,
  { populations, libraries }: CompiledPopulations,
): SynapseSpec {
  const { model, label } = projection[internals];
  const { fields } = manifest;
  const fieldsAt = (end: PopLike): readonly KernelField[] =>
    libraries[populations.indexOf(populationOf(end))]!.manifest.fields;
  const ends = { pre: fieldsAt(projection.pre), post: fieldsAt(projection.post) };
  const slots = (accepts: (field: KernelField) => boolean): number[] =>
    fields.flatMap((field, slot) => (accepts(field) ? [slot] : []));
  const place = ({ name, type, scope, owner }: KernelField): SynapseFieldSpec => {
    if (owner === "self") return { owner, name, type, scope };
    const slot = ends[owner].findIndex((field) => field.name === name);
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

function weightSpec(pattern: Pattern, label: string): ValueSpec {
  const rule = ruleOf(pattern, label);
  return rule.kind === "profile" ? { kind: "profile" } : valueSpec(rule.weights);
}

function ruleSpec(pattern: Pattern, pre: PopLike, post: PopLike, label: string): ConnectorSpec {
  const rule = ruleOf(pattern, label);
  const between = {
    preRanks: ranksOf(pre),
    postRanks: ranksOf(post),
    selfConnections: mayConnectToItself(rule.selfConnections, pre, post),
  };
  switch (rule.kind) {
    case "allToAll":
      return { kind: rule.kind, ...between };
    case "oneToOne": {
      // They are as many as the smaller end has.
      if (pre.size === post.size) return { kind: rule.kind, ...between };
      const size = Math.min(pre.size, post.size);
      const [preRanks, postRanks] = [pre.ranks.slice(0, size), post.ranks.slice(0, size)];
      return { kind: rule.kind, ...between, preRanks, postRanks };
    }
    case "fixedProbability":
      return { kind: rule.kind, ...between, probability: rule.probability };
    case "fixedNumberPre":
    case "fixedNumberPost":
      return { kind: rule.kind, ...between, number: rule.number };
    case "profile": {
      const [preGeometry, postGeometry] = [pre, post].map((end) => populationOf(end).geometry);
      const { terms, threshold } = rule;
      const profile = { preGeometry: preGeometry!, postGeometry: postGeometry!, terms, threshold };
      return { kind: rule.kind, ...between, profile };
    }
  }
}

function ranksOf(end: PopLike): Int32Array | null {
  return end instanceof PopulationView ? end.ranks : null;
}

function mayConnectToItself(rule: SelfConnectionRule, pre: PopLike, post: PopLike): boolean {
  switch (rule) {
    case "all":
      return true;
    case "noneInPopulation":
      return populationOf(pre) !== populationOf(post);
    case "noneInObject":
      return pre !== post;
  }
}
