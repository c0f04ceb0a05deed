/** What users can do wrong with monitors and reports, row by row as the specification lists it. */
import { describe } from "vitest";

import { report } from "../../../lib/index.js";
import { Clock } from "../../support/neurons.js";
import {
  cells,
  error,
  rates,
  untyped,
  walk,
  warning,
  type Row,
} from "../../support/user-mistakes.js";

const clocks = "Monitor_clocks";

const rows: readonly Row[] = [
  [
    "a parameter as variable",
    (net) => {
      const pop = net.create(1, { neuron: Clock, name: "clocks" });
      return () => net.monitor(pop, "at");
    },
    error("NOT_RECORDABLE", { object: 'population "clocks"', variable: "at" }),
  ],
  [
    "an unknown variable",
    (net) => {
      const pop = rates(net);
      return () => net.monitor(pop, "rr");
    },
    error("UNKNOWN_ATTRIBUTE", { object: 'population "rates"', name: "rr", nearest: "r" }),
  ],
  [
    "an object that is neither population, view, projection nor dendrite",
    (net) => () => net.monitor(untyped('"rates"'), "r"),
    error("NOT_MONITORABLE", { value: "rates" }),
  ],
  [
    "an offset that is no smaller than the period",
    (net) => {
      const pop = rates(net);
      return () => net.monitor(pop, "r", { period: 5, periodOffset: 5 });
    },
    error("INVALID_PERIOD", { monitor: "Monitor_rates", period: 5, offset: 5 }),
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
    "statistics of spikes that were not recorded",
    (net) => {
      const monitor = net.monitor(net.create(1, { neuron: Clock, name: "clocks" }), "n");
      return () => monitor.histogram();
    },
    error("NOT_RECORDED", { monitor: clocks, variable: "spike", variables: ["n"] }),
  ],
  [
    "times of what is not recorded",
    (net) => {
      const monitor = net.monitor(net.create(1, { neuron: Clock, name: "clocks" }), "n");
      return () => monitor.times("m");
    },
    warning("NOT_RECORDED", { monitor: clocks, variable: "m", variables: ["n"] }, {}),
  ],
  [
    "an assignment to the list of variables",
    (net) => {
      const monitor = net.monitor(cells(net), "spike");
      return () => Object.assign(monitor, { variables: [] });
    },
    error("READ_ONLY", { what: "the list of variables of monitor Monitor_cells" }),
  ],
  [
    "a monitor that was stopped",
    (net) => {
      const monitor = net.monitor(cells(net), "spike");
      monitor.stop();
      return () => monitor.get();
    },
    error("MONITOR_STOPPED", { monitor: "Monitor_cells" }),
  ],
  [
    "a report under another suffix",
    (net) => () => report(net, { filename: "network.pdf" }),
    error("REPORT_SUFFIX", { file: "network.pdf" }),
  ],
  [
    "a report of what is no network",
    () => () => report(untyped("[1]")),
    error("NOT_A_NETWORK", { call: "report", value: "a value of type object" }),
  ],
];

describe("mistakes with monitors and reports", () => {
  walk(rows);
});
