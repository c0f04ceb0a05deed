import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { InternalError, problem } from "../errors.js";
import type {
  NetworkSpec,
  ProjectionSpec,
  RecorderSpec,
  SourceSpec,
  SynapseSpec,
  ValueSpec,
} from "./spec.js";

/** Words of the shared control block of a run; atomically read and written from any thread. */
export const CONTROL = {
  /** Set to 1 to stop after the current step. */
  stop: 0,
  /** Steps done. */
  done: 1,
  /** Steps asked for. */
  total: 2,
  /** Steps done by earlier runs under the same block, from which the two words above count on. */
  before: 3,
  /** Number of words. */
  words: 4,
} as const;

/** Numbers of a field: `real` as double or float, `int32` as they are. */
export type Values = Float64Array | Float32Array | Int32Array;

/** Synapses of a projection, post-major: row i holds the synapses of `postRanks[i]`, in the order of their connector. */
export interface Synapses {
  /** Neurons that have a row, ascending. */
  readonly postRanks: Int32Array;
  /** (rows + 1) */
  readonly rowStart: Float64Array;
  /** (synapses) */
  readonly preRanks: Int32Array;
}

/** What a projection does in a run, and when. */
export interface Switches {
  /** Off: nothing at all happens in the projection. */
  readonly transmission: boolean;
  readonly axonTransmission: boolean;
  /** Synaptic equations. */
  readonly update: boolean;
  /** Changes of `w`. */
  readonly plasticity: boolean;
  /** Synaptic equations are executed in steps with (step − offset) mod period = 0. [steps] */
  readonly period: number;
  readonly offset: number;
}

/** When a rule of structural plasticity is applied: in steps with (step − offset) mod period = 0. [steps] */
export interface RuleTiming {
  readonly period: number;
  readonly offset: number;
}

/** How the synapses of a projection come and go. */
export interface Structure {
  /** Null: the rule rests. */
  readonly creating: RuleTiming | null;
  readonly pruning: RuleTiming | null;
  /** Weight of the synapses that a rule makes. */
  readonly weight: number;
  /** Their delay, where each synapse has its own; at most the longest one. [steps] */
  readonly delay: number;
  /** What local fields of new synapses start with; others with 0. */
  readonly firstValues: readonly {
    readonly slot: number;
    /** Number of its draw, below 256: equal ones draw equal numbers. */
    readonly draw: number;
    /** Explicit: one value per row. Null: the weight. */
    readonly values: ValueSpec | null;
  }[];
}

/** Populations whose stop conditions end a run, and whether one is enough. */
export interface Until {
  readonly populations: readonly {
    readonly population: number;
    readonly quantifier: "any" | "all";
  }[];
  readonly operator: "and" | "or";
}

