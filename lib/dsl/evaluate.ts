import type { BinaryOperator, Call, ComparisonOperator, Expression } from "./ast.js";
import { builtins, CHOICE, findBuiltin, mathConstants } from "./functions.js";

/** What the names of an expression stand for; undefined for what has no value. */
export interface Environment {
  readonly name: (name: string) => number | undefined;
  /** Functions beyond the built-in ones. */
  readonly call: (name: string, operands: readonly number[]) => number | undefined;
}

/** Nothing but numbers, the constants of mathematics and built-in functions. */
export const numbersOnly: Environment = {
  name: () => undefined,
  call: () => undefined,
};

/**
 * Work out an expression in double precision; conditions are 0 or 1, and of two branches only one is evaluated. Integer
 * literals are reals: 1/2 is a half.
 *
 * @returns undefined when the value depends on anything that `environment` does not know.
 */
export function evaluate(expression: Expression, environment: Environment): number | undefined {
  const value = (part: Expression): number | undefined => evaluate(part, environment);
  switch (expression.kind) {
    case "number":
      return expression.value;
    case "boolean":
      return Number(expression.value);
    case "name":
      return environment.name(expression.name) ?? mathConstants.get(expression.name);
    case "unary": {
      const operand = value(expression.operand);
      if (operand === undefined) return undefined;
      return expression.operator === "-" ? -operand : Number(operand === 0);
    }
    case "binary": {
      const left = value(expression.left);
      const right = value(expression.right);
      if (left === undefined || right === undefined) return undefined;
      return arithmetic[expression.operator](left, right);
    }
    case "comparison": {
      const operands = all(expression.operands.map(value));
      return operands && Number(holds(expression.operators, operands));
    }
    case "call":
      return evaluateCall(expression, environment, value);
    case "conditional":
      return choose(expression.condition, expression.then, expression.otherwise, value);
    case "gradient":
    case "remote":
    case "input":
    case "reduction":
    case "random":
      return undefined;
  }
}

type Value = (part: Expression) => number | undefined;

function evaluateCall(
  { name, operands }: Call,
  environment: Environment,
  value: Value,
): number | undefined {
  const [first, second, third, fourth] = operands;
  if (name === CHOICE) {
    if (first === undefined || second === undefined || third === undefined) return undefined;
    return fourth === undefined ? choose(first, second, third, value) : undefined;
  }
  const values = all(operands.map(value));
  if (values === undefined) return undefined;
  const builtin = findBuiltin(name);
  if (builtin === null) return environment.call(name, values);
  const { arity, variadic, evaluate: compute } = { variadic: false, ...builtins[builtin] };
  if (variadic && values.length > arity) return values.reduce((a, b) => compute(a, b));
  return values.length === arity ? compute(...values) : undefined;
}

function choose(
  condition: Expression,
  then: Expression,
  otherwise: Expression,
  value: Value,
): number | undefined {
  const chosen = value(condition);
  return chosen === undefined ? undefined : value(chosen !== 0 ? then : otherwise);
}

/** The values, if none is missing. */
function all(values: readonly (number | undefined)[]): readonly number[] | undefined {
  const known = values.filter((value) => value !== undefined);
  return known.length === values.length ? known : undefined;
}

function holds(operators: readonly ComparisonOperator[], operands: readonly number[]): boolean {
  return operators.every((operator, i) => compare[operator](operands[i]!, operands[i + 1]!));
}

const arithmetic: Readonly<Record<BinaryOperator, (a: number, b: number) => number>> = {
  "+": (a, b) => a + b,
  "-": (a, b) => a - b,
  "*": (a, b) => a * b,
  "/": (a, b) => a / b,
  "^": (a, b) => a ** b,
  and: (a, b) => Number(a !== 0 && b !== 0),
  or: (a, b) => Number(a !== 0 || b !== 0),
};

const compare: Readonly<Record<ComparisonOperator, (a: number, b: number) => boolean>> = {
  "<": (a, b) => a < b,
  "<=": (a, b) => a <= b,
  ">": (a, b) => a > b,
  ">=": (a, b) => a >= b,
  "==": (a, b) => a === b,
  "!=": (a, b) => a !== b,
};
