import { expect, test } from "vitest";

import { hoverMarkdown, kindOf, plainText } from "../../../kernel/language/presentation.js";

test.each([
  [6, "class Network", "class"],
  [6, "abstract class Base", "class"],
  [6, "function add(): void", "function"],
  [6, "const a: number", "instance"],
  [6, "var Map: MapConstructor", "class"],
  [6, "interface Promise<T>\nvar Promise: PromiseConstructor", "class"],
  [6, "var URL: {\n    new (): URL;\n}", "class"],
  [2, "(method) Array<number>.at(index: number): number", "method"],
  [5, "(property) x: number", "field"],
  [14, null, "keyword"],
  [999, null, "text"],
] as const)("kind %i with %j is a %s", (protocolKind, declaration, kind) => {
  expect(kindOf(protocolKind, declaration)).toBe(kind);
});

test("a hover says what the name is, not how it came into the cell", () => {
  const hover = "```typescript\n(alias) const a: number\nimport a = cell1.a\n```\nThe *first*.";
  const markdown = hoverMarkdown(hover);
  expect(markdown).toBe("```ts\nconst a: number\n```\n\nThe *first*.");
  expect(plainText(markdown)).toBe("const a: number\n\nThe first.");
});

test("an example in the documentation keeps its imports", () => {
  const hover = "```typescript\nfunction f(): void\n```\n```js\nimport f from 'f';\n```";
  expect(hoverMarkdown(hover)).toContain("import f from 'f';");
});
