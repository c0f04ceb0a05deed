/** What users can do wrong with populations and views, row by row as the specification lists it. */
import { describe } from "vitest";

import { Neuron } from "../../../lib/index.js";
import { cells, error, rates, untyped, walk, warning } from "../../support/user-mistakes.js";

describe("mistakes with populations", () => {
  walk([
    [
      "a text as geometry",
      (net) => () => net.create(untyped('"10"'), { neuron: new Neuron({ equations: "r = 1" }) }),
      error("INVALID_GEOMETRY", { geometry: "10" }),
    ],
    ["no neuron", (net) => () => net.create(4, untyped("{}")), error("NO_NEURON", {})],
    [
      "an array of the wrong total size",
      (net) => {
        const pop = rates(net);
        return () => {
          pop.set({ v: [1, 2, 3] });
        };
      },
      error("WRONG_LENGTH", { object: 'population "rates"', attribute: "v", shape: [3] }),
    ],
    [
      "an array of the right size and another shape",
      (net) => {
        const pop = rates(net);
        return () => {
          pop.set({ v: { data: new Float64Array(8), shape: [4, 2] } });
        };
      },
      error("WRONG_LENGTH", { object: 'population "rates"', attribute: "v", shape: [4, 2] }),
    ],
    [
      "a list on a global attribute",
      (net) => {
        const pop = rates(net);
        return () => {
          pop.set({ tau: [1, 2, 3, 4, 5, 6, 7, 8] });
        };
      },
      error("GLOBAL_ATTRIBUTE", { object: 'population "rates"', attribute: "tau" }),
    ],
    [
      "a list of the wrong length on a view",
      (net) => {
        const view = rates(net).view([0, 1, 2]);
        return () => {
          view.set({ v: [1, 2] });
        };
      },
      error("WRONG_LENGTH", { object: 'a view of population "rates"', attribute: "v", size: 3 }),
    ],
    [
      "a global attribute through a view",
      (net) => {
        const view = rates(net).view([0, 1, 2]);
        return () => {
          view.set({ tau: 5 });
        };
      },
      error("GLOBAL_THROUGH_VIEW", { object: 'a view of population "rates"', attribute: "tau" }),
    ],
    [
      "an unknown attribute in view.set",
      (net) => {
        const view = rates(net).view([0, 1, 2]);
        return () => {
          view.set({ u: 5 });
        };
      },
      error("UNKNOWN_ATTRIBUTE", { object: 'a view of population "rates"', name: "u" }),
    ],
    [
      "an unknown attribute, read",
      (net) => {
        const pop = rates(net);
        return () => pop.get("taU");
      },
      error("UNKNOWN_ATTRIBUTE", { object: 'population "rates"', name: "taU", nearest: "tau" }),
    ],
    [
      "an unknown attribute, assigned",
      (net) => {
        const pop = rates(net);
        return () => {
          Object.assign(pop, { vv: 1 });
        };
      },
      error("UNKNOWN_ATTRIBUTE", { object: 'population "rates"', name: "vv", nearest: "v" }),
    ],
    [
      "a neuron index that is too large",
      (net) => {
        const pop = rates(net);
        return () => pop.neuron(8);
      },
      error("NO_SUCH_RANK", { rank: 8, population: "rates", size: 8, geometry: [2, 4] }),
    ],
    [
      "coordinates out of range",
      (net) => {
        const pop = rates(net);
        return () => pop.rankFromCoordinates([2, 0]);
      },
      error("NO_SUCH_NEURON", { coordinates: "2, 0", population: "rates", geometry: [2, 4] }),
    ],
    [
      "a rank out of range",
      (net) => {
        const pop = rates(net);
        return () => pop.coordinatesFromRank(8);
      },
      error("NO_SUCH_RANK", { rank: 8, population: "rates" }),
    ],
    [
      "too many indices",
      (net) => {
        const pop = rates(net);
        return () => pop.view(":, :, :");
      },
      error("VIEW_DIMENSIONS", { given: 3, population: "rates", geometry: [2, 4] }),
    ],
    [
      "a list of lists as indices",
      (net) => {
        const pop = rates(net);
        return () => pop.view(untyped("[[0, 1], [2, 3]]"));
      },
      error("INVALID_VIEW", { population: "rates", size: 8 }),
    ],
    [
      "a union of views of two populations",
      (net) => {
        const [one, other] = [rates(net), rates(net, "others")];
        return () => one.view([0]).union(other.view([0]));
      },
      error("UNRELATED_VIEWS", { one: "rates", other: "others" }),
    ],
    [
      "a sum before compile",
      (net) => {
        const pop = cells(net);
        return () => [...pop.sum("exc")];
      },
      warning(
        "NO_INPUT",
        { object: 'population "cells"', target: "exc", compiled: false },
        [0, 0, 0, 0],
      ),
    ],
    [
      "a sum of a target that nothing projects to",
      async (net) => {
        const pop = cells(net);
        await net.compile();
        return () => [...pop.sum("inh")];
      },
      warning(
        "NO_INPUT",
        { object: 'population "cells"', target: "inh", compiled: true },
        [0, 0, 0, 0],
      ),
    ],
    [
      "a refractory period of rate-coded neurons",
      (net) => {
        const pop = rates(net);
        return () => {
          pop.refractory = 2;
        };
      },
      warning("NO_REFRACTORY", { object: 'population "rates"', attribute: null }),
    ],
    [
      "a refractory period that is linked to a variable",
      (net) => {
        const neuron = new Neuron({
          equations: "dv/dt = 1\nperiod = 2",
          spike: "v > 1",
          refractory: "period",
        });
        const pop = net.create(2, { neuron, name: "linked" });
        return () => {
          pop.refractory = 2;
        };
      },
      warning("NO_REFRACTORY", { object: 'population "linked"', attribute: "period" }),
    ],
    [
      "computeFiringRate of rate-coded neurons",
      (net) => {
        const pop = rates(net);
        return () => {
          pop.computeFiringRate(10);
        };
      },
      error("RATE_CODED_ALREADY", { population: 'population "rates"' }),
    ],
    [
      "an unknown attribute in reset",
      async (net) => {
        const pop = rates(net);
        await net.compile();
        return () => {
          pop.reset(["u"]);
        };
      },
      warning("SKIPPED_IN_RESET", { object: 'population "rates"', name: "u" }),
    ],
  ]);
});
