import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { InternalError, problem } from "../errors.js";
import type { NetworkSpec, RecorderSpec } from "./spec.js";

/** Words of the shared control block of a run; atomically read and written from any thread. */
export const CONTROL = {
  /** Set to 1 to stop after the current step. */
  stop: 0,
  /** Steps done in this run. */
  done: 1,
  /** Steps asked for in this run. */
  total: 2,
  /** Number of words. */
  words: 4,
} as const;

/** Numbers of a field: `real` as double or float, `int32` as they are. */
export type Values = Float64Array | Float32Array | Int32Array;

/** Synapses of a projection, post-major: row i holds the synapses of `postRanks[i]`, pre ranks ascending. */
export interface Synapses {
  readonly postRanks: Int32Array;
  /** (rows + 1) */
  readonly rowStart: Float64Array;
  /** (synapses) */
  readonly preRanks: Int32Array;
  /** (synapses), or one value for a projection with a single weight. */
  readonly weights: Float64Array | Float32Array;
}

/** What a recorder held, oldest first. */
export type Recorded =
  | {
      readonly kind: "field";
      /** (records, width), row-major */ readonly data: Values;
      readonly records: number;
    }
  | {
      readonly kind: "spikes";
      /** Population ranks, step by step, ascending within a step. */
      readonly ranks: Int32Array;
      /** Step of each spike. */
      readonly steps: Float64Array;
    };

/** What each thread of the last run owned and did. */
export interface ThreadStatistics {
  /** Postsynaptic neurons owned. */
  readonly neurons: number;
  /** Rows (postsynaptic neurons with synapses, summed over projections) owned. */
  readonly rows: number;
  /** Synaptic events delivered since the network was made. */
  readonly events: number;
}

/** How a run ended. */
export interface RunResult {
  /** Steps done. */
  readonly done: number;
  /** True when the stop word ended the run early. The state is that after `done` whole steps. */
  readonly stopped: boolean;
}

/** A network in the engine. All members but `run` are synchronous and must not be called during a run. */
export interface NativeNetwork {
  /** Run `steps` steps on the engine's thread; `control` is an Int32Array of CONTROL.words over a SharedArrayBuffer. */
  run(steps: number, control: Int32Array): Promise<RunResult>;
  /** Live view of a field: (size) for a local one, (1) for a global one. */
  field(population: number, slot: number): Values;
  /** Write the padding of a field after its view was filled, so that padded elements hold harmless numbers. */
  fieldChanged(population: number, slot: number): void;
  synapses(projection: number): Synapses;
  setWeights(projection: number, weights: Float64Array): void;
  countSynapses(projection: number): number;
  record(spec: RecorderSpec): number;
  /** Hand over what a recorder holds; empties it unless `keep`. */
  take(recorder: number, keep: boolean): Recorded;
  unrecord(recorder: number): void;
  /** Empty spikes, delays, refractory counters and recorders, and set the step to 0. Fields are the caller's. */
  reset(): void;
  /** Number of the next step. */
  currentStep: number;
  /** 32-bit unsigned; takes effect at the next step. */
  seed: number;
  threadStatistics(): readonly ThreadStatistics[];
  /** Bytes held by fields, synapses and recorders. */
  memory(): number;
  close(): void;
}

/** Everything the addon exports. */
export interface Binding {
  /** NA_ABI_VERSION of kernel_abi.h the addon was built with. */
  readonly abiVersion: number;
  /** Threads the machine offers. */
  readonly maxThreads: number;
  createNetwork(spec: NetworkSpec): NativeNetwork;
}

/** Error thrown by the addon: a stable code, and the name of the user's object where one is at fault. */
export interface NativeError extends Error {
  readonly code: string;
  readonly object?: string;
}

let loaded: Binding | null = null;

/** Load the addon, once; the only place that does. */
export function loadBinding(): Binding {
  loaded ??= createRequire(import.meta.url)(addonPath()) as Binding;
  return loaded;
}

/** Folder of the package, from the sources or from the compiled files. */
export function packageFolder(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, "native", "CMakeLists.txt"))) {
    const parent = dirname(folder);
    if (parent === folder) throw new InternalError("the folder native is missing");
    folder = parent;
  }
  return folder;
}

function addonPath(): string {
  const path = join(packageFolder(), "native", "build", "Release", "neurarchy.node");
  if (!existsSync(path)) {
    throw problem("ENGINE_NOT_BUILT", { path });
  }
  return path;
}
