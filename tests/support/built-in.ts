import type { NeuronOptions, SynapseOptions } from "../../lib/model/definition.js";
import {
  EIF_cond_alpha_isfa_ista,
  EIF_cond_exp_isfa_ista,
} from "../../lib/models/adaptive-exponential.js";
import { GIF_curr, GIF_curr_exp } from "../../lib/models/generalised-integrate-and-fire.js";
import { Hebb, IBCM, Oja } from "../../lib/models/hebbian.js";
import { HH_cond_exp } from "../../lib/models/hodgkin-huxley.js";
import {
  IF_cond_alpha,
  IF_cond_exp,
  IF_curr_alpha,
  IF_curr_exp,
} from "../../lib/models/integrate-and-fire.js";
import { Izhikevich } from "../../lib/models/izhikevich.js";
import { LeakyIntegrator } from "../../lib/models/leaky-integrator.js";
import { STP } from "../../lib/models/short-term-plasticity.js";
import { STDP } from "../../lib/models/spike-timing.js";
import { spiking, type Use } from "./compiled-synapses.js";

/** The definitions of all built-in neurons. */
export const builtInNeurons: readonly (readonly [name: string, options: NeuronOptions])[] = [
  ["LeakyIntegrator", new LeakyIntegrator().options],
  ["LeakyIntegrator with noise", new LeakyIntegrator({ noise: "Normal(0.0, 1.0)" }).options],
  ["Izhikevich", new Izhikevich().options],
  ["IF_curr_exp", new IF_curr_exp().options],
  ["IF_cond_exp", new IF_cond_exp().options],
  ["IF_curr_alpha", new IF_curr_alpha().options],
  ["IF_cond_alpha", new IF_cond_alpha().options],
  ["EIF_cond_exp_isfa_ista", new EIF_cond_exp_isfa_ista().options],
  ["EIF_cond_alpha_isfa_ista", new EIF_cond_alpha_isfa_ista().options],
  ["GIF_curr", new GIF_curr().options],
  ["GIF_curr_exp", new GIF_curr_exp().options],
  ["HH_cond_exp", new HH_cond_exp().options],
];

/** The definitions of all built-in synapses, and of others, between the neurons that they are for. */
export const synapseUses: readonly (readonly [name: string, SynapseOptions, Use])[] = [
  ["Hebb", new Hebb().options, {}],
  ["Oja", new Oja().options, {}],
  ["IBCM", new IBCM().options, {}],
  ["IBCM with delays", new IBCM().options, { delays: "heterogeneous" }],
  ["STP", new STP().options, { pre: spiking }],
  ["STP as the reference times it", new STP().options, { pre: spiking, eventTiming: "annarchy" }],
  ["STDP", new STDP().options, { pre: spiking }],
  ["STDP with traces of neurons", new STDP().options, { pre: spiking, hoist: true }],
  ["the default of rate-coded neurons", {}, {}],
  ["the default of spiking neurons", {}, { pre: spiking }],
  ["a single weight", {}, { pre: spiking, singleWeight: true }],
  [
    "two targets",
    { preSpike: "w *= 3\ng_target += w : max=2.0" },
    { pre: spiking, targets: ["exc", "inh"] },
  ],
  ["a gap junction", { psp: "w * (pre.v - post.v)" }, { pre: spiking }],
  ["the largest psp", { psp: "w * pre.r * mean(pre.r)", operation: "max" }, {}],
  ["the smallest psp", { psp: "w * pre.r", operation: "min" }, {}],
  [
    "the mean of delayed psp",
    { psp: "w * pre.r + post.sum(exc)", operation: "mean" },
    { delays: "heterogeneous" },
  ],
  [
    "times, axonal events and conditions",
    {
      equations: "k = t_pre - t_post + dt + t\ndw/dt = -w/10 + k : min = -1",
      preSpike: "g_target += w\nw -= 0.1 : unless_post, min = 0.1",
      preAxonSpike: "g_target += 2*w",
    },
    { pre: { ...spiking, axonSpike: "v == 0.5" } },
  ],
  [
    "values of every locality and type",
    {
      parameters: "a = 2 : projection; n = 3 : int; flag = True; k = 1 : int, projection",
      equations: `
        g = a * k + mean(post.r) : projection
        m = post.r - g : postsynaptic, max = 0.75
        c = n * m + pre.r * 3 : int
        b = (c > 2) and flag : bool
        dw/dt = if b: pre.r * g else: -w / (1 + abs(m)) : max = 1.5, min = -1`,
    },
    {},
  ],
  [
    "functions of the user",
    {
      functions: "hill(x, k) = x^2 / (x^2 + k^2)\nhalf(n) = n / 2 : float, int",
      equations: "w += hill(pre.r, 2) - half(post.r)",
    },
    {},
  ],
  [
    "an implicit equation that is not linear",
    { equations: "dw/dt = -w^3 + pre.r : implicit\ndq/dt = -q * w + post.r : implicit" },
    {},
  ],
];
