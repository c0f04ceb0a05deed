import { readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import ts from "typescript";
import { expect, it } from "vitest";

const folder = dirname(fileURLToPath(import.meta.url));
const root = join(folder, "..", "..");
const files = readdirSync(folder).filter((file) => !file.endsWith(".test.ts"));

const config = ts.readConfigFile(join(root, "tsconfig.json"), (path) => ts.sys.readFile(path));
const { options } = ts.parseJsonConfigFileContent(config.config, ts.sys, root);
const paths = files.map((file) => join(folder, file));
const program = ts.createProgram(paths, options);

it.each(files)("accepts and refuses what %s says", (file) => {
  const source = program.getSourceFile(join(folder, file));
  const diagnostics = [
    ...program.getSyntacticDiagnostics(source),
    ...program.getSemanticDiagnostics(source),
  ];
  const messages = diagnostics.map(({ file: place, start, messageText }) => {
    const line = place === undefined ? 0 : place.getLineAndCharacterOfPosition(start ?? 0).line + 1;
    return `${line}: ${ts.flattenDiagnosticMessageText(messageText, "\n")}`;
  });
  expect(messages).toEqual([]);
});
