import { describe, expect, it } from "vitest";

import type { Flag } from "../../../lib/dsl/ast.js";
import { parseFunctions } from "../../../lib/dsl/function-texts.js";
import { parseExpression } from "../../../lib/dsl/parser.js";
import { print, printStatement } from "../../../lib/dsl/print.js";
import { parseEquations, parseParameters } from "../../../lib/dsl/statements.js";
import {
  conditionTexts,
  equationTexts,
  functionTexts,
  parameterTexts,
} from "../../support/notebook-texts.js";
import { brief } from "../../support/texts.js";

function withFlags(statement: string, flags: readonly Flag[]): string {
  const texts = flags.map(({ name, value }) => (value === null ? name : `${name}=${print(value)}`));
  return texts.length === 0 ? statement : `${statement} : ${texts.join(", ")}`;
}

describe("the syntax of published notebooks", () => {
  it.each(equationTexts)("reads equations: %s", (_, text, statements) => {
    const mistakes: string[] = [];
    const { items } = parseEquations({ name: "test", text }, (found) =>
      mistakes.push(brief(found)),
    );
    expect(mistakes).toEqual([]);
    expect(items.map((item) => withFlags(printStatement(item), item.flags))).toEqual(statements);
  });

  it.each(parameterTexts)("reads parameters: %s", (_, text, declarations) => {
    const mistakes: string[] = [];
    const { items } = parseParameters({ name: "test", text }, (found) =>
      mistakes.push(brief(found)),
    );
    expect(mistakes).toEqual([]);
    expect(
      items.map(({ target, value, flags }) =>
        withFlags(`${target.name} = ${value === null ? "" : print(value)}`, flags),
      ),
    ).toEqual(declarations);
  });

  it.each(functionTexts)("reads functions: %s", (_, text) => {
    const mistakes: string[] = [];
    const { items } = parseFunctions({ name: "test", text }, (found) =>
      mistakes.push(brief(found)),
    );
    expect(mistakes).toEqual([]);
    expect(items.length).toBeGreaterThan(0);
  });

  it.each(conditionTexts)("reads the condition %j", (text) => {
    const mistakes: string[] = [];
    parseExpression({ name: "test", text }, (found) => mistakes.push(brief(found)));
    expect(mistakes).toEqual([]);
  });
});
