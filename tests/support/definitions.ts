import type { NeuronOptions } from "../../lib/model/definition.js";

/** Conductance-based neurons of Vogels and Abbott 2005, as in notebooks/coba.ipynb. */
export const coba = {
  name: "COBA",
  parameters: {
    ...{ El: -60, Vr: -60, Vt: -50, Ee: 0, Ei: -80 },
    ...{ tau: 20, tau_exc: 5, tau_inh: 10, I: 20 },
  },
  equations: `
    tau * dv/dt = (El - v) + g_exc * (Ee - v) + g_inh * (Ei - v) + I
    tau_exc * dg_exc/dt = -g_exc
    tau_inh * dg_inh/dt = -g_inh
  `,
  spike: "v > Vt",
  reset: "v = Vr",
  refractory: 5.0,
} satisfies NeuronOptions;

/** Pulse-coupled neurons of Izhikevich 2003, as in notebooks/izhikevich.ipynb. */
export const izhikevich = {
  name: "Izhikevich",
  parameters: "noise = 5.0 : population; a = 0.02; b = 0.2; c = -65.0; d = 8.0",
  equations: `
    I = g_exc - g_inh + noise * Normal(0.0, 1.0)
    dv/dt = 0.04 * v^2 + 5.0 * v + 140.0 - u + I : init = -65.0
    du/dt = a * (b * v - u) : init = -13.0
  `,
  spike: "v >= 30.0",
  reset: "v = c; u += d",
} satisfies NeuronOptions;
