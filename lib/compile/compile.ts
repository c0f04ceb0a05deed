import { execFile } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { basename, join } from "node:path";

import type { CUnit } from "../codegen/unit.js";
import { compileProblem } from "../errors.js";
import { readConfigFile, type ConfigFile } from "./config-file.js";
import {
  defaultCacheFolder,
  headerFolder,
  readText,
  temporaryName,
  writeAtomically,
} from "./files.js";
import { findToolchain, hash, type Toolchain } from "./toolchain.js";

/** A compiled unit, ready to be loaded by the engine. */
export interface KernelLibrary {
  /** Absolute path of the shared library. */
  readonly path: string;
  readonly manifest: CUnit["manifest"];
}

/** Where to compile, and with what. */
export interface CompileOptions {
  /** The C compiler; default: `$CC`, then gcc, clang, cc on the path. */
  readonly compiler?: string;
  /** Default `$XDG_CACHE_HOME/neurarchy` or `~/.cache/neurarchy`. */
  readonly cacheFolder?: string;
  /** Optimization, and the processor to compile for. Default `-O3 -march=native`. */
  readonly flags?: string;
  /** A file whose compiler and flags hold where none are given. Default: that of the user, if there is one. */
  readonly configFile?: string;
  /** Compile also what is in the cache. Default false. */
  readonly clean?: boolean;
}

/**
 * Compile a unit to a shared library, or find it in the cache.
 *
 * @throws {CompileError} NO_COMPILER when there is none; COMPILER_FAILED with the compiler's words and the path of the
 * C file.
 */
export async function compileUnit(
  unit: CUnit,
  options: CompileOptions = {},
): Promise<KernelLibrary> {
  const [library] = await compileUnits([unit], options);
  return library!;
}

/** Compile several units side by side, in the order given; equal units are compiled once. */
export async function compileUnits(
  units: readonly CUnit[],
  options: CompileOptions = {},
): Promise<readonly KernelLibrary[]> {
  const cacheFolder = options.cacheFolder ?? defaultCacheFolder();
  const headers = headerFolder();
  const { compiler, flags } = { ...readConfigFile(options.configFile), ...given(options) };
  const toolchain = await findToolchain(compiler, cacheFolder, flags);
  const headerText = readHeaders(headers);
  const paths = new Map<string, Promise<string>>();
  for (const { text } of units) {
    if (paths.has(text)) continue;
    // The headers carry the version of the contract with the engine.
    const key = hash([text, headerText, toolchain.identity].join("\0")).slice(0, 32);
    const stem = join(cacheFolder, "kernels", key);
    paths.set(text, build(text, stem, headers, toolchain, options.clean ?? false));
  }
  return Promise.all(
    units.map(async ({ text, manifest }) => ({ path: await paths.get(text)!, manifest })),
  );
}

/** What was asked for, and not to be read from a file. */
function given({ compiler, flags }: CompileOptions): ConfigFile {
  return {
    ...(compiler === undefined ? {} : { compiler }),
    ...(flags === undefined ? {} : { flags }),
  };
}

/** The library of a text: as it lies in the cache, or compiled under another name and put there in one step. */
async function build(
  text: string,
  stem: string,
  headers: string,
  toolchain: Toolchain,
  clean: boolean,
): Promise<string> {
  const library = `${stem}.so`;
  if (!clean && existsSync(library)) return library;
  const file = `${stem}.c`;
  await writeAtomically(file, text);
  const temporary = temporaryName(library);
  const { compiler, prefix, flags } = toolchain;
  try {
    await execute(compiler, [...prefix, ...flags, "-I", headers, file, "-o", temporary, "-lm"]);
    await rename(temporary, library);
  } catch (error) {
    await rm(temporary, { force: true });
    if (!(error instanceof CompilerFailure)) throw error;
    const facts = { compiler: basename(compiler), file, output: error.message };
    throw compileProblem("COMPILER_FAILED", facts, error);
  }
  return library;
}

/** The compiler ended with an error; the message is what it wrote. */
class CompilerFailure extends Error {}

function execute(program: string, words: readonly string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    execFile(program, words, (error, _stdout, stderr) => {
      if (error === null) resolve();
      else reject(new CompilerFailure(stderr.trim() === "" ? error.message : stderr.trim()));
    });
  });
}

function readHeaders(folder: string): string {
  const names = readdirSync(folder).filter((name) => name.endsWith(".h"));
  return names
    .sort()
    .map((name) => readText(join(folder, name)))
    .join("\0");
}
