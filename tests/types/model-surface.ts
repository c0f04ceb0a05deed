/** The declared constructors of models and inputs, held against the package (as in `network-surface.ts`). */
import * as neurarchy from "../../lib/index.js";
import { given, type Equal, type Prove } from "./conformance.js";

interface DeclaredModel {
  readonly name: string;
  readonly description: string;
  readonly type: "rate" | "spike";
  readonly attributes: readonly string[];
}
export const neuron: DeclaredModel = given<neurarchy.Neuron>();
export const synapse: DeclaredModel = given<neurarchy.Synapse>();

// Every option of a neuron and of a synapse, in each of its forms.
export const full = new neurarchy.Neuron({
  parameters: {
    tau: 10,
    flag: true,
    name: "aConstant",
    v0: new neurarchy.Uniform(0, 1),
    local: new neurarchy.Parameter(1, { locality: "local", type: "int" }),
    constant: given<neurarchy.Constant>(),
  },
  equations: [
    "dv/dt = -v",
    new neurarchy.Variable("du/dt = -u", {
      init: 1,
      min: 0,
      max: "tau",
      method: "exponential",
      locality: "local",
      type: "float",
    }),
  ],
  spike: "v > 1",
  axonSpike: "u > 1",
  reset: "v = 0",
  axonReset: ["u = 0"],
  refractory: "tau",
  functions: ["f(x) = x"],
  name: "N",
  description: "all options",
  extraValues: { k: 1 },
});
export const plastic = new neurarchy.Synapse({
  parameters: ["eta = 0.1 : projection"],
  equations: "dx/dt = -x : event-driven",
  psp: "w * pre.r",
  operation: "max",
  preSpike: "g_target += w",
  postSpike: ["w += x"],
  preAxonSpike: "w -= x",
  functions: "f(x) = x",
  pruning: new neurarchy.Pruning("w < 0.1", { proba: 0.5 }),
  creating: new neurarchy.Creating("pre.r > 1", { proba: 0.5, w: 0.1, d: 1 }),
  name: "S",
  description: "all options",
  extraValues: {},
});
export const nothing = new neurarchy.Synapse();
// @ts-expect-error -- the words of options are in camelCase
export const wrongSpelling = new neurarchy.Synapse({ pre_spike: "g_target += w" });
// @ts-expect-error -- no option of this name
export const wrongOption = new neurarchy.Neuron({ equation: "r = 1" });
// @ts-expect-error -- no operation of this name
export const wrongOperation = new neurarchy.Synapse({ operation: "product" });
// @ts-expect-error -- no method of this name
export const wrongMethod = new neurarchy.Variable("dv/dt = 1", { method: "euler" });
// @ts-expect-error -- no locality of this name
export const wrongLocality = new neurarchy.Parameter(1, { locality: "private" });

// Names of attributes, in every form of the texts.
const Texts = new neurarchy.Neuron({
  parameters: "tau = 20 : population; I = 1 # drive\n  theta=2.0",
  equations: "tau * dv/dt + v = I\n v_sum += v\nmax_v = max(v, theta) : min=0.0",
});
const Learning = new neurarchy.Synapse({
  parameters: "eta = 0.1 : projection",
  equations: "eta * dtrace/dt = -trace\nw += trace",
});
const net = new neurarchy.Network();
const pop = net.create(10, { neuron: Texts });
const proj = net.connect(pop, pop, { target: "exc", synapse: Learning });
proj.trace = 0;
pop.neuron(0).theta.toFixed();
// @ts-expect-error -- no attribute of this name
proj.traces = 0;
// @ts-expect-error -- no attribute of this name
pop.drive = 0;

