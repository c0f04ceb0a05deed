import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";

import { toTypeScript } from "./cell-text.js";
import { exportedNames, surfaceOf, type Declaration } from "./declarations.js";

/** What surrounds the cells of a notebook. All paths are absolute. */
export interface CellSurroundings {
  /** The notebook's folder: relative imports and `node_modules` are looked up from here. */
  readonly folder: string;
  /** Declaration (or source) files whose exports every cell has without an import; a later file wins. */
  readonly prelude: readonly string[];
  /** Module name → declaration file, for what the notebook imports by a name that is not in its `node_modules`. */
  readonly modules: Readonly<Record<string, string>>;
  /** Folder of the declarations of Node itself; null if not installed. */
  readonly nodeTypes: string | null;
}

interface Cell {
  readonly number: number;
  readonly text: string;
  /** Numbers of the earlier cells this one reads. */
  readonly reads: ReadonlySet<number>;
}

interface Visible extends Declaration {
  readonly cell: number;
}

/** File names start so, in order to hide no file of the notebook's folder. */
const PREFIX = ".neurarchy";
const CONFIG = "tsconfig.json";
const SCOPE = `${PREFIX}.scope.d.ts`;
const CURRENT = `${PREFIX}.cell.ts`;

/**
 * A notebook as a TypeScript project that exists in memory only: one module per cell that ran, a file that makes
 * their names and the prelude's global, and the cell that is being typed.
 *
 * - A cell that ran imports the names it read as they were when it ran. So a later redeclaration with another type
 *   changes nothing in it, and a name that did not exist yet (mutual recursion) is found in the global scope.
 * - The current cell sees the newest declaration of each name as a global, so that what it declares itself shadows
 *   the old one without a conflict, however incomplete its text is.
 * - A cell whose names were all declared anew, and which no remaining cell reads, is forgotten.
 */
export class CellModules {
  readonly #surroundings: CellSurroundings;
  readonly #prelude: ReadonlyMap<string, number>;
  readonly #cells = new Map<number, Cell>();
  readonly #scope = new Map<string, Visible>();
  #lastNumber = 0;

  constructor(surroundings: CellSurroundings) {
    this.#surroundings = surroundings;
    const prelude = new Map<string, number>();
    surroundings.prelude.forEach((file, index) => {
      for (const name of exportedNames(file, readDeclarations)) prelude.set(name, index);
    });
    this.#prelude = prelude;
  }

  /** Take in a cell that ran, in the order of execution. What does not parse did not run and is passed over. */
  add(code: string): void {
    const body = toTypeScript(code);
    const surface = surfaceOf(body);
    if (surface === null || surface.declarations.size === 0) return;
    const { declarations, exported } = surface;

    const number = ++this.#lastNumber;
    const read = this.#readNames(body, declarations);
    const own = [...declarations.keys()].filter((name) => !exported.has(name));
    const text = `${importLine(read)}\n${body}\nexport { ${own.join(", ")} };\n`;
    this.#cells.set(number, { number, text, reads: new Set(read.map(({ cell }) => cell)) });

    for (const declaration of declarations.values()) {
      this.#scope.set(declaration.name, { ...this.#inherited(declaration, read), cell: number });
    }
    this.#forget();
  }

  /** Path of the module of the cell that is being typed. */
  get current(): string {
    return this.#path(CURRENT);
  }

