import { shared, type SynapseDefinition } from "../network/built-in.js";
import { Synapse } from "../network/synapse.js";
import { override, type Given } from "./given.js";

/**
 * The rule of Hebb for rate-coded synapses: a weight grows with the product of both rates.
 *
 * dw/dt = eta · pre.r · post.r, w ≥ 0. `eta` [1/ms] has one value per projection.
 *
 * Source: D. O. Hebb (1949), The Organization of Behavior, Wiley.
 *
 * @throws {SimulatorError} UNKNOWN_MODEL_PARAMETER when the model has no parameter of a given name.
 */
export class Hebb extends Synapse<SynapseDefinition, "eta" | "w"> {
  constructor(parameters: Given<"eta"> = {}) {
    super({
      name: "Hebbian Plasticity",
      description: "The weight grows with the product of the rates of both neurons.",
      parameters: shared(override("Hebb", { eta: 0.01 }, parameters)),
      equations: "dw/dt = eta * pre.r * post.r : min = 0.0, explicit",
    });
  }
}

/**
 * The rule of Oja for rate-coded synapses: Hebbian growth with a decay that keeps the norm of the weights of a neuron.
 *
 * dw/dt = eta · (pre.r · post.r - alpha · post.r² · w), w ≥ 0. `eta` [1/ms] and `alpha` (dimensionless) have one value per
 * projection.
 *
 * Source: E. Oja (1982), Simplified neuron model as a principal component analyzer, Journal of Mathematical Biology 15,
 * 267–273.
 *
 * @throws {SimulatorError} UNKNOWN_MODEL_PARAMETER when the model has no parameter of a given name.
 */
export class Oja extends Synapse<SynapseDefinition, "eta" | "alpha" | "w"> {
  constructor(parameters: Given<"eta" | "alpha"> = {}) {
    super({
      name: "Oja plasticity",
      description: "Hebbian growth of the weight with a decay that keeps the norm of the weights.",
      parameters: shared(override("Oja", { eta: 0.01, alpha: 1.0 }, parameters)),
      equations: "dw/dt = eta * (pre.r * post.r - alpha * post.r^2 * w) : min = 0.0, explicit",
    });
  }
}

/**
 * The rule of Intrator and Cooper for rate-coded synapses: a weight grows while the post neuron is above a threshold
 * that follows the square of its rate, and shrinks below.
 *
 * tau · dtheta/dt + theta = post.r², dw/dt = eta · post.r · (post.r - theta) · pre.r, w ≥ 0. `eta` [1/ms] and `tau` [ms] have
 * one value per projection, `theta` one per post neuron.
 *
 * Source: N. Intrator and L. N. Cooper (1992), Objective function formulation of the BCM theory of visual cortical
 * plasticity: statistical connections, stability conditions, Neural Networks 5, 3–17.
 *
 * @throws {SimulatorError} UNKNOWN_MODEL_PARAMETER when the model has no parameter of a given name.
 */
export class IBCM extends Synapse<SynapseDefinition, "eta" | "tau" | "theta" | "w"> {
  constructor(parameters: Given<"eta" | "tau"> = {}) {
    super({
      name: "IBCM",
      description: "The weight grows above a threshold that follows the rate of the post neuron.",
      parameters: shared(override("IBCM", { eta: 0.01, tau: 2000.0 }, parameters)),
      equations: `
        tau * dtheta/dt + theta = post.r^2 : postsynaptic, exponential
        dw/dt = eta * post.r * (post.r - theta) * pre.r : min = 0.0, explicit`,
    });
  }
}
