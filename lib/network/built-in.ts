import {
  Parameter,
  type NeuronOptions,
  type ParameterValue,
  type SynapseOptions,
} from "../model/definition.js";

/** What the definition of a built-in neuron is made of. */
export type NeuronDefinition = NeuronOptions;

/** What the definition of a built-in synapse is made of. */
export type SynapseDefinition = SynapseOptions;

/** A value for a parameter: a number, a constant or its name, or a distribution. */
export type Value = ParameterValue;

/** Declare parameters with one value per neuron or synapse. */
export function local(
  values: Readonly<Record<string, Value>>,
): Readonly<Record<string, Parameter>> {
  return declare(values, "local");
}

/** Declare parameters with one value per population or projection. */
export function shared(
  values: Readonly<Record<string, Value>>,
): Readonly<Record<string, Parameter>> {
  return declare(values, "global");
}

function declare(
  values: Readonly<Record<string, Value>>,
  locality: "local" | "global",
): Readonly<Record<string, Parameter>> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, new Parameter(value, { locality })]),
  );
}
