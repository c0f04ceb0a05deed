import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, extname, join } from "node:path";
import { fileURLToPath } from "node:url";

import type { CellSurroundings } from "./cell-modules.js";
import type { ServerCommand } from "./language-client.js";

/**
 * The language servers of this installation, best first: the native one of TypeScript 7, and TypeScript 6 in Node
 * where there is no native one for the platform or it does not start.
 */
export function languageServers(): readonly ServerCommand[] {
  const native = nativeServer();
  return native === null ? [nodeServer()] : [native, nodeServer()];
}

/**
 * TypeScript 7's own language server, null if npm installed none for this platform. `bin/tsc` of the package would be
 * one more process; the program itself lies in the package for the platform, which `typescript` depends on.
 */
export function nativeServer(): ServerCommand | null {
  try {
    const typescript = createRequire(import.meta.url).resolve("ts7/package.json");
    const platform = `@typescript/typescript-${process.platform}-${process.arch}/package.json`;
    const folder = dirname(createRequire(typescript).resolve(platform));
    const command = join(folder, "lib", process.platform === "win32" ? "tsc.exe" : "tsc");
    return existsSync(command) ? { command, args: ["--lsp", "--stdio"] } : null;
  } catch {
    return null;
  }
}

/** TypeScript 6's language service in a Node process of its own, as compiled from `node-server.ts`. */
export function nodeServer(): ServerCommand {
  const script = fileURLToPath(new URL("./node-server.js", import.meta.url));
  return { command: process.execPath, args: [script] };
}

/** The surroundings of the cells in a folder, as this installation gives them: the names of the kernel and of Node. */
export function surroundingsOf(folder: string): CellSurroundings {
  const library = declarationsOf("../../lib/index");
  return {
    folder,
    prelude: [library, declarationsOf("./notebook-names")].filter((file) => existsSync(file)),
    modules: { neurarchy: library, tslab: declarationsOf("./tslab-names") },
    nodeTypes: nodeTypes(),
  };
}

/** What the compiler says about a module of ours: its declaration file, or its source where that is what runs. */
function declarationsOf(module: string): string {
  const extension = extname(import.meta.url) === ".ts" ? ".ts" : ".d.ts";
  return fileURLToPath(new URL(module + extension, import.meta.url));
}

function nodeTypes(): string | null {
  try {
    return dirname(createRequire(import.meta.url).resolve("@types/node/package.json"));
  } catch {
    return null;
  }
}
