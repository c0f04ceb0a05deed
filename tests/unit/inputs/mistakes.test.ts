/** What users can do wrong with inputs, monitors and functions, row by row as the specification lists it. */
import { afterEach, describe, expect } from "vitest";

import {
  addFunction,
  clear,
  EquationError,
  functions,
  NDArray,
  PoissonPopulation,
  SpikeSourceArray,
  TimedArray,
  type Network,
} from "../../../lib/index.js";
import {
  callUntyped,
  cells,
  error,
  Learning,
  rates,
  untyped,
  walk,
  warning,
} from "../../support/user-mistakes.js";

const label = 'population "input"';
const blocks = [
  [1, 2],
  [3, 4],
  [5, 6],
];

function timed(net: Network): TimedArray {
  return net.create(new TimedArray({ rates: blocks, schedule: [0, 2, 4], name: "input" }));
}

function sources(net: Network): SpikeSourceArray {
  return net.create(new SpikeSourceArray({ spikeTimes: [[1], [2]], name: "input" }));
}

afterEach(clear);

describe("mistakes with inputs", () => {
  walk([
    [
      "a TimedArray without rates and geometry",
      () => () => new TimedArray({}),
      error("NO_RATES", { input: "TimedArray", options: "rates or geometry" }),
    ],
    [
      "a schedule longer than the rates",
      () => () => new TimedArray({ rates: blocks, schedule: [0, 1, 2, 3], name: "input" }),
      error("LONG_SCHEDULE", { population: label, onsets: 4, blocks: 3 }),
    ],
    [
      "a schedule shorter than the rates",
      (net) => {
        const input = timed(net);
        return () => {
          input.schedule = [0, 1];
        };
      },
      warning("SHORT_SCHEDULE", { population: label, onsets: 2, blocks: 3 }),
    ],
    [
      "a schedule that goes back",
      (net) => {
        const input = timed(net);
        return () => {
          input.schedule = [0, 2, 1];
        };
      },
      error("INVALID_SCHEDULE", { population: label }),
    ],
    [
      "update with another geometry",
      (net) => {
        const input = timed(net);
        return () => {
          input.update([[1, 2, 3]]);
        };
      },
      error("RATES_SHAPE", { population: label, shape: [1, 3], geometry: [2] }),
    ],
    [
      "empty rates",
      (net) => {
        const input = timed(net);
        return () => {
          input.update([]);
        };
      },
      error("NO_BLOCKS", { population: label }),
    ],
    [
      "no data before the run",
      (net) => {
        net.create(new TimedArray({ geometry: 2, name: "input" }));
        return () => net.compile();
      },
      warning("NO_DATA", { population: label }),
    ],
    [
      "reading r before compile",
      (net) => {
        const input = timed(net);
        return () => input.get("r");
      },
      error("READ_BEFORE_COMPILE", { object: label, attribute: "r" }),
    ],
    [
      "setting r",
      async (net) => {
        const input = timed(net);
        await net.compile();
        return () => Object.assign(input, { r: 1 });
      },
      error("GIVEN_BY_RATES", { population: label }),
    ],
    [
      "a PoissonPopulation without rates and target",
      () => () => new PoissonPopulation({ geometry: 2 }),
      error("NO_RATES", { input: "PoissonPopulation", options: "rates or target" }),
    ],
    [
      "rates of a PoissonPopulation of another size",
      () => () => new PoissonPopulation({ geometry: 2, rates: [1, 2, 3], name: "input" }),
      error("WRONG_LENGTH", { object: label, attribute: "rates", shape: [3], size: 2 }),
    ],
    [
      "spike times that are no list",
      () => () => new SpikeSourceArray(untyped('{ "spikeTimes": 5 }')),
      error("INVALID_SPIKE_TIMES", { value: "5" }),
    ],
    [
      "no list of spike times at all",
      () => () => new SpikeSourceArray({ spikeTimes: [] }),
      error("INVALID_SPIKE_TIMES", {}),
    ],
    [
      "a spike time that is no time",
      (net) => {
        const input = sources(net);
        return () => {
          input.spikeTimes = [[1], [-2]];
        };
      },
      error("INVALID_SPIKE_TIMES", { population: label, value: "-2" }),
    ],
    [
      "spike times of another number of neurons",
      (net) => {
        const input = sources(net);
        return () => {
          input.spikeTimes = [[1], [2], [3]];
        };
      },
      error("WRONG_SPIKE_LISTS", { population: label, size: 2, given: 3 }),
    ],
    // Timed and correlated spike trains, currents, decoding: their rows come with them.
  ]);
});

