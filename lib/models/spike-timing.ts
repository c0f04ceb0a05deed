import { shared, type SynapseDefinition } from "../network/built-in.js";
import { Synapse } from "../network/synapse.js";
import { override, type Given } from "./given.js";

type Parameters = "tau_plus" | "tau_minus" | "A_plus" | "A_minus" | "w_min" | "w_max";

const published = {
  tau_plus: 20.0,
  tau_minus: 20.0,
  A_plus: 0.01,
  A_minus: 0.01,
  w_min: 0.0,
  w_max: 1.0,
};

/**
 * Spike-timing dependent plasticity of all pairs of spikes: a weight grows when the pre neuron spikes before the post
 * neuron, and shrinks after it.
 *
 * Traces decay as tau_plus · dx/dt = -x and tau_minus · dy/dt = -y. A pre spike adds A_plus · w_max to x and y to w, a post
 * spike takes A_minus · w_max from y and adds x to w; y is never positive. `w` stays between w_min and w_max.
 *
 * - `tau_plus`, `tau_minus` [ms]; `A_plus`, `A_minus` (dimensionless); all parameters have one value per projection.
 *
 * Source: S. Song, K. D. Miller and L. F. Abbott (2000), Competitive Hebbian learning through spike-timing-dependent
 * synaptic plasticity, Nature Neuroscience 3, 919–926.
 *
 * @throws {SimulatorError} UNKNOWN_MODEL_PARAMETER when the model has no parameter of a given name.
 */
export class STDP extends Synapse<SynapseDefinition, Parameters | "x" | "y" | "w"> {
  constructor(parameters: Given<Parameters> = {}) {
    super({
      name: "Spike-timing dependent plasticity",
      description:
        "The order of spikes of both neurons decides whether the weight grows or shrinks.",
      parameters: shared(override("STDP", published, parameters)),
      equations: `
        tau_plus * dx/dt = -x : event-driven
        tau_minus * dy/dt = -y : event-driven`,
      preSpike: `
        g_target += w
        x += A_plus * w_max
        w = clip(w + y, w_min, w_max)`,
      postSpike: `
        y -= A_minus * w_max
        w = clip(w + x, w_min, w_max)`,
    });
  }
}
