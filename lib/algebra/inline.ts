import type { Expression } from "../dsl/ast.js";
import { rewrite } from "../dsl/traverse.js";
import { call, choose, number } from "./build.js";
import { dependsOn } from "./differentiate.js";
import { substitute } from "./substitute.js";

type ValueType = "float" | "int" | "bool";

/** A function of the user, as far as its value goes. */
export interface UserFunction {
  readonly parameters: readonly { readonly name: string; readonly type: ValueType }[];
  readonly result: ValueType;
  readonly body: Expression;
}

/**
 * Replace calls of functions of the user whose operands depend on one of the names by the bodies of the functions, with
 * the operands in the place of the parameters. What is passed or returned as int is truncated.
 */
export function inline(
  expression: Expression,
  functions: ReadonlyMap<string, UserFunction>,
  names: readonly string[],
): Expression {
  return rewrite(expression, (node) => {
    if (node.kind !== "call") return node;
    const definition = functions.get(node.name);
    if (definition === undefined || !names.some((name) => dependsOn(node, name))) return node;
    const { parameters, result, body } = definition;
    const values = parameters.map(
      ({ name, type }, i) => [name, stored(node.operands[i]!, type)] as const,
    );
    // The operands are inlined already; the body may call further functions.
    const inner = inline(
      body,
      functions,
      values.map(([name]) => name),
    );
    return stored(substitute(inner, new Map(values)), result);
  });
}

/** A value as if it had been stored as this type. */
function stored(value: Expression, type: ValueType): Expression {
  if (type === "float") return value;
  const { span } = value;
  const zero = number(0, span);
  if (type === "bool") {
    return { kind: "comparison", operands: [value, zero], operators: ["!="], span };
  }
  const isNegative: Expression = {
    kind: "comparison",
    operands: [value, zero],
    operators: ["<"],
    span,
  };
  return choose(isNegative, call("ceil", [value], span), call("floor", [value], span));
}
