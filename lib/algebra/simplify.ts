import type { Expression } from "../dsl/ast.js";
import { CHOICE } from "../dsl/functions.js";
import { rewrite } from "../dsl/traverse.js";
import { add, choose, divide, multiply, negate, raise, subtract } from "./build.js";

const builders = {
  "+": add,
  "-": subtract,
  "*": multiply,
  "/": divide,
  "^": raise,
} as const;

/** Leave out neutral elements, products with 0 and choices between equals, and work out sums and products of numbers. */
export function simplify(expression: Expression): Expression {
  return rewrite(expression, (node) => {
    if (node.kind === "unary") return node.operator === "-" ? negate(node.operand) : node;
    if (node.kind === "binary") {
      const { operator, left, right } = node;
      return operator === "and" || operator === "or" ? node : builders[operator](left, right);
    }
    if (node.kind !== "call" || node.name !== CHOICE) return node;
    const [condition, then, otherwise] = node.operands;
    return choose(condition!, then!, otherwise!);
  });
}
