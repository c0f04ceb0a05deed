import {
  checkDelay,
  checkFlag,
  checkKnown,
  checkWeights,
  type ConnectorOptions,
  type Num,
} from "./options.js";

/**
 * A pattern of connections after its checks, to be carried out at `compile`.
 */
export interface Pattern {
  readonly kind: "allToAll" | "oneToOne" | "fixedProbability";
  /** Probability of each synapse; 1 where the pattern has none. */
  readonly probability: number;
  readonly weights: Num;
  /** [ms] */
  readonly delay: number;
  /** One weight stands for all synapses. */
  readonly singleWeight: boolean;
  /**
   * Which synapses of a neuron to itself there are: all, or none where pre and post are the same population, or none where
   * they are the same object (two views of one population are two objects).
   */
  readonly selfConnections: "all" | "noneInPopulation" | "noneInObject";
}

/** The checks that all connectors share: of the names of the options, the weights and the delay. */
export function commonPattern(
  connector: string,
  options: Partial<ConnectorOptions>,
  known: readonly string[],
): Pick<Pattern, "weights" | "delay" | "singleWeight"> {
  checkKnown(connector, options, ["weights", "delays", "forceMultipleWeights", ...known]);
  const weights = checkWeights(connector, options.weights);
  const many = checkFlag(connector, "forceMultipleWeights", options.forceMultipleWeights);
  return {
    weights,
    delay: checkDelay(connector, options.delays),
    singleWeight: typeof weights === "number" && !many,
  };
}
