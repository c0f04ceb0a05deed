/** What users can do wrong with projections and dendrites, row by row as the specification lists it. */
import { describe, expect, it } from "vitest";

import { Network, type Projection } from "../../../lib/index.js";
import { error, Learning, loop, rates, walk, warning } from "../../support/user-mistakes.js";

const label = 'projection "loop"';

/** The projection `loop` of eight rate-coded neurons to themselves, with plastic synapses, from each to the next. */
function ring(net: Network, delays: readonly number[] | number = 0): Projection {
  const pop = rates(net);
  const weights = Array.from({ length: 8 }, (_, post) =>
    Array.from({ length: 8 }, (__, pre) => (pre === (post + 1) % 8 || pre === post ? 1 : null)),
  );
  const times =
    typeof delays === "number"
      ? delays
      : weights.map((row) => row.map((weight, pre) => (weight === null ? null : delays[pre % 2]!)));
  const proj = net.connect(pop, pop, { target: "exc", name: "loop", synapse: Learning });
  return proj.fromMatrix({ weights, delays: times });
}

async function compiledRing(
  net: Network,
  delays: readonly number[] | number = 0,
): Promise<Projection> {
  const proj = ring(net, delays);
  await net.compile();
  return proj;
}

describe("mistakes with synapses", () => {
  walk([
    [
      "size before compile",
      (net) => {
        const proj = ring(net);
        return () => proj.size;
      },
      warning("NO_SYNAPSES_YET", { projection: label, call: "size" }, 0),
    ],
    [
      "nbSynapses before compile",
      (net) => {
        const proj = ring(net);
        return () => proj.nbSynapses;
      },
      warning("NO_SYNAPSES_YET", { projection: label, call: "nbSynapses" }, 0),
    ],
    [
      "ranks before compile",
      (net) => {
        const proj = ring(net);
        return () => proj.preRanks;
      },
      warning("NO_SYNAPSES_YET", { projection: label, call: "preRanks" }, []),
    ],
    [
      "a dendrite before compile",
      (net) => {
        const proj = ring(net);
        return () => proj.dendrite(0);
      },
      error("NOT_COMPILED", { call: label }),
    ],
    [
      "the dendrites before compile",
      (net) => {
        const proj = ring(net);
        return () => [...proj.dendrites];
      },
      error("NOT_COMPILED", { call: label }),
    ],
    [
      "a missing dendrite",
      async (net) => {
        const proj = loop(net).fromSparse({
          weights: { format: "coo", shape: [4, 4], row: [0], col: [1], data: [1] },
        });
        await net.compile();
        return () => proj.dendrite(0);
      },
      error("NO_DENDRITE", { projection: label, rank: 0 }),
    ],
    [
      "a missing synapse of a dendrite",
      async (net) => {
        const proj = await compiledRing(net);
        return () => proj.dendrite(0).synapse(5);
      },
      error("NO_SYNAPSE", { dendrite: `dendrite 0 of ${label}`, rank: 5 }),
    ],
    [
      "the synapse of a pre rank outside its population",
      async (net) => {
        const proj = await compiledRing(net);
        return () => proj.synapse(8, 0);
      },
      error("NO_SUCH_RANK", { rank: 8, population: "rates", size: 8 }),
    ],
    [
      "the synapse of a post rank outside its population",
      async (net) => {
        const proj = await compiledRing(net);
        return () => proj.synapse(0, -1);
      },
      error("NO_SUCH_RANK", { rank: -1, population: "rates", size: 8 }),
    ],
    [
      "an unknown attribute, read",
      async (net) => {
        const proj = await compiledRing(net);
        return () => proj.get("thetta");
      },
      error("UNKNOWN_ATTRIBUTE", { object: label, name: "thetta", nearest: "theta" }),
    ],
    [
      "an unknown attribute of a dendrite",
      async (net) => {
        const dendrite = (await compiledRing(net)).dendrite(0);
        return () => {
          dendrite.set({ thetta: 1 });
        };
      },
      error("UNKNOWN_ATTRIBUTE", { object: `dendrite 0 of ${label}`, name: "thetta" }),
    ],
    [
      "a list for a global attribute",
      async (net) => {
        const proj = await compiledRing(net);
        return () => {
          proj.set({ eta: [1, 2, 3, 4, 5, 6, 7, 8] });
        };
      },
      error("PROJECTION_WIDE", { projection: label, attribute: "eta" }),
    ],
    [
      "a list of wrong length",
      async (net) => {
        const proj = await compiledRing(net);
        return () => {
          proj.set({ theta: [1, 2] });
        };
      },
      error("WRONG_ROWS", { projection: label, rows: 8, given: 2 }),
    ],
    [
      "a row of wrong length",
      async (net) => {
        const proj = await compiledRing(net);
        return () => {
          proj.w = Array.from({ length: 8 }, (_, row) => (row === 3 ? [1] : [1, 2]));
        };
      },
      error("WRONG_ROW", { projection: label, post: 3, synapses: 2, given: 1 }),
    ],
    [
      "a row of wrong length through a dendrite",
      async (net) => {
        const dendrite = (await compiledRing(net)).dendrite(3);
        return () => {
          dendrite.w = [1, 2, 3];
        };
      },
      error("WRONG_ROW", { projection: label, post: 3, synapses: 2, given: 3 }),
    ],
    [
      "a global attribute through a dendrite",
      async (net) => {
        const dendrite = (await compiledRing(net)).dendrite(3);
        return () => {
          dendrite.set({ eta: 1 });
        };
      },
      error("PROJECTION_WIDE", { projection: label, attribute: "eta" }),
    ],
    [
      "single weights where one is stored for all synapses",
      async (net) => {
        const proj = loop(net).allToAll({ weights: 1 });
        await net.compile();
        return () => {
          proj.synapse(0, 1)!.w = 2;
        };
      },
      error("SINGLE_WEIGHT", { projection: label }),
    ],
    [
      "weights before compile",
      (net) => {
        const proj = ring(net);
        return () => {
          proj.w = 2;
        };
      },
      error("NOT_COMPILED", { call: `${label}.w` }),
    ],
    [
      "a delay on a projection without delays",
      async (net) => {
        const proj = await compiledRing(net);
        return () => {
          proj.delay = 3;
        };
      },
      error("NO_DELAYS", { projection: label }),
    ],
    [
      "non-uniform values on uniform delays",
      async (net) => {
        const proj = await compiledRing(net, 3);
        return () => {
          proj.delay = Array.from({ length: 8 }, () => [1, 2]);
        };
      },
      error("UNIFORM_DELAY", { projection: label }),
    ],
    [
      "one number for non-uniform delays",
      async (net) => {
        const proj = await compiledRing(net, [2, 4]);
        return () => {
          proj.delay = 3;
        };
      },
      error("OWN_DELAYS", { projection: label }),
    ],
    [
      "a wrong number of rows for non-uniform delays",
      async (net) => {
        const proj = await compiledRing(net, [2, 4]);
        return () => {
          proj.delay = [[1, 2]];
        };
      },
      error("WRONG_ROWS", { projection: label, rows: 8, given: 1 }),
    ],
    [
      "a row of wrong size for non-uniform delays",
      async (net) => {
        const proj = await compiledRing(net, [2, 4]);
        return () => {
          proj.delay = Array.from({ length: 8 }, (_, row) => (row === 2 ? [1] : [1, 2]));
        };
      },
      error("WRONG_ROW", { projection: label, post: 2, synapses: 2, given: 1 }),
    ],
    [
      "a delay before compile",
      (net) => {
        const proj = ring(net, 3);
        return () => {
          proj.delay = 2;
        };
      },
      error("NOT_COMPILED", { call: `${label}.delay` }),
    ],
    [
      "enableLearning with an offset that is not below the period",
      async (net) => {
        const proj = await compiledRing(net);
        return () => {
          proj.enableLearning({ period: 10, offset: 10 });
        };
      },
      error("INVALID_LEARNING", { projection: label }),
    ],
    [
      "enableLearning with an offset and no period",
      async (net) => {
        const proj = await compiledRing(net);
        return () => {
          proj.enableLearning({ offset: 5 });
        };
      },
      error("INVALID_LEARNING", { projection: label }),
    ],
    [
      "enableLearning with a period that is no multiple of dt",
      async (net) => {
        const proj = await compiledRing(net);
        return () => {
          proj.enableLearning({ period: 2.5 });
        };
      },
      error("INVALID_LEARNING", { projection: label }),
    ],
    [
      "enableLearning of the whole network, with a period that is no multiple of dt",
      async (net) => {
        await compiledRing(net);
        return () => {
          net.enableLearning({ period: 2.5 });
        };
      },
      error("INVALID_LEARNING", { projection: label }),
    ],
    [
      "enableLearning before compile",
      (net) => {
        const proj = ring(net);
        return () => {
          proj.enableLearning();
        };
      },
      warning("LEARNING_BEFORE_COMPILE", { projection: label }),
    ],
    [
      "connectivityMatrix before compile",
      (net) => {
        const proj = ring(net);
        return () => proj.connectivityMatrix();
      },
      error("NOT_COMPILED", { call: label }),
    ],
    [
      "reset before compile",
      (net) => {
        const proj = ring(net);
        return () => {
          proj.reset();
        };
      },
      error("NOT_COMPILED", { call: `${label}.reset` }),
    ],
    [
      "an unknown attribute in reset",
      async (net) => {
        const proj = await compiledRing(net);
        return () => {
          proj.reset({ attributes: ["thetta"] });
        };
      },
      warning("SKIPPED_IN_RESET", { object: label, name: "thetta" }),
    ],
    // Creating and pruning: `structure-mistakes.test.ts`; saving: its rows come with it.
  ]);

  it("the synapse of two neurons that are not connected is null", async () => {
    const net = new Network({ dt: 1 });
    const proj = await compiledRing(net);
    expect(proj.synapse(5, 0)).toBeNull();
  });
});
