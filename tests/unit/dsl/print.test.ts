import fc from "fast-check";
import { describe, expect, it } from "vitest";

import type { Expression } from "../../../lib/dsl/ast.js";
import { globalOperations } from "../../../lib/dsl/functions.js";
import { print } from "../../../lib/dsl/print.js";
import { sameExpression } from "../../../lib/dsl/traverse.js";
import { parsed } from "../../support/texts.js";

const span = { source: { name: "test", text: "" }, start: 0, end: 0 };
const sideOrNone = fc.constantFrom("pre" as const, "post" as const, null);
const nameText = fc.constantFrom("a", "b", "tau", "g_exc", "größe");

/** Random trees of everything but conditionals, which stand only at the top. */
const { expression } = fc.letrec<{ expression: Expression }>((tie) => {
  const part = tie("expression");
  return {
    expression: fc.oneof(
      { depthSize: "medium", withCrossShrink: true },
      nameText.map((name): Expression => ({ kind: "name", name, span })),
      fc
        .double({ min: 0, noNaN: true })
        .map((value): Expression => ({ kind: "number", value: Math.abs(value), span })),
      fc
        .tuple(sideOrNone, fc.constantFrom("r", "tau", "sum"))
        .filter(([side]) => side !== null)
        .map(([side, name]): Expression => ({ kind: "remote", side: side ?? "pre", name, span })),
      fc
        .tuple(sideOrNone, fc.constantFrom("exc", "in", "lambda", null))
        .filter(([side, target]) => side === null || target !== null)
        .map(([side, target]): Expression => ({ kind: "input", side, target, span })),
      fc
        .tuple(fc.constantFrom(...globalOperations), sideOrNone, nameText)
        .map(([operation, side, name]): Expression => ({
          kind: "reduction",
          operation,
          side,
          name,
          span,
        })),
      fc.boolean().map((value): Expression => ({ kind: "boolean", value, span })),
      fc
        .tuple(fc.constantFrom("-" as const, "not" as const), part)
        .map(([operator, operand]): Expression => ({ kind: "unary", operator, operand, span })),
      fc
        .tuple(fc.constantFrom("+", "-", "*", "/", "^", "and", "or"), part, part)
        .map(([operator, left, right]): Expression => ({
          kind: "binary",
          operator: operator as "+",
          left,
          right,
          span,
        })),
      fc
        .tuple(
          fc.array(fc.tuple(fc.constantFrom("<", "<=", ">", ">=", "==", "!="), part), {
            minLength: 1,
            maxLength: 2,
          }),
          part,
        )
        .map(([links, first]): Expression => {
          const operators = links.map(([operator]) => operator);
          const operands = [first, ...links.map(([, operand]) => operand)];
          return { kind: "comparison", operands, operators, span };
        }),
      fc.array(part, { maxLength: 3 }).map((operands): Expression => ({
        kind: "call",
        name: "f",
        operands,
        nameSpan: span,
        span,
      })),
    ),
  };
});

describe("print", () => {
  it("is undone by reading, for any expression", () => {
    fc.assert(
      fc.property(expression, (tree) => {
        const text = print(tree);
        expect(sameExpression(parsed(text), tree), text).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ["((a)+(b*c))-(d)", "a + b * c - d"],
    ["(-a)^2", "(-a)^2"],
    ["-(a^2)", "-a^2"],
    ["a-(b-c)", "a - (b - c)"],
    ["(a**b)**c", "(a^b)^c"],
    ["not (a and b)", "not (a and b)"],
    ["if a: b else: (if c: d else: e)".replace(/[()]/g, ""), "if a: b else: if c: d else: e"],
    ["1e-3 + 20.0", "0.001 + 20"],
  ])("writes %j as %s", (text, expected) => {
    expect(print(parsed(text))).toBe(expected);
  });
});
