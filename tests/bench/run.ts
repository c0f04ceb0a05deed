/** Run one benchmark: `npm run bench -- coba`. Without a name, or with an unknown one, the names are listed. */
import { readdirSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { join } from "node:path";

const names = readdirSync(import.meta.dirname)
  .filter((file) => file.endsWith(".ts") && file !== "run.ts")
  .map((file) => file.slice(0, -".ts".length))
  .sort();

const name = process.argv[2];
if (name !== undefined && names.includes(name)) {
  await import(pathToFileURL(join(import.meta.dirname, `${name}.ts`)).href);
} else {
  console.error(`usage: npm run bench -- <name>, where the name is one of: ${names.join(", ")}`);
  process.exitCode = 2;
}
