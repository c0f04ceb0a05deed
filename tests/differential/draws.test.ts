import { expect, it } from "vitest";

import { lowered, runCompiled, runEvaluated } from "../support/compiled.js";

it("draws once per element and step, with parameters from before the step", async () => {
  // Each draw is stored in a variable of its own, from which the evaluator takes it over.
  const names = ["a", "b", "c", "d", "e", "f", "g", "h"];
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
  const slots = names.map((name) => ir.fields.findIndex((field) => field.name === name));
  const run = { size: 100, steps: 3, dt: 1 };
  const values = { mu: 3, low: -1, width: 1 };
  const compiled = await runCompiled(ir, values, run);
  const parameters: (readonly number[])[] = [];
  const evaluated = runEvaluated(ir, values, run, (step) => (draw, given, element) => {
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