describe("mistakes with monitors", () => {
  walk([
    [
      "a parameter",
      (net) => {
        const pop = cells(net);
        return () => net.monitor(pop, "tau");
      },
      error("NOT_RECORDABLE", { object: 'population "cells"', variable: "tau" }),
    ],
    [
      "the weight of synapses that do not learn",
      (net) => {
        const pop = cells(net);
        const proj = net.connect(pop, pop, { target: "exc", name: "loop" }).oneToOne();
        return () => net.monitor(proj, "w", { period: 10 });
      },
      error("NOT_RECORDABLE", { object: 'projection "loop"', variable: "w" }),
    ],
    [
      "an unknown variable",
      (net) => {
        const pop = cells(net);
        return () => net.monitor(pop, ["v", "vv"]);
      },
      error("UNKNOWN_ATTRIBUTE", { object: 'population "cells"', name: "vv", nearest: "v" }),
    ],
    [
      "spikes of rate-coded neurons",
      (net) => {
        const pop = rates(net);
        return () => net.monitor(pop, "spike");
      },
      error("NOT_RECORDABLE", { object: 'population "rates"', variable: "spike" }),
    ],
    [
      "the sum of a target that there is not",
      (net) => {
        const pop = rates(net);
        return () => net.monitor(pop, "sum(inh)");
      },
      error("NOT_RECORDABLE", { object: 'population "rates"', variable: "sum(inh)" }),
    ],
    [
      "a wrong object",
      (net) => () => net.monitor(untyped('"cells"'), "v"),
      error("NOT_MONITORABLE", { value: "cells" }),
    ],
    [
      "an offset that is not below the period",
      (net) => {
        const pop = cells(net);
        return () => net.monitor(pop, "v", { period: 5, periodOffset: 5, name: "m" });
      },
      error("INVALID_PERIOD", { monitor: "m", period: 5, offset: 5 }),
    ],
    [
      "an offset that is not below dt, without period",
      (net) => {
        const pop = cells(net);
        return () => net.monitor(pop, "v", { periodOffset: 1, name: "m" });
      },
      error("INVALID_PERIOD", { monitor: "m", period: 1, offset: 1 }),
    ],
    [
      "synapses recorded at each step",
      (net) => {
        const pop = rates(net);
        const proj = net.connect(pop, pop, { target: "exc", synapse: Learning, name: "loop" });
        proj.oneToOne();
        return () => net.monitor(proj, "w").period;
      },
      warning("EVERY_STEP", { monitor: "Monitor_loop" }, 1),
    ],
    [
      "spike statistics without recorded spikes",
      (net) => {
        const monitor = net.monitor(cells(net), "v");
        return () => monitor.meanFr();
      },
      error("NOT_RECORDED", { monitor: "Monitor_cells", variable: "spike", variables: ["v"] }),
    ],
    [
      "get of a name that is not recorded",
      (net) => {
        const monitor = net.monitor(cells(net), "v");
        return () => monitor.get("u");
      },
      error("NOT_RECORDED", { monitor: "Monitor_cells", variable: "u" }),
    ],
    [
      "changing monitor.variables",
      (net) => {
        const monitor = net.monitor(cells(net), "v");
        return () => Object.assign(monitor, { variables: ["v", "spike"] });
      },
      error("READ_ONLY", { what: expect.stringContaining("Monitor_cells") }),
    ],
    // Files, memory: their rows come with them.
  ]);
});

describe("mistakes with functions and arrays", () => {
  walk([
    [
      "a duplicate global function",
      () => {
        addFunction("twiceAdded(x) = x");
        return () => {
          addFunction("twiceAdded(x) = 2 * x");
        };
      },
      error("DUPLICATE_FUNCTION", {}, EquationError),
    ],
    [
      "a function that was never added",
      () => () => functions("neverAdded"),
      error("NO_SUCH_FUNCTION", { name: "neverAdded" }),
    ],
    [
      "a call before compile",
      () => {
        addFunction("calledEarly(x) = x");
        return () => functions("calledEarly")(1);
      },
      error("NOT_COMPILED", { call: "calledEarly" }),
    ],
    [
      "an index that an array does not have",
      () => () => new NDArray(new Float64Array(3)).at(3),
      error("INVALID_INDEX", { index: "3", shape: [3] }),
    ],
    [
      "ragged rows for an array",
      () => () => callUntyped(NDArray, "from", [[1, 2], [3]]),
      error("RAGGED_ARRAY", {}),
    ],
  ]);
});
