import { toSteps } from "../analysis/time.js";
import type { SourceSpec } from "../native/spec.js";
import { OUTPUT_SLOT } from "./given-neuron.js";

/** Values of a population that change block by block. */
export interface Blocks {
  /** (blocks, size), row-major. */
  readonly values: Float64Array;
  readonly count: number;
  /** When each block begins [ms]; or the time from one to the next, of which 0 or less is one step. */
  readonly schedule: number | readonly number[];
  /** When the schedule begins anew [ms]; below 0: never. */
  readonly period: number;
}

/** Spikes of each neuron [ms], in steps of `dt`: rounded to the nearest step, ascending, each once. */
export function spikeSource(times: readonly (readonly number[])[], dt: number): SourceSpec {
  const rows = times.map((row) => {
    const steps = new Set(row.map((time) => toSteps(time, dt, "even")));
    return Float64Array.from(steps).sort();
  });
  const start = new Float64Array(rows.length + 1);
  rows.forEach((row, rank) => {
    start[rank + 1] = start[rank]! + row.length;
  });
  const steps = new Float64Array(start.at(-1)!);
  rows.forEach((row, rank) => {
    steps.set(row, start[rank]);
  });
  return { kind: "spikes", start, steps };
}

/** Blocks of the output, in steps of `dt`: times are rounded to the nearest step. */
export function blockSource({ values, count, schedule, period }: Blocks, dt: number): SourceSpec {
  const onsets =
    typeof schedule === "number"
      ? Array.from({ length: count }, (_, block) => block * (schedule > 0 ? schedule : dt))
      : schedule;
  return {
    kind: "blocks",
    slot: OUTPUT_SLOT,
    values,
    schedule: Float64Array.from(onsets, (time) => toSteps(time, dt, "even")),
    period: period < 0 ? -1 : toSteps(period, dt, "even"),
  };
}
