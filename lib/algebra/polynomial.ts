import type { Expression } from "../dsl/ast.js";
import { some } from "../dsl/traverse.js";
import { add, divide, isNumber, multiply, negate, number, subtract } from "./build.js";

/** Coefficients of the powers 0, 1, 2, … of an unknown; the last one is not zero. */
export type Polynomial = readonly Expression[];

/** Powers beyond this are left to the user to expand. */
const MOST_FACTORS = 16;

/**
 * Collect the powers of an unknown. Products are expanded over sums as far as the unknown occurs in them. The
 * unknown inside a function is part of the coefficients: f(x) counts as a term without x.
 *
 * @returns null when the unknown is a divisor or has an exponent that is no whole number.
 */
export function polynomial(
  expression: Expression,
  isUnknown: (node: Expression) => boolean,
): Polynomial | null {
  if (isUnknown(expression)) {
    return [number(0, expression.span), number(1, expression.span)];
  }
  if (!some(expression, isUnknown)) return [expression];
  if (expression.kind === "unary" && expression.operator === "-") {
    const operand = polynomial(expression.operand, isUnknown);
    return operand === null ? null : operand.map(negate);
  }
  if (expression.kind !== "binary") return [expression];
  const { operator } = expression;
  if (operator === "and" || operator === "or") return [expression];
  const left = polynomial(expression.left, isUnknown);
  if (left === null) return null;
  if (operator === "^") {
    const insideOnly = left.length === 1 || some(expression.right, isUnknown);
    return insideOnly ? [expression] : power(left, expression.right);
  }
  const right = polynomial(expression.right, isUnknown);
  if (right === null) return null;
  switch (operator) {
    case "+":
      return combine(left, right, add);
    case "-":
      return combine(left, right, subtract);
    case "*":
      return product(left, right);
    case "/":
      return right.length > 1 ? null : left.map((term) => divide(term, right[0]!));
  }
}

function combine(a: Polynomial, b: Polynomial, join: typeof add): Polynomial {
  const terms = a.length > b.length ? a : b;
  return trim(terms.map((term, i) => join(coefficient(a, i, term), coefficient(b, i, term))));
}

function product(a: Polynomial, b: Polynomial): Polynomial {
  const place = a[0]!;
  const terms = Array.from({ length: a.length + b.length - 1 }, () => number(0, place.span));
  for (const [i, left] of a.entries()) {
    for (const [j, right] of b.entries()) {
      terms[i + j] = add(terms[i + j]!, multiply(left, right));
    }
  }
  return trim(terms);
}

function power(base: Polynomial, exponent: Expression): Polynomial | null {
  if (exponent.kind !== "number" || !Number.isInteger(exponent.value)) return null;
  const factors = exponent.value;
  if (factors < 0 || factors > MOST_FACTORS) return null;
  let result: Polynomial = [number(1, exponent.span)];
  for (let i = 0; i < factors; i++) result = product(result, base);
  return result;
}

function coefficient(terms: Polynomial, i: number, place: Expression): Expression {
  return terms[i] ?? number(0, place.span);
}

function trim(terms: readonly Expression[]): Polynomial {
  let length = terms.length;
  while (length > 1 && isNumber(terms[length - 1]!, 0)) length--;
  return terms.slice(0, length);
}
