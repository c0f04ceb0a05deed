import { nearest } from "../diagnostics.js";
import type { Expression } from "../dsl/ast.js";
import { parseExpression } from "../dsl/parser.js";
import { walk } from "../dsl/traverse.js";
import type { Creating, Pruning, SynapseOptions } from "./definition.js";
import { placeOf } from "./places.js";
import { resolve } from "./resolve.js";
import { complain, type Scope } from "./scope.js";
import type { CreatingRule, Rule, SynapseModel } from "./types.js";

type Kind = "creating" | "pruning";

/** A number that can be said of a rule behind its condition. */
interface Setting {
  readonly expected: string;
  readonly accepts: (value: number) => boolean;
}

const proba: Setting = {
  expected: "a number from 0 to 1",
  accepts: (value) => value >= 0 && value <= 1,
};
const w: Setting = { expected: "a number", accepts: Number.isFinite };
const d: Setting = {
  expected: "a time of at least 0 ms",
  accepts: (value) => Number.isFinite(value) && value >= 0,
};

const settings: { readonly [K in Kind]: Readonly<Record<string, Setting>> } = {
  creating: { proba, w, d },
  pruning: { proba },
};

/**
 * Read the rules of structural plasticity: a condition, and what is said of it, as a text `post.r > 1 : proba = 0.5, w = 0.01`
 * or as an object. A probability that no text gives draws no random number.
 */
export function analyseRules(
  scope: Scope,
  options: SynapseOptions,
): Pick<SynapseModel, "creating" | "pruning"> {
  const creating = readRule(scope, "creating", options.creating);
  const pruning = readRule(scope, "pruning", options.pruning);
  return {
    creating:
      creating === null
        ? null
        : {
            ...creating.rule,
            weight: creating.values["w"] ?? 0,
            delay: creating.values["d"] ?? null,
          },
    pruning: pruning?.rule ?? null,
  } satisfies { readonly creating: CreatingRule | null; readonly pruning: Rule | null };
}

interface ReadRule {
  readonly rule: Rule;
  readonly values: Readonly<Record<string, number>>;
}

function readRule(
  scope: Scope,
  kind: Kind,
  given: string | Creating | Pruning | undefined,
): ReadRule | null {
  if (given === undefined) return null;
  const isTextual = typeof given === "string";
  const whole = isTextual ? given : given.equation;
  const colon = isTextual ? whole.lastIndexOf(":") : -1;
  const name = `${scope.model}, ${kind}`;
  const source = { name, text: colon < 0 ? whole : whole.slice(0, colon) };
  scope.sources.push(source);
  const values = isTextual
    ? readSettings(scope, kind, colon < 0 ? "" : whole.slice(colon + 1))
    : givenSettings(scope, kind, given);
  const parsed = parseExpression(source, scope.report);
  if (parsed === null) return null;
  const first = scope.uses.random.length;
  const condition = resolve(scope, parsed, placeOf(kind));
  checkDraws(scope, first, kind);
  if (kind === "creating") refuseOwnValues(scope, condition);
  return { rule: { condition, probability: values["proba"] ?? null }, values };
}

/** A rule draws once per candidate: one random term, with numbers as its arguments. */
function checkDraws(scope: Scope, first: number, rule: Kind): void {
  const [term, more] = scope.uses.random.slice(first);
  const literal = term?.parameters.every((value) => typeof value === "number") ?? true;
  const wrong = more ?? (literal ? undefined : term);
  if (wrong !== undefined) complain(scope, "RULE_DRAWS", { rule }, wrong.call.span);
}

/** A synapse that is to be made has no values yet: its rule reads the neurons, and what is the same for all synapses. */
function refuseOwnValues(scope: Scope, condition: Expression): void {
  const { where } = placeOf("creating");
  walk(condition, (node) => {
    if (node.kind !== "name") return;
    const locality = scope.attributes.get(node.name)?.locality ?? "global";
    if (locality === "global") return;
    const construct = `"${node.name}", a value of synapses,`;
    complain(scope, "NOT_ALLOWED_HERE", { construct, where }, node.span);
  });
}

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/iu;

/** What stands behind the colon: `proba = 0.5, w = 0.01`. */
function readSettings(scope: Scope, kind: Kind, text: string): Record<string, number> {
  const known = settings[kind];
  const source = { name: `${scope.model}, ${kind}`, text };
  const values: Record<string, number> = {};
  for (const { 0: part, index } of text.matchAll(/[^,]+/gu)) {
    const word = /^\s*([\w-]+)\s*(?:=|$)/u.exec(part)?.[1] ?? part.trim();
    const start = index + part.indexOf(word);
    const span = { source, start, end: start + word.length };
    const setting = Object.hasOwn(known, word) ? known[word] : undefined;
    if (setting === undefined) {
      const near = nearest(word, Object.keys(known));
      complain(scope, "UNKNOWN_FLAG", { flag: word, nearest: near }, span);
      continue;
    }
    const digits = part.slice(part.indexOf("=") + 1).trim();
    const value = NUMBER.test(digits) ? Number(digits) : NaN;
    if (setting.accepts(value)) values[word] = value;
    else {
      complain(
        scope,
        "RULE_SETTING",
        { rule: kind, setting: word, expected: setting.expected },
        span,
      );
    }
  }
  return values;
}

/** What an object says of its condition: everything, so that its probability is drawn also where it is 1. */
function givenSettings(
  scope: Scope,
  kind: Kind,
  given: Creating | Pruning,
): Record<string, number> {
  const values: Record<string, number> = {};
  for (const [word, { expected, accepts }] of Object.entries(settings[kind])) {
    const value: unknown = Object.entries(given).find(([key]) => key === word)?.[1];
    if (value === null || value === undefined) continue;
    if (typeof value === "number" && accepts(value)) values[word] = value;
    else complain(scope, "RULE_SETTING", { rule: kind, setting: word, expected }, null);
  }
  return values;
}
