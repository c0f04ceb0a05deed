import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { parseSync } from "oxc-parser";
import type { CurrentNetwork, Simulator, SimulatorEvents } from "./simulator.js";

type Library = typeof import("../../lib/index.js");

/** The library's entry, with the extension that this file has: compiled or not. */
const ENTRY = fileURLToPath(
  new URL(`../../lib/index${path.extname(import.meta.url)}`, import.meta.url),
);

/** Open the simulator for a session. Its names are read from the text of its entry; its code waits for their use. */
export function openSimulator(events: SimulatorEvents): Simulator {
  let library: Library | null = null;
  let last: CurrentNetwork | null = null;
  const load = (): Library => {
    if (library !== null) return library;
    // Not import(): a name that is read must have its value at once.
    const loaded = createRequire(import.meta.url)(ENTRY) as Library;
    library = loaded;
    library.setup({
      host: {
        created: (network) => {
          if (network instanceof loaded.Network) last = network;
        },
        started: (run) => events.started(run),
      },
      logger: (message) => events.warned(message),
    });
    return library;
  };
  return {
    entry: ENTRY,
    names: exportedNames(),
    load,
    currentNetwork: () => last ?? load().magicNetwork(),
    isNetwork: (value): value is CurrentNetwork =>
      library !== null && value instanceof library.Network,
    raster: (source) => load().plot.raster(source as Parameters<Library["plot"]["raster"]>[0]),
  };
}

/** Names of the values that the library's entry exports. */
function exportedNames(): readonly string[] {
  const { module } = parseSync(ENTRY, readFileSync(ENTRY, "utf8"));
  return module.staticExports
    .flatMap(({ entries }) => entries)
    .filter(({ isType }) => !isType)
    .flatMap(({ exportName }) => exportName.name ?? []);
}
