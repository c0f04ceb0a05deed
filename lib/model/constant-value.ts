import type { Expression } from "../dsl/ast.js";
import { evaluate, numbersOnly } from "../dsl/evaluate.js";

/**
 * Work out an expression of numbers, such as `1/2.46`. Null when it depends on anything else.
 * Integer literals are reals: 1/2 is a half.
 */
export function constantValue(expression: Expression): number | null {
  return evaluate(expression, numbersOnly) ?? null;
}
