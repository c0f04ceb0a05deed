import type { Binary, Call, Expression } from "../dsl/ast.js";
import { builtins, CHOICE, findBuiltin, type BuiltinName } from "../dsl/functions.js";
import { children, some } from "../dsl/traverse.js";
import { InternalError } from "../errors.js";
import { add, call, choose, divide, multiply, negate, number, raise, subtract } from "./build.js";
import { isDifferentiable, OPERANDS, partialDerivatives } from "./derivatives.js";
import { simplify } from "./simplify.js";
import { substitute } from "./substitute.js";

/**
 * Derive an expression by a name. Choices are derived piece by piece; conditions, draws and inputs do not depend on the
 * name. Functions of the user must have been inlined, and `findUnderivable` have found nothing.
 */
export function differentiate(expression: Expression, name: string): Expression {
  const by = (part: Expression): Expression => differentiate(part, name);
  const zero = number(0, expression.span);
  if (!dependsOn(expression, name)) return zero;
  switch (expression.kind) {
    case "number":
    case "boolean":
    case "comparison":
    case "remote":
    case "input":
    case "reduction":
    case "random":
      return zero;
    case "name":
      return number(1, expression.span);
    case "gradient":
      throw new InternalError(`the gradient of "${expression.name}" cannot be derived`);
    case "unary":
      return expression.operator === "-" ? negate(by(expression.operand)) : zero;
    case "binary":
      return deriveBinary(expression, name);
    case "conditional":
      return choose(expression.condition, by(expression.then), by(expression.otherwise));
    case "call":
      return deriveCall(expression, name);
  }
}

function deriveBinary({ operator, left, right, span }: Binary, name: string): Expression {
  if (operator === "and" || operator === "or") return number(0, span);
  const [a, b] = [differentiate(left, name), differentiate(right, name)];
  switch (operator) {
    case "+":
      return add(a, b);
    case "-":
      return subtract(a, b);
    case "*":
      return add(multiply(a, right), multiply(left, b));
    case "/": {
      const quotient = divide(left, right);
      return subtract(divide(a, right), divide(multiply(quotient, b), right));
    }
    case "^": {
      const power = raise(left, right);
      const throughBase = multiply(
        multiply(right, raise(left, subtract(right, number(1, span)))),
        a,
      );
      // The logarithm of a base that is not positive must not be taken where the exponent does not change.
      if (!dependsOn(right, name)) return throughBase;
      return add(throughBase, multiply(multiply(call("log", [left], span), power), b));
    }
  }
}

/** The chain rule. */
function deriveCall({ name: called, operands, span }: Call, name: string): Expression {
  if (called === CHOICE) {
    const [condition, then, otherwise] = operands;
    return choose(condition!, differentiate(then!, name), differentiate(otherwise!, name));
  }
  const builtin = knownBuiltin(called);
  const { arity } = builtins[builtin];
  if (operands.length > arity) {
    // min(a, b, c) is min(min(a, b), c).
    const inner = call(called, operands.slice(0, -1), span);
    return differentiate(call(called, [inner, operands.at(-1)!], span), name);
  }
  const values = new Map(operands.map((operand, i) => [OPERANDS[i]!, operand]));
  return partialDerivatives(builtin)
    .map((partial, i) => {
      const inner = differentiate(operands[i]!, name);
      return multiply(simplify(substitute(partial, values)), inner);
    })
    .reduce(add);
}

/** Find a function that depends on one of the names and has no derivative; null when there is none. */
export function findUnderivable(expression: Expression, names: readonly string[]): Call | null {
  if (expression.kind === "call" && expression.name !== CHOICE) {
    const varies = names.some((name) => dependsOn(expression, name));
    if (varies && !isDifferentiable(knownBuiltin(expression.name))) return expression;
  }
  for (const part of derivedParts(expression)) {
    const found = findUnderivable(part, names);
    if (found !== null) return found;
  }
  return null;
}

/** The parts whose derivatives that of an expression is made of: conditions are not among them. */
function derivedParts(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case "number":
    case "boolean":
    case "name":
    case "gradient":
    case "comparison":
    case "remote":
    case "input":
    case "reduction":
    case "random":
      return [];
    case "unary":
      return expression.operator === "not" ? [] : [expression.operand];
    case "binary":
      return ["and", "or"].includes(expression.operator) ? [] : children(expression);
    case "conditional":
      return [expression.then, expression.otherwise];
    case "call":
      return expression.operands.slice(expression.name === CHOICE ? 1 : 0);
  }
}

/** Tell whether a name occurs in an expression. */
export function dependsOn(expression: Expression, name: string): boolean {
  return some(expression, (node) => node.kind === "name" && node.name === name);
}

function knownBuiltin(name: string): BuiltinName {
  const builtin = findBuiltin(name);
  if (builtin === null) throw new InternalError(`the function "${name}" was not resolved`);
  return builtin;
}
