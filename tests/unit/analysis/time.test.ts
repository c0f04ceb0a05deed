import { expect, it } from "vitest";

import { toSteps } from "../../../lib/analysis/time.js";

it.each([
  // Whole multiples survive floating point, in every direction of rounding.
  [0.3, 0.1, "floor", 3],
  [0.3, 0.1, "ceil", 3],
  [1.1, 0.1, "ceil", 11],
  [1.1, 0.1, "floor", 11],
  [2, 0.5, "floor", 4],
  [0.7, 0.1, "floor", 7],
  [1e7 + 0.1, 0.1, "ceil", 100_000_001],
  // Real fractions are rounded as asked.
  [0.075, 0.01, "ceil", 8],
  [1.0005, 1, "ceil", 2],
  [3.25, 0.5, "floor", 6],
  [0.35, 0.1, "floor", 3],
  [1.25, 0.5, "even", 2],
  [1.75, 0.5, "even", 4],
  [0.75, 0.5, "even", 2],
  [0.7499, 0.5, "even", 1],
  [0.2, 0.5, "even", 0],
  [0, 0.1, "ceil", 0],
] as const)("%f ms at %f ms, %s, are %i steps", (duration, dt, rounding, steps) => {
  expect(toSteps(duration, dt, rounding)).toBe(steps);
});
