import {
  checkDelays,
  checkFlag,
  checkKnown,
  checkStorage,
  checkWeights,
  STORAGE_OPTIONS,
  type ConnectorOptions,
  type Num,
  type StorageOptions,
} from "./options.js";
import type { Rows, Site } from "./rows.js";

/** A pattern of connections after its checks, to be carried out at `compile`. */
export type Pattern = RulePattern | ProfilePattern | ExplicitPattern;

/**
 * Which synapses of a neuron to itself there are: all, or none where pre and post are the same population, or none where
 * they are the same object (two views of one population are two objects).
 */
export type SelfConnectionRule = "all" | "noneInPopulation" | "noneInObject";

/** What all patterns have. */
interface AnyPattern {
  /** [ms] Null: the rows say. */
  readonly delays: Num | null;
  /** The options that say how the synapses would be stored. */
  readonly storage: StorageOptions;
  /** Check whether it fits what is connected. @throws {SimulatorError} when it does not. */
  readonly check?: (site: Site) => void;
}

/** Synapses that the engine finds by a rule. */
export interface RulePattern extends AnyPattern {
  readonly kind:
    "allToAll" | "oneToOne" | "fixedProbability" | "fixedNumberPre" | "fixedNumberPost";
  /** Probability of each synapse; 1 where the pattern has none. */
  readonly probability: number;
  /** Partners of each neuron; 0 where the pattern has none. */
  readonly number: number;
  readonly weights: Num;
  readonly delays: Num;
  /** One number was given for all weights: one may be stored for all synapses. */
  readonly singleWeight: boolean;
  readonly selfConnections: SelfConnectionRule;
}

/** One term of a profile: amplitude · exp(−d² / (2 sigma²)) at the distance d. */
export interface ProfileTerm {
  readonly amplitude: number;
  readonly sigma: number;
}

/** Weights that the engine works out from distances between neurons. */
export interface ProfilePattern extends AnyPattern {
  readonly kind: "profile";
  /** A weight is their sum. */
  readonly terms: readonly ProfileTerm[];
  /** Weights that do not exceed it in magnitude are no synapses. */
  readonly threshold: number;
  readonly delays: Num;
  readonly singleWeight: false;
  readonly selfConnections: SelfConnectionRule;
}

/** Synapses that a user names one by one. */
export interface ExplicitPattern extends AnyPattern {
  readonly kind: "explicit";
  /** Where they come from, in a few words. Default: a function of the user. */
  readonly origin?: string;
  /** The synapses between two populations or views. @throws {SimulatorError} when they do not fit. */
  readonly rows: (site: Site) => Rows;
}

/** The checks that all rules share: of the names of the options, the weights and the delays. */
export function commonPattern(
  connector: string,
  options: Partial<ConnectorOptions>,
  known: readonly string[],
): Pick<RulePattern, "weights" | "delays" | "singleWeight" | "storage"> {
  const shared = ["weights", "delays", "forceMultipleWeights"];
  checkKnown(connector, options, [...shared, ...known, ...STORAGE_OPTIONS]);
  const storage = checkStorage(connector, options);
  const weights = checkWeights(connector, options.weights);
  const many = checkFlag(connector, "forceMultipleWeights", options.forceMultipleWeights);
  return {
    weights,
    delays: checkDelays(connector, options.delays),
    singleWeight: typeof weights === "number" && !many,
    storage,
  };
}
