import { local, type NeuronDefinition } from "../network/built-in.js";
import { Neuron } from "../network/neuron.js";
import { exponentialInputs, type Conductances } from "./conductances.js";
import { override, type Given, type Published } from "./given.js";
import type { Common, Reversal } from "./integrate-and-fire.js";

type Parameters =
  | Exclude<Common, "v_rest" | "tau_m" | "tau_refrac" | "v_reset">
  | Reversal
  | "gbar_Na"
  | "gbar_K"
  | "gleak"
  | "v_offset"
  | "e_rev_Na"
  | "e_rev_K"
  | "e_rev_leak";

const published: Published<Parameters> = {
  gbar_Na: 20.0,
  gbar_K: 6.0,
  gleak: 0.01,
  cm: 0.2,
  v_offset: -63.0,
  e_rev_Na: 50.0,
  e_rev_K: -90.0,
  e_rev_leak: -65.0,
  e_rev_E: 0.0,
  e_rev_I: -80.0,
  tau_syn_E: 0.2,
  tau_syn_I: 2.0,
  i_offset: 0.0,
  v_thresh: 0.0,
};

/**
 * A neuron of one compartment with the sodium and potassium currents of Hodgkin and Huxley in the form for hippocampal
 * cells, and conductances that decay exponentially. With the exponential method.
 *
 * The rates of opening and closing depend on v - v_offset. A spike is an upward crossing of `v_thresh`; nothing is reset.
 *
 * - `v_offset`, `v_thresh` and reversal potentials [mV], `gbar_Na`, `gbar_K`, `gleak` and weights [µS], `cm` [nF],
 *   `tau_syn_E`, `tau_syn_I` [ms], `i_offset` [nA]; all parameters are local.
 * - The inactivation of sodium closes at a rate of 4/(1 + exp(10 - x)) with x = v - v_offset, where the sources have
 *   4/(1 + exp((40 - x)/5)): so it is in the simulator whose results this model keeps. A constant current does not make it
 *   fire again and again.
 * - The quotients of the rates have gaps, such as at v - v_offset = 13, in which they are not numbers.
 *
 * Source: R. D. Traub and R. Miles (1991), Neuronal Networks of the Hippocampus, Cambridge University Press; in the form of
 * R. Brette et al. (2007), Simulation of networks of spiking neurons: a review of tools and strategies, Journal of
 * Computational Neuroscience 23, 349–398. Currents after A. L. Hodgkin and A. F. Huxley (1952), A quantitative description
 * of membrane current and its application to conduction and excitation in nerve, Journal of Physiology 117, 500–544.
 *
 * @throws {SimulatorError} UNKNOWN_MODEL_PARAMETER when the model has no parameter of a given name.
 */
export class HH_cond_exp extends Neuron<
  NeuronDefinition,
  Parameters | "v" | Conductances | "n" | "m" | "h"
> {
  constructor(parameters: Given<Parameters> = {}) {
    super({
      name: "Hodgkin-Huxley",
      description: "Neuron with sodium and potassium currents and exponential conductances.",
      parameters: local(override("HH_cond_exp", published, parameters)),
      equations: `
        prev_v = v

        an = 0.032 * (15.0 - (v - v_offset)) / (exp((15.0 - (v - v_offset)) / 5.0) - 1.0)
        am = 0.32 * (13.0 - (v - v_offset)) / (exp((13.0 - (v - v_offset)) / 4.0) - 1.0)
        ah = 0.128 * exp((17.0 - (v - v_offset)) / 18.0)

        bn = 0.5 * exp((10.0 - (v - v_offset)) / 40.0)
        bm = 0.28 * ((v - v_offset) - 40.0) / (exp(((v - v_offset) - 40.0) / 5.0) - 1.0)
        bh = 4.0 / (1.0 + exp(10.0 - (v - v_offset)))

        dn/dt = an * (1.0 - n) - bn * n : init = 0.0, exponential
        dm/dt = am * (1.0 - m) - bm * m : init = 0.0, exponential
        dh/dt = ah * (1.0 - h) - bh * h : init = 1.0, exponential

        cm * dv/dt = gleak * (e_rev_leak - v)
                     + gbar_K * n^4 * (e_rev_K - v)
                     + gbar_Na * m^3 * h * (e_rev_Na - v)
                     + g_exc * (e_rev_E - v) + g_inh * (e_rev_I - v)
                     + i_offset : init = e_rev_leak, exponential
        ${exponentialInputs}`,
      spike: "v > v_thresh and prev_v <= v_thresh",
    });
  }
}
