import type { SpikeInput } from "../analysis/spikes.js";

/**
 * What a figure needs of a monitor. Everything is read with `keep`, so that drawing changes nothing.
 * Times are in ms, those of `times` in steps.
 */
export interface MonitorLike {
  readonly name: string;
  readonly variables: readonly string[];
  /** Step of the network [ms]. */
  readonly dt: number;
  /** Time between two records of a variable, and time within that period at which is recorded [ms]. */
  readonly period: number;
  readonly periodOffset: number;
  /** Step from which periods are counted; default 0. */
  readonly origin?: number;
  /** `spike`: rank → steps. Any other variable: (records, neurons). */
  get(variable: string, options: { keep: true; reshape: false }): unknown;
  /** Segments of the recording, in steps; the last has no end while it is recorded. */
  times(variable: string): Readonly<Record<string, Segments>>;
}

/** Stretches of uninterrupted recording, in steps: the first step, and the step after the last; null while it is recorded. */
export interface Segments {
  readonly start: readonly number[];
  readonly stop: readonly (number | null)[];
}

/** Tell a monitor from recorded data. */
export function isMonitor(value: unknown): value is MonitorLike {
  return (
    typeof value === "object" &&
    value !== null &&
    "variables" in value &&
    "get" in value &&
    "times" in value
  );
}

/** Tell spikes from anything else. */
export function isSpikes(value: unknown): value is SpikeInput {
  if (value instanceof Map) return true;
  return (
    typeof value === "object" && value !== null && "spike" in value && value.spike instanceof Map
  );
}
