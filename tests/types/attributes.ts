/** What the type checker must know and refuse; checked by `types.test.ts` and by `npm run types`. */
import {
  IF_curr_exp,
  Network,
  Neuron,
  Parameter,
  Projection,
  STDP,
  Variable,
  type NDArray,
  type NamesOf,
  type NeuronOptions,
  type Run,
  type SpikeDict,
} from "../../lib/index.js";
import type { Equal, Prove } from "./conformance.js";

const LIF = new Neuron({
  parameters: `
    # membrane
    tau = 20.0 : population
    delta = 1.0; I = 0.5
  `,
  equations: `
    noise = I * Normal(0.0, 1.0)
    tau * dv/dt = -v + g_exc + noise : init = -60.0
    delta*du/dt = v - u
    count += 1.0
    a*x = 3.0
  `,
  spike: "v > 1.0",
  reset: "v = 0.0",
});

export const Lists = new Neuron({
  parameters: { tau: 10.0, theta: new Parameter(1.0, { locality: "local" }) },
  equations: ["dv/dt = -v / tau", "dw/dt = -w"],
});

// The text of a Variable is not part of its type.
export const Open = new Neuron({
  equations: ["dv/dt = -v", new Variable("dw/dt = -w")],
});

const net = new Network({ dt: 0.1 });
const pop = net.create(10, { neuron: LIF });
pop.v = -60.0;
pop.v = [1, 2, 3];
pop.tau.toFixed();
pop.view(":5").u = 3;
pop.neuron(3).count.toFixed();
// @ts-expect-error -- no attribute of this name
pop.vv = 1;
// @ts-expect-error -- no attribute of this name
pop.view(":5").vv = 1;

// A text that is not a literal: any name is let through.
declare const text: string;
const unknown = net.create(10, { neuron: new Neuron({ equations: text }) });
unknown["v"] = 1;
unknown["anything"] = unknown["else"];

declare const options: NeuronOptions;
const general = net.create(10, { neuron: new Neuron(options) });
general["v"] = 1;

// The connectors know their options and return the projection.
const proj = net.connect(pop, pop, { target: "exc" });
export const connected = proj.fixedProbability({ probability: 0.1, weights: 0.5 });
export const classic = proj.connectAllToAll({ weights: 0.5, allowSelfConnections: true });
proj.oneToOne();
// @ts-expect-error -- the probability is missing
proj.fixedProbability({ weights: 0.5 });
// @ts-expect-error -- no option of this name
proj.allToAll({ weights: 0.5, weight: 0.5 });
// @ts-expect-error -- the target is missing
net.connect(pop, pop, {});

// Built-in models know their parameters and attributes.
const cells = net.create(10, { neuron: new IF_curr_exp({ tau_m: 10.0 }) });
cells.tau_syn_E = 3.0;
cells.g_exc = 0.0;
// @ts-expect-error -- no attribute of this name
cells.alpha_exc = 0.0;
// @ts-expect-error -- no parameter of this name
export const unknownParameter = new IF_curr_exp({ tau_n: 10.0 });
export const learning = net.connect(cells, cells, { target: "exc", synapse: new STDP() });
learning.tau_plus = 15.0;
// @ts-expect-error -- no attribute of this name
learning.tau_facil = 15.0;

// Recordings have the type of what was recorded.
const monitor = net.monitor(pop, ["v", "spike"]);
export const spikes = monitor.get("spike");
export const v = monitor.get("v");

// Runs are marked, so that a notebook can await them.
export const run = net.simulate(1000);

/** What the inferred types must be. */
export type Proofs = [
  Prove<Equal<NamesOf<typeof LIF>, "tau" | "delta" | "I" | "noise" | "v" | "u" | "count">>,
  Prove<Equal<NamesOf<typeof Lists>, "tau" | "theta" | "v" | "w">>,
  Prove<Equal<typeof unknown.size, number>>,
  Prove<Equal<keyof typeof proj, keyof Projection>>,
  Prove<Equal<NamesOf<typeof Open>, string>>,
  Prove<Equal<keyof typeof connected, keyof Projection>>,
  Prove<Equal<keyof typeof classic, keyof Projection>>,
  Prove<Equal<typeof spikes, SpikeDict>>,
  Prove<Equal<typeof v, NDArray>>,
  Prove<Equal<typeof run, Run>>,
  Prove<Equal<Awaited<typeof run>, void>>,
];
