import { randomUUID } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { mkdir, rename, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { InternalError } from "../errors.js";

/** Where compiled models are kept when nothing else is asked for. */
export function defaultCacheFolder(): string {
  const base = process.env["XDG_CACHE_HOME"];
  // The rule of the XDG base directories: an empty or relative value does not count.
  const root = base?.startsWith("/") === true ? base : join(homedir(), ".cache");
  return join(root, "neurarchy");
}

/** The folder of kernel_abi.h and its companions, from the sources or from the compiled files. */
export function headerFolder(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, "native", "include", "kernel_abi.h"))) {
    const parent = dirname(folder);
    if (parent === folder) throw new InternalError("the headers of generated code are missing");
    folder = parent;
  }
  return join(folder, "native", "include");
}

/**
 * Text of a small file, or null when there is none. What a compile from the cache reads, it reads at once: a dozen trips
 * through the pool of threads would take several times as long as the reading.
 */
export function readText(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

/** A name beside `path` that no other process uses. */
export function temporaryName(path: string): string {
  return `${path}.${process.pid}.${randomUUID().slice(0, 8)}.tmp`;
}

/** Write a file so that readers see all of it or nothing, whoever else writes it at the same time. */
export async function writeAtomically(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const temporary = temporaryName(path);
  await writeFile(temporary, text);
  await rename(temporary, path);
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ENOENT";
}
