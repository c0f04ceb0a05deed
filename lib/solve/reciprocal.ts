import { reciprocal } from "../algebra/equation.js";
import type { Expression } from "../dsl/ast.js";
import type { Body } from "./body.js";

/**
 * Multiply by the reciprocal where an equation divides by something that is the same for all elements: one division
 * per call instead of one per element. The result can differ from the quotient in the last bit, so this is
 * done in derivatives only, whose scheme has a far larger error, and there only between sums, products and
 * quotients: what a function or a condition is given is divided as written, and so is every assignment.
 */
export function withSharedReciprocals(expression: Expression, body: Body): Expression {
  if (expression.kind === "unary" && expression.operator === "-") {
    return { ...expression, operand: withSharedReciprocals(expression.operand, body) };
  }
  if (expression.kind !== "binary" || !["+", "-", "*", "/"].includes(expression.operator)) {
    return expression;
  }
  const left = withSharedReciprocals(expression.left, body);
  const right = withSharedReciprocals(expression.right, body);
  const shared =
    expression.operator === "/" &&
    expression.right.kind !== "number" &&
    body.isShared(expression.right) &&
    !body.isShared(expression.left);
  return shared
    ? { ...expression, operator: "*", left, right: reciprocal(expression.right) }
    : { ...expression, left, right };
}
