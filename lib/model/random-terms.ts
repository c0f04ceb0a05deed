import type { Call, Expression, RandomTerm } from "../dsl/ast.js";
import { distributions, mathConstants, type DistributionName } from "../dsl/functions.js";
import { checkDistribution } from "./initial.js";
import { isAttributeName } from "./names.js";
import type { Place } from "./places.js";
import { complain, type Scope } from "./scope.js";

/** Draws per model: the number of a draw has eight bits in the random key, and the engine has the last ones for itself. */
const MOST_DRAWS = 248;

/** Number a random term. Each occurrence is a draw of its own, even if another one reads the same. */
export function randomTerm(
  scope: Scope,
  call: Call,
  distribution: DistributionName,
  place: Place,
): RandomTerm | Call {
  const { operands, span } = call;
  const names = distributions[distribution].parameters;
  if (operands.length !== names.length) {
    const [least, most, given] = [names.length, names.length, operands.length];
    complain(scope, "WRONG_NUMBER_OF_OPERANDS", { name: call.name, least, most, given }, span);
    return call;
  }
  const parameters = operands.map((operand, i) => {
    const value = drawParameter(scope, operand);
    if (value === null) {
      const problem = { distribution, parameter: names[i]! };
      complain(scope, "RANDOM_OPERAND", problem, operand.span);
    }
    return value;
  });
  if (parameters.every((value) => value !== null)) {
    checkLiterals(scope, call, distribution, parameters);
  }
  const slot = scope.uses.random.length;
  if (slot === MOST_DRAWS) {
    complain(scope, "TOO_MANY_DRAWS", { model: scope.model, most: MOST_DRAWS }, span);
  }
  const locality = place.variable?.locality ?? "local";
  scope.uses.random.push({
    distribution,
    parameters: parameters.map((value) => value ?? 0),
    locality,
    call,
  });
  return { kind: "random", slot, call, span };
}

/** A number with its sign, or the name of something that all elements share; null for anything else. */
function drawParameter(scope: Scope, operand: Expression): number | string | null {
  if (operand.kind === "number") return operand.value;
  if (operand.kind === "unary" && operand.operator === "-" && operand.operand.kind === "number") {
    return -operand.operand.value;
  }
  if (operand.kind !== "name") return null;
  const { name } = operand;
  const attribute = scope.attributes.get(name);
  if (attribute !== undefined) return attribute.locality === "global" ? name : null;
  if (scope.constants.has(name)) return name;
  // The time is no parameter; an unknown name has been reported as such.
  return mathConstants.get(name) ?? (isAttributeName(name) ? name : null);
}

/** Values that suit every other one, for the parameters that are not known yet. */
const neutral: { readonly [D in DistributionName]?: readonly number[] } = {
  Normal: [0, 1],
  LogNormal: [0, 1],
  Exponential: [1],
  Gamma: [1, 1],
  Binomial: [1, 0.5],
};

/** Check what is known before a run: the numbers in the text. */
function checkLiterals(
  scope: Scope,
  call: Call,
  distribution: DistributionName,
  parameters: readonly (number | string)[],
): void {
  const values = parameters.map((value, i) =>
    typeof value === "number" ? value : neutral[distribution]?.[i],
  );
  const known = values.filter((value) => value !== undefined);
  if (known.length === values.length)
    checkDistribution(distribution, known, call.span, scope.report);
}
