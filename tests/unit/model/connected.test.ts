import { describe, expect, it } from "vitest";

import { checkConnected } from "../../../lib/model/connected.js";
import type { NeuronOptions, SynapseOptions } from "../../../lib/model/definition.js";
import { analyseNeuron } from "../../../lib/model/neuron.js";
import { analyseSynapse } from "../../../lib/model/synapse.js";
import { brief } from "../../support/texts.js";

const rate: NeuronOptions = {
  parameters: "base = 1 : population; tau = 2",
  equations: "r = base + sum(exc)",
};
const spiking: NeuronOptions = { equations: "dv/dt = g_exc - v", spike: "v > 1", reset: "v = 0" };

function mistakes(synapse: SynapseOptions, pre: NeuronOptions, post: NeuronOptions): string[] {
  const [from, to] = [pre, post].map((neuron) => analyseNeuron(neuron, { constants: [] }));
  const model = analyseSynapse(synapse, { constants: [], type: from!.type, targets: ["exc"] });
  return checkConnected(model, from!, to!, ["exc"], ["exc", "inh"]).map(brief);
}

describe("checkConnected", () => {
  it("finds nothing to say about what the neurons have", () => {
    const equations = "w += mean(pre.tau)*pre.base + post.sum(inh)*max(post.r)";
    expect(mistakes({ equations, psp: "w*pre.tau*pre.sum(exc)" }, rate, rate)).toEqual([]);
    const preSpike = "g_target += w*(pre.r + post.v + post.g_exc)*t_post";
    expect(mistakes({ preSpike, postSpike: "w += t - t_pre" }, spiking, spiking)).toEqual([]);
  });

  it.each<[string, SynapseOptions, NeuronOptions, NeuronOptions, string[]]>([
    [
      "unknown attributes, wherever they stand",
      {
        equations: "w += pre.rr : max = post.top\nx = mean(post.u)",
        psp: "w*pre.v",
      },
      rate,
      rate,
      [
        "UNKNOWN_REMOTE pre.rr",
        "UNKNOWN_REMOTE post.top",
        "UNKNOWN_REMOTE mean(post.u)",
        "UNKNOWN_REMOTE pre.v",
      ],
    ],
    [
      "unknown attributes in event code and between events",
      {
        equations: "dx/dt = pre.a - x : event-driven",
        preSpike: "g_target += pre.b",
        postSpike: "w += post.c",
      },
      spiking,
      spiking,
      ["UNKNOWN_REMOTE pre.a", "UNKNOWN_REMOTE pre.b", "UNKNOWN_REMOTE post.c"],
    ],
    [
      "inputs that are not connected",
      { psp: "w*pre.sum(inh)" },
      rate,
      rate,
      ["UNCONNECTED_INPUT pre.sum(inh)"],
    ],
    [
      "inputs of spiking neurons by the name of rates",
      { psp: "w*post.sum(exc)" },
      spiking,
      spiking,
      ["SUM_OF_SPIKES post.sum(exc)"],
    ],
    [
      "operations on values that there are one of",
      { psp: "w*mean(pre.base)" },
      rate,
      rate,
      ["REDUCTION_NOT_LOCAL mean(pre.base)"],
    ],
    [
      "spikes of rate-coded neurons",
      { preSpike: "g_target += t_post", postSpike: "w += 1" },
      spiking,
      rate,
      ["NEEDS_SPIKES t_post", "NEEDS_SPIKES"],
    ],
  ])("finds %s", (_, synapse, pre, post, expected) => {
    expect(mistakes(synapse, pre, post)).toEqual(expected);
  });

  it("names the attribute that was probably meant", () => {
    const pre = analyseNeuron({ name: "LIF", ...spiking }, { constants: [] });
    const model = analyseSynapse(
      { psp: "w * pre.V" },
      { constants: [], type: "spike", targets: ["exc"] },
    );
    expect(checkConnected(model, pre, pre, [], [])).toMatchObject([
      { problem: { side: "pre", name: "V", model: 'neuron "LIF"', nearest: "v" } },
    ]);
  });
});
