import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";

const python = join(import.meta.dirname, "..", "..", ".test-venv", "bin", "python");

/** Whether the Python packages of tests/requirements.txt are there. */
export const hasPython = existsSync(python);

/** Run a program with its arguments in `sys.argv`; what it prints, which must be JSON. */
export function runPython(program: string, ...args: readonly string[]): unknown {
  return JSON.parse(execFileSync(python, ["-c", program, ...args], { encoding: "utf8" }));
}
