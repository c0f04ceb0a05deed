import { local, shared, type NeuronDefinition } from "../network/built-in.js";
import { Neuron } from "../network/neuron.js";
import { override, type Given, type Published } from "./given.js";

const published: Published<"tau" | "B" | "T"> & { readonly sum: string; readonly noise: null } = {
  tau: 10.0,
  B: 0.0,
  T: 0.0,
  sum: "sum(exc) - sum(inh)",
  noise: null,
};

/**
 * A rate-coded neuron that integrates its input with a leak and answers above a threshold.
 *
 * tau · dv/dt + v = sum + B + noise, r = (v - T)⁺, with the exponential method.
 *
 * - `tau`: time constant [ms], one per population.
 * - `B`, `T`: baseline and threshold of each neuron, dimensionless.
 * - `sum`: text of the input. Default `sum(exc) - sum(inh)`.
 * - `noise`: text of a term that is added to it, for example `Normal(0.0, 1.0)`. Default: none.
 *
 * Source: P. Dayan and L. F. Abbott (2001), Theoretical Neuroscience, MIT Press, section 7.2.
 *
 * @throws {SimulatorError} UNKNOWN_MODEL_PARAMETER when the model has no parameter of a given name.
 * @example new Population({ geometry: 100, neuron: new LeakyIntegrator({ tau: 20.0, noise: "Normal(0.0, 0.1)" }) });
 */
export class LeakyIntegrator extends Neuron<NeuronDefinition, "tau" | "B" | "T" | "v" | "r"> {
  constructor(
    parameters: Given<"tau" | "B" | "T"> & {
      readonly sum?: string;
      readonly noise?: string | null;
    } = {},
  ) {
    const { tau, B, T, sum, noise } = override("LeakyIntegrator", published, parameters);
    super({
      name: "Leaky-Integrator",
      description: "Rate-coded neuron that integrates its inputs with a leak, above a threshold.",
      parameters: { ...shared({ tau }), ...local({ B, T }) },
      equations: `
        tau * dv/dt + v = ${sum} + B ${noise === null ? "" : `+ ${noise}`} : exponential
        r = pos(v - T)`,
    });
  }
}
