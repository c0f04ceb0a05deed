import type { AssignmentOperator, Call, Expression, Side, Statement } from "./ast.js";
import {
  CHOICE,
  findBuiltin,
  isDistribution,
  type BuiltinName,
  type DistributionName,
} from "./functions.js";
import { latexName, upright } from "./latex-names.js";
import { COMPARISON, infixOperators, prefixOperators } from "./token.js";

/** What the names in an expression mean. */
export interface LatexContext {
  /** Attributes that change with time: they are written as functions of it. */
  readonly variables: ReadonlySet<string>;
  /** All attributes; `E` and `pi` are the constants of mathematics unless they are among them. */
  readonly attributes: ReadonlySet<string>;
  /** Code of an event: what comes from the pre neuron has arrived, without a delay. Default false. */
  readonly event?: boolean;
}

/** A piece of text, and how tightly it holds together. */
interface Piece {
  readonly text: string;
  readonly precedence: number;
}

const ADDITION = infixOperators.get("+")!.precedence;
const PRODUCT = infixOperators.get("*")!.precedence;
const MINUS = prefixOperators.get("-")!;
const POWER = infixOperators.get("^")!.precedence;
const ATOM = 10;

/** Write an expression as mathematics of LaTeX (with amsmath), without dollar signs. */
export function latex(expression: Expression, context: LatexContext): string {
  return piece(expression, context).text;
}

/** Write a statement as an equation, without its flags. */
export function latexStatement(statement: Statement, context: LatexContext): string {
  const { left, operator, right } = statement;
  return `${latex(left, context)} ${OPERATORS[operator]} ${latex(right, context)}`;
}

const OPERATORS: Readonly<Record<AssignmentOperator, string>> = {
  "=": "=",
  "+=": "\\mathrel{+}=",
  "-=": "\\mathrel{-}=",
  "*=": "\\mathrel{\\times}=",
  "/=": "\\mathrel{/}=",
};

const COMPARISONS = { "<": "<", "<=": "\\leq", ">": ">", ">=": "\\geq", "==": "=", "!=": "\\neq" };

/** Names that do not depend on time, however they are declared. */
const FIXED: ReadonlyMap<string, string> = new Map([
  ["t", "t"],
  ["dt", "\\Delta t"],
  ["t_pre", "t_{\\text{pre}}"],
  ["t_post", "t_{\\text{post}}"],
  ["t_last", "t_{\\text{last}}"],
  ["g_target", "g_{\\text{target}}"],
]);

const DISTRIBUTIONS: Readonly<Record<DistributionName, string>> = {
  Uniform: "\\mathcal{U}",
  DiscreteUniform: "\\mathcal{U}",
  Normal: "\\mathcal{N}",
  LogNormal: "\\ln\\mathcal{N}",
  Exponential: "\\exp",
  Gamma: "\\Gamma",
  Binomial: "\\mathcal{B}",
};

/** Functions that have a sign of their own. All others are upright words before their operands. */
const SIGNS: Partial<Readonly<Record<BuiltinName, string>>> = {
  ...{ cos: "\\cos", sin: "\\sin", tan: "\\tan", cosh: "\\cosh", sinh: "\\sinh", tanh: "\\tanh" },
  ...{ acos: "\\arccos", asin: "\\arcsin", atan: "\\arctan", exp: "\\exp", log: "\\ln" },
  ...{ log2: "\\log_{2}", log10: "\\log_{10}", min: "\\min", max: "\\max", gamma: "\\Gamma" },
};

/** Functions that stand around their operand. */
const AROUND: Partial<Readonly<Record<BuiltinName, readonly [string, string]>>> = {
  sqrt: ["\\sqrt{", "}"],
  cbrt: ["\\sqrt[3]{", "}"],
  abs: ["\\left\\lvert ", " \\right\\rvert"],
  floor: ["\\left\\lfloor ", " \\right\\rfloor"],
  ceil: ["\\left\\lceil ", " \\right\\rceil"],
};

type Writer = (operands: readonly Expression[], context: LatexContext) => Piece | null;

const toThe: Writer = ([base, exponent], context) =>
  base && exponent ? power(base, exponent, context) : null;

