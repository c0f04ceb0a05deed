import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

import type { CellSurroundings } from "../../kernel/language/cell-modules.js";
import type { ServerCommand } from "../../kernel/language/language-client.js";

const require = createRequire(import.meta.url);

/** The simulator's declarations in small: what the text of a model declares is known on its population. */
const SIMULATOR = `
type NameOf<L extends string> =
  L extends \`d\${infer N}/dt = \${string}\` ? N : L extends \`\${infer N} = \${string}\` ? N : never;
type NamesOf<T extends string> = T extends \`\${infer L}; \${infer R}\` ? NameOf<L> | NamesOf<R> : NameOf<T>;
/** A neuron model. */
export declare class Neuron<T extends string = string> {
  constructor(options: { equations: T });
  readonly text: T;
}
export interface Population { readonly size: number }
/** Holds what is simulated. */
export declare class Network {
  constructor(options?: { dt?: number; method?: "explicit" | "exponential" });
  /** Make a population of \`size\` neurons. */
  create<T extends string>(size: number, options: { neuron: Neuron<T> }): Population & { [K in NamesOf<T>]: number };
}
export interface NetworkOptions { dt: number }
`;

/** A notebook's folder with a local module, a misleading tsconfig.json, and a small simulator beside it. */
export function makeNotebookFolder(): CellSurroundings {
  const root = mkdtempSync(join(tmpdir(), "neurarchy types "));
  const library = join(root, "library");
  const folder = join(root, "notebook");
  mkdirSync(library);
  mkdirSync(folder);
  writeFileSync(join(library, "simulator.d.ts"), SIMULATOR);
  writeFileSync(join(library, "index.d.ts"), 'export * from "./simulator.js";\n');
  writeFileSync(join(folder, "helper.ts"), "export const helper = (n: number) => n + 1;\n");
  writeFileSync(join(folder, "tsconfig.json"), '{ "compilerOptions": { "noLib": true } }');
  return {
    folder,
    prelude: [join(library, "index.d.ts")],
    modules: { neurarchy: join(library, "index.d.ts") },
    nodeTypes: dirname(require.resolve("@types/node/package.json")),
  };
}

/** The Node server, run from its source. */
export function nodeServerFromSource(): ServerCommand {
  return {
    command: process.execPath,
    args: runSource(new URL("../../kernel/language/node-server.ts", import.meta.url)),
  };
}

/** Arguments with which Node runs a TypeScript file of this checkout, from whatever folder. */
export function runSource(script: URL): string[] {
  return ["--import", pathToFileURL(require.resolve("tsx")).href, fileURLToPath(script)];
}

/** Process ids of the running children of a process whose command line contains a word. */
export function childrenOf(parent: number, word: string): number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => new RegExp(`^PPid:\\s+${parent}$`, "m").test(readProcess(pid, "status")))
    .filter((pid) => isRunning(pid) && readProcess(pid, "cmdline").includes(word));
}

/** Whether a process exists and has not ended; one that nobody has waited for yet has. */
export function isRunning(pid: number): boolean {
  const status = readProcess(pid, "status");
  return status !== "" && !/^State:\s+Z/m.test(status);
}

function readProcess(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, "utf8");
  } catch {
    return ""; // It ended meanwhile.
  }
}
