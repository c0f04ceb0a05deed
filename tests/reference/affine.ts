import type { Expression } from "../../lib/dsl/ast.js";
import { walk } from "../../lib/dsl/traverse.js";
import { evaluate, NotCovered, type Scope } from "./scope.js";

/** The unknown that stands for the gradient in an equation. */
export const GRADIENT = "d/dt";

/** A number, and the words that it was made of. */
export interface Traced {
  readonly value: number;
  readonly words: ReadonlySet<string>;
}

/** A number that depends on unknowns: constant + Σ coefficient · unknown. */
export interface Affine {
  readonly constant: Traced;
  readonly coefficients: ReadonlyMap<string, Traced>;
}

/**
 * Expand an expression in its unknowns (§1.12, §2.1): products over sums. An unknown within a function, a power, a
 * condition or a divisor counts as a known number with its old value.
 */
export function expand(node: Expression, unknowns: ReadonlySet<string>, scope: Scope): Affine {
  const inner = (part: Expression): Affine => expand(part, unknowns, scope);
  const known = (): Affine => ({
    constant: { value: evaluate(node, scope), words: wordsOf(node) },
    coefficients: new Map(),
  });
  const unknown = node.kind === "gradient" ? GRADIENT : node.kind === "name" ? node.name : null;
  if (unknown !== null && unknowns.has(unknown)) {
    return { constant: ZERO, coefficients: new Map([[unknown, ONE]]) };
  }
  if (node.kind === "unary" && node.operator === "-") {
    return scaled(inner(node.operand), MINUS_ONE);
  }
  if (node.kind === "conditional") {
    return inner(evaluate(node.condition, scope) !== 0 ? node.then : node.otherwise);
  }
  if (node.kind !== "binary") return known();
  const { operator } = node;
  if (operator === "+" || operator === "-") {
    const right = inner(node.right);
    return added(inner(node.left), operator === "+" ? right : scaled(right, MINUS_ONE));
  }
  if (operator === "*") {
    const [left, right] = [inner(node.left), inner(node.right)];
    if (right.coefficients.size === 0) return scaled(left, right.constant);
    if (left.coefficients.size === 0) return scaled(right, left.constant);
    throw new NotCovered("a product of unknowns");
  }
  if (operator === "/") {
    const divisor = inner(node.right);
    if (divisor.coefficients.size > 0) return known();
    const { value, words } = divisor.constant;
    return divided(inner(node.left), { value, words });
  }
  return known();
}

const ZERO: Traced = { value: 0, words: new Set() };
const ONE: Traced = { value: 1, words: new Set() };
const MINUS_ONE: Traced = { value: -1, words: new Set() };

/** The coefficient of an unknown; 0 where it does not occur. */
export function coefficient({ coefficients }: Affine, unknown: string): Traced {
  return coefficients.get(unknown) ?? ZERO;
}

function mapped(form: Affine, change: (number: Traced) => Traced): Affine {
  return {
    constant: change(form.constant),
    coefficients: new Map([...form.coefficients].map(([name, k]) => [name, change(k)])),
  };
}

function scaled(form: Affine, by: Traced): Affine {
  return mapped(form, (k) => ({ value: k.value * by.value, words: union(k, by) }));
}

function divided(form: Affine, by: Traced): Affine {
  return mapped(form, (k) => ({ value: k.value / by.value, words: union(k, by) }));
}

function added(a: Affine, b: Affine): Affine {
  const plus = (x: Traced, y: Traced): Traced => ({ value: x.value + y.value, words: union(x, y) });
  const coefficients = new Map(a.coefficients);
  for (const [name, k] of b.coefficients) {
    const before = coefficients.get(name);
    coefficients.set(name, before === undefined ? k : plus(before, k));
  }
  return { constant: plus(a.constant, b.constant), coefficients };
}

function union(a: Traced, b: Traced): ReadonlySet<string> {
  return new Set([...a.words, ...b.words]);
}

/** The attributes that an expression reads; everything that is no plain name counts as one word "*". */
function wordsOf(node: Expression): ReadonlySet<string> {
  const words = new Set<string>();
  walk(node, (part) => {
    if (part.kind === "name") words.add(part.name);
    if (part.kind === "remote" || part.kind === "input" || part.kind === "reduction")
      words.add("*");
  });
  return words;
}
