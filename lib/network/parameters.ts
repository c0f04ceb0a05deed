import { Parameter, type NeuronOptions } from "../model/definition.js";

/** Parameters of a model in any of their forms. */
export type ModelParameters = NonNullable<NeuronOptions["parameters"]>;

/** Add a parameter with one value per neuron to the parameters of a model. */
export function withLocalParameter(
  parameters: ModelParameters,
  name: string,
  value: number,
): ModelParameters {
  if (typeof parameters === "string") return `${parameters}\n${name} = ${value}`;
  if (isLines(parameters)) return [...parameters, `${name} = ${value}`];
  return { ...parameters, [name]: new Parameter(value, { locality: "local" }) };
}

function isLines(parameters: object): parameters is readonly string[] {
  return Array.isArray(parameters);
}
