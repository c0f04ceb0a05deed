import { expect, test } from "vitest";

import { exportedNames, surfaceOf } from "../../../kernel/language/declarations.js";

/** `name`, `name:type` for a mere type and `name:both` for what is value and type. */
function declared(code: string): string[] {
  return [...(surfaceOf(code)?.declarations.values() ?? [])].map(({ name, value, type }) =>
    type ? `${name}:${value ? "both" : "type"}` : name,
  );
}

test.each([
  ["const a = 1, b = 2;", ["a", "b"]],
  ["let { a, b: [c, , ...d], e = 1, ...f } = g();", ["a", "c", "d", "e", "f"]],
  ["function f(x: number) {} async function* g() {}", ["f", "g"]],
  ["declare function f(): void;", ["f"]],
  [
    "class A {} abstract class B {} enum C {} namespace D {}",
    ["A:both", "B:both", "C:both", "D:both"],
  ],
  ["type A = 1; interface B {}", ["A:type", "B:type"]],
  ["interface P {} const P = 1;", ["P:both"]],
  [
    "import a, { b as c, type D } from 'x'; import * as e from 'y';",
    ["a:both", "c:both", "D:type", "e:both"],
  ],
  ["import type { A } from 'x'; import b = require('b');", ["A:type", "b:both"]],
  ["export const a = 1; export class B {}", ["a", "B:both"]],
  ["{ const hidden = 1; } if (x) { let too = 2; }", []],
  ["await x; for (const i of j) {}", []],
])("%s declares %j", (code, names) => {
  expect(declared(code)).toEqual(names);
});

test("tells what a cell exports by itself", () => {
  expect([
    ...(surfaceOf("export const a = 1; const b = 2; export { b as c };")?.exported ?? []),
  ]).toEqual(["a", "c"]);
});

test("knows nothing of a cell that does not parse", () => {
  expect(surfaceOf("const = 1;")).toBeNull();
});

test("follows everything a module exports again, and survives a circle", () => {
  const files: Record<string, string> = {
    "index.d.ts":
      'export { A, type B } from "./a.js"; export * from "./c.js"; export * as all from "./c.js"; declare const x: 1; export default x;',
    "./c.d.ts": 'export declare const d: number; export interface E {} export * from "./c.js";',
  };
  const names = exportedNames("index.d.ts", (module) => {
    const path = module.replace(/\.js$/, ".d.ts");
    return { path, text: files[path] ?? "" };
  });
  expect(names).toEqual(["A", "B", "E", "all", "d"]);
});
