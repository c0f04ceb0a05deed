import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { FakeNotebook } from "../../../support/fake-session.js";

const folder = mkdtempSync(path.join(tmpdir(), "neurarchy cells "));
writeFileSync(path.join(folder, "esm.mjs"), "export const a = 1; export default 2;");
writeFileSync(path.join(folder, "common.cjs"), "module.exports = { b: 3 };");
writeFileSync(path.join(folder, "data.json"), '{ "c": 4 }');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

// One session serves all tests, as one process holds one notebook; each test has names of its own.
const notebook = new FakeNotebook(folder);

describe("cells", () => {
  it.each<[what: string, cells: string[], result: string | null]>([
    ["show the last expression", ["1 + 1"], "2"],
    ["show nothing for undefined", ["void 0"], null],
    [
      "keep declarations",
      ["const k1 = 1; let k2 = 2; var k3 = 3; class K4 {}", "[k1, k2, k3, K4.name]"],
      "[ 1, 2, 3, 'K4' ]",
    ],
    ["declare again", ["const r1 = 1", "const r1 = 'two'", "r1"], "'two'"],
    ["declare what Node defines", ["const fetch = 5", "fetch"], "5"],
    [
      "declare what JavaScript defines",
      ["class Map { x = 1 } const Int8Array = 5", "[new Map().x, Int8Array]"],
      "[ 1, 5 ]",
    ],
    [
      "declare it again",
      ["const Set = 1", "const Set = 2; function set() { return Set }", "[Set, set()]"],
      "[ 2, 2 ]",
    ],
    ["declare what the library defines", ["const fakePlot = 6", "fakePlot"], "6"],
    ["keep a var without value", ["var v1 = 1", "var v1; v1"], "1"],
    ["reset a let without value", ["let v2 = 1", "let v2; v2"], null],
    ["hoist functions", ["h1(); function h1() { return 'hoisted' }", "h1()"], "'hoisted'"],
    [
      "name functions and classes",
      ["const n1 = () => 1; function n2() {}; [n1.name, n2.name]"],
      "[ 'n1', 'n2' ]",
    ],
    [
      "recurse across cells",
      [
        "function even(n: number): boolean { return n === 0 || odd(n - 1) }",
        "function odd(n: number): boolean { return n !== 0 && even(n - 1) }",
        "even(10)",
      ],
      "true",
    ],
    [
      "see a function that was replaced",
      ["function p1() { return 1 } function p2() { return p1() }", "p1 = () => 2", "p2()"],
      "2",
    ],
    [
      "destructure",
      ["const { a: d1, b: [d2 = 5, ...d3] } = { a: 1, b: [undefined, 2, 3] }", "[d1, d2, d3]"],
      "[ 1, 5, [ 2, 3 ] ]",
    ],
    ["wait at the top", ["const w1 = await Promise.resolve(7)", "w1"], "7"],
    [
      "iterate asynchronously",
      ["let w2 = 0; for await (const x of [1, Promise.resolve(2)]) w2 += x", "w2"],
      "3",
    ],
    ["leave a promise alone", ["Promise.resolve(1)"], "Promise { 1 }"],
    ["export", ["export const e1 = 1; export default e1", "e1"], "1"],
    ["have enums", ["enum E1 { A, B = 5 }", "E1.B"], "5"],
    ["replace enums", ["enum E2 { A, B }", "enum E2 { C }", "Object.keys(E2)"], "[ '0', 'C' ]"],
    ["merge enums of a cell", ["enum E3 { A } enum E3 { B = 1 }", "[E3.A, E3.B]"], "[ 0, 1 ]"],
    ["have namespaces", ["namespace N1 { export const x = 3 }", "N1.x"], "3"],
    [
      "have decorators",
      [
        "const seen: string[] = []; const note = (_: object, name: string): void => { seen.push(name) }; class D1 { @note field = 1; @note method() {} }",
        "seen",
      ],
      "[ 'field', 'method' ]",
    ],
    [
      "have parameter properties",
      ["class P1 { constructor(readonly x: number) {} }", "new P1(3).x"],
      "3",
    ],
    ["break out of labels", ["l1: for (;;) for (;;) break l1; 'out'"], "'out'"],
    ["take directives for strings", ["'use strict'"], "'use strict'"],
    ["take sequences and parentheses", ["(1, 2)"], "2"],
    ["show objects", ["({ a: 1 })"], "{ a: 1 }"],
    [
      "import defaults and names",
      [
        "import i1, { a as i2 } from './esm.mjs'; import * as i3 from './esm.mjs'",
        "[i1, i2, i3.a]",
      ],
      "[ 2, 1, 1 ]",
    ],
    ["import CommonJS", ["import { b as i4 } from './common.cjs'", "i4"], "3"],
    ["import JSON", ["import i5 from './data.json'", "i5"], "{ c: 4 }"],
    [
      "import JSON with its attribute",
      ["import i6 from './data.json' with { type: 'json' }; i6.c"],
      "4",
    ],
    ["import dynamically", ["(await import('./esm.mjs')).default"], "2"],
    ["import before they run", ["i7; import i7 from './esm.mjs'", "i7"], "2"],
    ["require", ["require('./common.cjs').b"], "3"],
    ["know where they are", ["import.meta.dirname"], JSON.stringify(folder).replaceAll('"', "'")],
    ["are strict", ["(function () { return this === undefined })()"], "true"],
    ["run code made of text", ["(await eval(\"import('./esm.mjs')\")).a"], "1"],
  ])("%s", async (_, cells, result) => {
    const texts: (string | null)[] = [];
    for (const cell of cells) texts.push(await notebook.text(cell));
    expect(texts.at(-1)).toBe(result);
  });

  it("dispose at their end, in reverse order", async () => {
    const log =
      "const log: string[] = []; const open = (name: string) => ({ [Symbol.dispose]: () => { log.push(name) } })";
    await notebook.execute(log);
    expect(
      await notebook.text(
        "using u1 = open('a'); using u2 = open('b'); log.push('body'); u1 !== u2",
      ),
    ).toBe("true");
    expect(await notebook.text("log")).toBe("[ 'body', 'b', 'a' ]");
  });

  it("run a loop over their own names at the speed of a script", async () => {
    const loop = (names: string): string =>
      `${names}\nconst begin = performance.now(); for (let i = 0; i < 5e6; i++) turns += i % 7; performance.now() - begin`;
    const outcome = await notebook.text(loop("let turns = 0;"));
    // 8 ms here; through a Proxy, 2000 ms.
    expect(Number(outcome)).toBeLessThan(300);
  });

  it("wait for the run of a statement before the next one", async () => {
    const { simulator } = notebook;
    simulator.calls.length = 0;
    await notebook.execute("const fake = FakeNetwork('fake'); fake.simulate(5); fake.compile()");
    expect(simulator.calls).toEqual([
      "fake.simulate(5)",
      "fake done",
      "fake.compile()",
      "fake done",
    ]);
  });

  it("keep what they declared before they failed", async () => {
    const outcome = await notebook.execute("const before = 1; missing(); const after = 2");
    expect(outcome).toMatchObject({ status: "error", ename: "ReferenceError" });
    expect(await notebook.text("[before, after]")).toBe("[ 1, undefined ]");
  });

  it("give no result when silent", async () => {
    expect(await notebook.execute("1", { silent: true })).toMatchObject({ result: null });
  });

  it("answer user expressions one by one", async () => {
    const userExpressions = { good: "1 + 1", bad: "nowhere" };
    expect(await notebook.execute("1", { userExpressions })).toMatchObject({
      userExpressions: {
        good: { status: "ok", data: { "text/plain": "2" } },
        bad: { status: "error", ename: "ReferenceError" },
      },
    });
  });
});