const remainder: Writer = ([first, second], context) => {
  if (!first || !second) return null;
  const sides = [within(first, PRODUCT + 1, context), within(second, PRODUCT + 1, context)];
  return { text: sides.join(" \\bmod "), precedence: PRODUCT };
};

const part =
  (sign: "+" | "-"): Writer =>
  ([operand], context) =>
    operand ? { text: `${brackets(latex(operand, context))}^{${sign}}`, precedence: POWER } : null;

/** Functions that are written as operators. */
const SPECIAL: Partial<Readonly<Record<BuiltinName, Writer>>> = {
  ...{ pow: toThe, power: toThe, modulo: remainder, fmod: remainder },
  ...{ pos: part("+"), neg: part("-") },
  exp2: ([exponent], context) =>
    exponent ? { text: `2^{${latex(exponent, context)}}`, precedence: POWER } : null,
};

function piece(expression: Expression, context: LatexContext): Piece {
  switch (expression.kind) {
    case "number":
      return numeral(expression.value);
    case "boolean":
      return atom(expression.value ? "\\text{true}" : "\\text{false}");
    case "name":
      return atom(nameAt(expression.name, context));
    case "gradient":
      return fraction(`d${latexName(expression.name)}(t)`, "dt");
    case "remote":
      return atom(remote(expression.side, expression.name, context));
    case "input":
      return inputSum(expression.side, expression.target, context);
    case "reduction": {
      const { operation, side, name } = expression;
      const value = side === null ? nameAt(name, context) : remote(side, name, context);
      if (operation === "norm1" || operation === "norm2") {
        return atom(`\\left\\lVert ${value} \\right\\rVert_{${operation.slice(-1)}}`);
      }
      return atom(`${operation === "mean" ? "\\text{mean}" : `\\${operation}`}${brackets(value)}`);
    }
    case "random":
      return piece(expression.call, context);
    case "unary": {
      const { operator, operand } = expression;
      if (operator === "-")
        return { text: `-${within(operand, MINUS + 1, context)}`, precedence: MINUS };
      const precedence = prefixOperators.get("not")!;
      return { text: `\\text{not } ${within(operand, precedence, context)}`, precedence };
    }
    case "binary":
      return binary(expression, context);
    case "comparison": {
      const text = expression.operands
        .map((operand) => within(operand, COMPARISON + 1, context))
        .map((operand, i) =>
          i === 0 ? operand : `${COMPARISONS[expression.operators[i - 1]!]} ${operand}`,
        )
        .join(" ");
      return { text, precedence: COMPARISON };
    }
    case "call":
      return call(expression, context);
    case "conditional":
      return cases(expression, context);
  }
}

function binary(expression: Extract<Expression, { kind: "binary" }>, context: LatexContext): Piece {
  const { operator, left, right } = expression;
  const { precedence } = infixOperators.get(operator)!;
  switch (operator) {
    case "/":
      return quotient(left, latex(right, context), context);
    case "^":
      return power(left, right, context);
    case "or":
    case "and": {
      const sides = [within(left, precedence, context), within(right, precedence + 1, context)];
      return { text: sides.join(` \\text{ ${operator} } `), precedence };
    }
    case "+":
    case "-":
    case "*": {
      const first = within(left, precedence, context);
      const second = within(right, precedence + 1, context);
      // No sign stands directly behind an operator.
      const last = second.startsWith("-") ? brackets(second) : second;
      return { text: `${first} ${operator === "*" ? "\\cdot" : operator} ${last}`, precedence };
    }
  }
}

function call(expression: Call, context: LatexContext): Piece {
  const { name, operands } = expression;
  const [first, second, third] = operands;
  const texts = operands.map((operand) => latex(operand, context));
  const list = brackets(texts.join(", "));
  if (isDistribution(name)) return atom(`${DISTRIBUTIONS[name]}${list}`);
  if (name === CHOICE && first && second && third) {
    return cases({ condition: first, then: second, otherwise: third }, context);
  }
  const builtin = findBuiltin(name);
  if (builtin === null) return atom(`${latexName(name)}${list}`);
  const around = AROUND[builtin];
  if (around !== undefined) return atom(`${around[0]}${texts.join(", ")}${around[1]}`);
  const special = SPECIAL[builtin]?.(operands, context);
  return special ?? atom(`${SIGNS[builtin] ?? upright(builtin)}${list}`);
}

