import type { Num } from "../connect/options.js";
import type { ValueSpec } from "../native/spec.js";
import type { RandomDistribution } from "../random/distribution.js";

/** Values drawn by the engine. */
export type DrawSpec = Exclude<ValueSpec, { kind: "constant" | "explicit" | "profile" }>;

/** Describe values that the engine fills in: a number, draws, or one value for each synapse. */
export function valueSpec(value: Num | Float64Array): ValueSpec {
  if (typeof value === "number") return { kind: "constant", value };
  return value instanceof Float64Array ? { kind: "explicit", values: value } : drawSpec(value, 1);
}

/**
 * Describe a distribution to the engine, its numbers times `factor`.
 *
 * A multiple of a uniform, normal, exponential or gamma number is one of another such distribution; so is that of a log-normal
 * one, whose mean on the scale of logarithms moves by ln(factor). Distributions of whole numbers stay themselves.
 */
export function drawSpec(value: RandomDistribution, factor: number): DrawSpec {
  const { kind, parameters } = value;
  const [a = 0, b = 0] = parameters;
  const bounds = { min: value.min * factor, max: value.max * factor };
  switch (kind) {
    case "uniform":
    case "normal":
      return { kind, parameters: [a * factor, b * factor], ...bounds };
    case "exponential":
      return { kind, parameters: [a * factor], ...bounds };
    case "logNormal":
      return { kind, parameters: [a + Math.log(factor), b], ...bounds };
    case "gamma":
      return { kind, parameters: [a, b * factor], ...bounds };
    case "discreteUniform":
    case "binomial":
      return { kind, parameters, ...bounds };
  }
}
