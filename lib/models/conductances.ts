/** Names of the inputs of models with an excitatory and an inhibitory target. */
export type Conductances = "g_exc" | "g_inh";

/** What models with alpha functions add to them. */
export type Alphas = "gmax_exc" | "gmax_inh" | "alpha_exc" | "alpha_inh";

/** Inputs that jump with each spike by its weight and decay exponentially. Time constants in [ms]. */
export const exponentialInputs = `
  tau_syn_E * dg_exc/dt = -g_exc : exponential
  tau_syn_I * dg_inh/dt = -g_inh : exponential`;

/**
 * Factors of alpha functions, by which a spike of weight 1 raises the conductance to 1 at its peak, a time constant after
 * it. Half a step is taken off because input and response are advanced one after the other.
 */
export const alphaPeaks = `
  gmax_exc = exp((tau_syn_E - dt/2.0) / tau_syn_E)
  gmax_inh = exp((tau_syn_I - dt/2.0) / tau_syn_I)`;

/**
 * Alpha functions t/tau * exp(1 - t/tau) as the response of one exponential decay to another.
 *
 * Source: W. Rall (1967), Distinguishing theoretical synaptic potentials computed for different soma-dendritic
 * distributions of synaptic input, Journal of Neurophysiology 30, 1138–1168.
 */
export const alphaInputs = `${exponentialInputs}
  tau_syn_E * dalpha_exc/dt = gmax_exc * g_exc - alpha_exc : exponential
  tau_syn_I * dalpha_inh/dt = gmax_inh * g_inh - alpha_inh : exponential`;
