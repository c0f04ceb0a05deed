import {
  Creating,
  Izhikevich,
  Network,
  Neuron,
  PoissonPopulation,
  Pruning,
  STDP,
  STP,
  Synapse,
  TimedArray,
  Uniform,
  type Monitor,
} from "../../lib/index.js";
import { seededRandom } from "./seeded-random.js";

/** A kind of network: its objects, of sizes that are drawn. Every kind has more rows than threads, and activity from the start. */
export interface Kind {
  readonly name: string;
  readonly build: (net: Network, size: () => number) => void;
}

const Noisy = new Neuron({
  name: "Noisy",
  parameters: "tau = 10.0",
  equations: `
    tau * dv/dt = -v + 12.0 + 8.0 * Normal(0.0, 1.0) + g_exc - g_inh
    tau * dg_exc/dt = -g_exc
  `,
  spike: "v > 10.0",
  reset: "v = 0.0",
  refractory: 2,
});

const Tanh = new Neuron({
  name: "Tanh",
  parameters: "tau = 10.0; drive = 0.1",
  equations: "tau * dr/dt = -r + tanh(sum(exc)) + drive",
});

const Competing = new Neuron({
  name: "Competing",
  parameters: "tau = 10.0; drive = 0.1",
  equations: `
    tau * dv/dt = -v + sum(exc) + drive - 0.1 * mean(r) - 0.01 * norm1(v) / norm2(drive)
    r = pos(v) / (1.0 + max(v) - min(v))
  `,
});

const Cubic = new Neuron({
  name: "Cubic",
  parameters: "tau = 10.0; drive = 0.5",
  equations: "tau * dr/dt = drive + sum(exc) - r^3 - r : implicit",
});

const Axonal = new Neuron({
  name: "Axonal",
  parameters: "tau = 10.0",
  equations: "tau * dv/dt = -v + 12.0 + 4.0 * Uniform(-1.0, 1.0) + g_exc - 0.5 * g_inh",
  spike: "v > 10.0",
  reset: "v = 0.0",
  axonSpike: "v > 8.0",
  axonReset: "v += 0.1",
});

const Hebb = new Synapse({
  name: "Hebb",
  parameters: "eta = 0.01 : projection",
  equations: `
    20.0 * dtheta/dt = post.r - theta : postsynaptic
    w += eta * (pre.r - mean(pre.r)) * (post.r - theta) : min = 0.0, max = 1.0
  `,
});

const Wandering = new Synapse({
  name: "Wandering",
  equations: "w += 0.05 * Uniform(-1.0, 1.0) : min = 0.0, max = 1.0",
});

const Traces = new Synapse({
  name: "Traces",
  parameters: "tau = 10.0 : projection",
  equations: `
    tau * dx/dt = -x
    tau * dy/dt = -y
    dw/dt = 0.001 * (0.5 - w)
  `,
  preSpike: "g_target += w\nx += 1.0\nw = clip(w - 0.01 * y, 0.0, 1.0)",
  postSpike: "y += 1.0\nw = clip(w + 0.01 * x, 0.0, 1.0)",
});

const AxonalLearning = new Synapse({
  name: "AxonalLearning",
  preSpike: "g_target += w\nw = clip(w + 0.01 * (0.5 - w), 0.0, 1.0)",
  preAxonSpike: "g_target += 0.1 * w",
});

const weights = new Uniform(0.2, 0.8);

const Growing = new Synapse({
  name: "Growing",
  psp: "w * pre.r",
  creating: new Creating("pre.r * post.r > 0.0", { proba: 0.05, w: 0.02 }),
  pruning: new Pruning("pre.r < post.r - 0.3", { proba: 0.1 }),
});

