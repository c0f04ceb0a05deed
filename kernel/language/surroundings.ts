import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

import type { CellSurroundings } from "./cell-modules.js";

/** The surroundings of the cells in a folder, as this installation gives them: the simulator's names, and Node's. */
export function surroundingsOf(folder: string): CellSurroundings {
  const require = createRequire(import.meta.url);
  const root = dirname(require.resolve("neurarchy/package.json"));
  const library = join(root, "dist", "lib", "index.d.ts");
  const present = existsSync(library);
  return {
    folder,
    prelude: present ? [library] : [],
    modules: present ? { neurarchy: library } : {},
    nodeTypes: folderOf(require, "@types/node/package.json"),
  };
}

function folderOf(require: NodeJS.Require, file: string): string | null {
  try {
    return dirname(require.resolve(file));
  } catch {
    return null;
  }
}
