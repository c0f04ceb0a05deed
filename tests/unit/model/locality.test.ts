/** Population-wide, projection-wide and postsynaptic variables depend on nothing that there is more of. */
import { describe } from "vitest";

import { neuron, synapse, walk, type Row } from "../../support/mistakes.js";

const spiking = { spike: "v > 1", reset: "v = 0" } as const;

describe("a variable cannot depend on what there is more of:", () => {
  const parameters = "l = 1; s = 1 : postsynaptic; g = 1 : projection";
  const depends = (value: string, locality: string) => () =>
    synapse({ parameters, equations: `x = ${value} : ${locality}` });
  const refused = (value: string, locality: string): Row => [
    `${locality} on ${value}`,
    depends(value, locality),
    [`LOCAL_IN_GLOBAL ${value}`],
  ];
  walk([
    ...["l", "w", "s", "pre.v", "post.v", "pre.sum(exc)", "post.sum(exc)", "t_pre", "t_post"].map(
      (value) => refused(value, "projection"),
    ),
    ...["l", "w", "pre.v", "pre.sum(exc)", "t_pre"].map((value) => refused(value, "postsynaptic")),
    ["projection on what there is one of", depends("g + mean(pre.v) + t", "projection"), []],
    [
      "postsynaptic on what there is as much of",
      depends("g + s + post.v + post.sum(exc) + t_post", "postsynaptic"),
      [],
    ],
    [
      "population on what each neuron has",
      () =>
        neuron({
          parameters: "a = 1",
          equations: "r = 1\nd = Uniform(0, 1)\nm = a + d + r + sum(exc) : population",
        }),
      ["LOCAL_IN_GLOBAL a", "LOCAL_IN_GLOBAL d", "LOCAL_IN_GLOBAL r", "LOCAL_IN_GLOBAL sum(exc)"],
    ],
    [
      "population on spikes and inputs",
      () => neuron({ equations: "v = 1\nm = t_last + g_exc + r : population", ...spiking }),
      ["LOCAL_IN_GLOBAL t_last", "LOCAL_IN_GLOBAL g_exc", "LOCAL_IN_GLOBAL r"],
    ],
    [
      "population on a local bound",
      () => neuron({ parameters: "a = 1", equations: "r = 1\nm = 1 : population, max = a" }),
      ["LOCAL_IN_GLOBAL a"],
    ],
    [
      "population on a local initial value",
      () => neuron({ parameters: "a = 1", equations: "r = 1\nm = 1 : population, init = a" }),
      ["LOCAL_IN_GLOBAL a"],
    ],
    [
      "population on operations and draws of its own is right",
      () => neuron({ equations: "r = 1\nm = mean(r) + Uniform(0, 1) + t : population" }),
      [],
    ],
  ]);
});
