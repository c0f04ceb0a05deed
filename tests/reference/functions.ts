import type { Expression, FunctionText } from "../../lib/dsl/ast.js";
import { erf, erfc, gamma } from "../../lib/dsl/special.js";
import { evaluate, NotCovered } from "./scope.js";

/** How a number is stored. */
export type Kind = "float" | "int" | "bool";

/** A number as it is after it was stored: integers are cut towards zero, booleans are 0 or 1 (§1.7). */
export function stored(value: number, kind: Kind): number {
  if (kind === "int") return Math.trunc(value) + 0;
  if (kind === "bool") return Number(value !== 0);
  return value;
}

/** The functions of a user, and the constants that their bodies may name. */
export interface FunctionTable {
  readonly local: ReadonlyMap<string, FunctionText>;
  readonly global: ReadonlyMap<string, FunctionText>;
  readonly constants: ReadonlyMap<string, number>;
}

/** Built-in functions (§1.10) in the words of the specification. */
const builtins: Readonly<Record<string, (...x: number[]) => number>> = {
  ...{ cos: Math.cos, sin: Math.sin, tan: Math.tan, acos: Math.acos, asin: Math.asin },
  ...{ atan: Math.atan, cosh: Math.cosh, sinh: Math.sinh, tanh: Math.tanh, acosh: Math.acosh },
  ...{ asinh: Math.asinh, atanh: Math.atanh, atan2: Math.atan2, hypot: Math.hypot },
  ...{ exp: Math.exp, expm1: Math.expm1, exp2: (x: number) => 2 ** x },
  ...{ log: Math.log, ln: Math.log, log1p: Math.log1p, log2: Math.log2, log10: Math.log10 },
  ...{ sqrt: Math.sqrt, cbrt: Math.cbrt, abs: Math.abs, fabs: Math.abs },
  ...{ floor: Math.floor, ceil: Math.ceil, ceiling: Math.ceil, erf, erfc, gamma },
  round: (x) => (x < 0 ? -Math.floor(-x + 0.5) : Math.floor(x + 0.5)),
  sign: Math.sign,
  pow: (a, b) => a ** b,
  power: (a, n) => {
    let product = 1;
    for (let i = 0; i < Math.trunc(n); i++) product *= a;
    return product;
  },
  pos: (x) => (x > 0 ? x : 0),
  positive: (x) => (x > 0 ? x : 0),
  neg: (x) => (x < 0 ? x : 0),
  negative: (x) => (x < 0 ? x : 0),
  clip: (x, a, b) => (x < a ? a : x > b ? b : x),
  modulo: (a, b) => Math.trunc(a) % Math.trunc(b),
  min: Math.min,
  max: Math.max,
  Min: Math.min,
  Max: Math.max,
  fmod: (a, b) => a % b,
  Mod: (a, b) => a % b,
  isnan: (x) => Number(Number.isNaN(x)),
  isfinite: (x) => Number(Number.isFinite(x)),
  Heaviside: (x) => (x < 0 ? 0 : x > 0 ? 1 : 0.5),
};

/** Call a function: one of the model, a built-in one, one of the network (§1.9). */
export function evaluateCall(
  name: string,
  operands: readonly Expression[],
  value: (part: Expression) => number,
  functions: FunctionTable,
): number {
  if (name === "ite") {
    const [condition, then, otherwise] = operands;
    return value(value(condition!) !== 0 ? then! : otherwise!);
  }
  const own = functions.local.get(name);
  const builtin = Object.hasOwn(builtins, name) ? builtins[name] : undefined;
  if (own === undefined && builtin !== undefined) return builtin(...operands.map(value));
  const text = own ?? functions.global.get(name);
  if (text === undefined) throw new NotCovered(`the function ${name}`);
  return callText(text, operands.map(value), functions);
}

/** The value of a user's function (§1.18). */
export function callText(
  { parameters, body, types }: FunctionText,
  operands: readonly number[],
  functions: FunctionTable,
): number {
  const kind = (i: number): Kind => (types[i]?.name ?? "float") as Kind;
  const given = new Map(parameters.map(({ name }, i) => [name, stored(operands[i]!, kind(i + 1))]));
  const result = evaluate(body, {
    name: (name) => given.get(name) ?? constantNamed(name, functions.constants),
    remote: () => nothing("pre. and post."),
    input: () => nothing("inputs"),
    reduction: () => nothing("global operations"),
    functions,
  });
  return stored(result, kind(0));
}

/** The value of a constant of the network or of mathematics. */
export function constantNamed(name: string, constants: ReadonlyMap<string, number>): number {
  if (name === "pi") return Math.PI;
  if (name === "E") return Math.E;
  const value = constants.get(name);
  if (value === undefined) throw new NotCovered(`the name ${name}`);
  return value;
}

function nothing(what: string): never {
  throw new NotCovered(`${what} in a function`);
}
