import { readFile, stat } from "node:fs/promises";
import type { LoadHook, ResolveHook } from "node:module";
import { fileURLToPath } from "node:url";
import { caretFrame, placeOf } from "./cell-syntax-error.js";
import { stripTypes } from "./strip-types.js";

/**
 * Hooks of Node's module loader, run on its own thread: TypeScript files of the notebook's folder load as cells do, are
 * found without their extension, and load anew when they have changed.
 */

/** Endings that a specifier may stand for, as TypeScript has them. */
const ENDINGS: readonly ((specifier: string) => string)[] = [
  (specifier) => specifier,
  (specifier) => `${specifier}.ts`,
  (specifier) => specifier.replace(/\.([cm]?)js$/, ".$1ts"),
  (specifier) => `${specifier}/index.ts`,
];

const TYPESCRIPT = /\.m?ts$/;

/** The entry of the library, which is `neurarchy` for files, too. */
let library = "";

/** Called by `module.register`. */
export function initialize(data: { readonly library: string }): void {
  library = data.library;
}

/** Find a module; a TypeScript file gets its date into its address, because an address is loaded only once. */
export const resolve: ResolveHook = async (specifier, context, next) => {
  if (specifier === "neurarchy") return { url: library, shortCircuit: true };
  if (specifier.startsWith("@oxc-project/runtime/")) {
    return next(specifier, { ...context, parentURL: import.meta.url });
  }
  if (!/^(?:\.|\/|file:)/.test(specifier)) return next(specifier, context);
  let failure: unknown = null;
  for (const ending of ENDINGS) {
    try {
      const found = await next(ending(specifier), context);
      const url = new URL(found.url);
      if (url.protocol !== "file:" || !TYPESCRIPT.test(url.pathname)) return found;
      url.search = `changed=${String((await stat(url)).mtimeMs)}`;
      return { ...found, url: url.href, format: "module" };
    } catch (error) {
      failure ??= error;
    }
  }
  throw failure;
};

/** Load a TypeScript file as a module. */
export const load: LoadHook = async (url, context, next) => {
  const { protocol, pathname } = new URL(url);
  if (protocol !== "file:" || !TYPESCRIPT.test(pathname)) return next(url, context);
  const file = fileURLToPath(url);
  const source = await readFile(file, "utf8");
  const { code, mistake } = stripTypes(source, "file");
  if (mistake !== null) {
    const place = placeOf(source, mistake.start, mistake.end);
    throw new SyntaxError(`${mistake.message} in ${file}\n${caretFrame(source, place)}`);
  }
  return { format: "module", source: code, shortCircuit: true };
};
