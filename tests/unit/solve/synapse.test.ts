import { describe, expect, it } from "vitest";

import type { SynapseOptions } from "../../../lib/model/definition.js";
import {
  loweredSynapse,
  runEvaluatedSynapses,
  slotIn,
  spiking,
  type Call,
  type SynapseRun,
  type Use,
} from "../../support/compiled-synapses.js";

const pair: SynapseRun = {
  rows: 1,
  columns: 1,
  connections: [{ row: 0, column: 0 }],
  values: { ".lastEvent": -10000, ".lastEvent(row)": -10000, ".lastEvent(column)": -10000 },
  calls: [],
};

/** Values of one synapse after each call, by the reference evaluator. */
function trace(
  definition: SynapseOptions,
  names: readonly string[],
  calls: readonly Call[],
  options: { readonly use?: Use; readonly run?: Partial<SynapseRun> } = {},
): number[][] {
  const ir = loweredSynapse(definition, { pre: spiking, ...options.use });
  const values = { ...pair.values, ...options.run?.values };
  const states = runEvaluatedSynapses(ir, { ...pair, ...options.run, values, calls });
  return names.map((name) => states.map((fields) => fields[slotIn(ir, name)]![0]!));
}

const onPre = (step: number): Call => ({ kind: "onPre", step, arguments: [0] });
const onPost = (step: number): Call => ({ kind: "onPost", step, arguments: [0] });
const update = (step: number): Call => ({ kind: "update", step });

describe("an arriving spike", () => {
  it("reaches the target before the weight changes, whatever the order of the text", () => {
    const [w, g] = trace({ preSpike: "w *= 3\ng_target += w" }, ["w", "post.g_exc"], [onPre(1)], {
      run: { values: { w: 2 } },
    });
    expect([w, g]).toEqual([[6], [2]]);
  });

  it("adds the weight to the target where the code says nothing of it", () => {
    const [g, x] = trace({ preSpike: "x += 1" }, ["post.g_exc", "x"], [onPre(1), onPre(2)], {
      run: { values: { w: 2 } },
    });
    expect([g, x]).toEqual([
      [2, 4],
      [1, 2],
    ]);
  });

  it("executes all statements for the target, within their bounds", () => {
    const run = { values: { w: 2 } };
    const both = "g_target += w\ng_target += 10*w";
    expect(trace({ preSpike: both }, ["post.g_exc"], [onPre(1)], { run })).toEqual([[22]]);
    const bounded = "g_target += w : max=1.5";
    expect(trace({ preSpike: bounded }, ["post.g_exc"], [onPre(1)], { run })).toEqual([[1.5]]);
  });

  it("does the same to every target of the projection", () => {
    const use = { targets: ["exc", "inh"] };
    const names = ["post.g_exc", "post.g_inh"];
    const run = { values: { w: 2, "post.g_inh": 1 } };
    expect(trace({ preSpike: "g_target = g_target + w" }, names, [onPre(1)], { use, run })).toEqual(
      [[2], [3]],
    );
  });

  it("leaves out what unless_post marks when both neurons spiked together", () => {
    const code = "x += 1 : unless_post\ny += 1";
    const together = { values: { "pre..lastSpike": 3, "post..lastSpike": 3 } };
    const apart = { values: { "pre..lastSpike": 3, "post..lastSpike": 2 } };
    expect(trace({ preSpike: code }, ["x", "y"], [onPre(4)], { run: together })).toEqual([
      [0],
      [1],
    ]);
    expect(trace({ preSpike: code }, ["x", "y"], [onPre(4)], { run: apart })).toEqual([[1], [1]]);
  });

  it("changes no weight without plasticity, not even to keep it within bounds", () => {
    const code = "g_target += w\nw += 1 : max = 2\nx += w";
    const run = { values: { w: 5 }, plasticity: false };
    expect(trace({ preSpike: code }, ["w", "x"], [onPre(1)], { run })).toEqual([[5], [5]]);
    const plastic = { values: { w: 5 } };
    expect(trace({ preSpike: code }, ["w", "x"], [onPre(1)], { run: plastic })).toEqual([[2], [2]]);
  });

  it("shares its code with axonal events where the texts are the same", () => {
    const axonal = { ...spiking, axonSpike: "v == 0.5" };
    const definition = { preSpike: "g_target += w", preAxonSpike: "g_target += w" };
    const same = loweredSynapse(definition, { pre: axonal });
    expect(same.onAxon).toBe(same.onPre);
    const other = { ...definition, preAxonSpike: "g_target += 10*w" };
    const axon: Call = { kind: "onAxon", step: 1, arguments: [0] };
    const options = { use: { pre: axonal }, run: { values: { w: 2 } } };
    expect(trace(other, ["post.g_exc"], [axon, onPre(1)], options)).toEqual([[20, 22]]);
  });
});

