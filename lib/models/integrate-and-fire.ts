import { local, type NeuronDefinition } from "../network/built-in.js";
import { Neuron } from "../network/neuron.js";
import {
  alphaInputs,
  alphaPeaks,
  exponentialInputs,
  type Alphas,
  type Conductances,
} from "./conductances.js";
import { override, type Given, type Published, type Values } from "./given.js";

/** Parameters of all models of the family. */
export type Common =
  | "v_rest"
  | "cm"
  | "tau_m"
  | "tau_refrac"
  | "tau_syn_E"
  | "tau_syn_I"
  | "v_thresh"
  | "v_reset"
  | "i_offset";

/** Reversal potentials of models with conductances. */
export type Reversal = "e_rev_E" | "e_rev_I";

const common: Published<Common> = {
  v_rest: -65.0,
  cm: 1.0,
  tau_m: 20.0,
  tau_refrac: 0.0,
  tau_syn_E: 5.0,
  tau_syn_I: 5.0,
  v_thresh: -50.0,
  v_reset: -65.0,
  i_offset: 0.0,
};

const withReversal: Published<Common | Reversal> = { ...common, e_rev_E: 0.0, e_rev_I: -70.0 };

/** The membrane with one of four inputs. All equations form one block: `v` sees the inputs before they decay. */
function integrateAndFire(
  values: Values<Common>,
  description: string,
  peaks: string,
  inputs: string,
  current: string,
): NeuronDefinition {
  return {
    name: "Integrate-and-Fire",
    description,
    parameters: local(values),
    equations: `${peaks}
      cm * dv/dt = cm / tau_m * (v_rest - v) + ${current} + i_offset : exponential, init = v_reset
      ${inputs}`,
    spike: "v > v_thresh",
    reset: "v = v_reset",
    refractory: "tau_refrac",
  };
}

/**
 * The leaky integrate-and-fire neuron with currents that decay exponentially.
 *
 * cm · dv/dt = cm/tau_m · (v_rest - v) + g_exc - g_inh + i_offset; a spike at v > v_thresh sets v = v_reset for
 * `tau_refrac`. With the exponential method.
 *
 * - `v_rest`, `v_thresh`, `v_reset` [mV], `cm` [nF], `tau_m`, `tau_refrac`, `tau_syn_E`, `tau_syn_I` [ms], `i_offset` and
 *   weights [nA]; all parameters are local.
 *
 * Source: the standard models of A. P. Davison et al. (2009), PyNN: a common interface for neuronal network simulators,
 * Frontiers in Neuroinformatics 2:11.
 *
 * @throws {SimulatorError} UNKNOWN_MODEL_PARAMETER when the model has no parameter of a given name.
 */
export class IF_curr_exp extends Neuron<NeuronDefinition, Common | "v" | Conductances> {
  constructor(parameters: Given<Common> = {}) {
    const values = override("IF_curr_exp", common, parameters);
    const description = "Leaky integrate-and-fire neuron with exponential currents.";
    super(integrateAndFire(values, description, "", exponentialInputs, "g_exc - g_inh"));
  }
}

/**
 * The leaky integrate-and-fire neuron with conductances that decay exponentially.
 *
 * cm · dv/dt = cm/tau_m · (v_rest - v) + g_exc · (e_rev_E - v) + g_inh · (e_rev_I - v) + i_offset, else as
 * {@link IF_curr_exp}; weights in [µS].
 *
 * Source: the standard models of A. P. Davison et al. (2009), PyNN: a common interface for neuronal network simulators,
 * Frontiers in Neuroinformatics 2:11.
 *
 * @throws {SimulatorError} UNKNOWN_MODEL_PARAMETER when the model has no parameter of a given name.
 */
export class IF_cond_exp extends Neuron<NeuronDefinition, Common | Reversal | "v" | Conductances> {
  constructor(parameters: Given<Common | Reversal> = {}) {
    const values = override("IF_cond_exp", withReversal, parameters);
    const current = "g_exc * (e_rev_E - v) + g_inh * (e_rev_I - v)";
    const description = "Leaky integrate-and-fire neuron with exponential conductances.";
    super(integrateAndFire(values, description, "", exponentialInputs, current));
  }
}

/**
 * The leaky integrate-and-fire neuron with currents that follow alpha functions, which reach the weight of a spike
 * `tau_syn_E` or `tau_syn_I` after it.
 *
 * cm · dv/dt = cm/tau_m · (v_rest - v) + alpha_exc - alpha_inh + i_offset, else as {@link IF_curr_exp}.
 *
 * Source: the standard models of A. P. Davison et al. (2009), PyNN: a common interface for neuronal network simulators,
 * Frontiers in Neuroinformatics 2:11.
 *
 * @throws {SimulatorError} UNKNOWN_MODEL_PARAMETER when the model has no parameter of a given name.
 */
export class IF_curr_alpha extends Neuron<NeuronDefinition, Common | "v" | Conductances | Alphas> {
  constructor(parameters: Given<Common> = {}) {
    const values = override("IF_curr_alpha", common, parameters);
    const description = "Leaky integrate-and-fire neuron with alpha currents.";
    super(integrateAndFire(values, description, alphaPeaks, alphaInputs, "alpha_exc - alpha_inh"));
  }
}

/**
 * The leaky integrate-and-fire neuron with conductances that follow alpha functions, which reach the weight of a spike
 * `tau_syn_E` or `tau_syn_I` after it.
 *
 * cm · dv/dt = cm/tau_m · (v_rest - v) + alpha_exc · (e_rev_E - v) + alpha_inh · (e_rev_I - v) + i_offset, else as
 * {@link IF_curr_exp}; weights in [µS].
 *
 * Source: the standard models of A. P. Davison et al. (2009), PyNN: a common interface for neuronal network simulators,
 * Frontiers in Neuroinformatics 2:11.
 *
 * @throws {SimulatorError} UNKNOWN_MODEL_PARAMETER when the model has no parameter of a given name.
 */
export class IF_cond_alpha extends Neuron<
  NeuronDefinition,
  Common | Reversal | "v" | Conductances | Alphas
> {
  constructor(parameters: Given<Common | Reversal> = {}) {
    const values = override("IF_cond_alpha", withReversal, parameters);
    const current = "alpha_exc * (e_rev_E - v) + alpha_inh * (e_rev_I - v)";
    const description = "Leaky integrate-and-fire neuron with alpha conductances.";
    super(integrateAndFire(values, description, alphaPeaks, alphaInputs, current));
  }
}
