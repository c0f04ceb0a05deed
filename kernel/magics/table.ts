import type { Magic } from "./magic.js";
import { nearest } from "./nearest.js";
import { compile, config, reset, simulate } from "./network.js";
import { raster } from "./raster.js";

/** `%lsmagic`: every magic with its usage. */
const lsmagic: Magic = {
  usage: "lsmagic",
  summary: "list the magics",
  run({ print }) {
    const all = Object.values(magics);
    const width = Math.max(...all.map(({ usage }) => usage.length));
    print(all.map(({ usage, summary }) => `%${usage.padEnd(width)}  ${summary}`).join("\n"));
    return Promise.resolve();
  },
};

/** The line magics by name. */
const magics: Readonly<Record<string, Magic>> = {
  compile,
  simulate,
  reset,
  config,
  raster,
  lsmagic,
};

/** The magic of a name; null when there is none. */
export function findMagic(name: string): Magic | null {
  return Object.hasOwn(magics, name) ? (magics[name] ?? null) : null;
}

/** What is said about a name that is no magic, with the nearest one. */
export function unknownMagic(name: string): string {
  const near = nearest(name, Object.keys(magics));
  const hint = near === null ? "%lsmagic lists them" : `did you mean %${near}?`;
  return `unknown magic %${name}; ${hint}`;
}
