import { join } from "node:path";

import { built, goingOn, resumable } from "./resumable.js";

/** Load the networks that another process saved in a folder, and print how each goes on. */
const [folder = "", ending = "", time = "0"] = process.argv.slice(2);
const results: string[] = [];
for (const [i, kind] of Object.keys(resumable).entries()) {
  const { net } = await built(kind, { numThreads: 2, forceThreads: true });
  await net.load(join(folder, `${i}${ending}`));
  results.push(await goingOn(net, Number(time)));
}
process.stdout.write(JSON.stringify(results));
