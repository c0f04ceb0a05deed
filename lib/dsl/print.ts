import type { Expression, Side, Statement } from "./ast.js";
import { COMPARISON, infixOperators, prefixOperators } from "./token.js";

const ATOM = 10;

/** Write an expression in the equation language, with as few brackets as its meaning allows. */
export function print(expression: Expression): string {
  switch (expression.kind) {
    case "number":
      return printNumber(expression.value);
    case "boolean":
      return expression.value ? "True" : "False";
    case "name":
      return expression.name;
    case "gradient":
      return `d${expression.name}/dt`;
    case "remote":
      return dotted(expression.side, expression.name);
    case "input":
      return dotted(expression.side, `sum(${expression.target ?? ""})`);
    case "reduction":
      return `${expression.operation}(${dotted(expression.side, expression.name)})`;
    case "random":
      return print(expression.call);
    case "unary":
      return expression.operator === "not"
        ? `not ${within(expression.operand, precedenceOf(expression))}`
        : `-${within(expression.operand, precedenceOf(expression))}`;
    case "binary": {
      const { precedence, rightAssociative } = infixOperators.get(expression.operator)!;
      // The right operand of a power may be a negative factor: a^-b.
      const left = within(expression.left, rightAssociative ? precedence + 1 : precedence);
      const right = within(expression.right, rightAssociative ? precedence - 1 : precedence + 1);
      return expression.operator === "^"
        ? `${left}^${right}`
        : `${left} ${expression.operator} ${right}`;
    }
    case "comparison":
      return expression.operands
        .map((operand) => within(operand, COMPARISON + 1))
        .map((text, i) => (i === 0 ? text : `${expression.operators[i - 1]!} ${text}`))
        .join(" ");
    case "call":
      return `${expression.name}(${expression.operands.map(print).join(", ")})`;
    case "conditional": {
      const { condition, then, otherwise } = expression;
      return `if ${print(condition)}: ${print(then)} else: ${print(otherwise)}`;
    }
  }
}

/** Write a statement without its flags. */
export function printStatement(statement: Statement): string {
  return `${print(statement.left)} ${statement.operator} ${print(statement.right)}`;
}

function dotted(side: Side | null, name: string): string {
  return side === null ? name : `${side}.${name}`;
}

/** The shortest text that reads back as the same number. */
function printNumber(value: number): string {
  return Number.isFinite(value) ? String(value) : "1e999";
}

function within(expression: Expression, least: number): string {
  const text = print(expression);
  return precedenceOf(expression) < least ? `(${text})` : text;
}

/** How tightly the printed form holds together. */
function precedenceOf(expression: Expression): number {
  switch (expression.kind) {
    case "unary":
      return prefixOperators.get(expression.operator)!;
    case "binary":
      return infixOperators.get(expression.operator)!.precedence;
    case "comparison":
      return COMPARISON;
    case "conditional":
      return 0;
    case "number":
      // Negative numbers come from algebra only.
      return expression.value < 0 ? prefixOperators.get("-")! : ATOM;
    case "boolean":
    case "name":
    case "gradient":
    case "remote":
    case "input":
    case "reduction":
    case "random":
    case "call":
      return ATOM;
  }
}
