import { nearest } from "../diagnostics.js";
import { cover, type Source } from "../source.js";
import type { FunctionText, Name, Parsed } from "./ast.js";
import { attempt, checkBrackets, Cursor, fail } from "./cursor.js";
import type { Report } from "./lexer.js";
import { endOf, readRightSide, readWhole } from "./parser.js";
import { isAssignment, splitStatements, type RawStatement } from "./split.js";
import { keywords, type Token } from "./token.js";

const types = ["float", "int", "bool"];

/**
 * Read a text of functions, one per line or between `;`: `f(x, y) = if x > y: x else: y : float, float, int`.
 * Mistakes are reported, and the other functions are read all the same.
 */
export function parseFunctions(source: Source, report: Report): Parsed<FunctionText> {
  const items: FunctionText[] = [];
  const lost: string[] = [];
  for (const raw of splitStatements(source, report)) {
    const item = attempt(() => readFunction(source, raw), report);
    if (item !== null) items.push(item);
    else if (raw.left[0]?.kind === "name") lost.push(raw.left[0].text);
  }
  return { source, items, lost };
}

function readFunction(source: Source, raw: RawStatement): FunctionText {
  const { operator, right } = raw;
  const second = right.find(isAssignment);
  if (second !== undefined) fail("SEVERAL_ASSIGNMENTS", {}, second.span);
  const { name, parameters } = readHead(source, raw);
  if (operator.text !== "=") {
    fail("UNEXPECTED_TOKEN", { found: operator.text, expected: '"="' }, operator.span);
  }
  const body = readWhole(right, endOf(source, [operator, ...right]), readRightSide);
  const typeWords = raw.flags.flatMap((tokens) => readTypes(source, tokens));
  const span = cover(name.span, typeWords.at(-1)?.span ?? body.span);
  return { name, parameters, body, types: typeWords, span };
}

/** `f(x, y)`. */
function readHead(
  source: Source,
  { left, operator }: RawStatement,
): Omit<FunctionText, "body" | "types" | "span"> {
  const span = cover(left[0]?.span ?? operator.span, left.at(-1)?.span ?? operator.span);
  const [first, open] = left;
  const head = source.text.slice(span.start, span.end);
  if (first?.kind !== "name" || keywords.has(first.text) || open?.text !== "(") {
    return fail("FUNCTION_HEAD", { head }, span);
  }
  checkBrackets(left);
  const cursor = new Cursor(left.slice(2, -1), left.at(-1)!.span);
  const parameters: Name[] = [];
  if (cursor.peek().kind !== "end") {
    do parameters.push(readWord(cursor, "the name of an argument"));
    while (cursor.take(","));
  }
  if (cursor.peek().kind !== "end" || left.at(-1)!.text !== ")") {
    return fail("FUNCTION_HEAD", { head }, span);
  }
  return { name: { kind: "name", name: first.text, span: first.span }, parameters };
}

function readTypes(source: Source, tokens: readonly Token[]): readonly Name[] {
  const cursor = new Cursor(tokens, endOf(source, tokens));
  const found: Name[] = [];
  do {
    const word = readWord(cursor, "a type");
    if (!types.includes(word.name)) {
      fail("UNKNOWN_TYPE", { type: word.name, nearest: nearest(word.name, types) }, word.span);
    }
    found.push(word);
  } while (cursor.take(","));
  if (cursor.peek().kind !== "end") cursor.unexpected('"," or the end of the line');
  return found;
}

function readWord(cursor: Cursor, expected: string): Name {
  const { kind, text, span } = cursor.peek();
  if (kind !== "name" || keywords.has(text)) cursor.unexpected(expected);
  cursor.next();
  return { kind: "name", name: text, span };
}
