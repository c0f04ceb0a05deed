import type { Comparison, Expression } from "../../../lib/dsl/ast.js";
import { builtins, CHOICE, findBuiltin } from "../../../lib/dsl/functions.js";

/** Value of an expression of names, numbers and built-in functions. */
export function evaluate(expression: Expression, values: ReadonlyMap<string, number>): number {
  const at = (part: Expression): number => evaluate(part, values);
  switch (expression.kind) {
    case "number":
      return expression.value;
    case "boolean":
      return Number(expression.value);
    case "name":
      return values.get(expression.name) ?? NaN;
    case "unary":
      return expression.operator === "-"
        ? -at(expression.operand)
        : Number(!at(expression.operand));
    case "binary":
      return operators[expression.operator](at(expression.left), at(expression.right));
    case "comparison":
      return compare(expression, at);
    case "conditional":
      return at(at(expression.condition) === 0 ? expression.otherwise : expression.then);
    case "call": {
      const { name, operands } = expression;
      if (name === CHOICE) return at(operands[at(operands[0]!) === 0 ? 2 : 1]!);
      const { evaluate: value, arity } = builtins[findBuiltin(name)!];
      const numbers = operands.map(at);
      return numbers
        .slice(arity)
        .reduce((first, next) => value(first, next), value(...numbers.slice(0, arity)));
    }
    case "gradient":
    case "remote":
    case "input":
    case "reduction":
    case "random":
      throw new Error(`a ${expression.kind} has no value here`);
  }
}

const operators = {
  "+": (a: number, b: number): number => a + b,
  "-": (a: number, b: number): number => a - b,
  "*": (a: number, b: number): number => a * b,
  "/": (a: number, b: number): number => a / b,
  "^": (a: number, b: number): number => a ** b,
  and: (a: number, b: number): number => Number(a !== 0 && b !== 0),
  or: (a: number, b: number): number => Number(a !== 0 || b !== 0),
} as const;

const comparisons = {
  "<": (a: number, b: number): boolean => a < b,
  "<=": (a: number, b: number): boolean => a <= b,
  ">": (a: number, b: number): boolean => a > b,
  ">=": (a: number, b: number): boolean => a >= b,
  "==": (a: number, b: number): boolean => a === b,
  "!=": (a: number, b: number): boolean => a !== b,
} as const;

function compare(
  { operands, operators: links }: Comparison,
  at: (part: Expression) => number,
): number {
  return Number(
    links.every((link, i) => comparisons[link](at(operands[i]!), at(operands[i + 1]!))),
  );
}
