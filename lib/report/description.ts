import type { FunctionDefinition, NeuronModel, SynapseModel } from "../model/types.js";

/** A value of a parameter: one, the smallest and the largest of many, or in words where numbers are not known yet. */
export type ValueRange = number | readonly [least: number, most: number] | string;

/** A parameter and its value, in an object of the network. */
export interface ParameterValue {
  readonly name: string;
  readonly value: ValueRange;
}

/** A model under the name by which the report calls it. */
export interface NamedModel<M> {
  readonly name: string;
  readonly description: string;
  readonly model: M;
}

/** A population, as a report tells of it. */
export interface PopulationDescription {
  readonly name: string;
  readonly geometry: readonly number[];
  /** Name of its neuron model, or of the kind of input. */
  readonly model: string;
  /** Its spikes or rates are given, by an object of this class; null for a population of neurons. */
  readonly input: string | null;
  readonly parameters: readonly ParameterValue[];
}

/** A projection, as a report tells of it. */
export interface ProjectionDescription {
  readonly pre: string;
  readonly post: string;
  readonly targets: readonly string[];
  /** Name of its synapse model; null: it has none. */
  readonly model: string | null;
  /** `All-to-All, weights 1.0, delays 0.0` */
  readonly pattern: string;
  readonly parameters: readonly ParameterValue[];
}

/** A monitor, as a report tells of it. */
export interface MonitorDescription {
  readonly object: string;
  /** Whether it records a part of the object only. */
  readonly subset: boolean;
  readonly variables: readonly string[];
  /** [ms] */
  readonly period: number;
}

/** Everything that a report says of a network, as plain data in the order of creation. */
export interface NetworkDescription {
  readonly title: string;
  readonly author: string;
  readonly date: string;
  readonly version: string;
  readonly backend: string;
  /** [ms] */
  readonly dt: number;
  readonly populations: readonly PopulationDescription[];
  readonly projections: readonly ProjectionDescription[];
  readonly neurons: readonly NamedModel<NeuronModel>[];
  readonly synapses: readonly NamedModel<SynapseModel>[];
  readonly monitors: readonly MonitorDescription[];
  readonly constants: readonly ParameterValue[];
  readonly functions: readonly FunctionDefinition[];
}

/** Leave out projections between the same populations for the same targets but the first: parts of one pathway. */
export function gathered(network: NetworkDescription): NetworkDescription {
  const known = new Set<string>();
  const projections = network.projections.filter(({ pre, post, targets }) => {
    const key = JSON.stringify([pre, post, targets]);
    return !known.has(key) && known.add(key);
  });
  return { ...network, projections };
}

/** Write a number with a point: `1.0`, `0.25`, `1e-7`. */
export function formatNumber(value: number): string {
  const text = String(value);
  return /^-?\d+$/.test(text) ? `${text}.0` : text;
}

/** Write a value or a range: `1.0`, `[0.0, 0.5]`. */
export function formatRange(value: ValueRange): string {
  if (typeof value === "string") return value;
  if (typeof value === "number") return formatNumber(value);
  const [least, most] = value;
  return `[${formatNumber(least)}, ${formatNumber(most)}]`;
}

/** Write a geometry: `100`, `10 × 10 = 100`. */
export function formatGeometry(geometry: readonly number[]): string {
  const size = geometry.reduce((product, length) => product * length, 1);
  return geometry.length === 1 ? String(size) : `${geometry.join(" × ")} = ${size}`;
}
