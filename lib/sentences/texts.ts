import { didYouMean, quote, type Hints, type Sentences } from "./words.js";

/** Texts of equations (lib/dsl). */
export interface TextProblems {
  UNEXPECTED_CHARACTER: { character: string; instead: string | null };
  UNEXPECTED_TOKEN: { found: string; expected: string };
  UNEXPECTED_END: { expected: string };
  UNOPENED_BRACKET: { bracket: string };
  UNCLOSED_BRACKET: { bracket: string };
  UNKNOWN_OPERATOR: { operator: string; instead: string };
  MISSING_OPERATOR: { left: string; right: string };
  MISSING_COLON: { after: "if" | "else" };
  MISSING_ELSE: { found: string | null; nearest: string | null };
  CONDITIONAL_INSIDE: Record<string, never>;
  TEXT_BEFORE_ASSIGNMENT: { text: string };
  SEVERAL_ASSIGNMENTS: Record<string, never>;
  NO_VARIABLE: { left: string };
  SEVERAL_GRADIENTS: Record<string, never>;
  ODE_OPERATOR: { operator: string };
  UNKNOWN_FLAG: { flag: string; nearest: string | null };
  FLAG_VALUE: { flag: string; takesValue: boolean };
  UNKNOWN_SIDE: { owner: string; nearest: string | null };
  REMOTE_CALL: { side: string; name: string; operation: string | null };
  REMOTE_ASSIGNED: { name: string };
  REDUCTION_OPERAND: { operation: string };
  FUNCTION_HEAD: { head: string };
  UNKNOWN_TYPE: { type: string; nearest: string | null };
  TOO_LONG: { most: number };
  TOO_DEEP: { most: number };
}

/** The sentence of each. */
export const textSentences: Sentences<TextProblems> = {
  UNEXPECTED_CHARACTER: ({ character }) => `unexpected character ${quote(character)}`,
  UNEXPECTED_TOKEN: ({ found, expected }) => `unexpected ${quote(found)}, expected ${expected}`,
  UNEXPECTED_END: ({ expected }) => `the statement ends too early, expected ${expected}`,
  UNOPENED_BRACKET: ({ bracket }) => `the bracket ${quote(bracket)} closes nothing`,
  UNCLOSED_BRACKET: ({ bracket }) => `the bracket ${quote(bracket)} is never closed`,
  UNKNOWN_OPERATOR: ({ operator }) => `${quote(operator)} is not an operator of equations`,
  MISSING_OPERATOR: ({ left, right }) =>
    `missing operator between ${quote(left)} and ${quote(right)}`,
  MISSING_COLON: ({ after }) =>
    after === "if"
      ? 'expected ":" after the condition of "if"'
      : `expected ":" after ${quote(after)}`,
  MISSING_ELSE: ({ found }) =>
    found === null ? 'the conditional has no "else"' : `expected "else", found ${quote(found)}`,
  CONDITIONAL_INSIDE: () => "a conditional must be the whole right-hand side",
  TEXT_BEFORE_ASSIGNMENT: ({ text }) => `${quote(text)} assigns nothing and continues nothing`,
  SEVERAL_ASSIGNMENTS: () => "a second assignment in one statement",
  NO_VARIABLE: ({ left }) =>
    left === ""
      ? "the assignment has no variable on its left"
      : `${quote(left)} is neither a variable nor an equation with a gradient`,
  SEVERAL_GRADIENTS: () => "a second gradient in one equation",
  ODE_OPERATOR: ({ operator }) => `an equation with a gradient cannot use ${quote(operator)}`,
  UNKNOWN_FLAG: ({ flag }) => `unknown flag ${quote(flag)}`,
  FLAG_VALUE: ({ flag, takesValue }) =>
    takesValue ? `the flag ${quote(flag)} needs a value` : `the flag ${quote(flag)} has no value`,
  UNKNOWN_SIDE: ({ owner }) =>
    `${quote(`${owner}.`)} has no attributes, only "pre." and "post." have`,
  REMOTE_CALL: ({ side, name }) =>
    `${quote(`${side}.${name}()`)} cannot be called, only "${side}.sum()" can`,
  REMOTE_ASSIGNED: ({ name }) => `${quote(name)} belongs to a neuron and can only be read`,
  REDUCTION_OPERAND: ({ operation }) =>
    `${operation}() over all neurons takes the name of one attribute`,
  FUNCTION_HEAD: ({ head }) => `${quote(head)} does not begin a function`,
  UNKNOWN_TYPE: ({ type }) => `unknown type ${quote(type)}`,
  TOO_LONG: ({ most }) => `the statement has more than ${most} words`,
  TOO_DEEP: ({ most }) => `the expression is nested more than ${most} levels deep`,
};

/** The hints. */
export const textHints: Hints<TextProblems> = {
  UNEXPECTED_CHARACTER: ({ instead }) => (instead === null ? null : `write ${quote(instead)}`),
  UNKNOWN_OPERATOR: ({ instead }) => `write ${quote(instead)}`,
  MISSING_OPERATOR: ({ left, right }) => `multiplication is written ${quote(`${left} * ${right}`)}`,
  MISSING_ELSE: ({ nearest }) => didYouMean(nearest),
  CONDITIONAL_INSIDE: () => 'write "ite(condition, then, otherwise)"',
  UNKNOWN_FLAG: ({ nearest }) => didYouMean(nearest),
  UNKNOWN_SIDE: ({ nearest }) => didYouMean(nearest),
  REMOTE_CALL: ({ side, name, operation }) =>
    operation === null ? null : `write "${name}(${side}.x)"`,
  FUNCTION_HEAD: () => 'write "name(a, b) = …"',
  UNKNOWN_TYPE: ({ nearest }) => didYouMean(nearest),
};
