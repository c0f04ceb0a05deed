import { expect, test } from "vitest";

import {
  calleeEnd,
  nameStart,
  offsetAt,
  positionAt,
  toTypeScript,
} from "../../../kernel/language/cell-text.js";

test.each([
  ["a line magic", "a;\n%simulate 1000\nb;", "a;\n              \nb;"],
  ["an indented magic", "  %reset\nb;", "        \nb;"],
  ["the head of a cell magic", "%%time it\nb;", "         \nb;"],
  ["carriage returns", "a;\r\nb;\rc;", "a; \nb;\nc;"],
  ["a line separator inside a text", '"\u2028"', '" "'],
])("blanks %s and keeps every offset", (_, code, expected) => {
  expect(toTypeScript(code)).toBe(expected);
});

test.each([
  "const rest = total\n  % count;",
  "const rest = total\n  %2;",
  "const rest = total %count;",
])("keeps the remainder operator: %j", (code) => {
  expect(toTypeScript(code)).toBe(code);
});

test("keeps the argument of the magic at the cursor", () => {
  const code = "%raster a.b\n%raster c.d";
  expect(toTypeScript(code, 11)).toBe("        a.b\n           ");
  expect(toTypeScript(code, 4)).toBe("           \n           ");
});

test.each([
  [0, 0, 0],
  [3, 0, 3],
  [4, 1, 0],
  [7, 1, 3],
  [8, 2, 0],
])("offset %i is line %i, character %i, and back", (offset, line, character) => {
  const text = "abc\ndef\n";
  expect(positionAt(text, offset)).toEqual({ line, character });
  expect(offsetAt(text, { line, character })).toBe(offset);
});

test("a place beyond the text is its end", () => {
  expect(offsetAt("abc\nd", { line: 9, character: 0 })).toBe(5);
  expect(offsetAt("abc\nd", { line: 1, character: 9 })).toBe(5);
});

test.each([
  ["net.cre", 4],
  ["net.", 4],
  ["a + größe", 4],
  ["$el", 0],
  ["this.#hid", 5],
  ["", 0],
])("the name that ends %j starts at %i", (text, start) => {
  expect(nameStart(text, text.length)).toBe(start);
});

test.each([
  ["f(", 1],
  ["f(1, g(2), ", 1],
  ["f(g(", 3],
  ["f({ a: ", 1],
  ["f([1, ", 1],
  ["net.create (", 10],
  ["(a + ", null],
  ["f(1); ", null],
  ["", null],
])("the callee around the end of %j ends at %j", (text, end) => {
  expect(calleeEnd(text, text.length)).toBe(end);
});
