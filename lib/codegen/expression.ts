import { builtins } from "../dsl/functions.js";
import { typeOf } from "../ir/build.js";
import type { IrExpression, IrType } from "../ir/ir.js";

/** How the parts of an expression that depend on the hook are spelled. */
export interface Spelling {
  readonly precision: "double" | "float";
  /** Value of a field as it was when the hook began. */
  load(slot: number): string;
  /** A random number of the element. */
  draw(draw: number): string;
}

/** Names of the types in generated code; conditions are ints, as comparisons are in C. */
export const cTypes: { readonly [T in IrType]: string } = {
  real: "na_real",
  int: "int32_t",
  bool: "int",
};

/** Precedence of C, as far as it is used here. */
const OR = 3;
const AND = 5;
const EQUALITY = 6;
const RELATION = 7;
const SUM = 9;
const PRODUCT = 10;
const UNARY = 11;
const ATOM = 12;

const arithmeticPrecedence = { "+": SUM, "-": SUM, "*": PRODUCT, "/": PRODUCT } as const;

/** Write an expression as C, with as few brackets as its order of evaluation allows. */
export function emitExpression(expression: IrExpression, spelling: Spelling): string {
  return emit(expression, spelling)[0];
}

/** The text and how tightly it holds together. */
type Emitted = readonly [text: string, precedence: number];

function emit(expression: IrExpression, spelling: Spelling): Emitted {
  const part = (operand: IrExpression, least: number): string => {
    const [text, precedence] = emit(operand, spelling);
    return precedence < least ? `(${text})` : text;
  };
  switch (expression.kind) {
    case "constant":
      return emitConstant(expression.type, expression.value, spelling.precision);
    case "load":
      return [spelling.load(expression.slot), ATOM];
    case "temporary":
      return [`t${expression.id}`, ATOM];
    case "draw":
      return [spelling.draw(expression.draw), ATOM];
    case "step":
      return ["(int32_t)step->step", UNARY];
    case "plasticity":
      return ["plasticity", ATOM];
    case "clock":
      return [expression.name, ATOM];
    case "steps":
      return [`na_steps(${part(expression.duration, 0)}, step->resolution)`, ATOM];
    case "convert":
      return emitConversion(expression.to, expression.operand, part);
    case "negate":
      // Two signs in a row would be a decrement.
      return [`-${part(expression.operand, ATOM)}`, UNARY];
    case "not":
      return [`!${part(expression.operand, UNARY)}`, UNARY];
    case "arithmetic": {
      const { operator, left, right } = expression;
      const precedence = arithmeticPrecedence[operator];
      return [`${part(left, precedence)} ${operator} ${part(right, precedence + 1)}`, precedence];
    }
    case "compare": {
      const { operator, left, right } = expression;
      const precedence = operator === "==" || operator === "!=" ? EQUALITY : RELATION;
      return [`${part(left, SUM)} ${operator} ${part(right, SUM)}`, precedence];
    }
    case "logic": {
      // Bitwise on 0 and 1: both sides are worked out, without a branch.
      const { operator, left, right } = expression;
      const text = (symbol: string): string =>
        `${part(left, UNARY)} ${symbol} ${part(right, UNARY)}`;
      return operator === "and" ? [text("&"), AND] : [text("|"), OR];
    }
    case "select": {
      const { condition, then, otherwise } = expression;
      return [`(${part(condition, EQUALITY)} ? ${part(then, OR)} : ${part(otherwise, OR)})`, ATOM];
    }
    case "call": {
      const operands = expression.operands.map((operand) => part(operand, 0));
      return [`${builtins[expression.name].c}(${operands.join(", ")})`, ATOM];
    }
  }
}

function emitConversion(
  to: IrType,
  operand: IrExpression,
  part: (operand: IrExpression, least: number) => string,
): Emitted {
  if (to === "bool") return [`${part(operand, SUM)} != 0`, EQUALITY];
  if (to === "int" && typeOf(operand) === "real") return [`na_int(${part(operand, 0)})`, ATOM];
  return [`(${cTypes[to]})${part(operand, ATOM)}`, UNARY];
}

/** The shortest literal that reads back as the same number. */
function emitConstant(type: IrType, value: number, precision: Spelling["precision"]): Emitted {
  if (type !== "real") return [String(value), value < 0 ? UNARY : ATOM];
  const rounded = precision === "float" ? Math.fround(value) : value;
  if (!Number.isFinite(rounded)) return ["INFINITY", ATOM];
  const digits = String(rounded);
  const literal = /[.e]/.test(digits) ? digits : `${digits}.0`;
  return [precision === "float" ? `${literal}f` : literal, rounded < 0 ? UNARY : ATOM];
}
