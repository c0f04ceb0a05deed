import { createRequire, register } from "node:module";
import path from "node:path";
import vm from "node:vm";
import { pathToFileURL } from "node:url";

/** Options of `import()`, such as `{ with: { type: "json" } }`. */
export type ImportOptions = { readonly with?: Readonly<Record<string, string>> } | undefined;

/** A module that is a file of the user's, perhaps TypeScript. */
const LOCAL = /^(?:\.{0,2}\/|file:).*(?<!\.(?:cjs|mjs|json|node))$/;

/** The loader's hooks; a thread of their own is started for them, so only when a file needs them. */
const HOOKS = `./typescript-hooks${path.extname(import.meta.url)}`;

type Import = (specifier: string, options?: ImportOptions) => Promise<unknown>;

/** What a cell finds under `import.meta`. */
export interface CellMeta {
  readonly url: string;
  readonly filename: string;
  readonly dirname: string;
}

/** Modules for the cells of a notebook, found from its folder. */
export interface NotebookModules {
  readonly import: Import;
  /**
   * As `import`, for certain names. Node finds the names of a CommonJS module by reading its text; those it misses are
   * taken from what the module exports. A name that nobody exports is undefined: it may be that of a type.
   */
  readonly named: (
    specifier: string,
    names: readonly string[],
    options?: ImportOptions,
  ) => Promise<unknown>;
  readonly require: NodeJS.Require;
  readonly meta: CellMeta;
}

/** Modules that the kernel itself provides. */
export interface OwnModules {
  /** By specifier. */
  readonly modules: ReadonlyMap<string, () => unknown>;
  /** File of the library's entry, which local files may import, too. */
  readonly library: string;
}

/** Module loading for cells in a folder. */
export function notebookModules(folder: string, own: OwnModules): NotebookModules {
  // The file need not exist: Node resolves a specifier from the folder of the importing file.
  const filename = path.join(folder, "cell.ts");
  const script = new vm.Script("(specifier, options) => import(specifier, options)", {
    filename,
    importModuleDynamically: vm.constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
  });
  const importFromFolder = script.runInThisContext() as Import;
  const requireFromFolder = createRequire(filename);
  let hooked = false;
  const hookFiles = (): void => {
    if (hooked) return;
    hooked = true;
    // The library must know its host before a file makes a network.
    own.modules.get("neurarchy")?.();
    const data = { library: pathToFileURL(own.library).href };
    register(HOOKS, import.meta.url, { data });
  };
  const load: Import = async (specifier, options) => {
    const provided = own.modules.get(specifier);
    if (provided !== undefined) return provided();
    // Helpers of compiled code lie beside the kernel, not beside the notebook.
    if (specifier.startsWith("@oxc-project/runtime/")) return import(specifier) as Promise<unknown>;
    if (LOCAL.test(specifier)) hookFiles();
    const isJson = specifier.endsWith(".json") && options === undefined;
    return importFromFolder(specifier, isJson ? { with: { type: "json" } } : options);
  };
  return {
    import: load,
    named: async (specifier, names, options) => {
      const module = (await load(specifier, options)) as Readonly<Record<string, unknown>>;
      if (names.every((name) => name in module)) return module;
      const { default: exported } = module;
      return typeof exported === "object" || typeof exported === "function"
        ? { ...exported, ...module }
        : module;
    },
    require: Object.assign((id: string): unknown => {
      const provided = own.modules.get(id);
      return provided === undefined ? requireFromFolder(id) : provided();
    }, requireFromFolder),
    meta: { url: pathToFileURL(filename).href, filename, dirname: folder },
  };
}
