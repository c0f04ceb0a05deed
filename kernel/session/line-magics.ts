import { parseSync } from "oxc-parser";

/** A line that may be a magic: `%name`, then what it is given. A remainder operator has a space or a digit behind it. */
const MAGIC_LINE = /^([ \t]*)%([A-Za-z_]\w*)(.*)$/;

/** A magic found in a cell, with the place of its `%`, counted from 1. */
export interface LineMagic {
  readonly name: string;
  readonly line: number;
  readonly column: number;
}

/** A cell whose magics have become TypeScript, line by line, so that every other position stays what it was. */
export interface CellSource {
  readonly code: string;
  readonly magics: readonly LineMagic[];
}

/**
 * Replace the line magics of a cell by calls. A line is a magic when it starts with `%name` where a statement could
 * start, that is, when the text above it is complete: inside a template literal, a comment or an open bracket it is not.
 */
export function replaceMagics(source: string): CellSource {
  if (!/^[ \t]*%[A-Za-z_]/m.test(source)) return { code: source, magics: [] };
  const magics: LineMagic[] = [];
  const lines = source.split("\n");
  for (const [index, line] of lines.entries()) {
    const match = MAGIC_LINE.exec(line);
    if (match === null || !endsStatement(lines.slice(0, index).join("\n"))) continue;
    const [, indent = "", name = "", argument = ""] = match;
    magics.push({ name, line: index + 1, column: indent.length + 1 });
    // The semicolon in front ends a statement of the line above that has none.
    lines[index] =
      `${indent};await $cell.magic(${JSON.stringify(name)}, ${JSON.stringify(argument.trim())});`;
  }
  return { code: lines.join("\n"), magics };
}

function endsStatement(text: string): boolean {
  const options = { lang: "ts", sourceType: "module" } as const;
  return parseSync("cell.ts", text, options).errors.length === 0;
}
