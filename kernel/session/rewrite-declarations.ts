import {
  Visitor,
  type Class,
  type Expression,
  type Function as FunctionNode,
  type Program,
  type Span,
  type VariableDeclaration,
} from "oxc-parser";
import { boundNames } from "./bound-names.js";
import { replaceSemicolon, type Draft } from "./draft.js";

/** `const a = 1, { b } = c;` → `(a = 1, { b } = c);` */
export function assignVariables(draft: Draft, declaration: VariableDeclaration): void {
  draft.settled.add(declaration);
  const [first] = declaration.declarations;
  draft.edits.update(declaration.start, first!.start, "(");
  assignDeclarators(draft, declaration);
  replaceSemicolon(draft, declaration, ");");
}

function assignDeclarators(draft: Draft, { declarations, kind }: VariableDeclaration): void {
  for (const declarator of declarations) {
    for (const name of boundNames(declarator.id)) draft.names.add(name);
    const { id, init } = declarator;
    const merged = id.type === "Identifier" ? mergedObject(id.name, init) : null;
    if (merged !== null) draft.edits.update(merged.start, merged.end, "{}");
    // `var x;` keeps the value that x has; `let x;` gives it a new one.
    if (declarator.init === null && kind !== "var")
      draft.edits.appendLeft(declarator.end, " = void 0");
  }
}

/**
 * An `enum` compiles to `var E = function (E) { … }(E || {})`: the `E || {}`. A cell that runs again must not add to the
 * enum of its last run.
 */
export function mergedObject(name: string, value: Expression | null): Span | null {
  if (value?.type !== "CallExpression") return null;
  const [argument] = value.arguments;
  const merges =
    argument?.type === "LogicalExpression" &&
    argument.left.type === "Identifier" &&
    argument.left.name === name &&
    argument.right.type === "ObjectExpression";
  return merges ? argument : null;
}

/** `function f() { … }` → `(f = function () { … });`, so that f calls itself by the name in the user's scope. */
export function assignFunction(draft: Draft, node: FunctionNode): void {
  const { name, start, end } = node.id!;
  draft.names.add(name);
  draft.edits.remove(start, end);
  draft.edits.prependRight(node.start, `(${name} = `).appendLeft(node.end, ");");
  draft.hoisted.add(node);
}

/** `class C { … }` → `(C = class C { … });` */
export function assignClass(draft: Draft, node: Class): void {
  const { name } = node.id!;
  draft.names.add(name);
  draft.edits.prependRight(node.start, `(${name} = `).appendLeft(node.end, ");");
}

/** A `var` inside a block or a loop belongs to the top level too. */
export function rewriteNestedVars(draft: Draft, program: Program): void {
  const heads = new Set<unknown>();
  let functions = 0;
  const enter = (): void => {
    functions++;
  };
  const leave = (): void => {
    functions--;
  };
  new Visitor({
    FunctionDeclaration: enter,
    "FunctionDeclaration:exit": leave,
    FunctionExpression: enter,
    "FunctionExpression:exit": leave,
    ArrowFunctionExpression: enter,
    "ArrowFunctionExpression:exit": leave,
    StaticBlock: enter,
    "StaticBlock:exit": leave,
    ForStatement: ({ init }) => {
      heads.add(init);
    },
    ForInStatement: ({ left }) => {
      heads.add(left);
    },
    ForOfStatement: ({ left }) => {
      heads.add(left);
    },
    VariableDeclaration: (declaration) => {
      if (functions > 0 || declaration.kind !== "var" || draft.settled.has(declaration)) return;
      if (!heads.has(declaration)) {
        assignVariables(draft, declaration);
        return;
      }
      draft.edits.remove(declaration.start, declaration.declarations[0]!.start);
      assignDeclarators(draft, declaration);
    },
  }).visit(program);
}
