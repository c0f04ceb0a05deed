/** The plain data that describes a compiled network to the engine. Everything in it was checked before. */

/** Element type of a field: `real` is double or float, by the network's precision; booleans are `int32`. */
export type FieldType = "real" | "int32";

/** One value per neuron, or one per population. */
export type FieldScope = "local" | "global";

/** One array of a population. */
export interface FieldSpec {
  readonly name: string;
  readonly type: FieldType;
  readonly scope: FieldScope;
}

/** A population: its size, its compiled neuron type and the arrays that holds. */
export interface PopulationSpec {
  /** The user's name, for error messages. */
  readonly name: string;
  readonly size: number;
  /** Path of the compiled library of the neuron type (`kernel_abi.h`). */
  readonly library: string;
  /** All fields in slot order; must equal the library's own table. */
  readonly fields: readonly FieldSpec[];
  /** Slots the engine works with itself; null where the model has none. */
  readonly spikedSlot: number | null;
  readonly remainingSlot: number | null;
}

/** Values drawn per synapse by the engine; `uniform` to `gamma` as in `lib/random`. */
export type ValueSpec =
  | { readonly kind: "constant"; readonly value: number }
  | {
      readonly kind:
        | "uniform"
        | "discreteUniform"
        | "normal"
        | "logNormal"
        | "exponential"
        | "gamma"
        | "binomial";
      /** Positional parameters of the distribution. */
      readonly parameters: readonly number[];
      /** Clamping bounds; ±Infinity where open. */
      readonly min: number;
      readonly max: number;
    };

/** Pattern of connections. Ranks are population ranks; null stands for 0 … size−1. */
export interface ConnectorSpec {
  readonly kind: "allToAll" | "oneToOne" | "fixedProbability";
  readonly preRanks: Int32Array | null;
  readonly postRanks: Int32Array | null;
  /** Whether a synapse from a neuron to itself is allowed (only meaningful when pre and post are one population). */
  readonly selfConnections: boolean;
  /** Of `fixedProbability`, in [0, 1]; 1 for the others. */
  readonly probability: number;
}

/** A projection: which neurons it connects, how, and where its weights arrive. */
export interface ProjectionSpec {
  readonly name: string;
  /** Indices into `populations`. */
  readonly pre: number;
  readonly post: number;
  /** Slots of the post population's fields that receive `+= w`, one per target. */
  readonly targetSlots: readonly number[];
  /** [steps], at least 1. */
  readonly delay: number;
  readonly connector: ConnectorSpec;
  readonly weights: ValueSpec;
  /** Store one weight for all synapses (weights must be constant). */
  readonly singleWeight: boolean;
}

/** A whole network, in the order in which the user made its parts. */
export interface NetworkSpec {
  /** [ms] */
  readonly dt: number;
  /** 32-bit unsigned. */
  readonly seed: number;
  readonly precision: "double" | "float";
  /** Upper bound of threads, at least 1. */
  readonly threads: number;
  /** Use exactly `threads`, however small the network and however busy the machine (tests). */
  readonly forceThreads: boolean;
  readonly populations: readonly PopulationSpec[];
  readonly projections: readonly ProjectionSpec[];
}

/** What to record, from the next step on. */
export type RecorderSpec =
  | {
      readonly kind: "field";
      readonly population: number;
      readonly slot: number;
      /** When in a step: `end`, or `inputs` = after spike delivery and before the neurons (recorded inputs). */
      readonly phase: "end" | "inputs";
      /** Population ranks in the order wanted; null for all. */
      readonly ranks: Int32Array | null;
      /** Records when (step − offset) mod period = 0. [steps] */
      readonly period: number;
      readonly offset: number;
    }
  | { readonly kind: "spikes"; readonly population: number; readonly ranks: Int32Array | null };
