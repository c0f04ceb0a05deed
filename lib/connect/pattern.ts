import {
  checkDelays,
  checkFlag,
  checkKnown,
  checkStorage,
  checkWeights,
  STORAGE_OPTIONS,
  type ConnectorOptions,
  type Num,
} from "./options.js";
import type { Rows, Site } from "./rows.js";

/** A pattern of connections after its checks, to be carried out at `compile`. */
export type Pattern = RulePattern | ExplicitPattern;

/** Synapses that the engine finds by a rule. */
export interface RulePattern {
  readonly kind: "allToAll" | "oneToOne" | "fixedProbability";
  /** Probability of each synapse; 1 where the pattern has none. */
  readonly probability: number;
  readonly weights: Num;
  /** [ms] */
  readonly delays: Num;
  /** One number was given for all weights: one may be stored for all synapses. */
  readonly singleWeight: boolean;
  /**
   * Which synapses of a neuron to itself there are: all, or none where pre and post are the same population, or none where
   * they are the same object (two views of one population are two objects).
   */
  readonly selfConnections: "all" | "noneInPopulation" | "noneInObject";
}

/** Synapses that a user names one by one. */
export interface ExplicitPattern {
  readonly kind: "explicit";
  /** [ms] Null: the rows say. */
  readonly delays: Num | null;
  /** The synapses between two populations or views. @throws {SimulatorError} when they do not fit. */
  readonly rows: (site: Site) => Rows;
}

/** The checks that all rules share: of the names of the options, the weights and the delays. */
export function commonPattern(
  connector: string,
  options: Partial<ConnectorOptions>,
  known: readonly string[],
): Pick<RulePattern, "weights" | "delays" | "singleWeight"> {
  const shared = ["weights", "delays", "forceMultipleWeights"];
  checkKnown(connector, options, [...shared, ...known, ...STORAGE_OPTIONS]);
  checkStorage(connector, options);
  const weights = checkWeights(connector, options.weights);
  const many = checkFlag(connector, "forceMultipleWeights", options.forceMultipleWeights);
  return {
    weights,
    delays: checkDelays(connector, options.delays),
    singleWeight: typeof weights === "number" && !many,
  };
}
