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
import type { Common, Reversal } from "./integrate-and-fire.js";

type Parameters = Common | Reversal | "tau_w" | "a" | "b" | "delta_T" | "v_spike";

const published: Published<Parameters> = {
  v_rest: -70.6,
  cm: 0.281,
  tau_m: 9.3667,
  tau_refrac: 0.1,
  tau_syn_E: 5.0,
  tau_syn_I: 5.0,
  e_rev_E: 0.0,
  e_rev_I: -80.0,
  tau_w: 144.0,
  a: 4.0,
  b: 0.0805,
  i_offset: 0.0,
  delta_T: 2.0,
  v_thresh: -50.4,
  v_reset: -70.6,
  v_spike: -40.0,
};

function adaptiveExponential(
  values: Values<Parameters>,
  description: string,
  peaks: string,
  inputs: string,
  kernel: "g" | "alpha",
): NeuronDefinition {
  return {
    name: "Adaptive exponential Integrate-and-Fire",
    description,
    parameters: local(values),
    // `a` is in [nS], the other currents in [nA].
    equations: `${peaks}
      I = ${kernel}_exc * (e_rev_E - v) + ${kernel}_inh * (e_rev_I - v) + i_offset
      tau_m * dv/dt = v_rest - v + delta_T * exp((v - v_thresh) / delta_T)
                      + tau_m / cm * (I - w) : init = v_reset
      tau_w * dw/dt = a * (v - v_rest) / 1000.0 - w
      ${inputs}`,
    spike: "v > v_spike",
    reset: "v = v_reset\nw += b",
    refractory: "tau_refrac",
  };
}

/**
 * The exponential integrate-and-fire neuron with spike-frequency and sub-threshold adaptation, and conductances that
 * decay exponentially.
 *
 * tau_m · dv/dt = v_rest - v + delta_T · exp((v - v_thresh)/delta_T) + tau_m/cm · (I - w),
 * tau_w · dw/dt = a · (v - v_rest)/1000 - w; a spike at v > v_spike sets v = v_reset and adds b to w.
 *
 * - `v_rest`, `v_thresh`, `v_reset`, `v_spike`, `delta_T`, `e_rev_E`, `e_rev_I` [mV], `cm` [nF], `tau_m`, `tau_w`,
 *   `tau_refrac`, `tau_syn_E`, `tau_syn_I` [ms], `a` [nS], `b`, `i_offset` [nA], weights [µS]; all parameters are local.
 *
 * Source: R. Brette and W. Gerstner (2005), Adaptive exponential integrate-and-fire model as an effective description of
 * neuronal activity, Journal of Neurophysiology 94, 3637–3642.
 *
 * @throws {SimulatorError} UNKNOWN_MODEL_PARAMETER when the model has no parameter of a given name.
 */
export class EIF_cond_exp_isfa_ista extends Neuron<
  NeuronDefinition,
  Parameters | "v" | Conductances | "I" | "w"
> {
  constructor(parameters: Given<Parameters> = {}) {
    const values = override("EIF_cond_exp_isfa_ista", published, parameters);
    const description =
      "Adaptive exponential integrate-and-fire neuron with exponential conductances.";
    super(adaptiveExponential(values, description, "", exponentialInputs, "g"));
  }
}

/**
 * The neuron {@link EIF_cond_exp_isfa_ista} with conductances that follow alpha functions, which reach the weight of a
 * spike `tau_syn_E` or `tau_syn_I` after it.
 *
 * Source: R. Brette and W. Gerstner (2005), Adaptive exponential integrate-and-fire model as an effective description of
 * neuronal activity, Journal of Neurophysiology 94, 3637–3642.
 *
 * @throws {SimulatorError} UNKNOWN_MODEL_PARAMETER when the model has no parameter of a given name.
 */
export class EIF_cond_alpha_isfa_ista extends Neuron<
  NeuronDefinition,
  Parameters | "v" | Conductances | Alphas | "I" | "w"
> {
  constructor(parameters: Given<Parameters> = {}) {
    const values = override("EIF_cond_alpha_isfa_ista", published, parameters);
    const description = "Adaptive exponential integrate-and-fire neuron with alpha conductances.";
    super(adaptiveExponential(values, description, alphaPeaks, alphaInputs, "alpha"));
  }
}
