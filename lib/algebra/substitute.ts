import type { Expression } from "../dsl/ast.js";
import { rewrite } from "../dsl/traverse.js";

/** Put expressions in the place of names, all at once: a name inside of what was put in stays. */
export function substitute(
  expression: Expression,
  values: ReadonlyMap<string, Expression>,
): Expression {
  return rewrite(expression, (node) =>
    node.kind === "name" ? (values.get(node.name) ?? node) : node,
  );
}
