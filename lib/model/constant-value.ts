import type { Expression } from "../dsl/ast.js";
import { builtins, findBuiltin, mathConstants } from "../dsl/functions.js";

/**
 * Work out an expression of numbers, such as `1/2.46`. Null when it depends on anything else.
 * Integer literals are reals: 1/2 is a half.
 */
export function constantValue(expression: Expression): number | null {
  switch (expression.kind) {
    case "number":
      return expression.value;
    case "boolean":
      return Number(expression.value);
    case "name":
      return mathConstants.get(expression.name) ?? null;
    case "unary": {
      const value = constantValue(expression.operand);
      if (value === null) return null;
      return expression.operator === "-" ? -value : Number(value === 0);
    }
    case "binary": {
      const left = constantValue(expression.left);
      const right = constantValue(expression.right);
      if (left === null || right === null) return null;
      return arithmetic[expression.operator]?.(left, right) ?? null;
    }
    case "call": {
      const builtin = findBuiltin(expression.name);
      const operands = expression.operands.map(constantValue);
      const known = operands.filter((value) => value !== null);
      if (builtin === null || known.length < operands.length) return null;
      if (known.length !== builtins[builtin].arity) return null;
      return builtins[builtin].evaluate(...known);
    }
    case "comparison":
    case "conditional":
    case "gradient":
    case "remote":
    case "input":
    case "reduction":
    case "random":
      return null;
  }
}

const arithmetic: Readonly<Record<string, (a: number, b: number) => number>> = {
  "+": (a, b) => a + b,
  "-": (a, b) => a - b,
  "*": (a, b) => a * b,
  "/": (a, b) => a / b,
  "^": (a, b) => a ** b,
};
