import { problem } from "../errors.js";
import type { MemoryUse } from "../native/binding.js";
import { availableMemory } from "../native/memory.js";
import { internals } from "./internals.js";
import { monitorsOf, populationsOf, projectionsOf } from "./lookups.js";
import type { Monitor } from "./monitor.js";
import { native } from "./native-errors.js";
import type { NetworkState } from "./state.js";

/** Memory by objects, in the order of their creation. */
export interface MemoryReport {
  readonly objects: readonly {
    readonly name: string;
    readonly kind: "population" | "projection" | "monitor";
    readonly bytes: number;
  }[];
  /** [bytes] */
  readonly total: number;
}

/** What the objects of a network hold in the engine. @throws {SimulatorError} NOT_COMPILED. */
export function memoryReport(state: NetworkState): MemoryReport {
  const engine = state.requireCompiled("memoryFootprint");
  const use = native(() => engine.memory(0));
  const ofMonitor = bytesByRecorder(use, "bytes");
  const objects = [
    ...populationsOf(state).map((population) => {
      const index = population[internals].store.place?.population;
      const bytes = index === undefined ? 0 : use.populations[index]!;
      return { name: population.name, kind: "population" as const, bytes };
    }),
    ...projectionsOf(state).map((projection) => {
      const index = projection[internals].place?.projection;
      const bytes = index === undefined ? 0 : use.projections[index]!;
      return { name: projection.name, kind: "projection" as const, bytes };
    }),
    ...monitorsOf(state).map((monitor) => {
      const bytes = monitor.memory(ofMonitor);
      return { name: monitor.name, kind: "monitor" as const, bytes };
    }),
  ];
  return { objects, total: objects.reduce((sum, { bytes }) => sum + bytes, 0) };
}

/** Recordings below this are made without asking the system, which takes longer than a short run. [bytes] */
const SMALL = 2 ** 26;

/**
 * Say before a run that what monitors would record does not fit into memory. Spikes are not known before and do not count.
 *
 * @throws {SimulatorError} RECORDING_TOO_LARGE, for the monitor that needs most, with a period that would do.
 */
export function requireRoom(state: NetworkState, steps: number, available = availableMemory): void {
  const monitors = monitorsOf(state);
  if (monitors.length === 0) return;
  const engine = state.requireNative("simulate");
  const use = native(() => engine.memory(steps));
  const total = use.recorders.reduce((sum, { needed }) => sum + needed, 0);
  if (total < SMALL) return;
  const room = available();
  if (total <= room) return;
  const needs = bytesByRecorder(use, "needed");
  const needed = (monitor: Monitor): number => monitor.memory(needs);
  const largest = monitors.reduce((a, b) => (needed(b) > needed(a) ? b : a));
  throw problem("RECORDING_TOO_LARGE", {
    monitor: largest.name,
    needed: total,
    available: room,
    period: largest.period,
    // Half of what there is: reading the recording takes as much again.
    longer: largest.period * Math.ceil(total / (room / 2)),
  });
}

function bytesByRecorder(use: MemoryUse, what: "bytes" | "needed"): ReadonlyMap<number, number> {
  return new Map(use.recorders.map((entry) => [entry.recorder, entry[what]]));
}
