import type { CellMeta, ImportOptions, NotebookModules } from "./imports.js";

/** What the compiled code of a cell calls, as `$cell`; `rewrite.ts` writes the calls. */
export class CellRuntime {
  /** Value of the last expression statement. */
  last: unknown = undefined;
  /** Values of names that are JavaScript's own and that cells have declared. */
  readonly shadows: Record<string, unknown>;
  readonly meta: CellMeta;
  readonly import: (specifier: unknown, options?: ImportOptions) => Promise<unknown>;
  /** A module of an `import` statement, with the names that are taken from it. */
  readonly module: NotebookModules["named"];
  /** Run a line magic. */
  readonly magic: (name: string, argument: string) => Promise<void>;

  constructor(
    modules: NotebookModules,
    shadows: Record<string, unknown>,
    magic: (name: string, argument: string) => Promise<void>,
  ) {
    this.shadows = shadows;
    this.meta = modules.meta;
    this.import = (specifier, options) => modules.import(String(specifier), options);
    this.module = (specifier, names, options) => modules.named(specifier, names, options);
    this.magic = magic;
  }

  /** Keep the value of an expression statement; true when it is a run, which the cell waits for. */
  hold(value: unknown): boolean {
    this.last = value;
    return value instanceof Promise && "run" in value && value.run === true;
  }
}
