import { describe, expect, it } from "vitest";

import { lex } from "../../../lib/dsl/lexer.js";
import { brief } from "../../support/texts.js";

function tokens(text: string): { texts: string[]; mistakes: string[] } {
  const mistakes: string[] = [];
  const found = lex({ name: "test", text }, (diagnostic) => mistakes.push(brief(diagnostic)));
  return { texts: found.slice(0, -1).map((token) => token.text), mistakes };
}

describe("lex", () => {
  it.each([
    ["1 1. .5 1.5 1e-3 2.5E+4", ["1", "1.", ".5", "1.5", "1e-3", "2.5E+4"]],
    ["a<=b!=c**d", ["a", "<=", "b", "!=", "c", "**", "d"]],
    ["x+=1", ["x", "+=", "1"]],
    ["τ_é2*größe", ["τ_é2", "*", "größe"]],
    ["2a", ["2", "a"]],
    ["2e", ["2", "e"]],
    ["a\tb  c", ["a", "b", "c"]],
  ])("cuts %j", (text, texts) => {
    expect(tokens(text).texts).toEqual(texts);
  });

  it("treats a semicolon as the end of a line", () => {
    expect(tokens("a;b\nc\r\nd").texts).toEqual(["a", ";", "b", "\n", "c", "\r\n", "d"]);
  });

  it("lets a comment run to the end of its line, over semicolons", () => {
    expect(tokens("a # b; c\nd").texts).toEqual(["a", "\n", "d"]);
  });

  it("reports characters that belong to nothing, and goes on", () => {
    expect(tokens("a × b ≤ 😀 c")).toEqual({
      texts: ["a", "b", "c"],
      mistakes: ["UNEXPECTED_CHARACTER ×", "UNEXPECTED_CHARACTER ≤", "UNEXPECTED_CHARACTER 😀"],
    });
  });

  it("gives every token its place", () => {
    const [, second] = lex({ name: "test", text: "ab  cd" }, () => undefined);
    expect(second?.span).toMatchObject({ start: 4, end: 6 });
  });
});
