import type { Expression } from "../dsl/ast.js";
import type { BuiltinName } from "../dsl/functions.js";
import { parseExpression } from "../dsl/parser.js";
import { InternalError } from "../errors.js";

/**
 * Partial derivatives of the functions of the language by their first, second and third operand, which are called a, b
 * and c. Where a function has a corner or a jump, the derivative is that of one of its sides. Null: the derivative is no
 * function of the language.
 *
 * Source: Abramowitz and Stegun 1964, Handbook of Mathematical Functions, chapters 4 and 7.
 */
const texts: { readonly [F in BuiltinName]: readonly string[] | null } = {
  cos: ["-sin(a)"],
  sin: ["cos(a)"],
  tan: ["1 + tan(a)^2"],
  acos: ["-1/sqrt(1 - a^2)"],
  asin: ["1/sqrt(1 - a^2)"],
  atan: ["1/(1 + a^2)"],
  cosh: ["sinh(a)"],
  sinh: ["cosh(a)"],
  tanh: ["1 - tanh(a)^2"],
  acosh: ["1/(sqrt(a - 1)*sqrt(a + 1))"],
  asinh: ["1/sqrt(a^2 + 1)"],
  atanh: ["1/(1 - a^2)"],
  atan2: ["b/(a^2 + b^2)", "-a/(a^2 + b^2)"],
  hypot: ["a/hypot(a, b)", "b/hypot(a, b)"],
  exp: ["exp(a)"],
  expm1: ["exp(a)"],
  exp2: ["log(2)*exp2(a)"],
  log: ["1/a"],
  log1p: ["1/(1 + a)"],
  log2: ["1/(log(2)*a)"],
  log10: ["1/(log(10)*a)"],
  sqrt: ["1/(2*sqrt(a))"],
  cbrt: ["1/(3*cbrt(a)^2)"],
  abs: ["sign(a)"],
  floor: ["0"],
  ceil: ["0"],
  round: ["0"],
  sign: ["0"],
  // 2/sqrt(pi), as a number: a model may have an attribute called pi.
  erf: ["1.1283791670955126*exp(-a^2)"],
  erfc: ["-1.1283791670955126*exp(-a^2)"],
  gamma: null,
  pow: ["b*pow(a, b - 1)", "log(a)*pow(a, b)"],
  power: ["ite(b < 1, 0, floor(b)*power(a, b - 1))", "0"],
  pos: ["ite(a > 0, 1, 0)"],
  neg: ["ite(a < 0, 1, 0)"],
  clip: ["ite(a < b or a > c, 0, 1)", "ite(a < b, 1, 0)", "ite(a >= b and a > c, 1, 0)"],
  modulo: ["0", "0"],
  fmod: ["1", "(fmod(a, b) - a)/b"],
  min: ["ite(a < b, 1, 0)", "ite(a < b, 0, 1)"],
  max: ["ite(a > b, 1, 0)", "ite(a > b, 0, 1)"],
  isnan: ["0"],
  isfinite: ["0"],
  Heaviside: ["0"],
};

/** What the operands are called in the partial derivatives. */
export const OPERANDS = ["a", "b", "c"] as const;

const parsed = new Map<BuiltinName, readonly Expression[]>();

/** Tell whether a function has a derivative that the language can express. */
export function isDifferentiable(name: BuiltinName): boolean {
  return texts[name] !== null;
}

/** Partial derivatives of a function by each of its operands, as expressions of OPERANDS. */
export function partialDerivatives(name: BuiltinName): readonly Expression[] {
  const known = parsed.get(name);
  if (known !== undefined) return known;
  const partials = texts[name]?.map(read);
  if (partials === undefined) throw new InternalError(`"${name}" has no derivative`);
  parsed.set(name, partials);
  return partials;
}

function read(text: string): Expression {
  const fail = (): never => {
    throw new InternalError(`the derivative "${text}" cannot be read`);
  };
  return parseExpression({ name: "derivatives", text }, fail) ?? fail();
}
