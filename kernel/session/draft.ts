import type MagicString from "magic-string";
import type { Expression, Program, Span, VariableDeclaration } from "oxc-parser";

/** The name under which a cell's code knows its runtime, the `CellRuntime` of `cell-runtime.ts`. */
export const RUNTIME = "$cell";

/** Modules that the compiler's own output imports; their names belong to the cell, not to the user. */
export const HELPERS = "@oxc-project/runtime/helpers/";

/** A statement of the top level of a module. */
export type TopLevel = Program["body"][number];

/** The rewriting of a cell under way. */
export interface Draft {
  readonly js: string;
  readonly edits: MagicString;
  readonly names: Set<string>;
  /** Local names of the compiler's helpers. */
  readonly helpers: ReadonlySet<string>;
  /** What has to run before everything else, in its order. */
  readonly hoisted: Set<Span>;
  /** Declarations dealt with, and those that are the compiler's own. */
  readonly settled: Set<VariableDeclaration>;
}

/** Local names of the compiler's helpers in a module. */
export function helperNames(program: Program): ReadonlySet<string> {
  const names = new Set<string>();
  for (const statement of program.body) {
    if (statement.type !== "ImportDeclaration" || !statement.source.value.startsWith(HELPERS))
      continue;
    for (const { local } of statement.specifiers) names.add(local.name);
  }
  return names;
}

/** Whether the compiler wrote this call. */
export function isHelperCall(draft: Draft, expression: Expression | null | undefined): boolean {
  return (
    expression?.type === "CallExpression" &&
    expression.callee.type === "Identifier" &&
    draft.helpers.has(expression.callee.name)
  );
}

/** Put something in the place of the semicolon that ends a statement. */
export function replaceSemicolon(draft: Draft, { end }: Span, replacement: string): void {
  if (draft.js[end - 1] === ";") draft.edits.update(end - 1, end, replacement);
  else draft.edits.appendLeft(end, replacement);
}

/** The text of a node. */
export function text(draft: Draft, { start, end }: Span): string {
  return draft.js.slice(start, end);
}
