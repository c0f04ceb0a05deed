import type { ConnectorOptions } from "./options.js";
import { commonPattern, type RulePattern } from "./pattern.js";

/** The i-th neuron to the i-th neuron, as far as both ends reach. */
export function oneToOne(options: Partial<ConnectorOptions> = {}): RulePattern {
  const name = "oneToOne";
  const common = commonPattern(name, { weights: 1, ...options }, []);
  return { ...common, kind: name, probability: 1, number: 0, selfConnections: "all" };
}
