/** A process that runs cases for `cases.ts`: whatever happens to it, the others go on. */
import { readCase, runCase } from "./run-case.js";

process.on("message", (file: string) => {
  void runCase(readCase(file)).then((verdict) => process.send?.(verdict));
});
