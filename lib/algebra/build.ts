import type { Binary, Expression } from "../dsl/ast.js";
import { CHOICE } from "../dsl/functions.js";
import { sameExpression } from "../dsl/traverse.js";
import { cover, type Span } from "../source.js";

/** A number that stands at the place of the text it was derived from. */
export function number(value: number, span: Span): Expression {
  return { kind: "number", value, span };
}

/** Tell whether an expression is this number. */
export function isNumber(expression: Expression, value: number): boolean {
  return expression.kind === "number" && expression.value === value;
}

/** a + b without terms that vanish. */
export function add(a: Expression, b: Expression): Expression {
  if (isNumber(a, 0)) return b;
  if (isNumber(b, 0)) return a;
  if (a.kind === "number" && b.kind === "number") return number(a.value + b.value, a.span);
  if (b.kind === "unary" && b.operator === "-") return subtract(a, b.operand);
  return { kind: "binary", operator: "+", left: a, right: b, span: spanOf(a, b) };
}

/** a − b without terms that vanish. */
export function subtract(a: Expression, b: Expression): Expression {
  if (isNumber(b, 0)) return a;
  if (isNumber(a, 0)) return negate(b);
  if (a.kind === "number" && b.kind === "number") return number(a.value - b.value, a.span);
  if (sameExpression(a, b)) return number(0, a.span);
  if (b.kind === "unary" && b.operator === "-") return add(a, b.operand);
  if (b.kind === "number" && b.value < 0) return add(a, negate(b));
  return { kind: "binary", operator: "-", left: a, right: b, span: spanOf(a, b) };
}

/** a · b without factors 0, 1 and −1; a sign of a factor becomes that of the product. */
export function multiply(a: Expression, b: Expression): Expression {
  if (isNumber(a, 0) || isNumber(b, 1)) return a;
  if (isNumber(b, 0) || isNumber(a, 1)) return b;
  if (isNumber(a, -1)) return negate(b);
  if (isNumber(b, -1)) return negate(a);
  if (a.kind === "number" && b.kind === "number") return number(a.value * b.value, a.span);
  if (isSigned(a)) return negate(multiply(negate(a), b));
  if (isSigned(b)) return negate(multiply(a, negate(b)));
  return { kind: "binary", operator: "*", left: a, right: b, span: spanOf(a, b) };
}

/** a / b without the divisors 1 and −1; a quotient as divisor is turned over. */
export function divide(a: Expression, b: Expression): Expression {
  if (isNumber(a, 0) || isNumber(b, 1)) return a;
  if (isNumber(b, -1)) return negate(a);
  if (isQuotient(b)) {
    return isQuotient(a) && sameExpression(a.right, b.right)
      ? divide(a.left, b.left)
      : divide(multiply(a, b.right), b.left);
  }
  return { kind: "binary", operator: "/", left: a, right: b, span: spanOf(a, b) };
}

/** −a; a difference is turned round, and a quotient changes the sign of its dividend. */
export function negate(a: Expression): Expression {
  if (a.kind === "number") return number(a.value === 0 ? 0 : -a.value, a.span);
  if (a.kind === "unary" && a.operator === "-") return a.operand;
  if (a.kind === "binary" && a.operator === "-") return subtract(a.right, a.left);
  if (isQuotient(a)) return divide(negate(a.left), a.right);
  return { kind: "unary", operator: "-", operand: a, span: a.span };
}

/** a ^ b without the exponents 0 and 1. */
export function raise(a: Expression, b: Expression): Expression {
  if (isNumber(b, 0)) return number(1, a.span);
  if (isNumber(b, 1)) return a;
  return { kind: "binary", operator: "^", left: a, right: b, span: spanOf(a, b) };
}

/** A function of the language and its operands. */
export function call(name: string, operands: readonly Expression[], span: Span): Expression {
  return { kind: "call", name, operands, nameSpan: span, span };
}

/** `ite(condition, a, b)`, or the value itself when both are the same. */
export function choose(condition: Expression, a: Expression, b: Expression): Expression {
  return sameExpression(a, b) ? a : call(CHOICE, [condition, a, b], condition.span);
}

function isSigned(a: Expression): boolean {
  return (a.kind === "number" && a.value < 0) || (a.kind === "unary" && a.operator === "-");
}

function isQuotient(a: Expression): a is Binary {
  return a.kind === "binary" && a.operator === "/";
}

function spanOf(a: Expression, b: Expression): Span {
  return a.span.source === b.span.source ? cover(a.span, b.span) : a.span;
}
