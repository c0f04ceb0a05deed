import fc from "fast-check";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";

import { render, type Diagnostic } from "../../../lib/diagnostics.js";
import { parseFunctions } from "../../../lib/dsl/function-texts.js";
import type { Report } from "../../../lib/dsl/lexer.js";
import { parseExpression } from "../../../lib/dsl/parser.js";
import { print, printStatement } from "../../../lib/dsl/print.js";
import { parseEquations, parseParameters } from "../../../lib/dsl/statements.js";
import { parseStopCondition } from "../../../lib/dsl/stop.js";
import { symbols } from "../../../lib/dsl/token.js";
import { sameExpression } from "../../../lib/dsl/traverse.js";
import type { Source } from "../../../lib/source.js";
import {
  conditionTexts,
  equationTexts,
  functionTexts,
  parameterTexts,
} from "../../support/notebook-texts.js";

/** `NEURARCHY_NIGHTLY=1` tries fifty times as many texts. */
const nightly = process.env["NEURARCHY_NIGHTLY"] !== undefined;
const limits = { numRuns: nightly ? 100_000 : 2000 };
const timeout = nightly ? 1_800_000 : 60_000;

const readers: readonly ((source: Source, report: Report) => unknown)[] = [
  parseEquations,
  parseParameters,
  parseFunctions,
  parseExpression,
  parseStopCondition,
];

/** Every text of the golden cases, where they are at hand. */
function goldenTexts(): readonly string[] {
  const folder = process.env["NEURARCHY_GOLDEN"] ?? resolve("../shared/golden/cases");
  if (!existsSync(folder)) return [];
  const texts = new Set<string>();
  const collect = (value: unknown): void => {
    if (typeof value === "string" && /[=<>]/.test(value)) texts.add(value);
    else if (typeof value === "object" && value !== null) Object.values(value).forEach(collect);
  };
  for (const name of readdirSync(folder).filter((file) => file.endsWith(".json"))) {
    const { neurons, synapses, functions } = JSON.parse(
      readFileSync(resolve(folder, name), "utf8"),
    ) as Readonly<Record<string, unknown>>;
    collect([neurons, synapses, functions]);
  }
  return [...texts];
}

const corpus = [
  ...equationTexts.map(([, text]) => text),
  ...parameterTexts.map(([, text]) => text),
  ...functionTexts.map(([, text]) => text),
  ...conditionTexts,
  ...goldenTexts(),
];

const words = [
  ...symbols,
  ..."if else elif and or not is in lambda True sum mean max pre post dv/dt dt t d".split(" "),
  ..."init min population event-driven int a v tau g_exc 1 2.5 1e-3 1e999 . \n ; # ' \" \t é × ² 😀 \u0000".split(
    " ",
  ),
  ..."\n : : = = ( ) ,".split(" "),
];
const jumble = fc
  .array(fc.constantFrom(...words), { maxLength: 60 })
  .chain((parts) => fc.constantFrom("", " ").map((glue) => parts.join(glue)));

/** A text of the corpus with a piece taken out, put in, doubled or moved. */
const mutation = fc
  .tuple(
    fc.constantFrom(...corpus),
    fc.array(
      fc.tuple(
        fc.nat(),
        fc.nat({ max: 12 }),
        fc.constantFrom("drop", "insert", "double", "move"),
        jumble,
      ),
      { minLength: 1, maxLength: 4 },
    ),
  )
  .map(([text, changes]) => changes.reduce(mutate, text));

type Change = readonly [at: number, length: number, kind: string, addition: string];

function mutate(text: string, [place, length, kind, addition]: Change): string {
  const at = place % (text.length + 1);
  const [before, piece, after] = [
    text.slice(0, at),
    text.slice(at, at + length),
    text.slice(at + length),
  ];
  if (kind === "drop") return before + after;
  if (kind === "insert") return before + addition.slice(0, length) + piece + after;
  if (kind === "double") return before + piece + piece + after;
  return after + piece + before;
}

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
