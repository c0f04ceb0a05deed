import { checkFlag, checkNumber, type ConnectorOptions, type SelfConnections } from "./options.js";
import { requirePartners } from "./partners.js";
import { commonPattern, type RulePattern } from "./pattern.js";

/**
 * From every pre neuron to the same number of post neurons, drawn without replacement. Where that is all of them, a neuron
 * is connected to itself too.
 */
export function fixedNumberPost(
  options: Partial<ConnectorOptions> & SelfConnections & { readonly number: number },
): RulePattern {
  const name = "fixedNumberPost";
  const given = { weights: 1, ...options };
  const common = commonPattern(name, given, ["number", "allowSelfConnections"]);
  const allowed = checkFlag(name, "allowSelfConnections", options.allowSelfConnections);
  const number = checkNumber(name, options.number);
  return {
    ...common,
    kind: name,
    probability: 1,
    number,
    selfConnections: allowed ? "all" : "noneInObject",
    check: (site) => {
      const partners = site.post.size;
      requirePartners({ connector: name, end: "post", number, partners }, site);
    },
  };
}
