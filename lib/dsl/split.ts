import { nearest } from "../diagnostics.js";
import { cover, type Source } from "../source.js";
import { lex, type Report } from "./lexer.js";
import type { Token } from "./token.js";

/** The tokens of one statement, sorted but not yet understood. */
export interface RawStatement {
  readonly left: readonly Token[];
  readonly operator: Token;
  readonly right: Token[];
  readonly flags: Token[][];
  /** `if` without its colon so far: the next colon belongs to it. */
  openIfs: number;
  hasIf: boolean;
}

/**
 * Cut a text into statements: one per line or between `;`. A line without an assignment continues the statement before
 * it; flags stand after the last colon that belongs to no conditional, also alone on a line.
 */
export function splitStatements(source: Source, report: Report): readonly RawStatement[] {
  const statements: RawStatement[] = [];
  for (const line of linesOf(lex(source, report))) {
    const colon = line.findIndex((token) => is(token, ":"));
    const assignment = line.findIndex(isAssignment);
    const starts = assignment >= 0 && (colon < 0 || assignment < colon);
    let statement = statements.at(-1);
    if (starts) {
      const left = line.slice(0, assignment);
      const operator = line[assignment]!;
      statement = { left, operator, right: [], flags: [], openIfs: 0, hasIf: false };
      statements.push(statement);
    }
    if (statement === undefined) {
      const text = source.text.slice(line[0]!.span.start, line.at(-1)!.span.end);
      const span = cover(line[0]!.span, line.at(-1)!.span);
      report({ code: "TEXT_BEFORE_ASSIGNMENT", problem: { text }, span });
      continue;
    }
    addTokens(statement, starts ? line.slice(assignment + 1) : line);
  }
  return statements;
}

/** Sort the tokens of a line: equation up to the colon that belongs to no conditional, flags after it. */
function addTokens(statement: RawStatement, tokens: readonly Token[]): void {
  for (const [i, token] of tokens.entries()) {
    if (is(token, "if") || is(token, "elif")) {
      statement.openIfs++;
      statement.hasIf = true;
    } else if (is(token, ":")) {
      const before = tokens[i - 1] ?? statement.right.at(-1);
      if (before !== undefined && isElse(before, statement.hasIf)) {
        // its colon
      } else if (statement.openIfs > 0) {
        statement.openIfs--;
      } else {
        statement.flags.push(tokens.slice(i + 1));
        return;
      }
    }
    statement.right.push(token);
  }
}

/** `else`, or after an `if` a word that must be meant for it. */
function isElse(token: Token, hasIf: boolean): boolean {
  if (is(token, "else")) return true;
  return hasIf && token.kind === "name" && nearest(token.text, ["else"]) !== null;
}

/** The lines of a text that have any tokens. */
export function linesOf(tokens: readonly Token[]): readonly (readonly Token[])[] {
  const lines: Token[][] = [[]];
  for (const token of tokens) {
    if (token.kind === "break") lines.push([]);
    else if (token.kind !== "end") lines.at(-1)!.push(token);
  }
  return lines.filter((line) => line.length > 0);
}

/** Tell whether a token gives a value to what stands before it. */
export function isAssignment(token: Token): boolean {
  return token.kind === "symbol" && token.text.endsWith("=") && !/^([<>=!]=)$/.test(token.text);
}

/** Tell whether a token is this word or symbol. */
export function is(token: Token, text: string): boolean {
  return token.text === text;
}
