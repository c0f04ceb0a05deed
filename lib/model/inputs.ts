import type { Expression } from "../dsl/ast.js";
import { walk } from "../dsl/traverse.js";
import { targetOf } from "./names.js";
import type { Scope } from "./scope.js";
import type { Assignment } from "./types.js";

/**
 * Find the inputs `g_target` of a spiking neuron; those without an equation become variables of their own.
 *
 * @returns their targets in order of appearance.
 */
export function declareInputs(scope: Scope, expressions: Iterable<Expression>): readonly string[] {
  const targets = new Set<string>();
  for (const expression of expressions) {
    walk(expression, (node) => {
      if (node.kind !== "name" && node.kind !== "gradient") return;
      const { name } = node;
      const target = targetOf(name);
      if (target === null || scope.attributes.get(name)?.kind === "parameter") return;
      targets.add(target);
      if (!scope.attributes.has(name)) scope.attributes.set(name, implicitVariable(name));
    });
  }
  return [...targets];
}

/** A variable that no text declares. */
export function implicitVariable(name: string) {
  return { name, kind: "variable", locality: "local", type: "float", init: 0, span: null } as const;
}

/** An input without an equation lives for one step. */
export function clearInput(scope: Scope, target: string): Assignment {
  const name = `g_${target}`;
  const source = { name: `${scope.model}, ${name}`, text: `${name} = 0.0` };
  const span = { source, start: source.text.length - 3, end: source.text.length };
  const value = { kind: "number", value: 0, span } as const;
  return { kind: "assignment", name, locality: "local", bounds: [], value, statement: null };
}
