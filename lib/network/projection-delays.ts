import { toSteps } from "../analysis/time.js";
import { isArrayInput } from "../array/input.js";
import { longest, type Num } from "../connect/options.js";
import type { ValueSpec } from "../native/spec.js";
import { problem } from "../errors.js";
import { RandomDistribution } from "../random/distribution.js";
import type { RandomSource } from "../random/generator.js";
import type { Synapses } from "../native/binding.js";
import { drawSpec } from "./value-spec.js";

/** Delays as the engine wants them. */
export interface Delays {
  /** [steps] */
  readonly spec: number | ValueSpec;
  /** [steps] */
  readonly longest: number;
  /** A delay was given, of more than one step. */
  readonly given: boolean;
  /** Draws the delays of all synapses [steps] where the engine cannot: it has no distribution of them in steps. */
  readonly drawn: ((count: number, source: RandomSource) => Int32Array) | null;
}

/**
 * Bring delays to steps: rounded, halves to even, at least one. (network-api, delays; lib/analysis/time.)
 *
 * @param delays - [ms] One for all, a distribution, or one for each synapse.
 */
export function delaysInSteps(delays: Num | Float64Array, dt: number): Delays {
  const steps = (delay: number): number => Math.max(1, toSteps(delay, dt, "even"));
  if (typeof delays === "number") {
    const spec = steps(delays);
    return { spec, longest: spec, given: spec > 1, drawn: null };
  }
  if (delays instanceof RandomDistribution) {
    const spec = drawSpec(delays, 1 / dt);
    const bounded = { ...spec, min: Math.max(1, spec.min), max: Math.max(1, spec.max) };
    const whole = delays.kind === "discreteUniform" || delays.kind === "binomial";
    const drawn = (count: number, source: RandomSource): Int32Array =>
      Int32Array.from(delays.draw(count, source), steps);
    const here = delays.seed !== null || (whole && dt !== 1);
    return {
      spec: bounded,
      longest: steps(longest(delays)),
      given: true,
      drawn: here ? drawn : null,
    };
  }
  const values = delays.map(steps);
  const most = values.reduce((a, b) => Math.max(a, b), 1);
  return { spec: { kind: "explicit", values }, longest: most, given: true, drawn: null };
}

/** What new delays are for. */
export interface DelayTarget {
  readonly label: string;
  /** [ms] */
  readonly dt: number;
  readonly synapses: Synapses;
  /** Every synapse has a delay of its own. */
  readonly heterogeneous: boolean;
}

/**
 * Check new delays [ms] and bring them to steps: (1), or (synapses) row by row.
 *
 * @throws {SimulatorError} UNIFORM_DELAY, WRONG_ROWS, WRONG_ROW, INVALID_VALUE.
 */
export function checkedDelays(value: unknown, target: DelayTarget): Int32Array {
  const { label, dt, synapses, heterogeneous } = target;
  const steps = (delay: unknown): number => {
    if (typeof delay === "number" && Number.isFinite(delay) && delay >= 0) {
      return Math.max(1, toSteps(delay, dt, "even"));
    }
    throw problem("INVALID_VALUE", { object: label, attribute: "delay", value: String(delay) });
  };
  if (!heterogeneous) {
    if (typeof value !== "number") throw problem("UNIFORM_DELAY", { projection: label });
    return Int32Array.of(steps(value));
  }
  if (!isArrayInput(value) || !Array.isArray(value))
    throw problem("OWN_DELAYS", { projection: label });
  const rows: readonly unknown[] = value;
  const { rowStart, postRanks } = synapses;
  if (rows.length !== postRanks.length) {
    throw problem("WRONG_ROWS", { projection: label, rows: postRanks.length, given: rows.length });
  }
  return Int32Array.from(
    rows.flatMap((row, i) => {
      const given = isArrayInput(row) ? Array.from(row as ArrayLike<unknown>) : [row];
      const count = rowStart[i + 1]! - rowStart[i]!;
      if (!isArrayInput(row) || given.length !== count) {
        const facts = { projection: label, post: postRanks[i]!, synapses: count };
        throw problem("WRONG_ROW", { ...facts, given: given.length });
      }
      return given.map(steps);
    }),
  );
}