/** The kinds. */
export const KINDS: readonly Kind[] = [
  {
    name: "spikes that learn by events",
    build: (net, size) => {
      const pop = net.create(size(), { neuron: Noisy });
      net
        .connect(pop, pop, { target: "exc", synapse: new STDP({ A_plus: 0.05, A_minus: 0.04 }) })
        .fixedProbability({ probability: 0.1, weights, delays: 3 });
    },
  },
  {
    name: "spikes that learn by traces in continuous time",
    build: (net, size) => {
      const [pre, post] = [
        net.create(size(), { neuron: Noisy }),
        net.create(size(), { neuron: Noisy }),
      ];
      net
        .connect(pre, post, { target: "exc", synapse: Traces })
        .fixedProbability({ probability: 0.1, weights });
    },
  },
  {
    name: "spikes with a delay for each synapse",
    build: (net, size) => {
      const pop = net.create(size(), { neuron: Noisy });
      const delays = new Uniform(1, 9);
      net
        .connect(pop, pop, { target: "exc" })
        .fixedProbability({ probability: 0.1, weights, delays });
      net
        .connect(pop, pop, { target: "inh", synapse: new STDP() })
        .fixedProbability({ probability: 0.1, weights, delays });
    },
  },
  {
    name: "synapses that depress and facilitate",
    build: (net, size) => {
      const pop = net.create(size(), { neuron: Noisy });
      net
        .connect(pop, pop, { target: "exc", synapse: new STP({ tau_facil: 50 }) })
        .fixedProbability({ probability: 0.1, weights, delays: 2 });
    },
  },
  {
    name: "axonal events, several targets and views",
    build: (net, size) => {
      const pop = net.create([size(), 2], { neuron: Axonal });
      const half = pop.view(`:${size()}`);
      net
        .connect(pop, half, { target: ["exc", "inh"], synapse: AxonalLearning })
        .fixedProbability({ probability: 0.1, weights });
      net.connect(half, pop, { target: "exc" }).oneToOne({ weights: 0.5 });
    },
  },
  {
    name: "rates that learn, with one delay",
    build: (net, size) => {
      const pop = net.create(size(), { neuron: Tanh });
      pop.set({ drive: new Uniform(-0.5, 0.5), r: new Uniform(-1, 1) });
      net
        .connect(pop, pop, { target: "exc", synapse: Hebb })
        .fixedProbability({ probability: 0.2, weights: new Uniform(0, 0.1), delays: 4 });
    },
  },
  {
    name: "rates with a delay for each synapse",
    build: (net, size) => {
      const pop = net.create(size(), { neuron: Tanh });
      pop.set({ drive: new Uniform(-0.5, 0.5), r: new Uniform(-1, 1) });
      net
        .connect(pop, pop, { target: "exc", synapse: new Synapse({ psp: "w * pre.r^2" }) })
        .fixedProbability({ probability: 0.2, weights, delays: new Uniform(1, 9) });
    },
  },
  {
    name: "operations over populations and over synapses",
    build: (net, size) => {
      const pop = net.create(size(), { neuron: Competing });
      pop.set({ drive: new Uniform(0, 1) });
      for (const operation of ["sum", "max", "min", "mean"] as const) {
        net
          .connect(pop, pop, { target: "exc", synapse: new Synapse({ operation }) })
          .fixedProbability({ probability: 0.2, weights: new Uniform(0, 0.05) });
      }
    },
  },
  {
    name: "draws in neurons and in synapses",
    build: (net, size) => {
      const pop = net.create(size(), { neuron: new Izhikevich({ noise: 5 }) });
      const rates = net.create(size(), { neuron: Tanh });
      net
        .connect(pop, pop, { target: "exc" })
        .fixedProbability({ probability: 0.1, weights: new Uniform(0, 1) });
      net
        .connect(rates, rates, { target: "exc", synapse: Wandering })
        .fixedProbability({ probability: 0.2, weights: 0.05 });
    },
  },
  {
    name: "implicit equations that are not linear",
    build: (net, size) => {
      const pop = net.create(size(), { neuron: Cubic });
      pop.set({ drive: new Uniform(-1, 1) });
      net.connect(pop, pop, { target: "exc" }).allToAll({ weights: new Uniform(-0.01, 0.01) });
    },
  },
  {
    name: "synapses that come and go",
    build: (net, size) => {
      const pop = net.create(size(), { neuron: Tanh });
      pop.set({ drive: new Uniform(-0.5, 0.5), r: new Uniform(-1, 1) });
      const proj = net
        .connect(pop, pop, { target: "exc", synapse: Growing })
        .fixedProbability({ probability: 0.1, weights: new Uniform(0, 0.1) });
      net.every({ period: 100 }, () => {
        proj.startCreating({ period: 2 });
        proj.startPruning({ period: 3 });
      });
    },
  },
  {
    name: "inputs of spikes and of rates",
    build: (net, size) => {
      const [noise, pop] = [size(), size()];
      const source = net.create(new PoissonPopulation({ geometry: noise, rates: 100 }));
      const spiking = net.create(pop, { neuron: Noisy });
      net
        .connect(source, spiking, { target: "exc", synapse: new STDP() })
        .fixedProbability({ probability: 0.3, weights });
      const blocks = [0, 1, 2].map((block) =>
        Array.from({ length: noise }, (_, i) => Math.cos(i * block)),
      );
      const input = net.create(new TimedArray({ rates: blocks, schedule: 10 }));
      const rates = net.create(pop, { neuron: Tanh });
      net
        .connect(input, rates, { target: "exc", synapse: Hebb })
        .fixedProbability({ probability: 0.3, weights: new Uniform(0, 0.1), delays: 2 });
    },
  },
];

/** How a network is run. */
export interface Conditions {
  readonly seed: number;
  /** Exactly so many, however small the network. */
  readonly threads: number;
  readonly precision?: "double" | "float";
}

/**
 * Make a network of a kind, run it for 60 steps with learning switched off and on again on the way, and return all that can be
 * read of it: variables, weights, delays and spikes.
 */
export async function outcome({ build }: Kind, conditions: Conditions): Promise<unknown> {
  const { seed, threads, precision = "double" } = conditions;
  const random = seededRandom(seed);
  const net = new Network({ dt: 1, seed });
  net.config({
    numThreads: threads,
    forceThreads: true,
    precision,
    suppressWarnings: true, // of more threads than this machine may have
  });
  build(net, () => 40 + random.below(120));
  const spikes = net
    .getPopulations()
    .filter(({ neuronType }) => neuronType.type === "spike")
    .map((pop): Monitor => net.monitor(pop, "spike"));
  await net.compile();
  await net.simulate(20);
  net.disableLearning();
  await net.simulate(15);
  net.enableLearning();
  await net.simulate(25);
  const values = {
    populations: net
      .getPopulations()
      .map((pop) => pop.variables.map((name) => [name, pop.get(name)])),
    projections: net
      .getProjections()
      .map((proj) => [proj.delay, ...proj.attributes.map((name) => [name, proj.get(name)])]),
    spikes: spikes.map((monitor) => monitor.get("spike")),
  };
  net.clear();
  return values;
}