  /** Every file of the project by its path, with `code` as the current cell; the configuration comes first. */
  files(code: string): ReadonlyMap<string, string> {
    const files = new Map([
      [this.#path(CONFIG), this.#config()],
      [this.#path(SCOPE), this.#scopeText()],
    ]);
    for (const { number, text } of this.#cells.values())
      files.set(this.#path(cellFile(number)), text);
    files.set(this.current, this.currentPrefix() + code);
    return files;
  }

  /**
   * What stands before the code of the current cell: one line that imports the names which a declaration of the
   * runtime itself would hide in the global scope, such as `performance`.
   */
  currentPrefix(): string {
    return `${importLine([...this.#scope.values()].filter(({ name }) => name in globalThis))}\n`;
  }

  /** The names a cell reads from earlier ones: of each, the meanings it does not declare itself. */
  #readNames(body: string, own: ReadonlyMap<string, Declaration>): Visible[] {
    const words = new Set(body.match(/[\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*/gu));
    return [...this.#scope.values()].filter(({ name, value, type }) => {
      const redeclared = own.get(name);
      if (redeclared === undefined) return words.has(name);
      return (value && !redeclared.value) || (type && !redeclared.type);
    });
  }

  /** A declaration together with the meaning it left as it was: `interface P` leaves an earlier `const P` alone. */
  #inherited(declaration: Declaration, read: readonly Visible[]): Declaration {
    const earlier = read.find(({ name }) => name === declaration.name);
    if (earlier === undefined) return declaration;
    return {
      ...declaration,
      value: declaration.value || earlier.value,
      type: declaration.type || earlier.type,
    };
  }

  #forget(): void {
    const needed = new Set<number>();
    const need = (number: number): void => {
      if (needed.has(number)) return;
      needed.add(number);
      this.#cells.get(number)?.reads.forEach(need);
    };
    for (const { cell } of this.#scope.values()) need(cell);
    for (const number of this.#cells.keys()) {
      if (!needed.has(number)) this.#cells.delete(number);
    }
  }

  #scopeText(): string {
    const lines: string[] = [];
    this.#surroundings.prelude.forEach((file, index) => {
      lines.push(`import * as prelude${index} from ${JSON.stringify(moduleSpecifier(file))};`);
    });
    for (const number of new Set([...this.#scope.values()].map(({ cell }) => cell))) {
      lines.push(`import * as cell${number} from "./${cellFile(number)}";`);
    }
    lines.push("declare global {");
    for (const [name, index] of this.#prelude) {
      if (!this.#scope.has(name)) lines.push(`  export import ${name} = prelude${index}.${name};`);
    }
    for (const { name, cell } of this.#scope.values()) {
      if (!(name in globalThis)) lines.push(`  export import ${name} = cell${cell}.${name};`);
    }
    lines.push("}", "");
    return lines.join("\n");
  }

  /** The configuration: what runs a cell is Node, not a browser, and cells keep the dialect the kernel strips. */
  #config(): string {
    const { modules, nodeTypes } = this.#surroundings;
    return JSON.stringify({
      compilerOptions: {
        target: "esnext",
        lib: ["es2023", "esnext.disposable"],
        module: "esnext",
        moduleResolution: "bundler",
        moduleDetection: "force",
        types: nodeTypes === null ? [] : [nodeTypes],
        paths: Object.fromEntries(Object.entries(modules).map(([name, file]) => [name, [file]])),
        strict: true,
        noEmit: true,
        skipLibCheck: true,
        allowImportingTsExtensions: true,
        resolveJsonModule: true,
        experimentalDecorators: true,
      },
      files: [SCOPE, CURRENT],
    });
  }

  #path(name: string): string {
    return resolve(this.#surroundings.folder, name);
  }
}

function cellFile(number: number): string {
  return `${PREFIX}.cell-${number}.ts`;
}

function importLine(names: readonly Visible[]): string {
  const byCell = new Map<number, string[]>();
  for (const { name, cell } of names) byCell.set(cell, [...(byCell.get(cell) ?? []), name]);
  return [...byCell]
    .map(([cell, list]) => `import { ${list.join(", ")} } from "./${cellFile(cell)}";`)
    .join(" ");
}

/** A declaration file is imported by the name of the module it declares. */
function moduleSpecifier(file: string): string {
  return file.replace(/\.d\.ts$/, ".js");
}

/** Read a declaration file, named by its path or, from another one, by the module it declares. */
function readDeclarations(specifier: string, from: string | null): { path: string; text: string } {
  const extension = from?.endsWith(".d.ts") === false ? ".ts" : ".d.ts";
  const path =
    from === null ? specifier : resolve(dirname(from), specifier.replace(/\.js$/, extension));
  return { path, text: readFileSync(path, "utf8") };
}
