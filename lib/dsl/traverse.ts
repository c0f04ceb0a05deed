import type { Expression } from "./ast.js";

/** List the direct parts of an expression, from left to right. */
export function children(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case "number":
    case "boolean":
    case "name":
    case "gradient":
    case "remote":
    case "input":
    case "reduction":
    case "random":
      return [];
    case "unary":
      return [expression.operand];
    case "binary":
      return [expression.left, expression.right];
    case "comparison":
    case "call":
      return expression.operands;
    case "conditional":
      return [expression.condition, expression.then, expression.otherwise];
  }
}

/** Visit an expression and all its parts, parents first. */
export function walk(expression: Expression, visit: (node: Expression) => void): void {
  visit(expression);
  for (const child of children(expression)) walk(child, visit);
}

/** Tell whether any part of an expression passes the test. */
export function some(expression: Expression, test: (node: Expression) => boolean): boolean {
  return test(expression) || children(expression).some((child) => some(child, test));
}

/**
 * Rebuild an expression bottom-up; parts that `change` returns as they are keep their identity. Nodes that do not pass
 * `descends` are changed without their parts.
 */
export function rewrite(
  expression: Expression,
  change: (node: Expression) => Expression,
  descends: (node: Expression) => boolean = () => true,
): Expression {
  if (!descends(expression)) return change(expression);
  const before = children(expression);
  const after = before.map((child) => rewrite(child, change, descends));
  const same = after.every((child, i) => child === before[i]);
  return change(same ? expression : withChildren(expression, after));
}

function withChildren(expression: Expression, parts: readonly Expression[]): Expression {
  switch (expression.kind) {
    case "number":
    case "boolean":
    case "name":
    case "gradient":
    case "remote":
    case "input":
    case "reduction":
    case "random":
      return expression;
    case "unary":
      return { ...expression, operand: parts[0]! };
    case "binary":
      return { ...expression, left: parts[0]!, right: parts[1]! };
    case "comparison":
    case "call":
      return { ...expression, operands: parts };
    case "conditional":
      return { ...expression, condition: parts[0]!, then: parts[1]!, otherwise: parts[2]! };
  }
}

/** Compare two expressions as trees, whatever their places in a text. */
export function sameExpression(a: Expression, b: Expression): boolean {
  if (a === b) return true;
  const left = children(a);
  const right = children(b);
  return (
    label(a) === label(b) &&
    left.length === right.length &&
    left.every((child, i) => sameExpression(child, right[i]!))
  );
}

/** What distinguishes a node beside its parts. */
function label(node: Expression): string {
  switch (node.kind) {
    case "number":
      return `number ${Object.is(node.value, -0) ? "-0" : node.value}`;
    case "boolean":
      return `boolean ${node.value}`;
    case "name":
    case "gradient":
    case "call":
      return `${node.kind} ${node.name}`;
    case "remote":
      return `remote ${node.side}.${node.name}`;
    case "input":
      return `input ${node.side}.${node.target}`;
    case "reduction":
      return `reduction ${node.operation} ${node.side}.${node.name}`;
    case "random":
      return `random ${node.slot}`;
    case "unary":
    case "binary":
      return `${node.kind} ${node.operator}`;
    case "comparison":
      return `comparison ${node.operators.join(" ")}`;
    case "conditional":
      return "conditional";
  }
}
