/** What users can do wrong with synapses that come and go, row by row as the specification lists it. */
import { describe } from "vitest";

import { Synapse, type Network, type Projection } from "../../../lib/index.js";
import { cells, error, walk, type Row } from "../../support/user-mistakes.js";

const label = 'projection "loop"';
const dendrite = `dendrite 0 of ${label}`;

/** Each of four neurons connected to the next one, the projection `loop`. */
function ring(net: Network, structural: boolean, synapse = new Synapse()): Projection {
  const pop = cells(net);
  net.config({ structuralPlasticity: structural });
  const weights = [0, 1, 2, 3].map((post) =>
    [0, 1, 2, 3].map((pre) => (pre === (post + 1) % 4 ? 1 : null)),
  );
  return net.connect(pop, pop, { target: "exc", name: "loop", synapse }).fromMatrix({ weights });
}

/** A row for each call that needs `structuralPlasticity`. */
function calls(
  mistake: string,
  compiled: boolean,
  answer: (call: string) => Row[2],
): readonly Row[] {
  const rules = ["startCreating", "stopCreating", "startPruning", "stopPruning"] as const;
  return rules.map((call): Row => [
    `${call} ${mistake}`,
    async (net) => {
      const proj = ring(net, false);
      if (compiled) await net.compile();
      return () => {
        proj[call]();
      };
    },
    answer(call),
  ]);
}

describe("mistakes with synapses that come and go", () => {
  walk([
    ...calls("before compile", false, (call) =>
      error("NOT_COMPILED", { call: `${label}.${call}` }),
    ),
    ...calls("without structuralPlasticity", true, (call) =>
      error("STRUCTURE_OFF", { call: `${label}.${call}` }),
    ),
    [
      "createSynapse without structuralPlasticity",
      async (net) => {
        const proj = ring(net, false);
        await net.compile();
        return () => {
          proj.dendrite(0).createSynapse(3);
        };
      },
      error("STRUCTURE_OFF", {}),
    ],
    [
      "pruneSynapse without structuralPlasticity",
      async (net) => {
        const proj = ring(net, false);
        await net.compile();
        return () => {
          proj.dendrite(0).pruneSynapse(1);
        };
      },
      error("STRUCTURE_OFF", {}),
    ],
    [
      "startPruning without a definition",
      async (net) => {
        const proj = ring(net, true);
        await net.compile();
        return () => {
          proj.startPruning();
        };
      },
      error("NO_RULE", { projection: label, rule: "pruning" }),
    ],
    [
      "startCreating without a definition",
      async (net) => {
        const proj = ring(net, true);
        await net.compile();
        return () => {
          proj.startCreating();
        };
      },
      error("NO_RULE", { projection: label, rule: "creating" }),
    ],
    [
      "a period below a step",
      async (net) => {
        const proj = ring(net, true, new Synapse({ pruning: "w < 0.1" }));
        await net.compile();
        return () => {
          proj.startPruning({ period: 0.5 });
        };
      },
      error("RULE_PERIOD", { projection: label, rule: "pruning", period: "0.5" }),
    ],
    [
      "creating an existing synapse",
      async (net) => {
        const proj = ring(net, true);
        await net.compile();
        return () => {
          proj.dendrite(0).createSynapse(1);
        };
      },
      error("SYNAPSE_EXISTS", { dendrite, rank: 1 }),
    ],
    [
      "creating a synapse from a neuron that there is not",
      async (net) => {
        const proj = ring(net, true);
        await net.compile();
        return () => {
          proj.dendrite(0).createSynapse(4);
        };
      },
      error("NO_SUCH_RANK", { rank: 4, population: "cells" }),
    ],
    [
      "pruning a missing synapse",
      async (net) => {
        const proj = ring(net, true);
        await net.compile();
        return () => {
          proj.dendrite(0).pruneSynapse(3);
        };
      },
      error("NO_SYNAPSE", { dendrite, rank: 3 }),
    ],
    [
      "weights of another number than the synapses",
      async (net) => {
        const proj = ring(net, true);
        await net.compile();
        return () => {
          proj.dendrite(0).createSynapses([2, 3], { weights: [1] });
        };
      },
      error("UNMATCHED_LIST", { option: "weights", wanted: 2, given: 1 }),
    ],
  ]);
});
