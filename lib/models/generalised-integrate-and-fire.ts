import { shared, type NeuronDefinition } from "../network/built-in.js";
import { Neuron } from "../network/neuron.js";
import type { Conductances } from "./conductances.js";
import { numberOf, override, type Given, type Published, type Values } from "./given.js";

type Parameters = "C_m" | "tau_m" | "tau_v" | "J_v" | "u_r" | "u_th" | "c" | "delta_u" | "I_ext";
type Attributes = Exclude<Parameters, "C_m"> | "R" | "u" | "v" | "Lambda" | "p";

interface Texts {
  /** Text of the input. Default `R*(g_exc - g_inh)`; an empty text for none. */
  readonly current?: string;
  /** [ms]. Default 0. */
  readonly refractory_period?: number;
}

const published: Published<Parameters> = {
  C_m: 250.0,
  tau_m: 10.0,
  tau_v: 1000.0,
  J_v: 1000.0,
  u_r: -65.0,
  u_th: -50.0,
  c: 10.0,
  delta_u: 5.0,
  I_ext: 375.0,
};

const texts = { current: "R*(g_exc - g_inh)", refractory_period: 0.0 };

function generalised(
  model: string,
  { C_m, ...values }: Values<Parameters>,
  { current, refractory_period }: Required<Texts>,
  description: string,
  inputs: string,
): NeuronDefinition {
  const R = numberOf(model, "tau_m", values.tau_m) / numberOf(model, "C_m", C_m);
  return {
    name: "GIF",
    description,
    parameters: shared({ ...values, R }),
    equations: `
      tau_m * du/dt = -u + u_r + R * I_ext ${current === "" ? "" : `+ ${current}`} : init = u_r
      tau_v * dv/dt = -(v - u_th) : init = u_th
      Lambda = c * exp((u - v) / delta_u)
      p = Uniform(0.0, 1.0) * 1000.0 / dt
      ${inputs}`,
    spike: "p < Lambda",
    reset: "u = u_r\nv += J_v / tau_v",
    refractory: refractory_period,
  };
}

/**
 * The generalised integrate-and-fire neuron: spikes are random, more frequent the nearer the potential `u` is to a
 * threshold `v` that jumps with every spike. An input acts for one step.
 *
 * tau_m · du/dt = -u + u_r + R · I_ext + current, tau_v · dv/dt = -(v - u_th), rate Lambda = c · exp((u - v)/delta_u); a
 * spike sets u = u_r and adds J_v/tau_v to v.
 *
 * - `u_r`, `u_th`, `delta_u` [mV], `tau_m`, `tau_v`, `refractory_period` [ms], `J_v` [mV ms], `c`, `Lambda` [Hz], `C_m` [pF],
 *   `I_ext` [pA], `R = tau_m / C_m` [GΩ]; all parameters have one value per population.
 * - `current`: text of the input. Default `R*(g_exc - g_inh)`; an empty text for none.
 *
 * Source: S. Mensi et al. (2012), Parameter extraction and classification of three cortical neuron types reveals two
 * distinct adaptation mechanisms, Journal of Neurophysiology 107, 1756–1775; with the threshold of T. Schwalger, M. Deger
 * and W. Gerstner (2017), Towards a theory of cortical columns, PLoS Computational Biology 13, e1005507.
 *
 * @throws {SimulatorError} UNKNOWN_MODEL_PARAMETER when the model has no parameter of a given name, and
 *   INVALID_MODEL_PARAMETER when `tau_m` or `C_m` is not a number.
 */
export class GIF_curr extends Neuron<NeuronDefinition, Attributes> {
  constructor(parameters: Given<Parameters> & Texts = {}) {
    const defaults = { ...published, ...texts };
    const { current, refractory_period, ...values } = override("GIF_curr", defaults, parameters);
    const description = "Integrate-and-fire neuron with escape noise and a moving threshold.";
    super(generalised("GIF_curr", values, { current, refractory_period }, description, ""));
  }
}

/**
 * The neuron {@link GIF_curr} with inputs that decay exponentially with `tau_g_exc` and `tau_g_inh` [ms].
 *
 * Source: as {@link GIF_curr}.
 *
 * @throws {SimulatorError} UNKNOWN_MODEL_PARAMETER when the model has no parameter of a given name, and
 *   INVALID_MODEL_PARAMETER when `tau_m` or `C_m` is not a number.
 */
export class GIF_curr_exp extends Neuron<NeuronDefinition, Attributes | Conductances> {
  constructor(parameters: Given<Parameters | "tau_g_exc" | "tau_g_inh"> & Texts = {}) {
    const defaults = { ...published, tau_g_exc: 5.0, tau_g_inh: 5.0, ...texts };
    const { current, refractory_period, ...values } = override(
      "GIF_curr_exp",
      defaults,
      parameters,
    );
    const description =
      "Integrate-and-fire neuron with escape noise, a moving threshold and exponential currents.";
    const inputs = "tau_g_exc * dg_exc/dt = -g_exc\ntau_g_inh * dg_inh/dt = -g_inh";
    super(generalised("GIF_curr_exp", values, { current, refractory_period }, description, inputs));
  }
}
