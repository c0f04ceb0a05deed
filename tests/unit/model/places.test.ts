/** What can be written where: the table of the specification, tried with real definitions. */
import { describe, expect, it } from "vitest";

import type { Diagnostic } from "../../../lib/diagnostics.js";
import { neuron, synapse } from "../../support/mistakes.js";
import { brief } from "../../support/texts.js";

const neuronWith = (definition: object): readonly Diagnostic[] =>
  neuron({ parameters: "a = 1", equations: "v = a", spike: "v > 1", ...definition });
const rateNeuron = (equations: string): readonly Diagnostic[] =>
  neuron({ parameters: "a = 1", equations });
const synapseWith = (definition: object): readonly Diagnostic[] =>
  synapse({ parameters: "a = 1", ...definition });
const ruleWith = (definition: object): readonly Diagnostic[] =>
  synapse({ parameters: "a = 1 : projection", ...definition });

/** The places, each with an expression `x` in it. */
const places = {
  "equations of rate-coded neurons": (x: string) => rateNeuron(`r = ${x}`),
  "equations of spiking neurons": (x: string) => neuronWith({ equations: `v = ${x}` }),
  "equations of synapses": (x: string) => synapseWith({ equations: `y = ${x}` }),
  psp: (x: string) => synapseWith({ psp: x }),
  preSpike: (x: string) => synapseWith({ preSpike: `y = ${x}` }),
  preAxonSpike: (x: string) => synapseWith({ preAxonSpike: `g_target += ${x}` }),
  postSpike: (x: string) => synapseWith({ postSpike: `y = ${x}` }),
  spike: (x: string) => neuronWith({ spike: x }),
  axonSpike: (x: string) => neuronWith({ axonSpike: x }),
  reset: (x: string) => neuronWith({ reset: `v = ${x}` }),
  axonReset: (x: string) => neuronWith({ axonSpike: "v > 2", axonReset: `v = ${x}` }),
  functions: (x: string) => neuronWith({ functions: `f(a) = ${x}` }),
  "bounds of neurons": (x: string) => rateNeuron(`r = 1 : max = ${x}`),
  "bounds of synapses": (x: string) => synapseWith({ equations: `y = 1 : max = ${x}` }),
  "bounds of event code": (x: string) => synapseWith({ preSpike: `y = 1 : max = ${x}` }),
  creating: (x: string) => ruleWith({ creating: x }),
  pruning: (x: string) => ruleWith({ pruning: x }),
} as const;

type PlaceName = keyof typeof places;

const everywhere = Object.keys(places) as readonly PlaceName[];
const synapses: readonly PlaceName[] = ["equations of synapses", "psp", "bounds of synapses"];
const events: readonly PlaceName[] = [
  ...(["preSpike", "preAxonSpike", "postSpike", "bounds of event code"] as const),
];
const spiking: readonly PlaceName[] = [
  "equations of spiking neurons",
  ...(["spike", "axonSpike", "reset", "axonReset"] as const),
];

/** Each construct, and all places that take it. */
const rows: readonly (readonly [string, readonly PlaceName[]])[] = [
  ["a + ite(a > 1, tanh(a), pi)", everywhere],
  ["t + dt", everywhere.filter((place) => place !== "functions")],
  [
    "if a > 1: 2 else: 3",
    [
      ...(["equations of rate-coded neurons", "equations of spiking neurons"] as const),
      ...(["equations of synapses", "psp", "preSpike", "preAxonSpike", "postSpike"] as const),
      ...(["reset", "axonReset", "functions"] as const),
    ],
  ],
  [
    "Uniform(0, 1)",
    [
      ...(["equations of rate-coded neurons", "equations of spiking neurons"] as const),
      ...(["equations of synapses", "creating", "pruning"] as const),
    ],
  ],
  [
    "mean(a)",
    ["equations of rate-coded neurons", "equations of spiking neurons", "bounds of neurons"],
  ],
  ["mean(pre.a)", synapses],
  ["pre.a + post.a", [...synapses, ...events, "creating", "pruning"]],
  ["sum(exc)", ["equations of rate-coded neurons", "bounds of neurons"]],
  ["post.sum(exc)", synapses],
  ["g_exc", spiking],
  // In a neuron the input of a target that happens to have this name.
  ["g_target", ["preSpike", "preAxonSpike", "bounds of event code", ...spiking]],
  ["t_last", spiking],
  ["t_pre + t_post", [...synapses, ...events, "creating", "pruning"]],
  ["spiked", []],
];

describe.each(rows)("%s", (text, allowed) => {
  it.each(everywhere.map((place) => [allowed.includes(place) ? "stands" : "is refused", place]))(
    "%s in %s",
    (verdict, place) => {
      const mistakes = places[place](text).map(brief);
      if (verdict === "stands") expect(mistakes).toEqual([]);
      else expect(mistakes).not.toEqual([]);
    },
  );
});
