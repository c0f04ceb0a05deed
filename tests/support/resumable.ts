import {
  Hebb,
  Network,
  Neuron,
  Normal,
  PoissonPopulation,
  SpikeSourceArray,
  STDP,
  STP,
  Synapse,
  TimedArray,
  Uniform,
  type NetworkConfig,
} from "../../lib/index.js";

/** Noisy neurons that are refractory, with one threshold for all that follows their mean. */
const Noisy = new Neuron({
  parameters: "tau = 10.0 : population",
  equations: `
    theta = 10.0 + 0.1 * mean(v) : population
    noise = Normal(0.0, 3.0)
    tau * dv/dt = -v + 12.0 + g_exc + noise
    5.0 * dg_exc/dt = -g_exc
    calm = v < 5.0 : bool
    rests += 0 : int
  `,
  spike: "v > theta",
  reset: "v = 0.0\nrests += 1",
  refractory: 2.5,
});

/** Has axonal events, too. */
const Axonal = new Neuron({
  equations: "10.0 * dv/dt = -v + 15.0 + Normal(0.0, 4.0)",
  spike: "v > 12.0",
  reset: "v = 0.0",
  axonSpike: "v > 11.0",
  axonReset: "v -= 2.0",
});

const Rate = new Neuron({
  parameters: "tau = 10.0",
  equations: "tau * dr/dt = -r + sum(exc) + 1.0 + Uniform(-0.5, 0.5) : min = 0.0",
});

/** Mixes both sides, so that each synapse holds its own trace. */
const Mixed = new Synapse({
  parameters: "tau = 15.0 : projection",
  equations: "tau * dx/dt = -x : event-driven",
  preSpike: "g_target += w\nx += w\nw = clip(w - 0.01 * x, 0.0, 2.0)",
  postSpike: "x += 0.2\nw = clip(w + 0.02 * x, 0.0, 2.0)",
});

const Growing = new Synapse({
  equations: "w += 0.001 * pre.r * post.r - 0.002",
  creating: "pre.r > post.r : proba = 0.2, w = 0.01",
  pruning: "w < 0.005 : proba = 0.3",
});

const AxonSynapse = new Synapse({ preSpike: "g_target += w", preAxonSpike: "g_target += 0.5 * w" });

const random = { probability: 0.4, weights: new Uniform(0, 1) } as const;

/** Networks whose state is of every kind that there is: each builds itself, and says what it changed after `compile`. */
export const resumable: Readonly<
  Record<string, (net: Network) => { readonly after?: () => void } | undefined>