/** Every built-in model without options, and with some. */
export const models = [
  new neurarchy.LeakyIntegrator({ tau: 10, B: 0, T: 0, sum: "sum(exc)", noise: null }),
  new neurarchy.Izhikevich({ a: 0.02, b: 0.2, c: -65, d: 8, conductance: "g_exc" }),
  new neurarchy.IF_curr_exp({ tau_syn_E: 5 }),
  new neurarchy.IF_cond_exp({ e_rev_E: 0 }),
  new neurarchy.IF_curr_alpha(),
  new neurarchy.IF_cond_alpha({ e_rev_I: -70 }),
  new neurarchy.EIF_cond_exp_isfa_ista({ delta_T: 2 }),
  new neurarchy.EIF_cond_alpha_isfa_ista({ tau_w: 144 }),
  new neurarchy.HH_cond_exp({ gbar_Na: 20 }),
  new neurarchy.GIF_curr({ delta_u: 2, current: "g_exc", refractory_period: 2 }),
  new neurarchy.GIF_curr_exp({ tau_g_exc: 2 }),
] as const;
export const synapses = [
  new neurarchy.Hebb({ eta: 0.1 }),
  new neurarchy.Oja({ eta: 0.1, alpha: 8 }),
  new neurarchy.IBCM({ eta: 0.1, tau: 2000 }),
  new neurarchy.STP({ tau_rec: 100, tau_facil: 0.01, U: 0.5 }),
  new neurarchy.STDP({ A_plus: 0.01, w_max: 1 }),
] as const;
// @ts-expect-error -- the neuron has no reversal potentials
export const wrongParameter = new neurarchy.IF_curr_exp({ e_rev_E: 0 });

// Inputs.
export const inputs: readonly neurarchy.Population[] = [
  new neurarchy.InputArray({ geometry: [2, 2], name: "i" }),
  new neurarchy.TimedArray({ rates: [[1], [2]], schedule: [0, 10], period: 20, name: "t" }),
  new neurarchy.TimedArray({ geometry: 4 }),
  new neurarchy.PoissonPopulation({ geometry: 4, rates: "10.0 * t", parameters: "a = 1" }),
  new neurarchy.PoissonPopulation({ geometry: 4, target: "exc", refractory: 2 }),
  new neurarchy.SpikeSourceArray({ spikeTimes: [[1, 2], new Float64Array(2)], name: "s" }),
];
// @ts-expect-error -- no option of this name
export const wrongInput = new neurarchy.PoissonPopulation({ geometry: 4, rate: 10 });
const timed = new neurarchy.TimedArray({ geometry: 4 });
timed.update([[1, 2, 3, 4]], { schedule: 5, period: 10, reset: false });
timed.rates = [[1, 2, 3, 4]];
timed.schedule = Float64Array.of(0);
timed.period = -1;
const given_ = new neurarchy.InputArray({ geometry: 4 });
given_.r = new neurarchy.Uniform(0, 1);

type IF =
  | "v_rest"
  | "cm"
  | "tau_m"
  | "tau_refrac"
  | "tau_syn_E"
  | "tau_syn_I"
  | "v_thresh"
  | "v_reset"
  | "i_offset";

/** What must hold. */
export type Proofs = [
  Prove<Equal<neurarchy.NamesOf<typeof Texts>, "tau" | "I" | "theta" | "v" | "v_sum" | "max_v">>,
  Prove<Equal<neurarchy.NamesOf<typeof Learning>, "eta" | "trace" | "w">>,
  Prove<Equal<neurarchy.NamesOf<neurarchy.IF_curr_exp>, IF | "v" | "g_exc" | "g_inh">>,
  Prove<
    Equal<
      neurarchy.NamesOf<neurarchy.STDP>,
      "tau_plus" | "tau_minus" | "A_plus" | "A_minus" | "w_min" | "w_max" | "x" | "y" | "w"
    >
  >,
  Prove<Equal<typeof timed.schedule, number[]>>,
  Prove<Equal<typeof timed.rates, neurarchy.NDArray>>,
  Prove<Equal<typeof given_.r, neurarchy.NDArray>>,
  Prove<Equal<(typeof models)[number]["type"], "rate" | "spike">>,
];
