import type { CompileOptions as Toolchain } from "../compile/compile.js";
import { invalid } from "./config.js";
import type { NetworkState } from "./state.js";

/** How a network is compiled. */
export interface CompileOptions {
  /** The C compiler. Default: that of the configuration file, `$CC`, then gcc, clang, cc on the path. */
  readonly compiler?: string;
  /** Optimization, and the processor to compile for. Default: those of the configuration file, then `-O3 -march=native`. */
  readonly compilerFlags?: string;
  /** Configuration file instead of the user's `~/.config/neurarchy/neurarchy.json`: `{ "openmp": { "compiler", "flags" } }`. */
  readonly configFile?: string;
  /** Folder for compiled models. Default: that of the user's cache. */
  readonly directory?: string;
  /** Compile also what was compiled before. Default false. */
  readonly clean?: boolean;
  /** Say nothing of what is compiled, also with the key `verbose`. Default false. */
  readonly silent?: boolean;
  /** Compile without optimization and with the names of lines, for a debugger. Default false. */
  readonly debugBuild?: boolean;
  /** Ends the compile; the promise is rejected with its reason. */
  readonly signal?: AbortSignal;
  /** No effect: the engine does not take C++ sources. */
  readonly addSources?: string;
  /** No effect. */
  readonly extraLibs?: string;
  /** No effect: there is no engine for graphics cards. */
  readonly cudaConfig?: Readonly<Record<string, unknown>>;
  /** No effect. */
  readonly traceCalls?: "init" | "simulate" | "both" | null;
  /** No effect. */
  readonly profileEnabled?: boolean;
}

/** Options of the reference that mean nothing here. */
const WITHOUT_EFFECT: readonly (keyof CompileOptions)[] = [
  ...(["addSources", "extraLibs", "cudaConfig", "traceCalls", "profileEnabled"] as const),
];

const TEXTS = ["compiler", "compilerFlags", "configFile", "directory"] as const;
const FLAGS = ["clean", "silent", "debugBuild"] as const;

/** What is said for `compiler` and its flags when nothing is asked for. */
const DEFAULT = "default";

/**
 * The options of a compile as the toolchain takes them; warns of those that have no effect.
 *
 * @throws {InvalidConfiguration} INVALID_SETTING.
 */
export function toolchainOf(options: CompileOptions, state: NetworkState): Toolchain {
  for (const [option, type] of [
    ...TEXTS.map((key) => [key, "string"] as const),
    ...FLAGS.map((key) => [key, "boolean"] as const),
  ]) {
    const value = options[option];
    if (value === undefined || typeof value === type) continue;
    const expected = type === "string" ? "a text" : "true or false";
    throw invalid({ option, value: String(value), expected });
  }
  const ignored = WITHOUT_EFFECT.filter((key) => Boolean(options[key]));
  if (ignored.length > 0) state.warn("IGNORED_KEYS", { keys: ignored });
  const { compiler, compilerFlags, configFile, directory, clean = false, debugBuild } = options;
  const flags = debugBuild === true ? "-O0 -g" : compilerFlags;
  return {
    clean,
    ...(compiler === undefined || compiler === DEFAULT ? {} : { compiler }),
    ...(flags === undefined || flags === DEFAULT ? {} : { flags }),
    ...(configFile === undefined || configFile === "" ? {} : { configFile }),
    ...(directory === undefined ? {} : { cacheFolder: directory }),
  };
}

/** What copies and replicas are compiled with: for them all is there already, and another signal ends it. */
export function inheritable(options: CompileOptions): CompileOptions {
  const own = ["signal", "clean"];
  return Object.fromEntries(Object.entries(options).filter(([key]) => !own.includes(key)));
}
