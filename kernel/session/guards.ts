import process from "node:process";

/** What a cell gets for ending the process: the kernel is not the cell's to end. */
export class ProcessExit extends Error {
  override readonly name = "ProcessExit";

  constructor(call: string) {
    super(`${call} does not end the kernel; shut it down or restart it from the menu`);
  }
}

/** Warnings about experimental features of Node that the kernel itself uses, at every supported version. */
const OWN_WARNINGS = /USE_MAIN_CONTEXT_DEFAULT_LOADER|ES Module in require|loading ES Module/;

/**
 * Keep the process alive whatever a cell does: errors that nothing catches are reported to `uncaught`, calls that would
 * end the process throw, and warnings are written to the cell's stderr.
 */
export function guardProcess(uncaught: (error: unknown) => void): void {
  process.on("uncaughtException", uncaught);
  process.on("unhandledRejection", uncaught);
  process.removeAllListeners("warning");
  process.on("warning", ({ name, message }) => {
    if (name === "ExperimentalWarning" && OWN_WARNINGS.test(message)) return;
    process.stderr.write(`${name}: ${message}\n`);
  });
  process.exit = (code) => {
    throw new ProcessExit(`process.exit(${String(code ?? "")})`);
  };
  process.abort = () => {
    throw new ProcessExit("process.abort()");
  };
}
