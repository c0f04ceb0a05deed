import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { render, type Diagnostic } from "../../../lib/diagnostics.js";
import { parseFunctions } from "../../../lib/dsl/function-texts.js";
import type { Report } from "../../../lib/dsl/lexer.js";
import { parseExpression } from "../../../lib/dsl/parser.js";
import { print, printStatement } from "../../../lib/dsl/print.js";
import { parseEquations, parseParameters } from "../../../lib/dsl/statements.js";
import { parseStopCondition } from "../../../lib/dsl/stop.js";
import { sameExpression } from "../../../lib/dsl/traverse.js";
import type { Source } from "../../../lib/source.js";
import { jumble, limits, mutation, timeout } from "../../support/random-texts.js";

const readers: readonly ((source: Source, report: Report) => unknown)[] = [
  parseEquations,
  parseParameters,
  parseFunctions,
  parseExpression,
  parseStopCondition,
];

/** Read a text in every way; each mistake must have a place in it and a sentence. */
function checkReaders(text: string): void {
  for (const read of readers) {
    const source = { name: "test", text };
    const found: Diagnostic[] = [];
    read(source, (diagnostic) => found.push(diagnostic));
    for (const diagnostic of found) {
      const { span } = diagnostic;
      expect(span).not.toBeNull();
      expect(span!.start).toBeGreaterThanOrEqual(0);
      expect(span!.end).toBeLessThanOrEqual(text.length);
      expect(span!.start).toBeLessThanOrEqual(span!.end);
      expect(render(diagnostic)).toContain("^");
    }
  }
}

describe("reading any text", { timeout }, () => {
  it("answers random characters with mistakes and nothing worse", () => {
    fc.assert(fc.property(fc.string({ unit: "binary", maxLength: 200 }), checkReaders), limits);
  });

  it("answers jumbled words with mistakes and nothing worse", () => {
    fc.assert(fc.property(jumble, checkReaders), limits);
  });

  it("answers models with slips of the pen with mistakes and nothing worse", () => {
    fc.assert(fc.property(mutation, checkReaders), limits);
  });

  it.each([
    ["brackets", "(", "a", ")"],
    ["signs", "-", "a", ""],
    ["negations", "not ", "a", ""],
    ["powers", "a^", "a", ""],
    ["sums", "a+", "a", ""],
    ["comparisons", "a<", "a", ""],
    ["calls", "f(", "a", ")"],
    ["conditions", "if a: b else: ", "c", ""],
    ["branches", "if a: ", "b", " else: c"],
    ["flags", "x = 1 : init=0", "", ", init=0"],
    ["arguments", "f(a", "", ", a"],
    ["assignments", "x = ", "1", ""],
    ["quotes", "'", "", '"'],
  ])("answers endless %s in a moment", (_, before, middle, after) => {
    checkReaders(before.repeat(20_000) + middle + after.repeat(20_000));
  });

  it("reads what it has written as the same statement", () => {
    fc.assert(
      fc.property(mutation, (text) => {
        const ignore = (): void => undefined;
        for (const statement of parseEquations({ name: "test", text }, ignore).items) {
          const written = printStatement(statement);
          const { items } = parseEquations({ name: "again", text: written }, (found) => {
            throw new Error(render(found));
          });
          expect(items).toHaveLength(1);
          expect(sameExpression(items[0]!.left, statement.left), written).toBe(true);
          expect(sameExpression(items[0]!.right, statement.right), written).toBe(true);
          expect(print(items[0]!.right)).toBe(print(statement.right));
        }
      }),
      limits,
    );
  });
});
