import { local, type NeuronDefinition } from "../network/built-in.js";
import { Neuron } from "../network/neuron.js";
import { numberOf, override, type Given, type Published } from "./given.js";

type Parameters = "a" | "b" | "c" | "d" | "v_thresh" | "i_offset" | "noise" | "tau_refrac";

const published: Published<Parameters> = {
  a: 0.02,
  b: 0.2,
  c: -65.0,
  d: 8.0,
  v_thresh: 30.0,
  i_offset: 0.0,
  noise: 0.0,
  tau_refrac: 0.0,
};

/**
 * The quadratic neuron with one recovery variable that shows most firing patterns of the cortex.
 *
 * dv/dt = 0.04 v² + 5 v + 140 - u + I, du/dt = a (b v - u); a spike at v > v_thresh sets v = c and adds d to u. An input
 * acts for one step: I = conductance + noise · Normal(0, 1) + i_offset.
 *
 * - `v`, `c`, `v_thresh` [mV]; `a` [1/ms]; `tau_refrac` [ms]; all parameters are local.
 * - `conductance`: text of the input. Default `g_exc - g_inh`.
 * - `v` starts at `c`, `u` at `b · c`, which have to be numbers for it.
 *
 * Source: E. M. Izhikevich (2003), Simple model of spiking neurons, IEEE Transactions on Neural Networks 14, 1569–1572.
 *
 * @throws {SimulatorError} UNKNOWN_MODEL_PARAMETER when the model has no parameter of a given name, and
 *   INVALID_MODEL_PARAMETER when `b` or `c` is not a number.
 * @example new Population({ geometry: 100, neuron: new Izhikevich({ a: 0.1, d: 2.0 }) }); // fast spiking
 */
export class Izhikevich extends Neuron<NeuronDefinition, Parameters | "I" | "v" | "u"> {
  constructor(parameters: Given<Parameters> & { readonly conductance?: string } = {}) {
    const defaults = { ...published, conductance: "g_exc - g_inh" };
    const { conductance, ...values } = override("Izhikevich", defaults, parameters);
    const b = numberOf("Izhikevich", "b", values.b);
    const c = numberOf("Izhikevich", "c", values.c);
    super({
      name: "Izhikevich",
      description: "Quadratic integrate-and-fire neuron with adaptation.",
      parameters: local(values),
      equations: `
        I = ${conductance} + noise * Normal(0.0, 1.0) + i_offset
        dv/dt = 0.04 * v^2 + 5.0 * v + 140.0 - u + I : init = ${c}
        du/dt = a * (b * v - u) : init = ${b * c}`,
      spike: "v > v_thresh",
      reset: "v = c\nu += d",
      refractory: "tau_refrac",
    });
  }
}
