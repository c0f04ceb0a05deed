import type { Expression } from "../dsl/ast.js";
import { mathConstants } from "../dsl/functions.js";
import { rewrite } from "../dsl/traverse.js";
import { constantName } from "../ir/fields.js";
import type { FunctionDefinition } from "../model/types.js";

interface Callers {
  readonly functions: ReadonlyMap<string, FunctionDefinition>;
}

/**
 * Make the functions of a model independent of the place where they are called: in their bodies, `pi` and `E` become
 * numbers, and constants of the network get names that no attribute and no argument has. What is left are arguments.
 * (Model language, custom functions.)
 */
export function withClosedFunctions<Model extends Callers>(model: Model): Model {
  if (model.functions.size === 0) return model;
  const functions = new Map([...model.functions].map(([key, value]) => [key, closed(value)]));
  return { ...model, functions };
}

function closed(definition: FunctionDefinition): FunctionDefinition {
  const given = new Set(definition.parameters.map(({ name }) => name));
  const change = (node: Expression): Expression => {
    if (node.kind !== "name" || given.has(node.name) || node.name.startsWith(".")) return node;
    const value = mathConstants.get(node.name);
    return value === undefined
      ? { ...node, name: constantName(node.name) }
      : { kind: "number", value, span: node.span };
  };
  return { ...definition, body: rewrite(definition.body, change) };
}
