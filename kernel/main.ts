#!/usr/bin/env node
/** The command `neurarchy`. This file alone ends the process. */
import { writeSync } from "node:fs";

// Kept from the start: inside a notebook, `process.exit` is the user's and ends nothing.
const exit = process.exit.bind(process);

const usage = `usage: neurarchy kernel <connection file>      run a kernel; Jupyter does this
       neurarchy install [--prefix <folder>]   show the kernel to the Jupyter of an environment
                                               (without a prefix: to every Jupyter of this user)
`;

try {
  exit(await run(process.argv.slice(2)));
} catch (error) {
  // Not process.stderr: inside a kernel that belongs to the cells.
  writeSync(2, `neurarchy: ${error instanceof Error ? error.message : String(error)}\n`);
  exit(1);
}

async function run([command, ...rest]: readonly string[]): Promise<number> {
  if (command === "kernel" && rest.length === 1) {
    const { runKernel } = await import("./main-thread.js");
    await runKernel(rest[0]!);
    return 0;
  }
  if (
    command === "install" &&
    (rest.length === 0 || (rest.length === 2 && rest[0] === "--prefix"))
  ) {
    const { install } = await import("./install/install.js");
    for (const line of install(rest[1] ?? null)) process.stdout.write(`${line}\n`);
    return 0;
  }
  process.stderr.write(usage);
  return 2;
}
