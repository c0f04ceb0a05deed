import { rmSync } from "node:fs";
import { basename, dirname } from "node:path";
import { afterAll, expect, test } from "vitest";

import { CellModules } from "../../../kernel/language/cell-modules.js";
import { makeNotebookFolder } from "../../support/type-service.js";

const surroundings = makeNotebookFolder();
afterAll(() => rmSync(dirname(surroundings.folder), { recursive: true }));

/** The files of a notebook after some cells ran, by their names. */
function filesAfter(...cells: string[]): Map<string, string> {
  const modules = new CellModules(surroundings);
  for (const cell of cells) modules.add([cell]);
  return new Map([...modules.files("")].map(([path, text]) => [basename(path), text]));
}

function cellNames(files: Map<string, string>): string[] {
  return [...files.keys()].filter((name) => name.includes("cell-"));
}

test("puts the configuration first, so that no file is opened without it", () => {
  expect([...filesAfter("const a = 1;").keys()][0]).toBe("tsconfig.json");
});

test("a cell imports what it reads and exports what it declares", () => {
  const text = filesAfter("const a = 1;", "const b = a, c = unknown;").get(".neurarchy.cell-2.ts");
  expect(text).toBe(
    'import { a } from "./.neurarchy.cell-1.ts";\nconst b = a, c = unknown;\nexport { b, c };\n',
  );
});

test("a cell that declares a name again does not import it", () => {
  const text = filesAfter("const a = 1;", "const a = 2;\nconst b = a;").get(".neurarchy.cell-2.ts");
  expect(text).toMatch(/^\nconst a/);
});

test("a type declared anew leaves the value of the same name", () => {
  const files = filesAfter("const P = 1;", "interface P { x: 1 }", "P;\nconst last = P;");
  expect(files.get(".neurarchy.cell-2.ts")).toMatch(/^import \{ P \} from .*cell-1/);
  expect(files.get(".neurarchy.cell-3.ts")).toMatch(/^import \{ P \} from .*cell-2/);
});

test("a name that a cell exports by itself is not exported twice", () => {
  const text = filesAfter("export const a = 1; const b = 2;").get(".neurarchy.cell-1.ts");
  expect(text).toMatch(/\nexport \{ b \};\n$/);
});

test("forgets a cell that was run again, and keeps the one that another cell read", () => {
  expect(cellNames(filesAfter("const a = 1;", "const a = 2;", "const a = 3;"))).toEqual([
    ".neurarchy.cell-3.ts",
  ]);
  expect(cellNames(filesAfter("const a = 1;", "const b = a;", "const a = 3;"))).toEqual([
    ".neurarchy.cell-1.ts",
    ".neurarchy.cell-2.ts",
    ".neurarchy.cell-3.ts",
  ]);
});

test("cells that ran in one go share a module until one declares what another mentions", () => {
  const modules = new CellModules(surroundings);
  modules.add(["const a = 1", "const b = a", "[b]; const c = 2", "const a = 'new'", "const d = a"]);
  const texts = [...modules.files("")].filter(([path]) => path.includes("cell-"));
  expect(texts.map(([, text]) => text)).toEqual([
    "\nconst a = 1\n;\nconst b = a\n;\n[b]; const c = 2\nexport { a, b, c };\n",
    "\nconst a = 'new'\n;\nconst d = a\nexport { a, d };\n",
  ]);
});

test("a cell without declarations leaves no file", () => {
  expect(cellNames(filesAfter("console.log(1);", "%reset", "const = broken"))).toEqual([]);
});

test("makes the prelude and the newest names global, the user's first", () => {
  const scope = filesAfter("const a = 1; class Neuron {}").get(".neurarchy.scope.d.ts") ?? "";
  expect(scope.match(/export import .*/g)).toEqual([
    "export import Network = prelude0.Network;",
    "export import NetworkOptions = prelude0.NetworkOptions;",
    "export import Population = prelude0.Population;",
    "export import a = cell1.a;",
    "export import Neuron = cell1.Neuron;",
  ]);
});

test("imports what the runtime's own globals would hide", () => {
  const modules = new CellModules(surroundings);
  modules.add(["const performance = 1;\nconst a = 2;"]);
  expect(modules.currentPrefix()).toBe('import { performance } from "./.neurarchy.cell-1.ts";\n');
});
