import { nearest } from "../diagnostics.js";
import { cover, type Source, type Span } from "../source.js";
import type { ComparisonOperator, Expression, ReductionOperation, Side } from "./ast.js";
import { attempt, checkBrackets, Cursor, fail } from "./cursor.js";
import { globalOperations } from "./functions.js";
import { lex, type Report } from "./lexer.js";
import {
  COMPARISON,
  foreignSpellings,
  infixOperators,
  keywords,
  prefixOperators,
  type InfixOperator,
  type Token,
} from "./token.js";

interface Place {
  /** Whether `dv/dt` is a gradient: on left sides only; elsewhere it is the quotient of two names. */
  readonly gradients: boolean;
  /** Whether `else` has to follow: then a word after a complete value is taken for a misspelt `else`. */
  readonly elseFollows: boolean;
}

const INSIDE: Place = { gradients: false, elseFollows: false };
const booleans: ReadonlyMap<string, boolean> = new Map([
  ["True", true],
  ["False", false],
  ["true", true],
  ["false", false],
]);

const sides: ReadonlyMap<string, Side> = new Map([
  ["pre", "pre"],
  ["post", "post"],
]);

/** Operations over all neurons of a population, as they are written. */
const reductions: ReadonlyMap<string, ReductionOperation> = new Map(
  globalOperations.map((name) => [name, name]),
);

/** Read a text that is one expression, such as a spike condition. Null after a mistake, which is reported. */
export function parseExpression(source: Source, report: Report): Expression | null {
  const tokens = lex(source, report).filter(({ kind }) => kind !== "break" && kind !== "end");
  return attempt(() => readWhole(tokens, endOf(source, tokens), readRightSide), report);
}

/** Read tokens of which one value is made, from the first to the last. */
export function readWhole(
  tokens: readonly Token[],
  end: Span,
  read: (cursor: Cursor) => Expression,
): Expression {
  checkBrackets(tokens);
  const cursor = new Cursor(tokens, end);
  const expression = read(cursor);
  if (cursor.peek().kind !== "end") cursor.unexpected("an operator");
  return expression;
}

/** Read the left side of an equation. */
export function readLeftSide(cursor: Cursor): Expression {
  return readOperators(cursor, 0, { gradients: true, elseFollows: false });
}

/** Read an expression or a conditional `if a: b else: c`. */
export function readRightSide(cursor: Cursor): Expression {
  return readBranch(cursor, false);
}

/** Read an expression in which `if … else` cannot stand. */
export function readExpression(cursor: Cursor): Expression {
  return readOperators(cursor, 0, INSIDE);
}

/** Where a token is missing when a text ends too early. */
export function endOf(source: Source, tokens: readonly Token[]): Span {
  const end = tokens.at(-1)?.span.end ?? source.text.length;
  return { source, start: end, end };
}

function readBranch(cursor: Cursor, elseFollows: boolean): Expression {
  const start = cursor.peek().span;
  if (!cursor.take("if")) return readOperators(cursor, 0, { gradients: false, elseFollows });
  return cursor.inside(() => readConditional(cursor, start));
}

/** After `if` or `elif`, which is short for `else: if`. */
function readConditional(cursor: Cursor, start: Span): Expression {
  const condition = readOperators(cursor, 0, INSIDE);
  if (!cursor.take(":")) fail("MISSING_COLON", { after: "if" }, cursor.peek().span);
  const then = readBranch(cursor, true);
  const { text, kind, span } = cursor.peek();
  let otherwise: Expression;
  if (cursor.take("elif")) {
    otherwise = cursor.inside(() => readConditional(cursor, span));
  } else {
    if (!cursor.take("else")) {
      const near = kind === "name" ? nearest(text, ["else", "elif"]) : null;
      fail("MISSING_ELSE", { found: kind === "end" ? null : text, nearest: near }, span);
    }
    if (!cursor.take(":")) fail("MISSING_COLON", { after: "else" }, cursor.peek().span);
    otherwise = readBranch(cursor, false);
  }
  return { kind: "conditional", condition, then, otherwise, span: cover(start, otherwise.span) };
}

