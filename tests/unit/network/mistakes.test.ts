/**
 * What users can do wrong with networks, row by row as the specification lists it (network-api, user mistakes). Its other
 * tables are walked by `population-mistakes.test.ts`, `projection-mistakes.test.ts` and `tests/unit/inputs/mistakes.test.ts`.
 */
import { describe, expect, it } from "vitest";

import {
  CompileError,
  InvalidConfiguration,
  Network,
  Neuron,
  setup,
  type Population,
} from "../../../lib/index.js";
import { callUntyped, error, rates, untyped, walk, warning } from "../../support/user-mistakes.js";

const nothing = untyped("null");

/** A compiled network with one population. */
async function compiled(net: Network): Promise<Population> {
  const pop = rates(net);
  await net.compile();
  return pop;
}

describe("mistakes with networks", () => {
  walk([
    [
      "simulate before compile",
      (net) => () => net.simulate(1),
      error("NOT_COMPILED", { call: "simulate" }),
    ],
    [
      "simulateUntil before compile",
      (net) => () => net.simulateUntil(1, { population: rates(net) }),
      error("NOT_COMPILED", { call: "simulateUntil" }),
    ],
    ["step before compile", (net) => () => net.step(), error("NOT_COMPILED", { call: "step" })],
    [
      "reset before compile",
      (net) => () => {
        net.reset();
      },
      error("NOT_COMPILED", { call: "reset" }),
    ],
    [
      "create after compile",
      async (net) => {
        await compiled(net);
        return () => rates(net, "late");
      },
      error("COMPILED_ALREADY", { call: "create" }),
    ],
    [
      "connect after compile",
      async (net) => {
        const pop = await compiled(net);
        return () => net.connect(pop, pop, { target: "exc" });
      },
      error("COMPILED_ALREADY", { call: "connect" }),
    ],
    [
      "create with neither geometry nor population",
      (net) => () => net.create(nothing),
      error("INVALID_GEOMETRY", { geometry: "null" }),
    ],
    [
      "create with a population and further arguments",
      (net) => () => {
        const neuron = new Neuron({ equations: "r = 1" });
        return callUntyped(net, "create", rates(net), { neuron });
      },
      error("NO_FURTHER_OPTIONS", { object: 'population "rates"' }),
    ],
    [
      "create with something that is no population",
      (net) => () => net.create(untyped('{ "size": 4 }')),
      error("INVALID_GEOMETRY", {}),
    ],
    [
      "connect without pre",
      (net) => () => net.connect(nothing, rates(net), { target: "exc" }),
      error("MISSING_END", { end: "pre" }),
    ],
    ["connect without anything", (net) => () => net.connect(nothing), error("MISSING_END", {})],
    [
      "connect without post",
      (net) => () => net.connect(rates(net), nothing, { target: "exc" }),
      error("MISSING_END", { end: "post" }),
    ],
    [
      "connect without target",
      (net) => () => net.connect(rates(net), rates(net, "more"), untyped("{}")),
      error("MISSING_TARGET", {}),
    ],
    [
      "connect without options",
      (net) => () => callUntyped(net, "connect", rates(net), rates(net, "more")),
      error("MISSING_TARGET", {}),
    ],
    [
      "an unknown name as pre",
      (net) => {
        const pop = rates(net);
        return () => net.connect("rated", pop, { target: "exc" });
      },
      error("UNKNOWN_POPULATION", { name: "rated", names: ["rates"] }),
    ],
    [
      "an unknown name as post, at the connector call at the latest",
      (net) => {
        const pop = rates(net);
        return () => net.connect(pop, "rated", { target: "exc" }).allToAll({ weights: 1 });
      },
      error("UNKNOWN_POPULATION", { name: "rated", names: ["rates"] }),
    ],
    [
      "a projection that was never connected",
      (net) => {
        const pop = rates(net);
        net.connect(pop, pop, { target: "exc", name: "loop" });
        return () => net.compile();
      },
      error("UNCONNECTED", { projection: 'projection "loop"' }),
    ],
    [
      "an unknown key of the configuration",
      (net) => () => {
        net.config(untyped('{ "numThread": 2 }'));
      },
      warning("UNKNOWN_KEY", { key: "numThread", nearest: "numThreads" }),
    ],
    [
      "a value that a key cannot have",
      (net) => () => {
        net.config(untyped('{ "method": "euler" }'));
      },
      error("INVALID_SETTING", { option: "method", value: "euler" }, InvalidConfiguration),
    ],
    [
      "a performance key of the reference",
      (net) => () => {
        net.config(untyped('{ "disableSplitMatrix": false }'));
      },
      warning("IGNORED_KEYS", { keys: ["disableSplitMatrix"] }),
    ],
    [
      "assigning net.seed",
      (net) => () => {
        net.seed = 3;
      },
      error("READ_ONLY", { what: "net.seed" }),
    ],
    [
      "assigning net.rng",
      (net) => () => {
        net.rng = new Network().rng;
      },
      error("READ_ONLY", { what: "net.rng" }),
    ],
    [
      "a seed in the configuration of a network",
      (net) => () => {
        net.config({ seed: 3 });
      },
      error("READ_ONLY", {}),
    ],
    [
      "the accessor of an attribute while a run is pending",
      async (net) => {
        const pop = await compiled(net);
        return async () => {
          const run = net.simulate(5);
          try {
            return pop.get("v");
          } finally {
            await run;
          }
        };
      },
      error("RUN_PENDING", { call: 'population "rates".v', run: "simulate(5)" }),
    ],
    [
      "set while a run is pending",
      async (net) => {
        const pop = await compiled(net);
        return async () => {
          const run = net.simulate(5);
          try {
            pop.set({ v: 1 });
          } finally {
            await run;
          }
        };
      },
      error("RUN_PENDING", { call: 'population "rates".v', run: "simulate(5)" }),
    ],
    [
      "an unknown name in getPopulation",
      (net) => () => net.getPopulation("x"),
      warning("NOT_FOUND", { kind: "population", name: "x" }, null),
    ],
    [
      "an unknown name in getProjection",
      (net) => () => net.getProjection("x"),
      warning("NOT_FOUND", { kind: "projection", name: "x" }, null),
    ],
    [
      "an unknown name in getMonitor",
      (net) => () => net.getMonitor("x"),
      warning("NOT_FOUND", { kind: "monitor", name: "x" }, null),
    ],
    [
      "an unknown name in getConstant",
      (net) => () => net.getConstant("x"),
      warning("NOT_FOUND", { kind: "constant", name: "x" }, null),
    ],
    [
      "a filter of getProjections without match",
      (net) => {
        const pop = rates(net);
        return () => net.getProjections({ pre: pop, target: "exc" });
      },
      error("NO_MATCH", { filter: "pre = rates, target = exc" }),
    ],
    [
      "compile twice",
      async (net) => {
        await compiled(net);
        return () => net.compile();
      },
      warning("COMPILED_ALREADY", { call: "compile()" }),
    ],
    [
      "reset of synapses without projections",
      async (net) => {
        await compiled(net);
        return () => {
          net.reset({ synapses: true, projections: false });
        };
      },
      warning("RESET_PROJECTIONS_TOO", {}),
    ],
    [
      "dt changed after objects were made",
      (net) => {
        rates(net);
        return () => {
          net.dt = 0.5;
        };
      },
      warning("DT_CHANGED", { dt: 0.5 }),
    ],
    [
      "dt changed after compile",
      async (net) => {
        await compiled(net);
        return () => {
          net.dt = 0.5;
        };
      },
      error("COMPILED_ALREADY", { call: "dt" }),
    ],
    [
      "time set before compile",
      (net) => () => {
        net.time = 10;
      },
      warning("TIME_BEFORE_COMPILE", {}),
    ],
    [
      "a compiler that there is not",
      (net) => {
        rates(net);
        return () => net.compile({ compiler: "no-such-compiler" });
      },
      error("NO_COMPILER", { tried: ["no-such-compiler"] }, CompileError),
    ],
    [
      "compiler failure",
      (net) => {
        net.create(1, { neuron: new Neuron({ equations: "r = 12345.678 + t" }) });
        return () => net.compile({ compiler: "false" });
      },
      error("COMPILER_FAILED", { compiler: expect.stringMatching(/false$/) }, CompileError),
    ],
    [
      "two projections of one name",
      (net) => {
        const pop = rates(net);
        net.connect(pop, pop, { target: "exc", name: "a" }).allToAll({ weights: 1 });
        net.connect(pop, pop, { target: "exc", name: "a" }).allToAll({ weights: 1 });
        return () => net.compile();
      },
      error("DUPLICATE_NAME", { kind: "projection", name: "a" }),
    ],
    [
      "a target that the post neurons never read",
      (net) => {
        const pop = rates(net);
        net.connect(pop, pop, { target: "ecx", name: "loop" }).allToAll({ weights: 1 });
        return () => net.compile();
      },
      error("UNKNOWN_TARGET", {
        projection: 'projection "loop"',
        target: "ecx",
        neuron: 'population "rates"',
        nearest: "exc",
      }),
    ],
    // Several networks (copy, parallelRun), storage formats: their rows come with them.
  ]);

  it("more threads than the machine has", async () => {
    const warnings: string[] = [];
    const net = new Network({ seed: 1 });
    net.config({ logger: (text) => warnings.push(text), numThreads: 1000 });
    await compiled(net);
    expect(warnings).toEqual([
      expect.stringMatching(/^WARNING: numThreads = 1000: this machine has \d+$/),
    ]);
  });

  it("precision under both of its names is no mistake", () => {
    const net = new Network();
    net.config({ precision: "float" });
    net.config({ dtype: "float64" });
    expect(net.dt).toBe(1);
  });

  it("a performance key in setup is accepted, with one warning", () => {
    const warnings: string[] = [];
    setup({ logger: (text) => warnings.push(text) });
    setup(untyped('{ "useCppConnectors": true }'));
    setup(untyped('{ "useCppConnectors": true }'));
    expect(warnings).toHaveLength(1);
  });
});
