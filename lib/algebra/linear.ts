import type { Expression } from "../dsl/ast.js";
import { some } from "../dsl/traverse.js";
import { number } from "./build.js";
import { polynomial } from "./polynomial.js";

/** Expressions as linear forms of unknowns: the value of row i is constants[i] + Σ coefficients[i][j] · unknown j. */
export interface LinearSystem {
  /** (expressions, unknowns); the number 0 where an unknown does not occur. */
  readonly coefficients: readonly (readonly Expression[])[];
  readonly constants: readonly Expression[];
}

/**
 * Collect the coefficients of the unknowns, which are free of all of them. Products are expanded as far as needed.
 *
 * @returns null when an expression is not linear in the unknowns taken together, which includes an unknown inside a
 * function, a choice or a condition.
 */
export function linearSystem(
  expressions: readonly Expression[],
  unknowns: readonly string[],
): LinearSystem | null {
  const rows = expressions.map((expression) => linearForm(expression, unknowns));
  if (!rows.every((row) => row !== null)) return null;
  return {
    coefficients: rows.map(({ coefficients }) => coefficients),
    constants: rows.map(({ constant }) => constant),
  };
}

function linearForm(
  expression: Expression,
  unknowns: readonly string[],
): { readonly coefficients: readonly Expression[]; readonly constant: Expression } | null {
  const isAny = (node: Expression): boolean => node.kind === "name" && unknowns.includes(node.name);
  const coefficients: Expression[] = [];
  let constant = expression;
  for (const unknown of unknowns) {
    const terms = polynomial(constant, (node) => node.kind === "name" && node.name === unknown);
    if (terms === null || terms.length > 2) return null;
    const [rest, coefficient = number(0, expression.span)] = terms;
    if (some(coefficient, isAny)) return null;
    coefficients.push(coefficient);
    constant = rest!;
  }
  return some(constant, isAny) ? null : { coefficients, constant };
}
