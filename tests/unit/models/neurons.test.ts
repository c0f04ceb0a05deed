import { describe, expect, it } from "vitest";

import { SimulatorError } from "../../../lib/errors.js";
import { Parameter } from "../../../lib/model/definition.js";
import {
  EIF_cond_alpha_isfa_ista,
  EIF_cond_exp_isfa_ista,
} from "../../../lib/models/adaptive-exponential.js";
import { GIF_curr, GIF_curr_exp } from "../../../lib/models/generalised-integrate-and-fire.js";
import { HH_cond_exp } from "../../../lib/models/hodgkin-huxley.js";
import {
  IF_cond_alpha,
  IF_cond_exp,
  IF_curr_alpha,
  IF_curr_exp,
} from "../../../lib/models/integrate-and-fire.js";
import { Izhikevich } from "../../../lib/models/izhikevich.js";
import { LeakyIntegrator } from "../../../lib/models/leaky-integrator.js";
import { analyseNeuron } from "../../../lib/model/neuron.js";
import type { NeuronModel } from "../../../lib/model/types.js";
import type { Neuron } from "../../../lib/network/neuron.js";
import { Uniform } from "../../../lib/random/distribution.js";

function analysed(neuron: Neuron): NeuronModel {
  return analyseNeuron(neuron.options, { constants: ["K"] });
}

/** The code of the error that making a model throws. */
function refusal(make: () => unknown): unknown {
  try {
    make();
  } catch (error) {
    if (error instanceof SimulatorError) return [error.code, error.details["nearest"]];
  }
  return null;
}

const integrate = "v_rest cm tau_m tau_refrac tau_syn_E tau_syn_I v_thresh v_reset i_offset";
const inputs = "g_exc g_inh";
const alphas = "g_exc g_inh alpha_exc alpha_inh";

describe("built-in neurons", () => {
  it.each([
    [LeakyIntegrator, "Leaky-Integrator", "tau B T v r"],
    [Izhikevich, "Izhikevich", `a b c d v_thresh i_offset noise tau_refrac I v u ${inputs}`],
    [IF_curr_exp, "Integrate-and-Fire", `${integrate} v ${inputs}`],
    [IF_cond_exp, "Integrate-and-Fire", `${integrate} e_rev_E e_rev_I v ${inputs}`],
    [IF_curr_alpha, "Integrate-and-Fire", `${integrate} gmax_exc gmax_inh v ${alphas}`],
    [
      IF_cond_alpha,
      "Integrate-and-Fire",
      `${integrate} e_rev_E e_rev_I gmax_exc gmax_inh v ${alphas}`,
    ],
    [
      EIF_cond_exp_isfa_ista,
      "Adaptive exponential Integrate-and-Fire",
      "v_rest cm tau_m tau_refrac tau_syn_E tau_syn_I e_rev_E e_rev_I tau_w a b i_offset delta_T v_thresh " +
        `v_reset v_spike I v w ${inputs}`,
    ],
    [
      EIF_cond_alpha_isfa_ista,
      "Adaptive exponential Integrate-and-Fire",
      "v_rest cm tau_m tau_refrac tau_syn_E tau_syn_I e_rev_E e_rev_I tau_w a b i_offset delta_T v_thresh " +
        `v_reset v_spike gmax_exc gmax_inh I v w ${alphas}`,
    ],
    [GIF_curr, "GIF", `tau_m tau_v J_v u_r u_th c delta_u I_ext R u v Lambda p ${inputs}`],
    [
      GIF_curr_exp,
      "GIF",
      `tau_m tau_v J_v u_r u_th c delta_u I_ext tau_g_exc tau_g_inh R u v Lambda p ${inputs}`,
    ],
    [
      HH_cond_exp,
      "Hodgkin-Huxley",
      "gbar_Na gbar_K gleak cm v_offset e_rev_Na e_rev_K e_rev_leak e_rev_E e_rev_I tau_syn_E tau_syn_I " +
        `i_offset v_thresh prev_v an am ah bn bm bh n m h v ${inputs}`,
    ],
  ])("%o is analysed without mistakes", (Model, name, attributes) => {
    const model = new Model();
    expect(model.name).toBe(name);
    const declared = analysed(model).attributes.map((attribute) => attribute.name);
    const wanted = attributes.split(" ");
    expect(declared.filter((attribute) => wanted.includes(attribute))).toEqual(wanted);
    expect(declared.filter((attribute) => !wanted.includes(attribute))).toEqual(
      // Every spiking neuron has its firing rate.
      declared.includes("r") && !wanted.includes("r") ? ["r"] : [],
    );
  });

  it.each([
    [LeakyIntegrator, "tau", "global"],
    [LeakyIntegrator, "B", "local"],
    [Izhikevich, "a", "local"],
    [IF_curr_exp, "tau_m", "local"],
    [GIF_curr, "tau_m", "global"],
    [HH_cond_exp, "cm", "local"],
  ])("%o has the parameter %s that is %s", (Model, name, locality) => {
    const found = analysed(new Model()).attributes.find((attribute) => attribute.name === name);
    expect(found).toMatchObject({ kind: "parameter", locality });
  });

  it("takes other values: numbers, constants and distributions", () => {
    const rest = new Uniform(-70, -60);
    const { parameters } = new IF_curr_exp({ tau_m: 10, cm: "K", v_rest: rest }).options;
    expect(parameters).toMatchObject({
      tau_m: new Parameter(10, { locality: "local" }),
      cm: new Parameter("K", { locality: "local" }),
      v_rest: new Parameter(rest, { locality: "local" }),
      tau_syn_E: new Parameter(5, { locality: "local" }),
    });
  });

  it("puts the texts of the caller into the equations", () => {
    const leaky = new LeakyIntegrator({ sum: "sum(mod)", noise: "Normal(0.0, 1.0)" });
    expect(analysed(leaky)).toMatchObject({ targets: ["mod"], random: [{}] });
    const quadratic = new Izhikevich({ conductance: "g_ampa * (0.0 - v)" });
    expect(analysed(quadratic).targets).toEqual(["ampa"]);
    expect(analysed(new GIF_curr({ current: "" })).targets).toEqual([]);
  });

  it("starts the quadratic neuron at its rest", () => {
    const { attributes } = analysed(new Izhikevich({ c: -55, b: 0.25 }));
    const start = new Map(attributes.map(({ name, init }) => [name, init]));
    expect([start.get("v"), start.get("u")]).toEqual([-55, -13.75]);
  });

  it("computes the resistance of the generalised neuron", () => {
    const { attributes } = analysed(new GIF_curr({ tau_m: 20 }));
    expect(attributes.find(({ name }) => name === "R")?.init).toBe(0.08);
  });

  it.each<[string, () => unknown, unknown]>([
    [
      "an unknown parameter",
      () => new IF_curr_exp(JSON.parse('{"tau_n": 1}')),
      ["UNKNOWN_MODEL_PARAMETER", "tau_m"],
    ],
    [
      "a start that is not a number",
      () => new Izhikevich({ c: "K" }),
      ["INVALID_MODEL_PARAMETER", undefined],
    ],
    [
      "a capacity that is not a number",
      () => new GIF_curr({ C_m: new Uniform(1, 2) }),
      ["INVALID_MODEL_PARAMETER", undefined],
    ],
  ])("refuses %s", (_, make, expected) => {
    expect(refusal(make)).toEqual(expected);
  });
});