> = {
  "noisy refractory neurons with firing rates, static synapses with one delay and with many": (
    net,
  ) => {
    const pop = net.create([4, 3], { neuron: Noisy, name: "exc" });
    net.connect(pop, pop, { target: "exc" }).fixedProbability({ ...random, delays: 4 });
    net
      .connect(pop, pop, { target: "exc" })
      .fixedProbability({ ...random, delays: new Uniform(1, 9) });
    net.connect(pop, pop, { target: "exc" }).allToAll({ weights: 0.1 });
    pop.v = new Normal(5, 2);
    return { after: () => pop.computeFiringRate(20) };
  },
  "plastic synapses with traces held per neuron and per synapse": (net) => {
    const pop = net.create(8, { neuron: Noisy });
    const view = pop.view("2:7");
    net
      .connect(view, pop, { target: "exc", synapse: new STDP() })
      .fixedProbability({ ...random, delays: 3 });
    net
      .connect(pop, view, { target: "exc", synapse: Mixed })
      .fixedProbability({ ...random, delays: new Uniform(1, 6) });
    net.connect(pop, pop, { target: "exc", synapse: new STP() }).fixedProbability({ ...random });
    return undefined;
  },
  "synapses whose events shorten intervals": (net) => {
    net.config({ eventTiming: "annarchy" });
    const pop = net.create(8, { neuron: Noisy });
    net
      .connect(pop, pop, { target: "exc", synapse: new STDP() })
      .fixedProbability({ ...random, delays: 2 });
    return undefined;
  },
  "rates with delays, learning now and then": (net) => {
    const pop = net.create(6, { neuron: Rate });
    net
      .connect(pop, pop, { target: "exc", synapse: new Hebb() })
      .allToAll({ weights: new Uniform(0, 0.1), delays: 5 });
    const slow = net
      .connect(pop, pop, { target: "exc" })
      .allToAll({ weights: new Uniform(0, 0.1), delays: new Uniform(1, 7) });
    return { after: () => slow.enableLearning({ period: 3, offset: 1 }) };
  },
  "synapses that come and go": (net) => {
    net.config({ structuralPlasticity: true });
    const pop = net.create(8, { neuron: Rate });
    const proj = net
      .connect(pop, pop, { target: "exc", synapse: Growing })
      .fixedProbability({ probability: 0.4, weights: new Uniform(0, 0.02) });
    return {
      after: () => {
        proj.startCreating({ period: 5 });
        proj.startPruning({ period: 3 });
      },
    };
  },
  "axonal events": (net) => {
    const pre = net.create(6, { neuron: Axonal });
    const post = net.create(4, { neuron: Noisy });
    net
      .connect(pre, post, { target: "exc", synapse: AxonSynapse })
      .allToAll({ weights: 0.3, delays: 3 });
    return undefined;
  },
  "inputs, a population at rest and learning switched off": (net) => {
    const given = net.create(
      new SpikeSourceArray({ spikeTimes: [[5, 42, 61], [], [41, 44]], name: "given" }),
    );
    const poisson = net.create(new PoissonPopulation({ geometry: 5, rates: 80 }));
    const blocks = net.create(
      new TimedArray({
        rates: [
          [1, 2],
          [3, 4],
          [5, 6],
        ],
        schedule: 7,
        period: 19,
      }),
    );
    const rate = net.create(3, { neuron: Rate });
    const pop = net.create(4, { neuron: Noisy });
    const still = net.create(4, { neuron: Noisy, name: "still" });
    net.connect(given, pop, { target: "exc" }).allToAll({ weights: 1, delays: 6 });
    net.connect(blocks, rate, { target: "exc" }).allToAll({ weights: 0.1, delays: 2 });
    const learning = net
      .connect(poisson, pop, { target: "exc", synapse: new STDP() })
      .allToAll({ weights: 0.2 });
    return {
      after: () => {
        learning.disableLearning();
        still.disable();
      },
    };
  },
};

/** Build one of them, compiled. */
export async function built(
  kind: string,
  config: Partial<NetworkConfig> = {},
): Promise<{ readonly net: Network; readonly after: () => void }> {
  const net = new Network({ dt: 0.5, seed: 11 });
  net.config(config);
  const { after = () => undefined } = resumable[kind]!(net) ?? {};
  await net.compile();
  return { net, after };
}

/** All values of a network, and what it spikes in a number of steps, as text in which every bit counts. */
export async function goingOn(net: Network, time: number): Promise<string> {
  const monitors = net
    .getPopulations()
    .filter((population) => population.neuronType.options.spike !== undefined)
    .map((population) => net.monitor(population, "spike"));
  await net.simulate(time);
  const spikes = monitors.map((monitor) => [...monitor.get("spike")]);
  const values = [...net.getPopulations(), ...net.getProjections()].map((object) =>
    object.attributes.map((name) => {
      const value = object.get(name);
      return [name, typeof value === "object" && "toArray" in value ? value.toArray() : value];
    }),
  );
  const exact = (_: string, value: unknown): unknown => {
    if (ArrayBuffer.isView(value)) return Array.from(value as Float64Array);
    return typeof value === "number" && !Number.isFinite(value) ? String(value) : value;
  };
  return JSON.stringify({ step: net.currentStep, spikes, values }, exact);
}