/** What a recorder held, oldest first. Records of synapses are fields, row by row. */
export type Recorded =
  | {
      readonly kind: "field";
      /** (records, width), row-major */ readonly data: Values;
      readonly records: number;
      /** Numbers of synapses of the recorded rows, from which record on; empty where they are always the same. */
      readonly changes: readonly { readonly record: number; readonly lengths: Int32Array }[];
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

/** Memory of the objects of a network. [bytes] */
export interface MemoryUse {
  readonly populations: readonly number[];
  readonly projections: readonly number[];
  readonly recorders: readonly {
    readonly recorder: number;
    readonly bytes: number;
    /** More than it has, for a run. */
    readonly needed: number;
  }[];
}

/** A network in the engine. All members but `run` are synchronous and must not be called during a run. */
export interface NativeNetwork {
  /**
   * Run `steps` steps on the engine's thread, or until the stop conditions hold; `control` is an Int32Array of CONTROL.words
   * over a SharedArrayBuffer.
   */
  run(steps: number, control: Int32Array, until: Until | null): Promise<RunResult>;

  /** Live view of a field: (size) for a local one, (1) for a global one. */
  field(population: number, slot: number): Values;
  /** Write the padding of a field after its view was filled, so that padded elements hold harmless numbers. */
  fieldChanged(population: number, slot: number): void;
  /** Enabled populations are updated, the others stand still. */
  setEnabled(population: number, enabled: boolean): void;
  /** Window of the mean firing rate [steps]; 0: the rate is left alone. */
  setRateWindow(population: number, steps: number): void;
  /** Replace the data of a source; `restart` begins anew with its clock, as `settle` does. */
  setSource(population: number, source: SourceSpec, restart: boolean): void;
  /** Forget spikes under way, and begin anew with the clock of a source. */
  clearSpikes(population: number): void;
  /**
   * Begin anew: no spikes under way, none in the past, no neuron refractory, no firing rate, the clock of a source at 0, sums
   * and reductions 0; delayed values are those that the fields hold now.
   */
  settle(population: number): void;

  synapses(projection: number): Synapses;
  countSynapses(projection: number): number;
  /** Copy a field of the synapses: (synapses) row by row, (rows), or (1). Slot 0 is `w` where there is no synapse type. */
  synapticValues(projection: number, slot: number): Values;
  /** Write a field of the synapses; one value stands for all. */
  setSynapticValues(projection: number, slot: number, values: Float64Array): void;
  /**
   * Write a local field: one value for all synapses, or (synapses). Tells whether this can be said by the values that the
   * field has; where it is held once per neuron, and cannot, nothing is written.
   */
  holdSynapticValues(projection: number, slot: number, values: Float64Array): boolean;
  /** Go on with the form of the synapse type that holds every local variable once per synapse, with the values as they are. */
  holdBySynapse(projection: number, spec: SynapseSpec): void;
  /** Delays [steps]: (1) where all synapses have the same, else (synapses) row by row. */
  delays(projection: number): Int32Array;
  /** Change delays, in the same form; a longer one than ever before is found empty (spikes) or 0 (values). */
  setDelays(projection: number, delays: Int32Array): void;
  setSwitches(projection: number, switches: Switches): void;
  /** Forget events under way and when the last ones were. */
  settleSynapses(projection: number): void;

  setStructure(projection: number, structure: Structure): void;
  /** Make synapses, given one by one by the ranks of their neurons; `delays` [steps] where each has its own, else empty. */
  createSynapses(
    projection: number,
    postRanks: Int32Array,
    preRanks: Int32Array,
    weights: Float64Array,
    delays: Int32Array,
  ): void;
  pruneSynapses(projection: number, postRanks: Int32Array, preRanks: Int32Array): void;

  /**
   * Make a projection anew with other synapses, between the same populations; its switches stay, what it held is lost. Not
   * while its synapses are recorded.
   */
  rebuild(projection: number, spec: ProjectionSpec): void;

  /**
   * All that a population or a projection holds beside its attributes, weights and delays: spikes and values under way,
   * refractoriness, times of last events, firing rates, clocks of sources, and what is held once per neuron. With it a later
   * network of the same objects goes on with the same bits.
   */
  exportState(owner: "population" | "projection", index: number): Uint8Array;
  /**
   * Throw BAD_STATE unless `state` is that of such an object; of a projection, of one with this many rows and synapses (0 for
   * populations).
   */
  checkState(
    owner: "population" | "projection",
    index: number,
    state: Uint8Array,
    rows: number,
    synapses: number,
  ): void;
  /** Put a state back. Times in it are moved to the current step. */
  importState(owner: "population" | "projection", index: number, state: Uint8Array): void;

  record(spec: RecorderSpec): number;
  /** Hand over what a recorder holds; empties it unless `keep`. */
  take(recorder: number, keep: boolean): Recorded;
  unrecord(recorder: number): void;

  /** Number of the next step. */
  currentStep: number;
  /** 32-bit unsigned; takes effect at the next step. */
  seed: number;
  threadStatistics(): readonly ThreadStatistics[];
  /** Memory by objects, and what recorders would need for a run of so many steps. */
  memory(steps: number): MemoryUse;
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
  /** Only of `NOT_CONVERGED`: where Newton's method failed in the object. */
  readonly details?: Divergence;
}

/** An equation that could not be solved, in a step of a run; the state is that after this step. */
export interface Divergence {
  /** Slot of the variable, in the fields of the population or of the synapse type. */
  readonly slot: number;
  /** Rank of the neuron; of the post neuron for a synapse. */
  readonly element: number;
  /** Rank of the pre neuron for a synapse, else -1. */
  readonly partner: number;
  readonly step: number;
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
