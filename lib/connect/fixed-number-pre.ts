import { checkFlag, checkNumber, type ConnectorOptions, type SelfConnections } from "./options.js";
import { requirePartners } from "./partners.js";
import { commonPattern, type RulePattern } from "./pattern.js";

/** To every post neuron the same number of pre neurons, drawn without replacement. */
export function fixedNumberPre(
  options: ConnectorOptions & SelfConnections & { readonly number: number },
): RulePattern {
  const name = "fixedNumberPre";
  const common = commonPattern(name, options, ["number", "allowSelfConnections"]);
  const allowed = checkFlag(name, "allowSelfConnections", options.allowSelfConnections);
  const number = checkNumber(name, options.number);
  return {
    ...common,
    kind: name,
    probability: 1,
    number,
    selfConnections: allowed ? "all" : "noneInObject",
    check: (site) => {
      // A neuron that may not be its own partner has one fewer to choose from.
      const partners = site.pre.size - (site.same && !allowed ? 1 : 0);
      requirePartners({ connector: name, end: "pre", number, partners }, site);
    },
  };
}
