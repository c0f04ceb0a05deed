import type { CUnit } from "../codegen/unit.js";
import { InternalError } from "../errors.js";

/** A compiled unit, ready to be loaded by the engine. */
export interface KernelLibrary {
  /** Absolute path of the shared library. */
  readonly path: string;
  readonly manifest: CUnit["manifest"];
}

export interface CompileOptions {
  /** The C compiler; default: `$CC`, then gcc, clang, cc on the path. */
  readonly compiler?: string;
  /** Default `$XDG_CACHE_HOME/neurarchy` or `~/.cache/neurarchy`. */
  readonly cacheFolder?: string;
}

/**
 * Compile a unit to a shared library, or find it in the cache.
 *
 * @throws {CompileError} NO_COMPILER when there is none; COMPILER_FAILED with the compiler's words and the path of the C file.
 */
export async function compileUnit(unit: CUnit, options: CompileOptions = {}): Promise<KernelLibrary> {
  return Promise.reject(new InternalError(`compileUnit ${unit.text} ${options.compiler ?? ""}`));
}

/** Compile several units side by side; equal units are compiled once. */
export async function compileUnits(
  units: readonly CUnit[],
  options: CompileOptions = {},
): Promise<readonly KernelLibrary[]> {
  return Promise.all(units.map((unit) => compileUnit(unit, options)));
}