/** Precedence climbing: operands joined by operators that bind at least as tightly as `least`. */
function readOperators(cursor: Cursor, least: number, place: Place): Expression {
  return cursor.inside(() => readChain(cursor, least, place));
}

function readChain(cursor: Cursor, least: number, place: Place): Expression {
  let left = readOperand(cursor, least, place);
  for (;;) {
    const token = cursor.peek();
    const infix = token.kind === "end" ? undefined : infixOperators.get(token.text);
    if (infix === undefined) {
      refuseWhatFollows(cursor, left, place);
      return left;
    }
    const { operator, precedence } = infix;
    if (precedence < least) return left;
    if (isComparison(operator)) {
      left = readComparison(cursor, left, place);
      continue;
    }
    cursor.next();
    const right = readOperators(cursor, leastOnTheRight(infix), place);
    left = { kind: "binary", operator, left, right, span: cover(left.span, right.span) };
  }
}

/** A power takes a signed factor as its exponent: 2^-3. */
function leastOnTheRight({ precedence, rightAssociative }: InfixOperator): number {
  return rightAssociative ? prefixOperators.get("-")! : precedence + 1;
}

/** `a < b <= c`, from the first operator on. */
function readComparison(cursor: Cursor, first: Expression, place: Place): Expression {
  const operands = [first];
  const operators: ComparisonOperator[] = [];
  for (;;) {
    const infix = infixOperators.get(cursor.peek().text);
    if (infix === undefined || !isComparison(infix.operator)) break;
    const spelled = cursor.next().text;
    operators.push(spelled === "is" && cursor.take("not") ? "!=" : infix.operator);
    operands.push(readOperators(cursor, COMPARISON + 1, place));
  }
  const span = cover(first.span, operands.at(-1)!.span);
  return { kind: "comparison", operands, operators, span };
}

function isComparison(operator: string): operator is ComparisonOperator {
  return infixOperators.get(operator)?.precedence === COMPARISON;
}

function readOperand(cursor: Cursor, least: number, place: Place): Expression {
  const token = cursor.peek();
  const precedence = token.kind === "end" ? undefined : prefixOperators.get(token.text);
  if (precedence !== undefined) {
    // `-not a` and `a == not b` need brackets: `not` stands outside of comparisons.
    if (token.text === "not" && precedence < least) cursor.unexpected("a value");
    cursor.next();
    const operand = readOperators(cursor, precedence, place);
    if (token.text === "+") return operand;
    const operator = token.text === "not" ? "not" : "-";
    return { kind: "unary", operator, operand, span: cover(token.span, operand.span) };
  }
  if (token.kind === "number") {
    cursor.next();
    return { kind: "number", value: Number(token.text), span: token.span };
  }
  if (cursor.take("(")) {
    const inner = readOperators(cursor, 0, { ...place, elseFollows: false });
    const close = cursor.peek().span;
    if (!cursor.take(")")) cursor.unexpected('an operator or ")"');
    return { ...inner, span: cover(token.span, close) };
  }
  if (token.kind === "name") return readName(cursor, place);
  return cursor.unexpected("a value");
}

function readName(cursor: Cursor, place: Place): Expression {
  const token = cursor.peek();
  const { text, span } = token;
  if (text === "if") fail("CONDITIONAL_INSIDE", {}, span);
  if (keywords.has(text)) cursor.unexpected("a value");
  cursor.next();
  const boolean = booleans.get(text);
  if (boolean !== undefined) return { kind: "boolean", value: boolean, span };
  if (cursor.at(".")) return readRemote(cursor, token);
  if (place.gradients) {
    const gradient = readGradient(cursor, token);
    if (gradient !== null) return gradient;
  }
  if (!cursor.at("(")) return { kind: "name", name: text, span };
  return text === "sum" ? readInput(cursor, null, span) : readCall(cursor, token);
}

