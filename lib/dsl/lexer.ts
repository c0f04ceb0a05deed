import type { Diagnostic } from "../diagnostics.js";
import type { Source, Span } from "../source.js";
import { foreignSpellings, symbols, type Token, type TokenKind } from "./token.js";

/** Receives the mistakes of a text, in the order in which they are found. */
export type Report = (diagnostic: Diagnostic) => void;

const patterns: readonly (readonly [TokenKind | "blank", RegExp])[] = [
  ["break", /\r?\n|;/y],
  ["blank", /[^\S\n]+|#[^\n]*/y],
  ["number", /(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/y],
  ["name", /[\p{L}_][\p{L}\p{N}\p{M}_]*/uy],
  ["key", /'[^'"\n]*'|"[^'"\n]*"/y],
];

/**
 * Cut a text into tokens; the last one is `end`. A comment runs from `#` to the end of its line, also over a `;`.
 * Characters that belong to no token are reported and left out.
 */
export function lex(source: Source, report: Report): readonly Token[] {
  const { text } = source;
  const tokens: Token[] = [];
  let offset = 0;
  while (offset < text.length) {
    const [kind, length] = match(text, offset);
    const span: Span = { source, start: offset, end: offset + length };
    const found = text.slice(offset, span.end);
    if (kind === "unknown") {
      const instead = foreignSpellings.get(found) ?? null;
      report({ code: "UNEXPECTED_CHARACTER", problem: { character: found, instead }, span });
    } else if (kind !== "blank") {
      tokens.push({ kind, text: found, span });
    }
    offset = span.end;
  }
  tokens.push({ kind: "end", text: "", span: { source, start: offset, end: offset } });
  return tokens;
}

function match(text: string, offset: number): [TokenKind | "blank" | "unknown", number] {
  for (const [kind, pattern] of patterns) {
    pattern.lastIndex = offset;
    const found = pattern.exec(text);
    if (found !== null) return [kind, found[0].length];
  }
  const symbol = symbols.find((candidate) => text.startsWith(candidate, offset));
  if (symbol !== undefined) return ["symbol", symbol.length];
  return ["unknown", String.fromCodePoint(text.codePointAt(offset)!).length];
}
