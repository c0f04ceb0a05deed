import { cover, type Source, type Span } from "../source.js";
import type { Declaration, Expression, Flag, Gradient, Parsed, Statement } from "./ast.js";
import { attempt, Cursor, fail } from "./cursor.js";
import { readFlags } from "./flags.js";
import { lex, type Report } from "./lexer.js";
import { endOf, readExpression, readLeftSide, readRightSide, readWhole } from "./parser.js";
import { print } from "./print.js";
import { is, isAssignment, linesOf, splitStatements, type RawStatement } from "./split.js";
import { assignmentOperators, foreignSpellings, keywords, type Token } from "./token.js";
import { walk } from "./traverse.js";

/**
 * Read a text of statements, one per line or between `;`. A line without an assignment continues the statement
 * before it; flags stand after the last line. Mistakes are reported, and the other statements are read all the same.
 */
export function parseEquations(source: Source, report: Report): Parsed<Statement> {
  const items: Statement[] = [];
  const lost: string[] = [];
  for (const raw of splitStatements(source, report)) {
    const statement = attempt(() => readStatement(source, raw, report), report);
    if (statement === null) lost.push(...namesOf(raw.left));
    else items.push(statement);
  }
  return { source, items, lost };
}

/** Read a text of parameters, one per line or between `;`: `tau = 10.0 : population`. */
export function parseParameters(source: Source, report: Report): Parsed<Declaration> {
  const items: Declaration[] = [];
  const lost: string[] = [];
  for (const line of linesOf(lex(source, report))) {
    const declaration = attempt(() => readDeclaration(source, line, report), report);
    if (declaration === null) lost.push(...namesOf(line.slice(0, 1)));
    else items.push(declaration);
  }
  return { source, items, lost };
}

function readStatement(source: Source, raw: RawStatement, report: Report): Statement {
  const instead = foreignSpellings.get(raw.operator.text);
  if (instead !== undefined) {
    fail("UNKNOWN_OPERATOR", { operator: raw.operator.text, instead }, raw.operator.span);
  }
  const second = raw.right.find(isAssignment);
  if (second !== undefined) fail("SEVERAL_ASSIGNMENTS", {}, second.span);
  const left = readLeft(source, raw);
  const right = readWhole(raw.right, endOf(source, [raw.operator, ...raw.right]), readRightSide);
  const flags = raw.flags.flatMap((tokens) => readFlags(tokens, endOf(source, tokens), report));
  const operator = assignmentOperators.get(raw.operator.text)!;
  const span = cover(left.span, flags.at(-1)?.span ?? right.span);
  if (left.kind === "name") {
    return { kind: "assignment", target: left, operator, left, right, flags, span };
  }
  if (left.kind === "remote" || (left.kind === "input" && left.side !== null)) {
    fail("REMOTE_ASSIGNED", { name: print(left) }, left.span);
  }
  const gradient = onlyGradient(left, raw.left[0]!.span);
  if (operator !== "=") fail("ODE_OPERATOR", { operator }, raw.operator.span);
  const target = { kind: "name", name: gradient.name, span: gradient.span } as const;
  return { kind: "ode", target, operator, left, right, flags, span };
}

function readLeft(source: Source, raw: RawStatement): Expression {
  if (raw.left.length === 0) fail("NO_VARIABLE", { left: "" }, raw.operator.span);
  return readWhole(raw.left, endOf(source, raw.left), readLeftSide);
}

function onlyGradient(left: Expression, start: Span): Gradient {
  const gradients: Gradient[] = [];
  walk(left, (node) => {
    if (node.kind === "gradient") gradients.push(node);
  });
  const [first, second] = gradients;
  const span = cover(start, left.span);
  if (first === undefined) return fail("NO_VARIABLE", { left: print(left) }, span);
  if (second !== undefined) fail("SEVERAL_GRADIENTS", {}, second.span);
  return first;
}

function readDeclaration(source: Source, line: readonly Token[], report: Report): Declaration {
  const colon = line.findIndex((token) => is(token, ":"));
  const body = colon < 0 ? line : line.slice(0, colon);
  const cursor = new Cursor(body, endOf(source, body.length > 0 ? body : line.slice(0, 1)));
  const first = cursor.peek();
  if (first.kind !== "name") cursor.unexpected("the name of a parameter");
  cursor.next();
  const target = { kind: "name", name: first.text, span: first.span } as const;
  if (cursor.peek().kind !== "end" && !cursor.at("=")) cursor.unexpected('"="');
  const given = cursor.take("=") ? body.slice(2) : null;
  const key = given?.length === 1 && given[0]!.kind === "key" ? given[0]!.text.slice(1, -1) : null;
  const value =
    given === null || key !== null ? null : readWhole(given, endOf(source, body), readExpression);
  const tail = line.slice(colon + 1);
  const flags: readonly Flag[] =
    colon < 0 ? [] : readFlags(tail, endOf(source, tail.length > 0 ? tail : line), report);
  const span = cover(first.span, flags.at(-1)?.span ?? body.at(-1)!.span);
  return { target, value, key, flags, span };
}

/** The variables that an unreadable left side may have meant. */
function namesOf(tokens: readonly Token[]): readonly string[] {
  const names = tokens.filter(({ kind, text }) => kind === "name" && !keywords.has(text));
  return names.flatMap(({ text }) => (text.startsWith("d") ? [text, text.slice(1)] : [text]));
}
