import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";

import { toTypeScript } from "./cell-text.js";
import { exportedNames, surfaceOf, type CellSurface, type Declaration } from "./declarations.js";

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

/** A cell that ran. */
interface RunCell {
  readonly body: string;
  /** Every name it mentions, and more: the words of its texts and comments. */
  readonly words: ReadonlySet<string>;
  readonly surface: CellSurface;
}

interface Module {
  readonly number: number;
  readonly text: string;
  /** Numbers of the earlier modules this one reads. */
  readonly reads: ReadonlySet<number>;
}

interface Visible extends Declaration {
  readonly module: number;
}

/** File names start so, in order to hide no file of the notebook's folder. */
const PREFIX = ".neurarchy";
const CONFIG = "tsconfig.json";
const SCOPE = `${PREFIX}.scope.d.ts`;
const CURRENT = `${PREFIX}.cell.ts`;

/**
 * A notebook as a TypeScript project that exists in memory only: modules of the cells that ran, a file that makes
 * their names and the prelude's global, and the cell that is being typed.
 *
 * - A cell that ran imports the names it read as they were when it ran. So a later redeclaration with another type
 *   changes nothing in it, and a name that did not exist yet (mutual recursion) is found in the global scope.
 * - The current cell sees the newest declaration of each name as a global, so that what it declares itself shadows
 *   the old one without a conflict, however incomplete its text is.
 * - A module whose names were all declared anew, and which no remaining one reads, is forgotten.
 */
export class CellModules {
  readonly #surroundings: CellSurroundings;
  readonly #prelude: ReadonlyMap<string, number>;
  readonly #modules = new Map<number, Module>();
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

  /**
   * Take in cells that ran, in the order of execution. What does not parse did not run and is passed over. Successive
   * cells share a module as long as none declares what one before it mentions: the server takes in a large module as
   * fast as a small one, and so a notebook that is run as a whole is known at once.
   */
  add(cells: readonly string[]): void {
    let group: RunCell[] = [];
    for (const code of cells) {
      const cell = readCell(code);
      if (cell === null) continue;
      const names = [...cell.surface.declarations.keys()];
      if (group.some(({ words }) => names.some((name) => words.has(name)))) {
        this.#append(group);
        group = [];
      }
      group.push(cell);
    }
    this.#append(group);
    this.#forget();
  }

  #append(group: readonly RunCell[]): void {
    const declarations = new Map(group.flatMap(({ surface }) => [...surface.declarations]));
    if (declarations.size === 0) return;
    const words = new Set(group.flatMap((cell) => [...cell.words]));
    const exported = new Set(group.flatMap(({ surface }) => [...surface.exported]));

    const number = ++this.#lastNumber;
    const read = this.#readNames(words, declarations);
    const own = [...declarations.keys()].filter((name) => !exported.has(name));
    const body = group.map((cell) => cell.body).join("\n;\n");
    const text = `${importLine(read)}\n${body}\nexport { ${own.join(", ")} };\n`;
    this.#modules.set(number, { number, text, reads: new Set(read.map((name) => name.module)) });
    for (const declaration of declarations.values()) {
      this.#scope.set(declaration.name, { ...this.#inherited(declaration, read), module: number });
    }
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
    for (const { number, text } of this.#modules.values())
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

  /** The names that words can mean in earlier cells: of each, the meanings that are not declared anew. */
  #readNames(words: ReadonlySet<string>, own: ReadonlyMap<string, Declaration>): Visible[] {
    return [...this.#scope.values()].filter(({ name, value, type }) => {
      const anew = own.get(name);
      if (anew === undefined) return words.has(name);
      return (value && !anew.value) || (type && !anew.type);
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
      this.#modules.get(number)?.reads.forEach(need);
    };
    for (const { module } of this.#scope.values()) need(module);
    for (const number of this.#modules.keys()) {
      if (!needed.has(number)) this.#modules.delete(number);
    }
  }

  #scopeText(): string {
    const lines: string[] = [];
    this.#surroundings.prelude.forEach((file, index) => {
      lines.push(`import * as prelude${index} from ${JSON.stringify(moduleSpecifier(file))};`);
    });
    for (const number of new Set([...this.#scope.values()].map(({ module }) => module))) {
      lines.push(`import * as cell${number} from "./${cellFile(number)}";`);
    }
    lines.push("declare global {");
    for (const [name, index] of this.#prelude) {
      if (!this.#scope.has(name)) lines.push(`  export import ${name} = prelude${index}.${name};`);
    }
    for (const { name, module } of this.#scope.values()) {
      if (!(name in globalThis)) lines.push(`  export import ${name} = cell${module}.${name};`);
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

function readCell(code: string): RunCell | null {
  const body = toTypeScript(code);
  const surface = surfaceOf(body);
  if (surface === null || surface.declarations.size === 0) return null;
  const words = body.match(/[\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*/gu);
  return { body, words: new Set(words), surface };
}

function cellFile(number: number): string {
  return `${PREFIX}.cell-${number}.ts`;
}

function importLine(names: readonly Visible[]): string {
  const byModule = new Map<number, string[]>();
  for (const { name, module } of names) {
    byModule.set(module, [...(byModule.get(module) ?? []), name]);
  }
  return [...byModule]
    .map(([module, list]) => `import { ${list.join(", ")} } from "./${cellFile(module)}";`)
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
