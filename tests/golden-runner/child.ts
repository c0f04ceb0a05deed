/** A process that runs cases for `cases.ts`: whatever happens to it, the others go on. */
import type { Order } from "./cases.js";
import { changed, readCase, runCase } from "./run-case.js";

process.on("message", ({ file, changes }: Order) => {
  void runCase(changed(readCase(file), changes)).then((verdict) => process.send?.(verdict));
});
