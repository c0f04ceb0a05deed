import { nearest } from "../diagnostics.js";
import { parseExpression } from "../dsl/parser.js";
import type { SynapseOptions } from "./definition.js";
import { placeOf } from "./places.js";
import { resolve } from "./resolve.js";
import { complain, type Scope } from "./scope.js";

/** What can be said of a rule behind its condition. */
const settings = { creating: ["proba", "w", "d"], pruning: ["proba"] } as const;

/**
 * Check the rules of structural plasticity as texts: `post.r > 1 : proba = 0.5, w = 0.01`. They have no effect yet, and
 * that is a mistake too.
 */
export function checkRules(scope: Scope, options: SynapseOptions): void {
  for (const rule of ["creating", "pruning"] as const) {
    const given = options[rule];
    if (given === undefined) continue;
    const text = typeof given === "string" ? given : given.equation;
    const colon = typeof given === "string" ? text.lastIndexOf(":") : -1;
    const source = {
      name: `${scope.model}, ${rule}`,
      text: colon < 0 ? text : text.slice(0, colon),
    };
    const condition = parseExpression(source, scope.report);
    // Their draws are none of the equations'.
    if (condition !== null)
      resolve({ ...scope, uses: { ...scope.uses, random: [] } }, condition, placeOf(rule));
    if (colon >= 0) checkSettings(scope, rule, text.slice(colon + 1));
    complain(scope, "UNSUPPORTED", { construct: `the option "${rule}"` }, null);
  }
}

function checkSettings(scope: Scope, rule: keyof typeof settings, text: string): void {
  const known: readonly string[] = settings[rule];
  const source = { name: `${scope.model}, ${rule}`, text };
  for (const { 1: word = "", index } of text.matchAll(/([\w-]+)\s*=/gu)) {
    if (known.includes(word)) continue;
    const problem = { flag: word, nearest: nearest(word, known) };
    complain(scope, "UNKNOWN_FLAG", problem, { source, start: index, end: index + word.length });
  }
}
