import type { Comparison, Expression, Name, RandomTerm } from "../dsl/ast.js";
import { builtins, CHOICE, findBuiltin, mathConstants } from "../dsl/functions.js";
import { InternalError } from "../errors.js";
import { arithmetic, compare, constant, convert, select, typeOf } from "../ir/build.js";
import type { IrExpression } from "../ir/ir.js";
import type { FunctionDefinition, ValueType } from "../model/types.js";
import type { Reading } from "./layout.js";

/** Where the values of names come from while an expression is lowered. */
export interface Environment {
  /** Current value of an attribute, constant, input or global operation; null when there is none of that name. */
  readonly read: (reading: Reading) => IrExpression | null;
  readonly draw: (term: RandomTerm) => IrExpression;
  /** Give a value a name, so that it is worked out once. */
  readonly keep: (value: IrExpression) => IrExpression;
  /** A function of the user; null when there is none of that name. */
  readonly function: (name: string) => FunctionDefinition | null;
}

/** Whole exponents up to this become products, which are faster than a power and as exact. */
const MOST_FACTORS = 8;

/** Lower an expression to a real number; a condition counts 0 or 1. */
export function lowerReal(expression: Expression, environment: Environment): IrExpression {
  return convert("real", lower(expression, environment));
}

/** Lower an expression to a condition; a number is true unless it is 0. */
export function lowerCondition(expression: Expression, environment: Environment): IrExpression {
  return convert("bool", lower(expression, environment));
}

/** Lower an expression to a value of the type that it has by itself. */
function lower(expression: Expression, environment: Environment): IrExpression {
  const real = (part: Expression): IrExpression => lowerReal(part, environment);
  const condition = (part: Expression): IrExpression => lowerCondition(part, environment);
  switch (expression.kind) {
    case "number":
      return constant("real", expression.value);
    case "boolean":
      return constant("bool", Number(expression.value));
    case "name":
      return lowerName(expression, environment);
    case "remote":
    case "input":
    case "reduction": {
      const value = environment.read(expression);
      if (value === null)
        throw new InternalError(`a reading of kind ${expression.kind} has no field`);
      return value;
    }
    case "random":
      return environment.draw(expression);
    case "unary":
      return expression.operator === "not"
        ? { kind: "not", operand: condition(expression.operand) }
        : { kind: "negate", operand: real(expression.operand) };
    case "binary": {
      const { operator, left, right } = expression;
      if (operator === "and" || operator === "or") {
        return { kind: "logic", operator, left: condition(left), right: condition(right) };
      }
      if (operator === "^") return lowerPower("pow", left, right, environment);
      return arithmetic(operator, real(left), real(right));
    }
    case "comparison":
      return lowerComparison(expression, environment);
    case "call":
      return lowerCall(expression.name, expression.operands, environment);
    case "conditional":
      return select(
        condition(expression.condition),
        real(expression.then),
        real(expression.otherwise),
      );
    case "gradient":
      throw new InternalError(`the gradient of "${expression.name}" is left in an expression`);
  }
}

function lowerName(reading: Name, environment: Environment): IrExpression {
  const value = environment.read(reading);
  if (value !== null) return value;
  const { name } = reading;
  if (name === "t" || name === "dt") return { kind: "clock", name };
  const number = mathConstants.get(name);
  if (number === undefined) throw new InternalError(`the name "${name}" was not resolved`);
  return constant("real", number);
}

/** a < b < c is a < b and b < c, with b worked out once. */
function lowerComparison(
  { operands, operators }: Comparison,
  environment: Environment,
): IrExpression {
  const values = operands.map((operand, i) => {
    const value = lowerReal(operand, environment);
    return i > 0 && i < operators.length ? environment.keep(value) : value;
  });
  return operators
    .map((operator, i) => compare(operator, values[i]!, values[i + 1]!))
    .reduce((left, right) => ({ kind: "logic", operator: "and", left, right }));
}

function lowerCall(
  name: string,
  operands: readonly Expression[],
  environment: Environment,
): IrExpression {
  const [first, second, third] = operands;
  const definition = environment.function(name);
  if (definition !== null) return lowerFunction(definition, operands, environment);
  if (name === CHOICE) {
    return select(
      lowerCondition(first!, environment),
      lowerReal(second!, environment),
      lowerReal(third!, environment),
    );
  }
  const builtin = findBuiltin(name);
  if (builtin === null) throw new InternalError(`the function "${name}" was not resolved`);
  if (builtin === "pow" || builtin === "power") {
    return lowerPower(builtin, first!, second!, environment);
  }
  const values = operands.map((operand) => lowerReal(operand, environment));
  if (!("variadic" in builtins[builtin])) return { kind: "call", name: builtin, operands: values };
  return values.reduce((left, right) => ({ kind: "call", name: builtin, operands: [left, right] }));
}

/** A function of the user: its body, with the arguments worked out once. It sees nothing else of the model. */
function lowerFunction(
  { parameters, result, body }: FunctionDefinition,
  operands: readonly Expression[],
  environment: Environment,
): IrExpression {
  const values = new Map(
    parameters.map(({ name, type }, i) => {
      const value = stored(lower(operands[i]!, environment), type);
      return [name, environment.keep(value)] as const;
    }),
  );
  const read = (reading: Reading): IrExpression | null =>
    (reading.kind === "name" ? values.get(reading.name) : undefined) ?? environment.read(reading);
  return stored(lower(body, { ...environment, read }), result);
}

/** A value as if it had been stored in an attribute of this type and read again. */
function stored(value: IrExpression, type: ValueType): IrExpression {
  if (type === "float") return convert("real", value);
  return convert(type === "int" ? "int" : "bool", value);
}

function lowerPower(
  name: "pow" | "power",
  base: Expression,
  exponent: Expression,
  environment: Environment,
): IrExpression {
  const value = lowerReal(base, environment);
  const whole = wholeNumber(exponent);
  if (whole === null || (name === "power" && whole < 1)) {
    return { kind: "call", name, operands: [value, lowerReal(exponent, environment)] };
  }
  const product = power(environment.keep(value), Math.abs(whole), environment);
  return whole < 0 ? arithmetic("/", constant("real", 1), product) : product;
}

/** The exponent when it is written as a small whole number. */
function wholeNumber(exponent: Expression): number | null {
  if (exponent.kind === "unary" && exponent.operator === "-") {
    const value = wholeNumber(exponent.operand);
    return value === null ? null : -value;
  }
  if (exponent.kind !== "number" || !Number.isInteger(exponent.value)) return null;
  return exponent.value <= MOST_FACTORS ? exponent.value : null;
}

/** By repeated squaring, as `power` does: x^3 = (x·x)·x, x^4 = (x·x)·(x·x). */
function power(base: IrExpression, factors: number, environment: Environment): IrExpression {
  if (factors === 0) return constant("real", 1);
  if (factors === 1) return base;
  const half = power(base, Math.floor(factors / 2), environment);
  const kept = environment.keep(half);
  const square = arithmetic("*", kept, kept);
  return factors % 2 === 1 ? arithmetic("*", square, base) : square;
}

/** Tell whether a value costs nothing to repeat. */
export function isCheap(value: IrExpression): boolean {
  return (
    ["constant", "load", "temporary", "draw", "clock", "step", "plasticity"].includes(value.kind) ||
    (value.kind === "convert" && typeOf(value) === "real" && isCheap(value.operand))
  );
}
