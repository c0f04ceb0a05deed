/**
 * What single precision costs. A number has 24 bits, a relative error of 6e-8; what a model makes of it in n steps is stated
 * in the table below, as the bound of the largest difference from double precision, relative to the largest value.
 * Networks of the golden cases: `tests/golden/cases.test.ts`.
 */
import { expect, it } from "vitest";

import {
  EIF_cond_exp_isfa_ista,
  HH_cond_exp,
  IF_cond_exp,
  Izhikevich,
  NDArray,
  Neuron,
  Oja,
  SpikeSourceArray,
  STDP,
  Synapse,
  type Network,
  type Population,
} from "../../lib/index.js";
import { strictNetwork } from "../support/neurons.js";

type Read = () => ArrayLike<number>;

/** What is computed, in how many steps of how many ms, with which bound of the relative error. */
interface Model {
  readonly name: string;
  readonly dt: number;
  readonly steps: number;
  readonly bound: number;
  /** Make the network; the values that are compared. */
  readonly make: (net: Network) => Read;
}

const flat = (value: unknown): ArrayLike<number> =>
  value instanceof NDArray ? value.flat() : [value as number].flat(2);

const reader =
  (pop: Population, name: string): Read =>
  () =>
    flat(pop.get(name));

function linear(method: string): Model {
  return {
    name: `a linear equation, ${method}`,
    dt: 0.1,
    steps: 10_000,
    // At rest, increments of less than half a unit in the last place are lost: tau / dt of them, relative.
    bound: 370 * 2 ** -24,
    make: (net) => {
      const equations = `tau * dr/dt = 1.0 + drive - r : ${method}`;
      const neuron = new Neuron({ parameters: "tau = 37.0; drive = 0.1", equations });
      const pop = net.create(8, { neuron });
      pop.set({ drive: Array.from({ length: 8 }, (_, i) => Math.sin(i)) });
      return reader(pop, "r");
    },
  };
}

function current(neuron: Neuron, name: string, input: number): Model["make"] {
  return (net) => {
    const pop = net.create(4, { neuron });
    pop.set({ [name]: [0.9, 1, 1.1, 1.2].map((factor) => factor * input) });
    return reader(pop, "v");
  };
}

/** Pairs of spikes, at every difference from -20 to 20 ms. */
function pairs(net: Network): readonly [Population, Population] {
  const times = Array.from({ length: 41 }, (_, i) => [30, 130, 230].map((t) => t + i - 20));
  const pre = net.create(new SpikeSourceArray({ spikeTimes: times.map(() => [30, 130, 230]) }));
  const post = net.create(new SpikeSourceArray({ spikeTimes: times }));
  return [pre, post];
}

const MODELS: readonly Model[] = [
  ...["explicit", "semiimplicit", "implicit", "exponential", "midpoint", "rk4"].map(linear),
  {
    name: "a cubic equation, by Newton's method",
    dt: 0.1,
    steps: 5000,
    bound: 3e-7,
    make: (net) => {
      const equations = "10.0 * dr/dt = cos(t / 30.0) - r^3 : implicit";
      return reader(net.create(1, { neuron: new Neuron({ equations }) }), "r");
    },
  },
  {
    name: "the neuron of Izhikevich between its spikes",
    dt: 0.5,
    steps: 1000,
    bound: 1.5e-4,
    make: current(new Izhikevich(), "i_offset", 6),
  },
  {
    name: "the neuron of Hodgkin and Huxley",
    dt: 0.01,
    steps: 10_000,
    bound: 3e-5,
    make: current(new HH_cond_exp(), "i_offset", 0.3),
  },
  {
    name: "an adaptive exponential neuron",
    dt: 0.1,
    steps: 5000,
    bound: 1.5e-5,
    make: current(new EIF_cond_exp_isfa_ista(), "i_offset", 0.9),
  },
  {
    name: "conductances that spikes raise",
    dt: 0.1,
    steps: 3000,
    bound: 3e-6,
    make: (net) => {
      const spikeTimes = Array.from({ length: 20 }, (_, i) =>
        Array.from({ length: 30 }, (__, k) => 10 * k + (i * 7) / 10),
      );
      const source = net.create(new SpikeSourceArray({ spikeTimes }));
      const pop = net.create(1, { neuron: new IF_cond_exp({ tau_syn_E: 5 }) });
      net.connect(source, pop, { target: "exc" }).allToAll({ weights: 0.0005 });
      return reader(pop, "v");
    },
  },
  {
    name: "a recurrent network of rates, with delays",
    dt: 1,
    steps: 1000,
    bound: 1e-6,
    make: (net) => {
      const equations = "tau * dr/dt = -r + tanh(sum(exc)) + 0.2 * sin(t / 20.0)";
      const pop = net.create(50, { neuron: new Neuron({ parameters: "tau = 10.0", equations }) });
      const weights = matrix(50, (i, j) => (0.15 * Math.sin(i + 2 * j)) / Math.sqrt(2));
      const synapse = new Synapse({ psp: "w * pre.r" });
      net.connect(pop, pop, { target: "exc", synapse }).fromMatrix({ weights, delays: 3 });
      return reader(pop, "r");
    },
  },
  {
    name: "weights that learn by Oja's rule",
    dt: 1,
    steps: 1000,
    bound: 6e-6,
    make: (net) => {
      const input = net.create(20, {
        neuron: new Neuron({
          parameters: "phase = 0.0",
          equations: "r = pos(sin(t / 9.0 + phase))",
        }),
      });
      input.set({ phase: Array.from({ length: 20 }, (_, i) => i / 7) });
      const output = net.create(2, { neuron: new Neuron({ equations: "r = sum(exc)" }) });
      const proj = net.connect(input, output, { target: "exc", synapse: new Oja({ eta: 0.01 }) });
      proj.fromMatrix({ weights: matrix(20, (i, j) => 0.05 + 0.01 * Math.cos(i * j)).slice(0, 2) });
      return () => proj.connectivityMatrix().flat();
    },
  },
  {
    name: "weights that learn by the timing of spikes",
    dt: 0.1,
    steps: 3000,
    bound: 5e-7,
    make: (net) => {
      const [pre, post] = pairs(net);
      const proj = net.connect(pre, post, { target: "exc", synapse: new STDP({ w_max: 10 }) });
      proj.oneToOne({ weights: 0.5 });
      return () => proj.connectivityMatrix().flat();
    },
  },
];

function matrix(size: number, entry: (i: number, j: number) => number): number[][] {
  return Array.from({ length: size }, (_, i) =>
    Array.from({ length: size }, (__, j) => entry(i, j)),
  );
}

async function run(model: Model, precision: "double" | "float"): Promise<Float64Array> {
  const config = { precision, unreadTargets: "warn", suppressWarnings: true } as const;
  const net = strictNetwork({ dt: model.dt, seed: 1 }, config);
  const read = model.make(net);
  await net.compile();
  await net.simulate(model.steps * model.dt);
  const values = Float64Array.from(read());
  net.clear();
  return values;
}

const rows = MODELS.map((model) => [model.name, model.bound, model.steps, model] as const);

it.each(rows)(
  "%s: less than %d after %d steps in single precision",
  async (_, bound, __, model) => {
    const exact = await run(model, "double");
    const single = await run(model, "float");
    const largest = Math.max(...exact.map(Math.abs));
    const error = Math.max(...exact.map((value, i) => Math.abs(value - single[i]!))) / largest;
    expect(largest).toBeGreaterThan(0);
    // An error of exactly 0 would mean that nothing was computed in single precision.
    expect(error).toBeGreaterThan(0);
    expect(error).toBeLessThan(bound);
  },
);
