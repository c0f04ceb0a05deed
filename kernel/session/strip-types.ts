import { SourceMap } from "node:module";
import { transformSync, type OxcError, type TransformOptions } from "oxc-transform";

/** A line and a column of a text, counted from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** From positions in code to positions in the text it was made of; null for code that only the compiler wrote. */
export type Positions = (at: Position) => Position | null;

/** A mistake in the code units `[start, end)` of a text. */
export interface Mistake {
  readonly message: string;
  readonly start: number;
  readonly end: number;
}

/** A TypeScript module compiled to JavaScript. */
export interface Stripped {
  readonly code: string;
  /** The first mistake, if there is one; then the code may be missing. */
  readonly mistake: Mistake | null;
}

/** `cell`: every import stays, because a later cell may use it. `file`: what only types use goes, as in TypeScript. */
export type ModuleKind = "cell" | "file";

function optionsOf(kind: ModuleKind): TransformOptions {
  return {
    lang: "ts",
    sourceType: "module",
    // The oldest Node that is supported; of what is newer only `using` is compiled away.
    target: "es2022",
    decorator: { legacy: true },
    typescript: { onlyRemoveTypeImports: kind === "cell" },
  };
}

/** Compile a TypeScript module to a JavaScript module in which every statement ends with a semicolon. */
export function stripTypes(source: string, kind: ModuleKind): Stripped {
  const { code, errors } = transformSync("cell.ts", source, optionsOf(kind));
  // The enum of severities exists in the package's types only.
  const error = errors.find(({ severity }) => (severity as string) === "Error");
  return { code, mistake: error === undefined ? null : mistakeOf(error, source) };
}

/** The positions of what `stripTypes` makes; apart from it, because a map costs as much as the compilation. */
export function strippedPositions(source: string, kind: ModuleKind): Positions {
  const { map } = transformSync("cell.ts", source, { ...optionsOf(kind), sourcemap: true });
  if (map === undefined) return () => null;
  const entries = new SourceMap({ ...map, file: "", sourceRoot: "", sourcesContent: [] });
  return ({ line, column }) => {
    const entry = entries.findEntry(line - 1, column - 1);
    if (!("originalLine" in entry)) return null;
    return { line: entry.originalLine + 1, column: entry.originalColumn + 1 };
  };
}

function mistakeOf({ message, helpMessage, labels }: OxcError, source: string): Mistake {
  // A name declared twice comes with two labels, of which the second is the mistake.
  const second = labels.find((label) => label.message?.includes("redeclared"));
  const label = second ?? labels[0] ?? { start: 0, end: 0 };
  // Labels count bytes of UTF-8.
  const bytes = Buffer.from(source);
  const start = bytes.subarray(0, label.start).toString().length;
  const end = start + bytes.subarray(label.start, label.end).toString().length;
  return { message: helpMessage === null ? message : `${message}; ${helpMessage}`, start, end };
}
