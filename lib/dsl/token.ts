import type { Span } from "../source.js";
import type { AssignmentOperator, BinaryOperator, ComparisonOperator } from "./ast.js";

/** `break` ends a line or stands for `;`; `key` is a name in quotes. */
export type TokenKind = "number" | "name" | "symbol" | "key" | "break" | "end";

/** A piece of text with its place. */
export interface Token {
  readonly kind: TokenKind;
  readonly text: string;
  readonly span: Span;
}

/** Everything that is not a name or a number, longest first where one begins another. */
export const symbols: readonly string[] = [
  ...["**=", "//=", "**", "//", "==", "!=", "<=", ">=", "+=", "-=", "*=", "/=", "^=", "%="],
  ...["&&", "||", "+", "-", "*", "/", "^", "<", ">", "=", "(", ")", ",", ":", ".", "|", "&"],
  ...["%", "!", "[", "]", "{", "}"],
];

/** An operator between two values. */
export interface InfixOperator {
  /** The operator in the tree. */
  readonly operator: BinaryOperator | ComparisonOperator;
  /** Higher binds tighter. */
  readonly precedence: number;
  readonly rightAssociative?: true;
}

/** Precedence of comparisons; they form chains instead of nesting. */
export const COMPARISON = 4;

/** Spelling → infix operator. `is` and `is not` are comparisons too; the parser knows the pair of words. */
export const infixOperators: ReadonlyMap<string, InfixOperator> = new Map<string, InfixOperator>([
  ["or", { operator: "or", precedence: 1 }],
  ["|", { operator: "or", precedence: 1 }],
  ["and", { operator: "and", precedence: 2 }],
  ["&", { operator: "and", precedence: 2 }],
  ["<", { operator: "<", precedence: COMPARISON }],
  ["<=", { operator: "<=", precedence: COMPARISON }],
  [">", { operator: ">", precedence: COMPARISON }],
  [">=", { operator: ">=", precedence: COMPARISON }],
  ["==", { operator: "==", precedence: COMPARISON }],
  ["!=", { operator: "!=", precedence: COMPARISON }],
  ["is", { operator: "==", precedence: COMPARISON }],
  ["+", { operator: "+", precedence: 5 }],
  ["-", { operator: "-", precedence: 5 }],
  ["*", { operator: "*", precedence: 6 }],
  ["/", { operator: "/", precedence: 6 }],
  ["^", { operator: "^", precedence: 8, rightAssociative: true }],
  ["**", { operator: "^", precedence: 8, rightAssociative: true }],
]);

/** Spelling → precedence of its operand. The minus binds looser than the power: -a^2 is -(a^2). */
export const prefixOperators: ReadonlyMap<string, number> = new Map([
  ["not", 3],
  ["-", 7],
  ["+", 7],
]);

/** Statements that change a variable, and what they do to its old value. */
export const assignmentOperators: ReadonlyMap<string, AssignmentOperator> = new Map<
  string,
  AssignmentOperator
>([
  ["=", "="],
  ["+=", "+="],
  ["-=", "-="],
  ["*=", "*="],
  ["/=", "/="],
]);

/** What other languages write, and what is written here. */
export const foreignSpellings: ReadonlyMap<string, string> = new Map([
  ["&&", "and"],
  ["||", "or"],
  ["!", "not"],
  ["%", "modulo(a, b)"],
  ["//", "floor(a / b)"],
  ["**=", "x = x ^ a"],
  ["^=", "x = x ^ a"],
  ["%=", "x = modulo(x, a)"],
  ["//=", "x = floor(x / a)"],
  ["[", "("],
  ["]", ")"],
  ["{", "("],
  ["}", ")"],
  ["×", "*"],
  ["·", "*"],
  ["⋅", "*"],
  ["÷", "/"],
  ["−", "-"],
  ["–", "-"],
  ["≤", "<="],
  ["≥", ">="],
  ["≠", "!="],
  ["²", "^2"],
  ["³", "^3"],
]);

/** Words of the grammar and of the language that models were first written in; no attribute can have these names. */
export const keywords: ReadonlySet<string> = new Set(
  (
    "if else elif and or not is in lambda def class for while return import from as pass break continue " +
    "try except finally raise with yield global nonlocal assert del async await None"
  ).split(" "),
);
