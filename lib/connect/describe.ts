import type { Pattern, ProfilePattern, RulePattern } from "./pattern.js";
import type { Num } from "./options.js";

const RULES: Readonly<Record<RulePattern["kind"], string>> = {
  allToAll: "All-to-All",
  oneToOne: "One-to-One",
  fixedProbability: "Random",
  fixedNumberPre: "Random Convergent",
  fixedNumberPost: "Random Divergent",
};

/** Say in one line how a projection is connected, as reports do: `All-to-All, weights 1.0, delays 0.0`. */
export function describePattern(pattern: Pattern): string {
  if (pattern.kind === "explicit") {
    return joined(pattern.origin ?? "User-defined", [["delays", pattern.delays]]);
  }
  if (pattern.kind === "profile") {
    const terms = pattern.terms.flatMap(({ amplitude, sigma }): Fact[] => [
      ["amplitude", amplitude],
      ["sigma", sigma],
    ]);
    return joined(profileName(pattern), [...terms, ["delays", pattern.delays]]);
  }
  const { kind, probability, number, weights, delays } = pattern;
  return joined(RULES[kind], [
    ["probability", kind === "fixedProbability" ? probability : null],
    ["number", number > 0 ? number : null],
    ["weights", weights],
    ["delays", delays],
  ]);
}

type Fact = readonly [name: string, value: Num | null];

function profileName({ terms }: ProfilePattern): string {
  return terms.length === 1 ? "Gaussian" : "Difference-of-Gaussian";
}

function joined(name: string, facts: readonly Fact[]): string {
  const told = facts.flatMap(([fact, value]) => (value === null ? [] : [`${fact} ${text(value)}`]));
  return [name, ...told].join(", ");
}

function text(value: Num): string {
  return Number.isInteger(value) ? `${String(value)}.0` : String(value);
}
