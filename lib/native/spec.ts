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

/** A global operation, worked out once per step after all neurons were updated; 0 before the first step. */
export interface ReductionSpec {
  readonly operation: "min" | "max" | "mean" | "norm1" | "norm2";
  /** Local field that it is taken over. */
  readonly source: number;
  /** Global real field that it is written to. */
  readonly slot: number;
}

/** Neurons whose output is given and not computed. */
export type SourceSpec =
  /** Spikes at given steps of the population's own clock, which stands still while it is disabled. */
  | {
      readonly kind: "spikes";
      /** (size + 1): where the steps of each neuron begin. */
      readonly start: Float64Array;
      /** Steps, ascending for each neuron. */
      readonly steps: Float64Array;
    }
  /** Values of one local real field that change block by block (TimedArray). */
  | {
      readonly kind: "blocks";
      /** Field that the blocks are written to. */
      readonly slot: number;
      /** (blocks, size), row-major. */
      readonly values: Float64Array;
      /** Step at which each block begins, ascending, at most one per block. */
      readonly schedule: Float64Array;
      /** Steps after which the schedule begins anew; -1: never. */
      readonly period: number;
    };

/** A population: its size, its compiled neuron type and its arrays. */
export interface PopulationSpec {
  /** The user's name, for error messages. */
  readonly name: string;
  readonly size: number;
  /** Path of the compiled library of the neuron type (`kernel_abi.h`); null: nothing is computed. */
  readonly library: string | null;
  /** All fields in slot order: the library's own table first, then those that only the engine and projections use. */
  readonly fields: readonly FieldSpec[];
  /** Slots the engine works with itself; null where the model has none. */
  readonly spikedSlot: number | null;
  readonly remainingSlot: number | null;
  readonly lastSpikeSlot: number | null;
  /** Flags of axonal events. */
  readonly axonSlot: number | null;
  /** Mean firing rate, written by the engine once a window is set. [Hz] */
  readonly rateSlot: number | null;
  /** Weighted sums, zeroed at the beginning of every step while the population is enabled. */
  readonly inputSlots: readonly number[];
  readonly reductions: readonly ReductionSpec[];
  readonly source: SourceSpec | null;
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
    }
  /** Weights that the connector `profile` works out. */
  | { readonly kind: "profile" }
  /** One value per synapse, in the order of the rows of an explicit connector. */
  | { readonly kind: "explicit"; readonly values: Float64Array };

/** Which neurons a rule connects. Ranks are population ranks; null stands for 0 … size−1. */
interface Between {
  readonly preRanks: Int32Array | null;
  readonly postRanks: Int32Array | null;
  /** Whether a synapse from a neuron to itself is allowed (only meaningful when pre and post are one population). */
  readonly selfConnections: boolean;
}

/** Pattern of connections. */
export type ConnectorSpec =
  | (Between & { readonly kind: "allToAll" | "oneToOne" })
  /** The probability lies in [0, 1]. */
  | (Between & { readonly kind: "fixedProbability"; readonly probability: number })
  /** Each neuron of one end has that many partners, at most as many as there are. */
  | (Between & { readonly kind: "fixedNumberPre" | "fixedNumberPost"; readonly number: number })
  /**
   * Weights by distance, between whole populations: the sum of amplitude · exp(−d² / (2 sigma²)) where it exceeds the
   * threshold in magnitude. Coordinates are brought to [0, 1]; the dimensions of pre are compared.
   */
  | (Between & {
      readonly kind: "profile";
      readonly profile: {
        readonly preGeometry: readonly number[];
        /** At least as many dimensions. */
        readonly postGeometry: readonly number[];
        readonly terms: readonly { readonly amplitude: number; readonly sigma: number }[];
        readonly threshold: number;
      };
    })
  /** Given synapses: row i are those of `postRanks[i]`, whose pre ranks keep the order given. Rows may be empty. */
  | {
      readonly kind: "explicit";
      /** Ascending. */
      readonly postRanks: Int32Array;
      /** (rows + 1) */
      readonly rowStart: Float64Array;
      /** (synapses) */
      readonly preRanks: Int32Array;
    };

/** Where a field of a synapse type is to be found. */
export type SynapseFieldSpec =
  | {
      readonly owner: "self";
      readonly name: string;
      readonly type: FieldType;
      readonly scope: "local" | "global" | "row" | "column";
    }
  | {
      readonly owner: "pre" | "post";
      readonly name: string;
      readonly type: FieldType;
      readonly scope: "local" | "global";
      /** Slot in the population at that end. */
      readonly slot: number;
    };

/** The compiled synapse type of a projection. */
export interface SynapseSpec {
  /** Path of the compiled library (`kernel_abi.h`). */
  readonly library: string;
  /** All fields in slot order; must equal the library's own table. */
  readonly fields: readonly SynapseFieldSpec[];
  /** Field `w`: local, or global where a single weight is stored. */
  readonly weightSlot: number;
  /** Where the delay of each synapse stands; null: one delay for all. [steps] */
  readonly delaySlot: number | null;
  /** Step up to which event-driven variables are integrated; the engine sets it to -10000 at a reset. */
  readonly lastEventSlots: readonly number[];
  /** Local variables of the user that are held once per row or column: read through the hook `expand`. */
  readonly expandedSlots: readonly number[];
}

/** A projection: which neurons it connects, how, and where its weights arrive. */
export interface ProjectionSpec {
  readonly name: string;
  /** Indices into `populations`. */
  readonly pre: number;
  readonly post: number;
  /** Slots of the post population's fields that receive `+= w`, one per target. */
  readonly targetSlots: readonly number[];
  /** Null: every spike adds `w` to the targets, and nothing else happens. */
  readonly synapse: SynapseSpec | null;
  /** One delay for all synapses [steps], at least 1; or one for each, rounded already where they are explicit. */
  readonly delay: number | ValueSpec;
  /** Largest delay of any synapse. [steps] */
  readonly longestDelay: number;
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

/** Recording times: steps at which (step − offset) mod period = 0. [steps] */
interface Schedule {
  readonly period: number;
  readonly offset: number;
}

/** What to record, from the next step on. */
export type RecorderSpec =
  | ({
      readonly kind: "field";
      readonly population: number;
      readonly slot: number;
      /** When in a step: `end`, or `inputs` = after spike delivery and before the neurons (recorded inputs). */
      readonly phase: "end" | "inputs";
      /** Population ranks in the order wanted; null for all. */
      readonly ranks: Int32Array | null;
    } & Schedule)
  | ({
      readonly kind: "synapses";
      readonly projection: number;
      readonly slot: number;
      /** Rows, as positions in `Synapses.postRanks`; null for all. A record has their values row by row. */
      readonly rows: Int32Array | null;
    } & Schedule)
  | {
      /** Spikes, or axonal events. */
      readonly kind: "spikes" | "axonSpikes";
      readonly population: number;
      readonly ranks: Int32Array | null;
    };
