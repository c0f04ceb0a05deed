import { inspect } from "node:util";
import type { ErrorReport } from "../bridge.js";
import { caretFrame, CellSyntaxError } from "./cell-syntax-error.js";
import type { CellFiles } from "./stack.js";

/** How deep a chain of causes is followed. */
const MAX_CAUSES = 5;

/**
 * An error as the notebook shows it: what it says, the line of the cell where it came up, and the user's frames. An
 * error that carries the place of a mistake in a text, as those of equations and of TypeScript do, shows that instead.
 */
export function reportError(error: unknown, files: CellFiles): ErrorReport {
  if (error instanceof CellSyntaxError) {
    const { name, message, file, place } = error;
    const at = `    at ${file.name}:${String(place.line)}:${String(place.column)}`;
    const traceback = [`${name}: ${message}`, caretFrame(file.source, place), at];
    return { ename: name, evalue: message, traceback };
  }
  if (!isError(error)) {
    const evalue = inspect(error);
    return { ename: "Thrown", evalue, traceback: [`Thrown: ${evalue}`] };
  }
  return {
    ...headlineOf(error),
    traceback: describe(error, files, new Set(), 0),
  };
}

function headlineOf(error: Error): { ename: string; evalue: string } {
  // A program may have put anything there.
  const { name, message }: { name: unknown; message: unknown } = error;
  return { ename: String(name), evalue: String(message) };
}

/** @param known frames that an outer error has shown */
function describe(
  error: Error,
  files: CellFiles,
  known: ReadonlySet<string>,
  depth: number,
): string[] {
  const { ename, evalue } = headlineOf(error);
  const headline = evalue === "" ? ename : `${ename}: ${evalue}`;
  // Mistakes in equations are shown with carets of their own; frames would bury them.
  if ("diagnostics" in error) return [headline];
  const { lines, top } = files.userStack(error);
  const frame = top === null ? [] : [caretFrame(top.cell.source, { ...top.position, width: 1 })];
  const fresh = lines.filter((line) => !known.has(line)).map((line) => `    ${line}`);
  const report = [headline, ...frame, ...fresh];
  if (depth === MAX_CAUSES) return report;
  const inner = error instanceof AggregateError ? (error.errors as readonly unknown[]) : [];
  const causes = error.cause === undefined ? inner : [...inner, error.cause];
  for (const cause of causes) {
    const shown = isError(cause)
      ? describe(cause, files, new Set([...known, ...lines]), depth + 1)
      : [inspect(cause)];
    report.push(`Caused by ${shown.join("\n")}`);
  }
  return report;
}

/** Errors of other contexts are errors, too. */
function isError(value: unknown): value is Error {
  return value instanceof Error || Object.prototype.toString.call(value) === "[object Error]";
}
