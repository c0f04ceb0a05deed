import { SourceMap } from "node:module";
import { transformSync, type OxcError, type TransformOptions } from "oxc-transform";
import { CellSyntaxError, placeOf, type CellFile } from "./cell-syntax-error.js";
import { replaceMagics, type LineMagic } from "./line-magics.js";
import { rewrite, type ScopeRules } from "./rewrite.js";

/** A cell ready to run. */
export interface CompiledCell {
  /** JavaScript: an expression whose value is an async function of the cell's runtime. */
  readonly code: string;
  /** Names that the cell declares; they must be properties of the user's scope before it runs. */
  readonly names: readonly string[];
  /** Names that it declares or uses as variables instead, because they are JavaScript's own. */
  readonly shadows: readonly string[];
  /** Whether the value that the runtime holds at the end is the result of the cell. */
  readonly hasResult: boolean;
  readonly magics: readonly LineMagic[];
  /** The position in the cell of a position in `code`; null for code that only the compiler wrote. */
  readonly position: SourcePositions;
}

type SourcePositions = (at: Position) => Position | null;

/** A line and a column of a text, counted from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

const OPTIONS: TransformOptions = {
  lang: "ts",
  sourceType: "module",
  // The oldest Node that is supported; of what is newer only `using` is compiled away.
  target: "es2022",
  decorator: { legacy: true },
  // An import may be used by a later cell, so a name that this one does not use must stay.
  typescript: { onlyRemoveTypeImports: true },
};

const NO_RULES: ScopeRules = { reserved: new Set(), shadowed: [] };

/**
 * Compile a TypeScript cell to JavaScript. Pure; about 0.5 ms for 50 lines.
 *
 * @param name what the cell is called in errors
 * @throws {CellSyntaxError} when the cell is not TypeScript
 */
export function transpile(source: string, name = "cell.ts", rules = NO_RULES): CompiledCell {
  const cell = replaceMagics(source);
  const { code, errors } = transformSync("cell.ts", cell.code, OPTIONS);
  const error = errors.find(isError);
  if (error !== undefined) throw syntaxError(error, { name, source }, cell.code);
  const rewritten = rewrite(code, rules);
  const { names, shadows, hasResult } = rewritten;
  let positions: SourcePositions | null = null;
  const position: SourcePositions = (at) => (positions ??= sourcePositions(source, rules))(at);
  return { code: rewritten.code, names, shadows, hasResult, magics: cell.magics, position };
}

/**
 * From positions in the compiled code of a cell to positions in the cell. It compiles the cell once more, because maps
 * are needed only for errors and would cost every cell as much as the rest of its compilation.
 */
function sourcePositions(source: string, rules: ScopeRules): SourcePositions {
  const cell = replaceMagics(source);
  const { code, map } = transformSync("cell.ts", cell.code, { ...OPTIONS, sourcemap: true });
  if (map === undefined) return () => null;
  const types = new SourceMap({ ...map, file: "", sourceRoot: "", sourcesContent: [] });
  const { mappings } = rewrite(code, rules).edits.generateDecodedMap({ hires: "boundary" });
  return ({ line, column }) => {
    const segment = (mappings[line - 1] ?? []).findLast(([start]) => start < column);
    if (segment?.length === undefined || segment.length === 1) return null;
    const [, , originalLine, originalColumn] = segment;
    const entry = types.findEntry(originalLine, originalColumn);
    if (!("originalLine" in entry)) return null;
    const original = { line: entry.originalLine + 1, column: entry.originalColumn + 1 };
    return cell.magics.find((magic) => magic.line === original.line) ?? original;
  };
}

/** What a console does when its reader presses Enter. */
export type Completeness =
  | { readonly status: "complete" }
  | { readonly status: "invalid" }
  /** More lines are to come, the next indented by `indent`. */
  | { readonly status: "incomplete"; readonly indent: string };

/** Whether a text could be run as a cell, is the beginning of one, or is neither. */
export function isComplete(source: string): Completeness {
  const { code } = replaceMagics(source);
  const error = transformSync("cell.ts", code, OPTIONS).errors.find(isError);
  if (error === undefined) return { status: "complete" };
  const { start } = rangeOf(error, code);
  const isAtEnd = code.slice(start).trim() === "";
  const isOpen = /^(?:`|\/\*)/.test(code.slice(start));
  if (!isAtEnd && !isOpen) return { status: "invalid" };
  const lastLine = source.trimEnd().split("\n").at(-1) ?? "";
  const indent = /^[ \t]*/.exec(lastLine)?.[0] ?? "";
  return { status: "incomplete", indent: /[{([]$|=>$/.test(lastLine) ? `${indent}  ` : indent };
}

function isError({ severity }: OxcError): boolean {
  // The enum of the package exists in its types only.
  return (severity as string) === "Error";
}

function syntaxError(error: OxcError, file: CellFile, code: string): CellSyntaxError {
  const { start, end } = rangeOf(error, code);
  const help = error.helpMessage === null ? "" : `; ${error.helpMessage}`;
  return new CellSyntaxError(`${error.message}${help}`, file, placeOf(code, start, end));
}

/** The range of an error, in code units; its labels count bytes of UTF-8. */
function rangeOf({ labels }: OxcError, code: string): { start: number; end: number } {
  // A name declared twice comes with two labels, of which the second is the mistake.
  const second = labels.find(({ message }) => message?.includes("redeclared"));
  const label = second ?? labels[0] ?? { start: 0, end: 0 };
  const bytes = Buffer.from(code);
  const start = bytes.subarray(0, label.start).toString().length;
  return { start, end: start + bytes.subarray(label.start, label.end).toString().length };
}
