import type { Expression, ReductionOperation, Side } from "../../lib/dsl/ast.js";
import { evaluateCall } from "./functions.js";
import type { FunctionTable } from "./functions.js";

/** A feature that the reference does not know; a network that uses it is not compared. */
export class NotCovered extends Error {}

/** What the words of an expression stand for, at one place and at one moment. */
export interface Scope {
  readonly name: (name: string) => number;
  readonly remote: (side: Side, name: string) => number;
  readonly input: (side: Side | null, target: string | null) => number;
  readonly reduction: (operation: ReductionOperation, side: Side | null, name: string) => number;
  readonly functions: FunctionTable;
}

/** Work out an expression in double precision; conditions are 0 or 1 (model-language §1.10, §1.11). */
export function evaluate(node: Expression, scope: Scope): number {
  const value = (part: Expression): number => evaluate(part, scope);
  switch (node.kind) {
    case "number":
      return node.value;
    case "boolean":
      return Number(node.value);
    case "name":
      return scope.name(node.name);
    case "remote":
      return scope.remote(node.side, node.name);
    case "input":
      return scope.input(node.side, node.target);
    case "reduction":
      return scope.reduction(node.operation, node.side, node.name);
    case "unary":
      return node.operator === "-" ? -value(node.operand) : Number(value(node.operand) === 0);
    case "binary":
      return binary(node.operator, node.left, node.right, value);
    case "comparison": {
      const operands = node.operands.map(value);
      const links = node.operators.map((operator, i) =>
        holds(operator, operands[i]!, operands[i + 1]!),
      );
      return Number(links.every(Boolean));
    }
    case "conditional":
      return value(node.condition) !== 0 ? value(node.then) : value(node.otherwise);
    case "call":
      return evaluateCall(node.name, node.operands, value, scope.functions);
    case "gradient":
    case "random":
      throw new NotCovered(`an expression with a ${node.kind}`);
  }
}

function binary(
  operator: string,
  left: Expression,
  right: Expression,
  value: (part: Expression) => number,
): number {
  const a = value(left);
  const b = value(right);
  switch (operator) {
    case "+":
      return a + b;
    case "-":
      return a - b;
    case "*":
      return a * b;
    case "/":
      return a / b;
    case "^":
      return a ** b;
    case "and":
      return Number(a !== 0 && b !== 0);
    case "or":
      return Number(a !== 0 || b !== 0);
    default:
      throw new NotCovered(`the operator ${operator}`);
  }
}

function holds(operator: string, a: number, b: number): boolean {
  switch (operator) {
    case "<":
      return a < b;
    case "<=":
      return a <= b;
    case ">":
      return a > b;
    case ">=":
      return a >= b;
    case "==":
      return a === b;
    case "!=":
      return a !== b;
    default:
      throw new NotCovered(`the comparison ${operator}`);
  }
}