/** Pair rule of the conformance vectors: traces of 10 and 20 ms. */
const pairRule: SynapseOptions = {
  parameters: { taux: 10, tauy: 20 },
  equations: "taux*dx/dt = -x : event-driven\ntauy*dy/dt = -y : event-driven",
  preSpike: "g_target += w\nx += 0.1\nw = clip(w - y, 0, 2)",
  postSpike: "y += 0.2\nw = clip(w + x, 0, 2)",
};

/** Pre spikes at 2, 10, 11 arrive a step later; post spikes at 4 and 9. */
const pairEvents = [onPre(3), onPost(4), onPost(9), onPre(11), onPre(12)];

const published = {
  annarchy: {
    w: [1, 1.0904837418, 1.1453649054, 0.8069553764, 0.4685458473],
    x: [0.1, 0.0904837418, 0.0548811636, 0.1496585304, 0.2496585304],
    y: [0, 0.2, 0.3557601566, 0.338409529, 0.338409529],
  },
  exact: {
    w: [1, 1.0818730753, 1.1315316057, 0.7931220767, 0.4712169751],
    x: [0.1, 0.0818730753, 0.0496585304, 0.1449328964, 0.2311407078],
    y: [0, 0.2, 0.3557601566, 0.338409529, 0.3219051016],
  },
} as const;

describe("event-driven variables", () => {
  const run = { values: { w: 1, taux: 10, tauy: 20 } };

  it.each(["annarchy", "exact"] as const)("follow the timing %s", (eventTiming) => {
    const [w, x, y] = trace(pairRule, ["w", "x", "y"], pairEvents, { use: { eventTiming }, run });
    const close = (values: readonly number[]): unknown[] =>
      values.map((value) => expect.closeTo(value, 9) as unknown);
    expect(w).toEqual(close(published[eventTiming].w));
    expect(x).toEqual(close(published[eventTiming].x));
    expect(y).toEqual(close(published[eventTiming].y));
  });

  it("give the same weights when they are held once for all synapses of a neuron", () => {
    const [w] = trace(pairRule, ["w"], pairEvents, { use: { hoist: true }, run });
    expect(w).toEqual(published.exact.w.map((value) => expect.closeTo(value, 9) as unknown));
  });

  it("are expanded to what each synapse would hold after its own last event", () => {
    const ir = loweredSynapse(pairRule, { pre: spiking, hoist: true });
    const expanded = ["x", "y"].map((name) =>
      pairEvents.map((_, i): number => {
        const expand: Call = { kind: "expand", step: 20, arguments: [slotIn(ir, name)] };
        const calls = [...pairEvents.slice(0, i + 1), expand];
        const values = { ...pair.values, ...run.values };
        return runEvaluatedSynapses(ir, { ...pair, values, calls }).at(-1)![0]![0]!;
      }),
    );
    const wanted = [published.exact.x, published.exact.y].map((values) =>
      values.map((value) => expect.closeTo(value, 9) as unknown),
    );
    expect(expanded).toEqual(wanted);
  });

  it.each<[string, SynapseOptions, Use, Record<string, string>]>([
    ["one side each", pairRule, {}, { x: "column", y: "row" }],
    ["delays of each synapse", pairRule, { delays: "heterogeneous" }, { x: "local", y: "local" }],
    [
      "the timing of the reference",
      pairRule,
      { eventTiming: "annarchy" },
      { x: "local", y: "local" },
    ],
    [
      "both sides",
      { ...pairRule, postSpike: "y += 0.2\nx += 0.1\nw += x" },
      {},
      { x: "local", y: "row" },
    ],
    [
      "a value of the synapse",
      { ...pairRule, preSpike: "g_target += w\nx += w" },
      {},
      { x: "local", y: "row" },
    ],
    [
      "the other neuron",
      { ...pairRule, preSpike: "g_target += w\nx += post.v", postSpike: "y += pre.v" },
      {},
      { x: "local", y: "local" },
    ],
    ["its own neuron", { ...pairRule, preSpike: "g_target += w\nx += pre.v" }, {}, { x: "column" }],
    [
      "the order of spikes",
      { ...pairRule, preSpike: "g_target += w\nx += 0.1 : unless_post" },
      {},
      { x: "local", y: "row" },
    ],
    [
      "a time constant of the synapse",
      { ...pairRule, parameters: "taux = 10; tauy = 20 : projection" },
      {},
      { x: "local", y: "row" },
    ],
    [
      "a trace that is held for each synapse",
      { ...pairRule, preSpike: "g_target += w\nx += y" },
      {},
      { x: "local", y: "row" },
    ],
  ])("are held by what changes them: %s", (_, definition, use, wanted) => {
    const ir = loweredSynapse(definition, { pre: spiking, hoist: true, ...use });
    const scopes = Object.fromEntries(
      Object.keys(wanted).map((name) => [name, ir.fields[slotIn(ir, name)]!.scope]),
    );
    expect(scopes).toEqual(wanted);
  });
});

