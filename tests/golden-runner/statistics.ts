import { NDArray, type Monitor } from "../../lib/index.js";
import { known, type Objects } from "./build.js";
import { Difference } from "./compare.js";
import type { GoldenCase, StatisticEntry } from "./schema.js";
import { plain } from "./values.js";

/** Check that each measure of a run lies in its band. @throws {Difference} at the first that does not. */
export function checkStatistics(golden: GoldenCase, objects: Objects): void {
  (golden.statistics ?? []).forEach((entry, i) => {
    const [low, high] = golden.expect.statistics?.[i]?.band ?? [NaN, NaN];
    const got = measure(entry, golden, objects);
    if (got >= low && got <= high) return;
    const what = `${entry.object}.${entry.variable ?? ""} (${entry.measure})`;
    throw new Difference(`${what}: expected ${low} to ${high}, got ${got}`);
  });
}

function measure(entry: StatisticEntry, golden: GoldenCase, objects: Objects): number {
  const { object, variable = "", measure: kind, from = 0 } = entry;
  if (kind === "synapses") return known(objects.projections, object).nbSynapses;
  const index = (golden.record ?? []).findIndex(
    (record) => record.object === object && record.variables.includes(variable),
  );
  const monitor = objects.monitors[index];
  if (monitor === undefined) throw new Difference(`${object}.${variable} is not recorded`);
  if (kind === "mean" || kind === "sd") {
    const values = recorded(monitor, variable, from);
    return kind === "mean" ? mean(values) : deviation(values);
  }
  const trains = spikeTrains(monitor, variable, entry.ranks);
  switch (kind) {
    case "spikes":
      return total(trains);
    case "rate":
      return total(trains) / trains.length / (objects.net.time / 1000);
    case "cv": {
      const busy = trains.filter((train) => train.length >= 3).map(intervals);
      return mean(busy.map((gaps) => deviation(gaps) / mean(gaps)));
    }
    default:
      throw new Error(`unsupported: the measure ${kind}`);
  }
}

function recorded(monitor: Monitor, variable: string, from: number): number[] {
  const records: unknown = monitor.get(variable, { keep: true });
  if (records instanceof NDArray) {
    const width = records.size / records.shape[0]!;
    return Array.from<number>(records.flat()).slice(from * width);
  }
  const rows = plain(records) as readonly (readonly (readonly number[])[])[];
  return rows.slice(from).flatMap((record) => record.flat());
}

function spikeTrains(
  monitor: Monitor,
  variable: string,
  ranks: readonly [number, number] | undefined,
): readonly (readonly number[])[] {
  const spikes = monitor.get(variable as "spike", { keep: true });
  const [low, high] = ranks ?? [0, Infinity];
  return [...spikes].filter(([rank]) => rank >= low && rank < high).map(([, steps]) => steps);
}

function total(trains: readonly (readonly number[])[]): number {
  return trains.reduce((sum, train) => sum + train.length, 0);
}

function intervals(train: readonly number[]): number[] {
  return train.slice(1).map((step, i) => step - train[i]!);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function deviation(values: readonly number[]): number {
  const middle = mean(values);
  return Math.sqrt(mean(values.map((value) => (value - middle) ** 2)));
}
