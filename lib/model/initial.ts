import type { Call, Expression } from "../dsl/ast.js";
import { distributions, isDistribution, type DistributionName } from "../dsl/functions.js";
import type { Report } from "../dsl/lexer.js";
import { SimulatorError } from "../errors.js";
import { DISTRIBUTIONS, RandomDistribution } from "../random/distribution.js";
import type { Span } from "../source.js";
import { constantValue } from "./constant-value.js";
import type { ConstantLike } from "./definition.js";
import type { InitialValue, ValueType } from "./types.js";

/** Values as they are given from outside of a text. */
export type GivenValue = number | boolean | string | ConstantLike | RandomDistribution;

/**
 * Understand the initial value that a text gives. A name is left to whoever knows what it stands for.
 * Null when it is none of the permitted forms; parameters that no distribution has are reported.
 */
export function initialFromText(
  expression: Expression,
  type: ValueType,
  report: Report,
): InitialValue | null {
  if (expression.kind === "call" && isDistribution(expression.name)) {
    return distributionFromText(expression, expression.name, report);
  }
  const value = constantValue(expression);
  if (value !== null) return convert(value, type);
  return expression.kind === "name" ? { attribute: expression.name } : null;
}

/** Understand an initial value that is given as a value of the host language. */
export function initialFromValue(value: GivenValue, type: ValueType): InitialValue {
  if (typeof value === "number" || typeof value === "boolean") return convert(Number(value), type);
  if (typeof value === "string") return { attribute: value };
  if (value instanceof RandomDistribution) return value;
  return { attribute: value.name };
}

/** Store a number in a type: whole numbers lose their fraction, booleans are 0 or 1. */
export function convert(value: number, type: ValueType): number {
  if (type === "int") return Math.trunc(value);
  return type === "bool" ? Number(value !== 0) : value;
}

const constructors: {
  readonly [D in DistributionName]: (a: number, b: number) => RandomDistribution;
} = {
  Uniform: (min, max) => new DISTRIBUTIONS.Uniform(min, max),
  DiscreteUniform: (min, max) => new DISTRIBUTIONS.DiscreteUniform(min, max),
  Normal: (mu, sigma) => new DISTRIBUTIONS.Normal(mu, sigma),
  LogNormal: (mu, sigma) => new DISTRIBUTIONS.LogNormal(mu, sigma),
  // A rate in texts, a scale in the host class.
  Exponential: (lambda) => new DISTRIBUTIONS.Exponential(1 / lambda),
  Gamma: (alpha, beta) => new DISTRIBUTIONS.Gamma(alpha, beta),
  Binomial: (n, p) => new DISTRIBUTIONS.Binomial(n, p),
};

function distributionFromText(
  call: Call,
  name: DistributionName,
  report: Report,
): InitialValue | null {
  const values = call.operands.map(constantValue).filter((value) => value !== null);
  const count = distributions[name].parameters.length;
  if (values.length !== count || call.operands.length !== count) return null;
  return checkDistribution(name, values, call.span, report) ?? 0;
}

/** Make a distribution of the parameters that a text gives it; null, and reported, when it cannot have them. */
export function checkDistribution(
  distribution: DistributionName,
  parameters: readonly number[],
  span: Span,
  report: Report,
): RandomDistribution | null {
  try {
    return constructors[distribution](parameters[0]!, parameters[1] ?? NaN);
  } catch (error) {
    if (!(error instanceof SimulatorError)) throw error;
    // The host's class is made from a scale: the rule is told in terms of the text.
    const rule = distribution === "Exponential" ? "lambda > 0" : String(error.details["rule"]);
    const problem = { distribution, parameters: [...parameters], rule };
    report({ code: "INVALID_DISTRIBUTION", problem, span });
    return null;
  }
}

/** Tell whether something is of the forms that a value can have; users of plain JavaScript can hand over anything. */
export function isGivenValue(value: unknown): value is GivenValue {
  if (["number", "boolean", "string"].includes(typeof value)) return true;
  if (value instanceof RandomDistribution) return true;
  return typeof value === "object" && value !== null && "name" in value;
}
