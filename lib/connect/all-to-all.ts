import { checkFlag, type ConnectorOptions, type SelfConnections } from "./options.js";
import { commonPattern, type RulePattern } from "./pattern.js";

/** Every neuron to every neuron. */
export function allToAll(options: ConnectorOptions & SelfConnections): RulePattern {
  const name = "allToAll";
  const common = commonPattern(name, options, ["allowSelfConnections"]);
  const allowed = checkFlag(name, "allowSelfConnections", options.allowSelfConnections);
  const selfConnections = allowed ? "all" : "noneInPopulation";
  return { ...common, kind: name, probability: 1, number: 0, selfConnections };
}
