import type { Source } from "../source.js";
import type { StopText } from "./ast.js";
import { attempt, Cursor } from "./cursor.js";
import { lex, type Report } from "./lexer.js";
import { endOf, readExpression, readWhole } from "./parser.js";

/**
 * Read the condition that ends a run: `r > 3.0 : any`, `spiked : all`. Without a word after a colon one neuron is
 * enough. Null after a mistake, which is reported.
 */
export function parseStopCondition(source: Source, report: Report): StopText | null {
  const tokens = lex(source, report).filter(({ kind }) => kind !== "break" && kind !== "end");
  const colon = tokens.findLastIndex(({ text }) => text === ":");
  const body = colon < 0 ? tokens : tokens.slice(0, colon);
  return attempt(() => {
    const condition = readWhole(body, endOf(source, body), readExpression);
    if (colon < 0) return { condition, quantifier: "any" };
    const rest = tokens.slice(colon + 1);
    const cursor = new Cursor(rest, endOf(source, tokens));
    const quantifier = cursor.at("all") ? "all" : "any";
    if (!cursor.take(quantifier)) cursor.unexpected('"any" or "all"');
    if (cursor.peek().kind !== "end") cursor.unexpected("the end of the condition");
    return { condition, quantifier };
  }, report);
}
