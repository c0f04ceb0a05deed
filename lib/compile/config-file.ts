import { homedir } from "node:os";
import { join } from "node:path";

import { compileProblem } from "../errors.js";
import { readText } from "./files.js";

/** What a configuration file says of the compiler. */
export interface ConfigFile {
  readonly compiler?: string;
  readonly flags?: string;
}

/** Where a user's configuration file is. */
function defaultConfigFile(): string {
  const base = process.env["XDG_CONFIG_HOME"];
  // The rule of the XDG base directories: an empty or relative value does not count.
  const root = base?.startsWith("/") === true ? base : join(homedir(), ".config");
  return join(root, "neurarchy", "neurarchy.json");
}

/**
 * Read `{ "openmp": { "compiler": "clang", "flags": "-O2" } }`, from a file that must be there, or from the user's, which need
 * not. Both entries may be left out, and are when they are `default`; other keys are those of the reference and not read.
 *
 * @throws {CompileError} INVALID_CONFIG_FILE.
 */
export function readConfigFile(path: string | undefined): ConfigFile {
  const file = path ?? defaultConfigFile();
  const refuse = (reason: string): never => {
    throw compileProblem("INVALID_CONFIG_FILE", { file, reason });
  };
  const text = readText(file);
  if (text === null) return path === undefined ? {} : refuse("there is no such file");
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch (error) {
    return refuse(error instanceof Error ? error.message : String(error));
  }
  if (!isObject(content)) return refuse("it must hold an object");
  const { openmp = {} } = content;
  if (!isObject(openmp)) return refuse("openmp must be an object");
  const entry = (key: "compiler" | "flags"): object => {
    const value = openmp[key];
    if (value === undefined || value === "default") return {};
    return typeof value === "string" ? { [key]: value } : refuse(`openmp.${key} must be a text`);
  };
  return { ...entry("compiler"), ...entry("flags") };
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
