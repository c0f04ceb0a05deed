import { copyFileSync, mkdirSync, readdirSync, renameSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** Name of the kernel in notebooks and on command lines. */
const kernelName = "neurarchy";

/**
 * Make the kernel known to Jupyter: write its kernelspec.
 * @param prefix root of an environment, such as a `.venv`; null: the user's own Jupyter folder
 * @returns what was done, line by line
 */
export function install(prefix: string | null): string[] {
  const data = prefix === null ? userDataFolder() : join(prefix, "share", "jupyter");
  const folder = join(data, "kernels", kernelName);
  mkdirSync(folder, { recursive: true });
  const logos = logoFolder();
  for (const name of readdirSync(logos)) {
    replace(join(folder, name), (path) => copyFileSync(join(logos, name), path));
  }
  const text = `${JSON.stringify(kernelspec(), null, 2)}\n`;
  replace(join(folder, "kernel.json"), (path) => writeFileSync(path, text));
  return [`kernelspec ${kernelName}: ${folder}`];
}

/** https://jupyter-client.readthedocs.io/en/stable/kernels.html#kernel-specs */
function kernelspec(): Readonly<Record<string, unknown>> {
  const main = fileURLToPath(new URL("../main.js", import.meta.url));
  return {
    // Absolute, so that the kernel starts whatever the PATH of the server is.
    argv: [process.execPath, main, "kernel", "{connection_file}"],
    display_name: "TypeScript (Neurarchy)",
    language: "typescript",
    interrupt_mode: "message",
    kernel_protocol_version: "5.5",
    metadata: { debugger: false },
  };
}

function userDataFolder(): string {
  const chosen = process.env["JUPYTER_DATA_DIR"];
  if (chosen !== undefined && chosen !== "") return chosen;
  if (process.platform === "darwin") return join(homedir(), "Library", "Jupyter");
  if (process.platform === "win32") return join(process.env["APPDATA"] ?? homedir(), "jupyter");
  return join(process.env["XDG_DATA_HOME"] ?? join(homedir(), ".local", "share"), "jupyter");
}

function logoFolder(): string {
  const root = dirname(createRequire(import.meta.url).resolve("neurarchy/package.json"));
  return join(root, "kernel", "install", "kernelspec");
}

/** Write under a temporary name, then rename, so that nobody ever reads half a file. */
function replace(path: string, write: (temporary: string) => void): void {
  const temporary = `${path}.${process.pid}`;
  write(temporary);
  renameSync(temporary, path);
}
