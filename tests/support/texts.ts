import type { Diagnostic } from "../../lib/diagnostics.js";
import type { Expression } from "../../lib/dsl/ast.js";
import { parseExpression } from "../../lib/dsl/parser.js";

/** Read an expression that must be right. */
export function parsed(text: string): Expression {
  const { expression, diagnostics } = read(text);
  if (expression === null) throw new Error(`${text}: ${diagnostics[0]?.code ?? "nothing read"}`);
  return expression;
}

/** Read an expression, right or wrong. */
export function read(text: string): {
  readonly expression: Expression | null;
  readonly diagnostics: readonly Diagnostic[];
} {
  const diagnostics: Diagnostic[] = [];
  const expression = parseExpression({ name: "test", text }, (found) => diagnostics.push(found));
  return { expression, diagnostics };
}

/** What a mistake is, and the text under its caret: `UNKNOWN_NAME tua`. */
export function brief({ code, span }: Diagnostic): string {
  return span === null ? code : `${code} ${span.source.text.slice(span.start, span.end)}`.trim();
}
