import { Network, Neuron, type NetworkConfig } from "../../lib/index.js";

/** Counts its steps and spikes when it has counted to `at`; starts again from 0 after each spike. */
export const Clock = new Neuron({
  name: "Clock",
  parameters: "at = 3.0",
  equations: "n += 1.0",
  spike: "n >= at",
  reset: "n = 0.0",
});

/** Adds up what it receives and never spikes. */
export const Sink = new Neuron({
  name: "Sink",
  equations: "total += g_exc",
  spike: "total > 1e9",
  reset: "total = 0.0",
});

/** A thousand of these make the network of Izhikevich (2003). */
export const Izhikevich = new Neuron({
  name: "Izhikevich",
  parameters: `
    noise = 5.0
    a = 0.02
    b = 0.2
    c = -65.0
    d = 8.0
  `,
  equations: `
    I = g_exc - g_inh + noise * Normal(0.0, 1.0)
    dv/dt = 0.04 * v^2 + 5.0 * v + 140.0 - u + I : init = -65.0
    du/dt = a * (b * v - u) : init = -13.0
  `,
  spike: "v >= 30.0",
  reset: `
    v = c
    u += d
  `,
});

/** The neuron of the balanced network of Vogels & Abbott (2005). */
export const COBA = new Neuron({
  name: "COBA",
  parameters: `
    El = -60.0     : population
    Vr = -60.0     : population
    Vt = -50.0     : population
    Ee = 0.0       : population
    Ei = -80.0     : population
    tau = 20.0     : population
    tau_exc = 5.0  : population
    tau_inh = 10.0 : population
    I = 20.0       : population
  `,
  equations: `
    tau * dv/dt = (El - v) + g_exc * (Ee - v) + g_inh * (Ei - v) + I
    tau_exc * dg_exc/dt = -g_exc
    tau_inh * dg_inh/dt = -g_inh
  `,
  spike: "v > Vt",
  reset: "v = Vr",
  refractory: 5.0,
});

/** A network whose unexpected warnings fail the test: they are thrown where they arise. */
export function strictNetwork(
  options: { readonly dt?: number; readonly seed?: number | null } = {},
  config: Partial<NetworkConfig> = {},
): Network {
  const net = new Network(options);
  net.config({
    logger: (message) => {
      throw new Error(`unexpected warning: ${message}`);
    },
    ...config,
  });
  return net;
}