/** The brackets of a call and what is in them. */
function readCall(cursor: Cursor, { text, span: nameSpan }: Token): Expression {
  cursor.next();
  const operands: Expression[] = [];
  if (!cursor.at(")")) {
    do operands.push(readOperators(cursor, 0, INSIDE));
    while (cursor.take(","));
  }
  const close = cursor.peek().span;
  if (!cursor.take(")")) cursor.unexpected('"," or ")"');
  const span = cover(nameSpan, close);
  const operation = reductions.get(text);
  if (operation === undefined || (operands.length !== 1 && isFunctionToo(operation))) {
    return { kind: "call", name: text, operands, nameSpan, span };
  }
  const [operand, second] = operands;
  if (operand === undefined || second !== undefined || !isAttribute(operand)) {
    const wrong = operand === undefined ? span : (second ?? operand).span;
    return fail("REDUCTION_OPERAND", { operation }, wrong);
  }
  const side = operand.kind === "remote" ? operand.side : null;
  return { kind: "reduction", operation, side, name: operand.name, span };
}

/** `min(a, b)` compares values; `min(a)` is about all neurons. */
function isFunctionToo(operation: ReductionOperation): boolean {
  return operation === "min" || operation === "max";
}

function isAttribute(node: Expression): node is Expression & { kind: "name" | "remote" } {
  return node.kind === "name" || node.kind === "remote";
}

/** `pre.x` or `post.sum(exc)`, from the dot on. */
function readRemote(cursor: Cursor, owner: Token): Expression {
  const side = sides.get(owner.text);
  if (side === undefined) {
    const near = nearest(owner.text, sides.keys());
    return fail("UNKNOWN_SIDE", { owner: owner.text, nearest: near }, owner.span);
  }
  cursor.next();
  const { kind, text, span } = cursor.peek();
  if (kind !== "name" || keywords.has(text)) cursor.unexpected("the name of an attribute");
  cursor.next();
  const whole = cover(owner.span, span);
  if (!cursor.at("(")) return { kind: "remote", side, name: text, span: whole };
  if (text === "sum") return readInput(cursor, side, whole);
  const operation = reductions.get(text) ?? null;
  return fail("REMOTE_CALL", { side, name: text, operation }, whole);
}

/** `(exc)` or, in equations of the neuron itself, `()`. Targets may be called like words of the grammar: `sum(in)`. */
function readInput(cursor: Cursor, side: Side | null, start: Span): Expression {
  cursor.next();
  const { kind, text, span } = cursor.peek();
  const empty = side === null && cursor.at(")");
  if (!empty && kind !== "name") cursor.unexpected("the name of a target");
  if (!empty) cursor.next();
  const close = empty ? span : cursor.peek().span;
  if (!cursor.take(")")) cursor.unexpected('")"');
  return { kind: "input", side, target: empty ? null : text, span: cover(start, close) };
}

/** `dv/dt` with any blanks, after its first word; null when it is something else. */
function readGradient(cursor: Cursor, first: Token): Expression | null {
  const apart = first.text === "d" && cursor.peek().kind === "name";
  const ahead = apart ? 1 : 0;
  if (!cursor.at("/", ahead) || !cursor.at("dt", ahead + 1)) return null;
  if (!apart && !/^d./u.test(first.text)) return null;
  const name = apart ? cursor.next().text : first.text.slice(1);
  cursor.next();
  const last = cursor.next();
  return { kind: "gradient", name, span: cover(first.span, last.span) };
}

/** After a complete value: name the usual slips instead of leaving them to the caller. */
function refuseWhatFollows(cursor: Cursor, left: Expression, place: Place): void {
  const { kind, text, span } = cursor.peek();
  if (kind === "end") return;
  const instead = foreignSpellings.get(text);
  if (instead !== undefined) fail("UNKNOWN_OPERATOR", { operator: text, instead }, span);
  if (text === "=") fail("UNKNOWN_OPERATOR", { operator: "=", instead: "==" }, span);
  if (text === "if") fail("CONDITIONAL_INSIDE", {}, span);
  const startsValue = kind === "number" || text === "(" || (kind === "name" && !keywords.has(text));
  if (!startsValue || (place.elseFollows && kind === "name")) return;
  const before = left.span.source.text.slice(left.span.start, left.span.end);
  fail("MISSING_OPERATOR", { left: before, right: text }, cover(left.span, span));
}
