import {
  Normal,
  Uniform,
  type Monitor,
  type Network,
  type NetworkConfig,
  type Population,
} from "../../lib/index.js";
import { COBA, Izhikevich, strictNetwork } from "./neurons.js";

/** A network with a monitor of the spikes of its only population. */
export interface SpikingNetwork {
  readonly net: Network;
  readonly pop: Population;
  readonly spikes: Monitor<Population>;
}

/** The pulse-coupled network of Izhikevich (2003), 1000 neurons at 1 ms. Compiled. */
export async function izhikevich(
  seed: number,
  config: Partial<NetworkConfig> = {},
): Promise<SpikingNetwork> {
  const net = strictNetwork({ dt: 1, seed }, config);
  const pop = net.create(1000, { neuron: Izhikevich });
  const exc = pop.view(":800");
  const inh = pop.view("800:");
  const re = net.rng.random(exc.size);
  exc.set({ c: re.map((r) => -65 + 15 * r ** 2), d: re.map((r) => 8 - 6 * r ** 2) });
  const ri = net.rng.random(inh.size);
  inh.set({ noise: 2, d: 2, a: ri.map((r) => 0.02 + 0.08 * r), b: ri.map((r) => 0.25 - 0.05 * r) });
  inh.set({ u: ri.map((r) => -65 * (0.25 - 0.05 * r)) });
  net.connect(exc, pop, { target: "exc" }).allToAll({ weights: new Uniform(0, 0.5) });
  net.connect(inh, pop, { target: "inh" }).allToAll({ weights: new Uniform(0, 1) });
  const spikes = net.monitor(pop, "spike");
  await net.compile();
  return { net, pop, spikes };
}

/** The balanced network of Vogels & Abbott (2005), 4000 neurons at 0.1 ms. Compiled. */
export async function coba(
  seed: number,
  config: Partial<NetworkConfig> = {},
): Promise<SpikingNetwork> {
  const net = strictNetwork({ dt: 0.1, seed }, config);
  const pop = net.create(4000, { neuron: COBA });
  const random = { probability: 0.02 };
  net
    .connect(pop.view(":3200"), pop, { target: "exc" })
    .fixedProbability({ ...random, weights: 0.6 });
  net
    .connect(pop.view("3200:"), pop, { target: "inh" })
    .fixedProbability({ ...random, weights: 6.7 });
  pop.set({ v: new Normal(-55, 5), g_exc: new Normal(4, 1.5), g_inh: new Normal(20, 12) });
  const spikes = net.monitor(pop, "spike");
  await net.compile();
  return { net, pop, spikes };
}

/** All spikes of a recording as text, to compare them bit for bit. */
export function spikeText(spikes: ReadonlyMap<number, readonly number[]>): string {
  return [...spikes].map(([rank, steps]) => `${rank}: ${steps.join(" ")}`).join("\n");
}
