import { problem } from "../errors.js";
import { local, shared, type SynapseDefinition } from "../network/built-in.js";
import { Synapse } from "../network/synapse.js";
import { override, type Given } from "./given.js";

const published = { tau_rec: 100.0, tau_facil: 0.01, U: 0.5 };

/**
 * Short-term depression and facilitation of spiking synapses: a spike uses the part `u` of the resources `x`.
 *
 * Between spikes dx/dt = (1 - x)/tau_rec and du/dt = (U - u)/tau_facil. A spike transmits w · u · x, then takes u · x from x
 * and adds U · (1 - u) to u.
 *
 * - `tau_rec`, `tau_facil` [ms] have one value per projection; `U` (dimensionless) is local. `u` starts at `U`, `x` at 1.
 *
 * Source: M. Tsodyks, A. Uziel and H. Markram (2000), Synchrony generation in recurrent networks with frequency-dependent
 * synapses, Journal of Neuroscience 20, RC50.
 *
 * @throws {SimulatorError} UNKNOWN_MODEL_PARAMETER when the model has no parameter of a given name, and
 *   INVALID_MODEL_PARAMETER when `tau_facil` is not above 0.
 */
export class STP extends Synapse<
  SynapseDefinition,
  "tau_rec" | "tau_facil" | "U" | "x" | "u" | "w"
> {
  constructor(parameters: Given<"tau_rec" | "tau_facil" | "U"> = {}) {
    const { tau_rec, tau_facil, U } = override("STP", published, parameters);
    if (Number(tau_facil) <= 0) {
      const facts = { name: "tau_facil", model: "STP", expected: "above 0" };
      throw problem("INVALID_MODEL_PARAMETER", facts);
    }
    super({
      name: "Short-term plasticity",
      description: "Depression and facilitation of a synapse by its own spikes.",
      parameters: { ...shared({ tau_rec, tau_facil }), ...local({ U }) },
      equations: `
        dx/dt = (1.0 - x) / tau_rec : init = 1.0, event-driven
        du/dt = (U - u) / tau_facil : init = U, event-driven`,
      preSpike: `
        g_target += w * u * x
        x *= 1.0 - u
        u += U * (1.0 - u)`,
    });
  }
}
