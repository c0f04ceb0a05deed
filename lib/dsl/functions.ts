import { erf, erfc, gamma } from "./special.js";

/** Random distributions that equations may draw from. Positional parameters, all of them given. */
export const distributions = {
  Uniform: { parameters: ["min", "max"], c: "na_draw_uniform" },
  DiscreteUniform: { parameters: ["min", "max"], c: "na_draw_discrete_uniform" },
  Normal: { parameters: ["mu", "sigma"], c: "na_draw_normal" },
  LogNormal: { parameters: ["mu", "sigma"], c: "na_draw_lognormal" },
  /** `lambda` is a rate: the mean is 1/lambda. */
  Exponential: { parameters: ["lambda"], c: "na_draw_exponential" },
  /** Shape alpha, scale beta. */
  Gamma: { parameters: ["alpha", "beta"], c: "na_draw_gamma" },
  Binomial: { parameters: ["n", "p"], c: "na_draw_binomial" },
} as const satisfies Record<string, { parameters: readonly string[]; c: string }>;

/** A distribution as equations call it. */
export type DistributionName = keyof typeof distributions;

/** Tell whether a name is that of a distribution. */
export function isDistribution(name: string): name is DistributionName {
  return Object.hasOwn(distributions, name);
}

/** A function of numbers. A condition among its operands or as its result is 0 or 1. */
export interface BuiltinFunction {
  readonly arity: number;
  /** More operands are taken two at a time, from the left. */
  readonly variadic?: true;
  readonly result: "real" | "bool";
  /** Name in the generated code; kernel_math.h and kernel_functions.h define it. */
  readonly c: string;
  readonly evaluate: (...operands: readonly number[]) => number;
}

const real = (
  arity: number,
  c: string,
  evaluate: BuiltinFunction["evaluate"],
): BuiltinFunction => ({ arity, result: "real", c, evaluate });

const unary = (c: string, evaluate: (x: number) => number): BuiltinFunction =>
  real(1, c, (x = NaN) => evaluate(x));

const binary = (c: string, evaluate: (a: number, b: number) => number): BuiltinFunction =>
  real(2, c, (a = NaN, b = NaN) => evaluate(a, b));

const test = (c: string, evaluate: (x: number) => boolean): BuiltinFunction => ({
  arity: 1,
  result: "bool",
  c,
  evaluate: (x = NaN) => Number(evaluate(x)),
});

/** The functions of the equation language under their first names. */
export const builtins = {
  cos: unary("na_cos", Math.cos),
  sin: unary("na_sin", Math.sin),
  tan: unary("na_tan", Math.tan),
  acos: unary("na_acos", Math.acos),
  asin: unary("na_asin", Math.asin),
  atan: unary("na_atan", Math.atan),
  cosh: unary("na_cosh", Math.cosh),
  sinh: unary("na_sinh", Math.sinh),
  tanh: unary("na_tanh", Math.tanh),
  acosh: unary("na_acosh", Math.acosh),
  asinh: unary("na_asinh", Math.asinh),
  atanh: unary("na_atanh", Math.atanh),
  atan2: binary("na_atan2", Math.atan2),
  hypot: binary("na_hypot", Math.hypot),
  exp: unary("na_exp", Math.exp),
  expm1: unary("na_expm1", Math.expm1),
  exp2: unary("na_exp2", (x) => 2 ** x),
  log: unary("na_log", Math.log),
  log1p: unary("na_log1p", Math.log1p),
  log2: unary("na_log2", Math.log2),
  log10: unary("na_log10", Math.log10),
  sqrt: unary("na_sqrt", Math.sqrt),
  cbrt: unary("na_cbrt", Math.cbrt),
  abs: unary("na_abs", Math.abs),
  floor: unary("na_floor", Math.floor),
  ceil: unary("na_ceil", Math.ceil),
  round: unary("na_round", roundHalfAway),
  sign: unary("na_sign", Math.sign),
  erf: unary("na_erf", erf),
  erfc: unary("na_erfc", erfc),
  gamma: unary("na_tgamma", gamma),
  pow: binary("na_pow", Math.pow),
  power: binary("na_power", wholePower),
  pos: unary("na_pos", (x) => (x > 0 ? x : 0)),
  neg: unary("na_neg", (x) => (x < 0 ? x : 0)),
  clip: real(3, "na_clip", (x = NaN, a = NaN, b = NaN) => (x < a ? a : x > b ? b : x)),
  modulo: binary("na_modulo", (a, b) => Math.trunc(a) % Math.trunc(b)),
  fmod: binary("na_fmod", (a, b) => a % b),
  min: { ...binary("na_min", (a, b) => (a < b || Number.isNaN(a) ? a : b)), variadic: true },
  max: { ...binary("na_max", (a, b) => (a > b || Number.isNaN(a) ? a : b)), variadic: true },
  isnan: test("na_isnan", Number.isNaN),
  isfinite: test("na_isfinite", Number.isFinite),
  Heaviside: unary("na_heaviside", (x) => (x > 0 ? 1 : x < 0 ? 0 : x === 0 ? 0.5 : x)),
} as const satisfies Record<string, BuiltinFunction>;

/** First name of a function. */
export type BuiltinName = keyof typeof builtins;

/** Second names of functions. */
const aliases: ReadonlyMap<string, BuiltinName> = new Map<string, BuiltinName>([
  ["fabs", "abs"],
  ["ln", "log"],
  ["ceiling", "ceil"],
  ["positive", "pos"],
  ["negative", "neg"],
  ["Mod", "fmod"],
  ["Min", "min"],
  ["Max", "max"],
]);

/** `ite(condition, then, otherwise)` is a choice, not a function: the values are those of one branch. */
export const CHOICE = "ite";

/** Operations over all neurons of a population; `min` and `max` of several values are functions. */
export const globalOperations = ["min", "max", "mean", "norm1", "norm2"] as const;

/** Find a function by any of its names; null when there is none. */
export function findBuiltin(name: string): BuiltinName | null {
  return isBuiltin(name) ? name : (aliases.get(name) ?? null);
}

function isBuiltin(name: string): name is BuiltinName {
  return Object.hasOwn(builtins, name);
}

/** All names that can be called in equations. */
export function callableNames(): readonly string[] {
  const functions = [...Object.keys(builtins), ...aliases.keys(), CHOICE, "sum"];
  return [...new Set([...functions, ...globalOperations, ...Object.keys(distributions)])];
}

/** Constants of mathematics that every model knows, unless it has an attribute of that name. */
export const mathConstants: ReadonlyMap<string, number> = new Map([
  ["pi", Math.PI],
  ["E", Math.E],
]);

/** Nearest whole number; halves go away from zero. */
function roundHalfAway(x: number): number {
  const whole = Math.trunc(x);
  return Math.abs(x - whole) >= 0.5 ? whole + Math.sign(x) : whole;
}

/** Product of `n` copies of `a`, n truncated to a whole number; 1 for n below 1. By repeated squaring. */
function wholePower(a: number, n: number): number {
  let rest = n >= 2147483647 ? 2147483647 : n >= 1 ? Math.trunc(n) : 0;
  let result = 1;
  for (let square = a; rest > 0; rest >>= 1, square *= square) {
    if ((rest & 1) === 1) result *= square;
  }
  return result;
}
