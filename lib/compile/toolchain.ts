import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { accessSync, constants, realpathSync, statSync } from "node:fs";
import { cpus } from "node:os";
import { delimiter, isAbsolute, join } from "node:path";
import { promisify } from "node:util";

import { compileProblem } from "../errors.js";
import { readText, writeAtomically } from "./files.js";

/** A C compiler of this machine. */
export interface Toolchain {
  /** Absolute path of the compiler. */
  readonly compiler: string;
  /** Words that stand between the compiler and its flags, when `$CC` has several. */
  readonly prefix: readonly string[];
  readonly flags: readonly string[];
  /** Changes whenever the same text could become another library: compiler version, flags and processor. */
  readonly identity: string;
}

const run = promisify(execFile);

/** The same for every unit; see the architecture, "Generated C and the engine meet in one header". */
const baseFlags: readonly string[] = [
  ...["-std=c11", "-fPIC", "-shared", "-fvisibility=hidden"],
  // No trap and no errno is watched, so that conditionals and roots become vectors; the order of operations stays.
  ...["-fno-math-errno", "-fno-trapping-math", "-fopenmp-simd", "-ffp-contract=off"],
];

/** What users can replace. */
const defaultFlags = "-O3 -march=native";

/** Flags by which results would depend on the compiler, or on how neurons are shared out among threads. */
const REFUSED =
  /^(-Ofast|-ffast-math|-funsafe-math-optimizations|-fassociative-math|-ffp-contract=(?!off).*|-std=.*)$/;

/**
 * Find a C compiler: the one asked for, else `$CC`, gcc, clang or cc on the path. A compiler that is asked for is a name
 * or a path; `$CC` can have words of its own after it.
 *
 * @param userFlags - Optimization, and the processor to compile for.
 * @throws {CompileError} NO_COMPILER, COMPILER_FAILED, COMPILER_FLAG.
 */
export async function findToolchain(
  compiler: string | undefined,
  cacheFolder: string,
  userFlags = defaultFlags,
): Promise<Toolchain> {
  const environment = (process.env["CC"] ?? "").split(/\s+/).filter((word) => word !== "");
  const fallbacks = [environment, ["gcc"], ["clang"], ["cc"]];
  const candidates = compiler === undefined ? fallbacks : [[compiler]];
  for (const [program, ...prefix] of candidates) {
    const path = program === undefined ? null : locate(program);
    if (path !== null) return describe(path, prefix, cacheFolder, wordsOf(userFlags));
  }
  const tried = candidates.flatMap(([program]) => program ?? []);
  throw compileProblem("NO_COMPILER", { tried });
}

function locate(program: string): string | null {
  const folders = (process.env["PATH"] ?? "").split(delimiter).filter((folder) => folder !== "");
  const places = isAbsolute(program) ? [program] : folders.map((folder) => join(folder, program));
  for (const place of places) {
    try {
      accessSync(place, constants.X_OK);
      return place;
    } catch {
      // Not there: the next folder.
    }
  }
  return null;
}

async function describe(
  compiler: string,
  prefix: readonly string[],
  cacheFolder: string,
  userFlags: readonly string[],
): Promise<Toolchain> {
  const version = await versionOf(compiler, prefix, cacheFolder);
  const processor = describeProcessor();
  const wide =
    userFlags.includes("-march=native") && processor.includes("avx512f")
      ? ["-mprefer-vector-width=512"]
      : [];
  const flags = [...baseFlags, ...userFlags, ...wide];
  return { compiler, prefix, flags, identity: [version, processor, ...flags].join("\n") };
}

/** @throws {CompileError} COMPILER_FLAG. */
function wordsOf(flags: string): readonly string[] {
  const words = flags.split(/\s+/).filter((word) => word !== "");
  const refused = words.find((word) => REFUSED.test(word));
  if (refused !== undefined) throw compileProblem("COMPILER_FLAG", { flag: refused });
  return words;
}

/**
 * What the compiler says of itself. It is asked once and remembered on disk for as long as its file stays the same, so that
 * a compile from the cache starts no process.
 */
async function versionOf(
  compiler: string,
  prefix: readonly string[],
  cacheFolder: string,
): Promise<string> {
  const path = realpathSync(compiler);
  const { mtimeMs, size } = statSync(path);
  const key = hash([path, ...prefix, String(mtimeMs), String(size)].join("\n")).slice(0, 16);
  const file = join(cacheFolder, `compiler-${key}.txt`);
  const known = readText(file);
  if (known !== null) return known;
  const { stdout } = await run(compiler, [...prefix, "--version"]).catch((cause: unknown) => {
    const output = cause instanceof Error ? cause.message : String(cause);
    throw compileProblem("COMPILER_FAILED", { compiler, file: "--version", output }, cause);
  });
  await writeAtomically(file, stdout);
  return stdout;
}

/** Model and instruction sets of the processor: what `-march=native` depends on. */
function describeProcessor(): string {
  const model = cpus()[0]?.model ?? process.arch;
  const info = readText("/proc/cpuinfo") ?? "";
  const flags = /^(?:flags|Features)\s*:\s*(.*)$/m.exec(info)?.[1] ?? "";
  return `${process.platform} ${process.arch} ${model}\n${flags}`;
}

/** SHA-256 in hexadecimal digits. */
export function hash(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
