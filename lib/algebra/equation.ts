import type { Expression } from "../dsl/ast.js";
import { some } from "../dsl/traverse.js";
import { divide, isNumber, negate, number, subtract } from "./build.js";
import { polynomial } from "./polynomial.js";

/** An equation `left = right` as A · dx/dt = N, with A and N free of the gradient. */
export interface GradientForm {
  /** A */
  readonly factor: Expression;
  /** N */
  readonly rest: Expression;
}

/** Isolate the gradient that stands on the left side of an equation. Null when it is not affine in the gradient. */
export function gradientForm(left: Expression, right: Expression): GradientForm | null {
  const terms = polynomial(left, isGradient);
  if (terms?.length !== 2) return null;
  const [constant, factor] = terms as readonly [Expression, Expression];
  // A gradient that is left in a coefficient stands inside a function.
  if (some(constant, isGradient) || some(factor, isGradient)) return null;
  return { factor, rest: isNumber(constant, 0) ? right : subtract(right, constant) };
}

function isGradient(node: Expression): boolean {
  return node.kind === "gradient";
}

/** A linear equation of x as dx/dt = (S − x)/τ. */
export interface RelaxationForm {
  /** τ, the time constant. */
  readonly timeConstant: Expression;
  /** S, the steady state. */
  readonly steadyState: Expression;
}

/**
 * Write A · dx/dt = N as a relaxation: with N = D − C·x, τ = A/C and S = D/C. Null when N is not linear in x or
 * A depends on it. What depends on x through a function is part of D and C.
 */
export function relaxationForm(
  { factor, rest }: GradientForm,
  name: string,
): RelaxationForm | null {
  const isUnknown = (node: Expression): boolean => node.kind === "name" && node.name === name;
  if (some(factor, isUnknown)) return null;
  const terms = polynomial(rest, isUnknown);
  if (terms?.length !== 2) return null;
  const slope = negate(terms[1]!);
  return { timeConstant: divide(factor, slope), steadyState: divide(terms[0]!, slope) };
}

/** 1/a, for a divisor that is used more than once. */
export function reciprocal(a: Expression): Expression {
  return divide(number(1, a.span), a);
}
