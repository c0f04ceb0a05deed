import { describe, expect, it } from "vitest";
import { CellSyntaxError } from "../../../../kernel/session/cell-syntax-error.js";
import { isComplete, transpile } from "../../../../kernel/session/transpile.js";

describe("names a cell declares", () => {
  it.each([
    ["const a = 1, b = 2;", ["a", "b"]],
    ["let a; var b;", ["a", "b"]],
    ["const { a, b: { c }, ...d } = o; const [e = 1, , ...f] = p;", ["a", "c", "d", "e", "f"]],
    ["function f() {} async function* g() {} class C {}", ["f", "g", "C"]],
    ["enum E { A } namespace N { export const x = 1 }", ["E", "N"]],
    ["import d, { a, b as c } from 'm'; import * as n from 'm';", ["d", "a", "c", "n"]],
    ["export const x = 1; export default function y() {}", ["x", "y"]],
    ["export { a as b, default as default } from 'm'; export * as n from 'm';", ["b", "n"]],
    [
      "for (var i = 0; ; ) { var j = 1; } for (var k of []) ; for (var l in {}) ;",
      ["i", "j", "k", "l"],
    ],
    ["if (1) { var a = 1 } else label: while (0) var b;", ["a", "b"]],
    ["using r = open();", ["r"]],
    ["@decorate class C { @field x = 1 }", ["C"]],
  ])("%s", (source, names) => {
    expect([...transpile(source).names].sort()).toEqual([...names].sort());
  });

  it.each([
    "for (let i = 0; i < 2; i++) { const a = 1 }",
    "{ let a; function f() {} class C {} }",
    "(function () { var a }); (() => { var b }); (class { static { var c } })",
    "type T = number; interface I { a: T } declare const q: T;",
    "import type { T } from 'm';",
    "try { f() } catch (error) { throw error }",
  ])("none in %s", (source) => {
    expect(transpile(source).names).toEqual([]);
  });
});

describe("the result of a cell", () => {
  it.each([
    ["1 + 1", true],
    ["'use strict'", true],
    ["a = 5;", true],
    ["1; type T = 2", true],
    ["1;;", true],
    ["const a = 1", false],
    ["1; const a = 1", false],
    ["1; function f() {}", false],
    ["if (a) b", false],
    ["enum E { A } enum E { B = 1 }", false],
    ["@decorate class C {}", false],
    ["1\n%compile", false],
    ["%compile\n1", true],
    ["export default 5", true],
    ["export default class {}", true],
    ["export default class C {}", false],
    ["using r = open(); r.x", true],
    ["", false],
    ["// nothing", false],
  ])("%s: %s", (source, hasResult) => {
    expect(transpile(source).hasResult).toBe(hasResult);
  });
});

describe("syntax errors", () => {
  it.each([
    ["const = 5", 1, 7, 1],
    ["let a = 1;\nlet b = (a;", 2, 11, 1],
    ["'é😀'; const = 5", 1, 14, 1],
    ["const a = 1;\nconst a = 2;", 2, 7, 1],
    ["%compile\nfoo bar", 2, 4, 1],
    ["return 5", 1, 1, 6],
    ["if (x) {\n%compile\n}", 2, 1, 1],
  ])("%j is marked", (source, line, column, width) => {
    const error = thrownBy(() => transpile(source, "cell[1].ts"));
    expect(error).toBeInstanceOf(CellSyntaxError);
    expect(error).toMatchObject({ file: { name: "cell[1].ts" }, place: { line, column, width } });
  });
});

describe("line magics", () => {
  it.each([
    ["%compile", [["compile", 1]]],
    ["const a = 1\n%simulate 100\na", [["simulate", 2]]],
    [
      "  %config dt=1\n%reset",
      [
        ["config", 1],
        ["reset", 2],
      ],
    ],
    ["// a comment\n/* and\n%one */\n%compile", [["compile", 4]]],
  ])("stand between statements: %j", (source, magics) => {
    expect(transpile(source).magics.map(({ name, line }) => [name, line])).toEqual(magics);
  });

  it.each(["`\n%compile\n`", "/*\n%compile\n*/", "f(a\n%b)", "const x = 7\n  % 3"])(
    "are not found inside of %j",
    (source) => {
      expect(transpile(source).magics).toEqual([]);
    },
  );
});

describe("whether a text is complete", () => {
  it.each([
    ["1 + 1", "complete"],
    ["%simulate 1000", "complete"],
    ["const x: number = 1", "complete"],
    ["await f()", "complete"],
    ["", "complete"],
    ["let = = 7q", "invalid"],
    ["'abc", "invalid"],
    ["class A { f( }", "invalid"],
    ["1 +", "incomplete"],
    ["f(", "incomplete"],
    ["`abc", "incomplete"],
    ["/* abc", "incomplete"],
    ["try { f() }", "incomplete"],
    ["if (a)", "incomplete"],
    ["%compile\nfor (;;) {", "incomplete"],
  ])("%j is %s", (source, status) => {
    expect(isComplete(source).status).toBe(status);
  });

  it.each([
    ["function f() {", "  "],
    ["  if (a) {", "    "],
    ["const f = () =>", "  "],
    ["  a +", "  "],
  ])("indents what follows %j", (source, indent) => {
    expect(isComplete(source)).toEqual({ status: "incomplete", indent });
  });
});

describe("positions", () => {
  it.each([
    ["interface A {\n  a: number;\n}\n\nconst b = MARK();", 5, 11],
    ["1;\nfunction f(): void {\n  MARK();\n}", 3, 3],
    ["import 'x';\n\nconst s: string = `\n${MARK()}`;", 4, 3],
    ["%compile\nMARK()", 2, 1],
    ["@((c: unknown) => c)\nclass C {\n  constructor(private a = MARK()) {}\n}", 3, 27],
    ["using r = open();\nMARK();", 2, 1],
  ])("of compiled code are found in %j", (source, line, column) => {
    const lines = transpile(source).code.split("\n");
    const row = lines.findIndex((text) => text.includes("MARK"));
    const at = { line: row + 1, column: lines[row]!.indexOf("MARK") + 1 };
    expect(transpile(source).positions(at)).toEqual({ line, column });
  });

  it("of a magic are its %", () => {
    const source = "1\n  %simulate 100";
    const lines = transpile(source).code.split("\n");
    const row = lines.findIndex((text) => text.includes("$cell.magic"));
    const at = { line: row + 1, column: lines[row]!.indexOf("magic") + 1 };
    expect(transpile(source).positions(at)).toMatchObject({ line: 2, column: 3 });
  });
});

function thrownBy(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    return error;
  }
  return undefined;
}
