import {
  checkFlag,
  checkProbability,
  type ConnectorOptions,
  type SelfConnections,
} from "./options.js";
import { commonPattern, type RulePattern } from "./pattern.js";

/** Every possible synapse with the same probability, independently. */
export function fixedProbability(
  options: ConnectorOptions & SelfConnections & { readonly probability: number },
): RulePattern {
  const name = "fixedProbability";
  const common = commonPattern(name, options, ["probability", "allowSelfConnections"]);
  const allowed = checkFlag(name, "allowSelfConnections", options.allowSelfConnections);
  const probability = checkProbability(name, options.probability);
  const selfConnections = allowed ? "all" : "noneInObject";
  return { ...common, kind: name, probability, number: 0, selfConnections };
}
