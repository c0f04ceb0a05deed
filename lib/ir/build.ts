import { builtins } from "../dsl/functions.js";
import type {
  ArithmeticOperator,
  CompareOperator,
  IrExpression,
  IrStatement,
  IrType,
} from "./ir.js";

/** A number or truth value. */
export function constant(type: IrType, value: number): IrExpression {
  return { kind: "constant", type, value };
}

/** left operator right, of two reals or two ints. */
export function arithmetic(
  operator: ArithmeticOperator,
  left: IrExpression,
  right: IrExpression,
): IrExpression {
  return { kind: "arithmetic", operator, left, right };
}

/** A comparison of two reals or two ints. */
export function compare(
  operator: CompareOperator,
  left: IrExpression,
  right: IrExpression,
): IrExpression {
  return { kind: "compare", operator, left, right };
}

/** One of two values; both may be worked out. */
export function select(
  condition: IrExpression,
  then: IrExpression,
  otherwise: IrExpression,
): IrExpression {
  return { kind: "select", condition, then, otherwise };
}

/** The value in another type, or as it is when it has the type already. */
export function convert(to: IrType, operand: IrExpression): IrExpression {
  return typeOf(operand) === to ? operand : { kind: "convert", to, operand };
}

/** Type of the value of an expression whose parts agree. */
export function typeOf(expression: IrExpression): IrType {
  switch (expression.kind) {
    case "constant":
    case "load":
    case "temporary":
      return expression.type;
    case "draw":
    case "clock":
      return "real";
    case "steps":
    case "step":
      return "int";
    case "plasticity":
      return "bool";
    case "convert":
      return expression.to;
    case "negate":
      return typeOf(expression.operand);
    case "arithmetic":
      return typeOf(expression.left);
    case "not":
    case "compare":
    case "logic":
      return "bool";
    case "select":
      return typeOf(expression.then);
    case "call":
      return builtins[expression.name].result;
  }
}

/** The direct parts of an expression. */
export function operandsOf(expression: IrExpression): readonly IrExpression[] {
  switch (expression.kind) {
    case "constant":
    case "load":
    case "temporary":
    case "draw":
    case "clock":
    case "step":
    case "plasticity":
      return [];
    case "steps":
      return [expression.duration];
    case "convert":
    case "negate":
    case "not":
      return [expression.operand];
    case "arithmetic":
    case "compare":
    case "logic":
      return [expression.left, expression.right];
    case "select":
      return [expression.condition, expression.then, expression.otherwise];
    case "call":
      return expression.operands;
  }
}

/** The same expression of other direct parts. */
export function mapOperands(
  expression: IrExpression,
  change: (operand: IrExpression) => IrExpression,
): IrExpression {
  switch (expression.kind) {
    case "constant":
    case "load":
    case "temporary":
    case "draw":
    case "clock":
    case "step":
    case "plasticity":
      return expression;
    case "steps":
      return { ...expression, duration: change(expression.duration) };
    case "convert":
    case "negate":
    case "not":
      return { ...expression, operand: change(expression.operand) };
    case "arithmetic":
    case "compare":
    case "logic":
      return { ...expression, left: change(expression.left), right: change(expression.right) };
    case "select":
      return {
        ...expression,
        condition: change(expression.condition),
        then: change(expression.then),
        otherwise: change(expression.otherwise),
      };
    case "call":
      return { ...expression, operands: expression.operands.map(change) };
  }
}

/** Visit an expression and all its parts. */
export function walkIr(expression: IrExpression, visit: (node: IrExpression) => void): void {
  visit(expression);
  for (const operand of operandsOf(expression)) walkIr(operand, visit);
}

/** Visit the expressions of statements, those inside iterations included. */
export function walkStatements(
  statements: readonly IrStatement[],
  visit: (node: IrExpression) => void,
): void {
  for (const statement of statements) {
    if (statement.kind === "newton") {
      if (statement.condition !== null) walkIr(statement.condition, visit);
      for (const { start } of statement.unknowns) walkIr(start, visit);
      walkStatements(statement.body, visit);
      for (const step of statement.steps) walkIr(step, visit);
    } else if (statement.kind !== "note") walkIr(statement.value, visit);
  }
}