describe("output", () => {
  it("of console and streams comes complete and in order", async () => {
    await notebook.execute(
      "process.stdout.write('a'); process.stderr.write('b'); process.stdout.write(Buffer.from('c'))",
    );
    const parts = notebook.posted.map((message) =>
      message.type === "stream" ? [message.name, message.text] : [],
    );
    expect(parts).toEqual([
      ["stdout", "a"],
      ["stderr", "b"],
      ["stdout", "c"],
    ]);
  });

  it("keeps characters whole that arrive in pieces", async () => {
    await notebook.execute(
      "const bytes = Buffer.from('é'); process.stdout.write(bytes.subarray(0, 1)); process.stdout.write(bytes.subarray(1))",
    );
    expect(notebook.stream()).toBe("é");
  });

  it("belongs to the cell that made it, however late it comes", async () => {
    await notebook.execute("process.stdout.write('now')");
    const first = notebook.posted[0];
    await notebook.execute(
      "let late!: () => void; const waiting = new Promise<void>((resolve) => { late = resolve }).then(() => { process.stdout.write('late') })",
    );
    await notebook.execute("late(); await waiting; process.stdout.write('then')");
    const ids = notebook.posted.map((message) => ("id" in message ? message.id : 0));
    const start = first !== undefined && "id" in first ? first.id : 0;
    expect(ids).toEqual([start + 1, start + 2]);
  });

  it("of display is a bundle, addressable and replaceable", async () => {
    await notebook.execute(
      "display({ [Symbol.for('Jupyter.display')]: () => ({ 'text/html': 'x' }) }, { id: 'here' }); display.update('here', 1); display.clear({ wait: true }); display.html('<b>')",
    );
    expect(notebook.posted).toMatchObject([
      { type: "display", data: { "text/html": "x" }, displayId: "here", update: false },
      { type: "display", data: { "text/plain": "1" }, displayId: "here", update: true },
      { type: "clear", wait: true },
      { type: "display", data: { "text/html": "<b>" }, displayId: null },
    ]);
  });

  it("of tslab's display is the kernel's", async () => {
    await notebook.execute(
      "import * as tslab from 'tslab'; tslab.display.png(new Uint8Array([1, 2])); const slot = tslab.newDisplay(); slot.text('a'); slot.text('b')",
    );
    const [png, first, second] = notebook.posted;
    expect(png).toMatchObject({ data: { "image/png": "AQI=" }, displayId: null });
    expect(first).toMatchObject({ data: { "text/plain": "a" }, update: false });
    expect(second).toMatchObject({ data: { "text/plain": "b" }, update: true });
  });
});

