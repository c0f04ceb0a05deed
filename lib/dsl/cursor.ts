import type { Code, Diagnostic, Problems } from "../diagnostics.js";
import type { Span } from "../source.js";
import type { Token } from "./token.js";

/** Ends the reading of one statement; caught where statements are read, so that the next one is read too. */
export class SyntaxFault extends Error {
  readonly diagnostic: Diagnostic;

  constructor(diagnostic: Diagnostic) {
    super(diagnostic.code);
    this.diagnostic = diagnostic;
  }
}

/** Stop reading the statement because of a mistake at `span`. */
export function fail<C extends Code>(code: C, problem: Problems[C], span: Span): never {
  throw new SyntaxFault({ code, problem, span });
}

/** Run a reader; a syntax fault is reported and gives null. */
export function attempt<T>(read: () => T, report: (diagnostic: Diagnostic) => void): T | null {
  try {
    return read();
  } catch (fault) {
    if (!(fault instanceof SyntaxFault)) throw fault;
    report(fault.diagnostic);
    return null;
  }
}

/**
 * Most words of one statement, and most levels of its tree on the way down. All stages walk trees by recursion: what
 * passes here must fit on their stacks.
 */
const MOST_TOKENS = 2000;
const MOST_LEVELS = 200;

/** A place in a list of tokens that belong together; the last one is `end`. */
export class Cursor {
  readonly #tokens: readonly Token[];
  #at = 0;
  #levels = 0;

  /** `end` stands where a missing token would be: right after the last one. */
  constructor(tokens: readonly Token[], end: Span) {
    const excess = tokens[MOST_TOKENS];
    if (excess !== undefined) fail("TOO_LONG", { most: MOST_TOKENS }, excess.span);
    this.#tokens = [...tokens, { kind: "end", text: "", span: end }];
  }

  /** Read a part of what is being read; refuses parts of parts without end. */
  inside<T>(read: () => T): T {
    if (++this.#levels > MOST_LEVELS) fail("TOO_DEEP", { most: MOST_LEVELS }, this.peek().span);
    const part = read();
    this.#levels--;
    return part;
  }

  peek(ahead = 0): Token {
    return this.#tokens[Math.min(this.#at + ahead, this.#tokens.length - 1)]!;
  }

  next(): Token {
    const token = this.peek();
    if (token.kind !== "end") this.#at++;
    return token;
  }

  /** Tell whether the next token is this word or symbol. */
  at(text: string, ahead = 0): boolean {
    const token = this.peek(ahead);
    return token.text === text && token.kind !== "end";
  }

  /** Take the next token if it is this word or symbol. */
  take(text: string): boolean {
    const found = this.at(text);
    if (found) this.next();
    return found;
  }

  /** Complain about the next token: what was expected in its place. */
  unexpected(expected: string): never {
    const { kind, text, span } = this.peek();
    if (kind === "end") return fail("UNEXPECTED_END", { expected }, span);
    return fail("UNEXPECTED_TOKEN", { found: text, expected }, span);
  }
}

/** Complain about the first bracket without its partner. */
export function checkBrackets(tokens: readonly Token[]): void {
  const open: Token[] = [];
  for (const token of tokens) {
    if (token.kind !== "symbol") continue;
    if (token.text === "(") open.push(token);
    else if (token.text === ")" && open.pop() === undefined) {
      fail("UNOPENED_BRACKET", { bracket: ")" }, token.span);
    }
  }
  const unclosed = open.pop();
  if (unclosed !== undefined) fail("UNCLOSED_BRACKET", { bracket: "(" }, unclosed.span);
}
