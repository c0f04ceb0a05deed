import { expect, it } from "vitest";

import {
  loweredSynapse,
  runCompiledSynapses,
  runEvaluatedSynapses,
  slotIn,
  type Call,
} from "../support/compiled-synapses.js";
import { lowered, runCompiled, runEvaluated } from "../support/compiled.js";

it("draws once per element and step, with parameters from before the step", async () => {
  // Each draw is stored in a variable of its own, from which the evaluator takes it over.
  const drawn = ["a", "b", "c", "d", "e", "f", "g", "h"];
  const ir = lowered({
    parameters: { mu: 3, low: -1 },
    equations: `
      a = Normal(mu, 0.5) : population
      width = 1 + t : population, init = 1
      b = Uniform(low, width)
      c = Normal(0, 1)
      d = LogNormal(0, 0.1)
      e = Exponential(2)
      f = DiscreteUniform(1, 6)
      g = Gamma(2, 3)
      h = Binomial(10, 0.3)
      r = a + b*c - d`,
  });
  const slots = drawn.map((name) => ir.fields.findIndex((field) => field.name === name));
  const three = { size: 100, steps: 3, dt: 1 };
  const values = { mu: 3, low: -1, width: 1 };
  const compiled = await runCompiled(ir, values, three);
  const parameters: (readonly number[])[] = [];
  const evaluated = runEvaluated(ir, values, three, (step) => (draw, given, element) => {
    if (draw.distribution === "Uniform" && element === 0) parameters.push(given);
    return compiled[step]![slots[draw.draw]!]![element]!;
  });
  expect(compiled).toEqual(evaluated);
  // `width` is 1 before the first step and before the second, which sets it to 2.
  expect(parameters).toEqual([
    [-1, 1],
    [-1, 1],
    [-1, 2],
  ]);
  const first = compiled[0]!;
  const all = slots.map((slot) => [...first[slot]!]);
  expect(new Set(all[2]).size).toBeGreaterThan(90);
  expect(new Set(all[4]).size).toBeGreaterThan(90);
  expect(all[5]!.every((value) => Number.isInteger(value) && value >= 1 && value <= 6)).toBe(true);
  expect(compiled[1]![slots[2]!]).not.toEqual(first[slots[2]!]);
});

const mixed = {
  parameters: { mu: 3 },
  equations: `
    a = Normal(mu, 0.5) : projection
    b = Uniform(0, 1) : postsynaptic
    c = Normal(0, 1)
    d = LogNormal(0, 0.1)
    e = Exponential(2)
    f = DiscreteUniform(1, 6)
    g = Gamma(2, 3)
    h = Binomial(10, 0.3)
    k = Uniform(mu, a)
    w = a + b*c`,
};
const names = ["a", "b", "c", "d", "e", "f", "g", "h", "k"];
const everyPair = Array.from({ length: 48 }, (_, i) => ({ row: i % 6, column: Math.floor(i / 6) }));
const calls: readonly Call[] = [7, 8].flatMap((step): Call[] => [
  { kind: "globals", step },
  { kind: "update", step },
]);
const run = { rows: 6, columns: 8, connections: everyPair, values: { mu: 3, a: 4 }, calls };

it("draws once per projection, post neuron or synapse, and step", async () => {
  const ir = loweredSynapse(mixed);
  const compiled = await runCompiledSynapses(ir, { ...run, firstPost: 64 });
  const parameters = new Set<string>();
  const evaluated = runEvaluatedSynapses(ir, run, (call) => (draw, given, element) => {
    if (draw.draw === 8) parameters.add(given.join(" "));
    return compiled[call]![slotIn(ir, names[draw.draw]!)]![element]!;
  });
  expect(compiled).toEqual(evaluated);
  // Parameters are those from before the step, whatever the statements of the projection make of them.
  expect([...parameters]).toEqual(["3 4", `3 ${compiled[0]![slotIn(ir, "a")]![0]!}`]);
  const counts = names.map((name) => new Set(compiled[1]![slotIn(ir, name)]).size);
  expect(counts.slice(0, 5)).toEqual([1, 6, 48, 48, 48]);
  const rolled = compiled[1]![slotIn(ir, "f")]!;
  expect(rolled.every((value) => Number.isInteger(value) && value >= 1 && value <= 6)).toBe(true);
  expect(compiled[3]![slotIn(ir, "c")]).not.toEqual(compiled[1]![slotIn(ir, "c")]);
});

it("draws the same for a pair of neurons, however the synapses are stored and shared out", async () => {
  const byColumn = loweredSynapse(mixed, { pre: { equations: "dv/dt = 1", spike: "v > 1" } });
  const byRow = loweredSynapse({ ...mixed, psp: "w * pre.r" });
  expect([byColumn.storage, byRow.storage]).toEqual(["columns", "rows"]);
  const [one, other, part] = await Promise.all([
    runCompiledSynapses(byColumn, run),
    runCompiledSynapses(byRow, run),
    // The second half of the post neurons, as another thread has them.
    runCompiledSynapses(byRow, {
      ...{ ...run, rows: 3, firstPost: 3 },
      connections: everyPair.filter(({ row }) => row < 3),
    }),
  ]);
  for (const name of names.slice(1)) {
    const columns = one[3]![slotIn(byColumn, name)]!;
    const rows = other[3]![slotIn(byRow, name)]!;
    const half = part[3]![slotIn(byRow, name)]!;
    expect([...half]).toEqual([...rows.slice(rows.length / 2)]);
    if (name === "b") expect([...rows]).toEqual([...columns]);
    else rows.forEach((value, i) => expect(columns[(i % 8) * 6 + Math.floor(i / 8)]).toBe(value));
  }
});