describe("the library", () => {
  it("is loaded when the first of its names is read, and once", async () => {
    const { simulator } = notebook;
    const before = simulator.loads;
    await notebook.execute("1; typeof Object.getOwnPropertyDescriptor(globalThis, 'FakeNetwork')");
    expect(simulator.loads).toBe(before);
    expect(
      await notebook.text("import { FakeNetwork as imported } from 'neurarchy'; typeof imported"),
    ).toBe("'function'");
  });
});

describe("errors", () => {
  it("show the line of the cell and its frames only", async () => {
    const error = await notebook.text(
      "type T = number;\nfunction fails(): T {\n  throw new RangeError('no');\n}\nfails()",
    );
    const cell = /cell\[\d+\]\.ts/.exec(error ?? "")?.[0] ?? "";
    expect(error?.split("\n")).toEqual([
      "RangeError: no",
      "  3 |   throw new RangeError('no');",
      "    |         ^",
      `    at fails (${cell}:3:9)`,
      `    at ${cell}:5:1`,
    ]);
    expect(error).not.toContain("fake-session");
  });

  it("show their causes", async () => {
    const error = await notebook.text("throw new Error('outer', { cause: new Error('inner') })");
    expect(error).toContain("Error: outer");
    expect(error).toContain("Caused by Error: inner");
  });

  it("of syntax have a caret", async () => {
    const error = await notebook.text("const a = 1;\nconst = 5;");
    expect(error).toMatch(
      /^SyntaxError: .*\n {2}2 \| const = 5;\n {4}\| {7}\^\n {4}at cell\[\d+\]\.ts:2:7$/,
    );
  });

  it("with diagnostics show nothing but those", async () => {
    const error = await notebook.text(
      "throw Object.assign(new Error('a\\n  1 | b\\n    | ^'), { name: 'EquationError', diagnostics: [] })",
    );
    expect(error).toBe("EquationError: a\n  1 | b\n    | ^");
  });

  it.each([
    ["throw 5", "Thrown: 5"],
    ["throw null", "Thrown: null"],
    ["throw Object.assign(new Error('x'), { name: 7, message: 8, stack: 9 })", "7: 8"],
  ])("may be anything: %s", async (cell, text) => {
    expect(await notebook.text(cell)).toBe(text);
  });

  it("come from process.exit instead of an end", async () => {
    expect(await notebook.text("process.exit(3)")).toMatch(
      /^ProcessExit: process.exit\(3\) does not end the kernel/,
    );
  });
});

// The last test: what it declares stays declared.
it("cells do not take from the kernel what it stands on", async () => {
  const mine = ["Error", "Promise", "Map", "Object", "process", "Buffer", "Symbol", "Array"];
  await notebook.execute(mine.map((name) => `const ${name} = 0;`).join(" "));
  expect(await notebook.text("missing()")).toContain("ReferenceError: missing is not defined");
  expect(await notebook.text("Promise + Object")).toBe("0");
  expect(typeof Promise).toBe("function");
});