describe("continuous statements of a synapse", () => {
  it("are done for rows before they are done for synapses", () => {
    const definition = {
      equations: "w += theta\ntheta = post.v + 1 : postsynaptic\ng = 2 : projection",
    };
    const run = { values: { "post.v": 3, w: 1 } };
    const calls: Call[] = [{ kind: "globals", step: 0 }, update(0)];
    const [w, theta, g] = trace(definition, ["w", "theta", "g"], calls, { run });
    expect([w, theta, g]).toEqual([
      [1, 5],
      [0, 4],
      [2, 2],
    ]);
  });

  it("change no weight without plasticity", () => {
    const run = { values: { w: 1 }, plasticity: false };
    expect(trace({ equations: "w += 1\nx += w" }, ["w", "x"], [update(0)], { run })).toEqual([
      [1],
      [1],
    ]);
  });

  it("see the time between updates as dt and the true times of spikes", () => {
    const definition = { equations: "a = dt\nb = t\nc = t_pre\nd = t_post" };
    const run = {
      values: { "pre..lastSpike": 6, "post..lastSpike": -10000 },
      resolution: 0.5,
      dt: 2,
    };
    expect(trace(definition, ["a", "b", "c", "d"], [update(8)], { run })).toEqual([
      [2],
      [4],
      [3],
      [-5000],
    ]);
  });

  it("advance rk4 equations alone, and midpoint equations together", () => {
    const values = { x: 1, y: 0 };
    const both = (method: string): SynapseOptions => ({
      equations: `dx/dt = 0.5*y : ${method}\ndy/dt = -0.5*x : ${method}`,
    });
    const [coupled] = trace(both("midpoint"), ["x"], [update(0)], { run: { values } });
    expect(coupled).toEqual([0.875]);
    const [alone] = trace(both("rk4"), ["x"], [update(0)], { run: { values } });
    expect(alone).toEqual([1]);
  });
});

describe("the psp", () => {
  const rates = { "pre.r": [1, 2, 4], w: [0.5, 1, 2] };
  const run: SynapseRun = {
    rows: 2,
    columns: 3,
    connections: [0, 1, 2].map((column) => ({ row: 1, column })),
    values: { ...rates, "post..sum(exc)": 10 },
    calls: [{ kind: "transmit", step: 0 }],
  };

  it.each([
    ["sum", 20.5],
    ["mean", 10 + 10.5 / 3],
    ["max", 18],
    ["min", 10.5],
  ] as const)(
    "is reduced by %s and added to the input; empty rows are left alone",
    (operation, value) => {
      const ir = loweredSynapse({ psp: "w * pre.r", operation });
      const [fields] = runEvaluatedSynapses(ir, run);
      expect([...fields![slotIn(ir, "post..sum(exc)")]!]).toEqual([10, value]);
    },
  );

  it("is the product of weight and rate where nothing else is said", () => {
    const ir = loweredSynapse({});
    const [fields] = runEvaluatedSynapses(ir, run);
    expect([...fields![slotIn(ir, "post..sum(exc)")]!]).toEqual([10, 20.5]);
  });

  it("sees each pre neuron through the delay of the synapse", () => {
    const ir = loweredSynapse({}, { delays: "heterogeneous" });
    const values = { ...run.values, w: 1, ".delay": [1, 2, 2], "pre.r": [1, 2, 4, 8, 16] };
    const [fields] = runEvaluatedSynapses(ir, { ...run, values, delays: 2 });
    // The values of an older step are those further on in the list: 2, then 8 and 16.
    expect([...fields![slotIn(ir, "post..sum(exc)")]!]).toEqual([10, 36]);
  });
});