interface Choice {
  readonly condition: Expression;
  readonly then: Expression;
  readonly otherwise: Expression;
}

/** Choices in the last branch of a choice are further lines of it. */
function cases(choice: Choice, context: LatexContext): Piece {
  const lines: string[] = [];
  let rest: Choice | null = choice;
  while (rest !== null) {
    const { condition, then, otherwise }: Choice = rest;
    lines.push(`${latex(then, context)} & \\text{if } ${latex(condition, context)}`);
    rest = choiceOf(otherwise);
    if (rest === null) lines.push(`${latex(otherwise, context)} & \\text{otherwise.}`);
  }
  return { text: `\\begin{cases} ${lines.join(" \\\\ ")} \\end{cases}`, precedence: 0 };
}

function choiceOf(expression: Expression): Choice | null {
  if (expression.kind === "conditional") return expression;
  if (expression.kind !== "call" || expression.name !== CHOICE) return null;
  const [condition, then, otherwise] = expression.operands;
  return condition && then && otherwise ? { condition, then, otherwise } : null;
}

function nameAt(name: string, { variables, attributes }: LatexContext): string {
  const fixed = FIXED.get(name);
  if (fixed !== undefined) return fixed;
  if (name === "E" && !attributes.has(name)) return "e";
  return variables.has(name) ? `${latexName(name)}(t)` : latexName(name);
}

function remote(side: Side, name: string, { event = false }: LatexContext): string {
  const delayed = side === "pre" && !event;
  return `${latexName(name)}^{\\text{${side}}}(${delayed ? "t-d" : "t"})`;
}

/** What arrives in a neuron is written out as a sum, which holds together as little as one. */
function inputSum(side: Side | null, target: string | null, { event }: LatexContext): Piece {
  const index = target === null ? "" : `_{${upright(target)}}`;
  const above = side === null ? "" : `^{\\text{${side}}}`;
  const rate = remote("pre", "r", { ...NOTHING, event: event ?? false });
  return { text: `\\sum${index}${above} w \\cdot ${rate}`, precedence: ADDITION };
}

const NOTHING: LatexContext = { variables: new Set(), attributes: new Set() };

function power(base: Expression, exponent: Expression, context: LatexContext): Piece {
  const text = `${within(base, POWER + 1, context)}^{${latex(exponent, context)}}`;
  return { text, precedence: POWER };
}

/** A minus stands before the whole fraction. */
function quotient(above: Expression, below: string, context: LatexContext): Piece {
  if (above.kind !== "unary" || above.operator !== "-") {
    return fraction(latex(above, context), below);
  }
  const { text } = fraction(latex(above.operand, context), below);
  return { text: `-${text}`, precedence: MINUS };
}

/** As an operand of products it needs no brackets, as the base of a power it does. */
function fraction(above: string, below: string): Piece {
  return { text: `\\frac{${above}}{${below}}`, precedence: POWER };
}

function numeral(value: number): Piece {
  if (!Number.isFinite(value)) return atom("\\infty");
  const small = value !== 0 && Math.abs(value) < 1e-3;
  const text = small ? value.toExponential() : String(value);
  const [mantissa = "", exponent] = text.split("e");
  if (exponent === undefined) return { text: mantissa, precedence: value < 0 ? MINUS : ATOM };
  const power = `10^{${String(Number(exponent))}}`;
  return mantissa === "1"
    ? { text: power, precedence: POWER }
    : { text: `${mantissa} \\cdot ${power}`, precedence: value < 0 ? MINUS : PRODUCT };
}

function atom(text: string): Piece {
  return { text, precedence: ATOM };
}

function within(expression: Expression, least: number, context: LatexContext): string {
  const { text, precedence } = piece(expression, context);
  return precedence < least ? brackets(text) : text;
}

function brackets(text: string): string {
  return `\\left( ${text} \\right)`;
}
