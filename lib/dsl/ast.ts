import type { Source, Span } from "../source.js";

/** Operators between two values; `and` and `or` work on conditions. `**` and `^` are one operator. */
export type BinaryOperator = "+" | "-" | "*" | "/" | "^" | "and" | "or";

/** Operators whose result is a condition. */
export type ComparisonOperator = "<" | "<=" | ">" | ">=" | "==" | "!=";

/** A number as written; the sign is a node of its own. */
export interface NumberLiteral {
  readonly kind: "number";
  readonly value: number;
  readonly span: Span;
}

/** `True` or `False`. */
export interface BooleanLiteral {
  readonly kind: "boolean";
  readonly value: boolean;
  readonly span: Span;
}

/** A word that stands for a value: an attribute, a constant, `t`, `dt`, `pi`, `E`. */
export interface Name {
  readonly kind: "name";
  readonly name: string;
  readonly span: Span;
}

/** `dv/dt` on the left side of an equation. */
export interface Gradient {
  readonly kind: "gradient";
  /** The variable: `v`. */
  readonly name: string;
  readonly span: Span;
}

/** An operator before its operand; a plus sign leaves no trace. */
export interface Unary {
  readonly kind: "unary";
  readonly operator: "-" | "not";
  readonly operand: Expression;
  readonly span: Span;
}

/** An operator between its operands. */
export interface Binary {
  readonly kind: "binary";
  readonly operator: BinaryOperator;
  readonly left: Expression;
  readonly right: Expression;
  readonly span: Span;
}

/** A chain such as `0 < a <= 1`: one more operand than operators, true when every link is. */
export interface Comparison {
  readonly kind: "comparison";
  readonly operands: readonly Expression[];
  readonly operators: readonly ComparisonOperator[];
  readonly span: Span;
}

/** A function or distribution with its arguments. */
export interface Call {
  readonly kind: "call";
  readonly name: string;
  readonly operands: readonly Expression[];
  readonly nameSpan: Span;
  readonly span: Span;
}

/** `if condition: then else: otherwise`; stands only as a whole right-hand side or branch. */
export interface Conditional {
  readonly kind: "conditional";
  readonly condition: Expression;
  readonly then: Expression;
  readonly otherwise: Expression;
  readonly span: Span;
}

/** An end of a projection, as synapses see it. */
export type Side = "pre" | "post";

/** `pre.r`, `post.v`: an attribute of a connected neuron. */
export interface Remote {
  readonly kind: "remote";
  readonly side: Side;
  readonly name: string;
  readonly span: Span;
}

/** `sum(exc)`, `sum()`, `post.sum(exc)`: what a neuron receives for a target, or for all targets (null). */
export interface InputSum {
  readonly kind: "input";
  /** Null in the equations of the neuron itself. */
  readonly side: Side | null;
  readonly target: string | null;
  readonly span: Span;
}

/** Operations over all neurons of a population. */
export type ReductionOperation = "min" | "max" | "mean" | "norm1" | "norm2";

/** `mean(r)`, `max(pre.v)`: a global operation on one attribute. */
export interface Reduction {
  readonly kind: "reduction";
  readonly operation: ReductionOperation;
  /** Null for the population of the neuron itself. */
  readonly side: Side | null;
  readonly name: string;
  readonly span: Span;
}

/**
 * One draw per step, in place of the call that asked for it (`Normal(0, 1)`). Put in by the analysis, which
 * numbers the draws, so that two equal calls stay two draws.
 */
export interface RandomTerm {
  readonly kind: "random";
  readonly slot: number;
  readonly call: Call;
  readonly span: Span;
}

/** An immutable tree. Facts about nodes live in side tables. */
export type Expression =
  | NumberLiteral
  | BooleanLiteral
  | Name
  | Gradient
  | Unary
  | Binary
  | Comparison
  | Call
  | Conditional
  | Remote
  | InputSum
  | Reduction
  | RandomTerm;

/** One item of a flag list: `population`, or `min = 0`. */
export interface Flag {
  readonly name: string;
  readonly value: Expression | null;
  readonly span: Span;
}

/** How a statement changes its variable; `+=` adds to the old value. */
export type AssignmentOperator = "=" | "+=" | "-=" | "*=" | "/=";

/** One statement: `x = …`, `x += …`, or an equation with one gradient on its left side. */
export interface Statement {
  readonly kind: "assignment" | "ode";
  /** The variable it changes. */
  readonly target: Name;
  readonly operator: AssignmentOperator;
  /** The target itself, or the left side with the gradient. */
  readonly left: Expression;
  readonly right: Expression;
  readonly flags: readonly Flag[];
  readonly span: Span;
}

/** One line of a parameter text: `tau = 10.0 : population`. */
export interface Declaration {
  readonly target: Name;
  readonly value: Expression | null;
  /** In place of a value: the quoted key of an entry of `extraValues`. */
  readonly key: string | null;
  readonly flags: readonly Flag[];
  readonly span: Span;
}

/** One function of a user as written: `f(x, y) = x^2 + y : float, float, int`. */
export interface FunctionText {
  readonly name: Name;
  readonly parameters: readonly Name[];
  readonly body: Expression;
  /** Words after the colon: type of the result, then of each parameter. Empty when there is no colon. */
  readonly types: readonly Name[];
  readonly span: Span;
}

/** A condition over the neurons of a population: `r > 3.0 : any`. */
export interface StopText {
  readonly condition: Expression;
  readonly quantifier: "any" | "all";
}

/** What a text yields: what could be read, and the names that the unreadable rest seems to declare. */
export interface Parsed<Item> {
  readonly source: Source;
  readonly items: readonly Item[];
  /** Kept so that one syntax error does not make every use of a variable an error too. */
  readonly lost: readonly string[];
}
