/** A text that is run, with what it is called in errors: `cell[3].ts`. */
export interface CellFile {
  readonly name: string;
  readonly source: string;
}

/** A cell that is not TypeScript: the sentence, its place, and the line with a caret. */
export class CellSyntaxError extends SyntaxError {
  override readonly name = "SyntaxError";
  readonly file: CellFile;
  readonly place: Place;

  constructor(message: string, file: CellFile, place: Place) {
    super(message);
    this.file = file;
    this.place = place;
  }
}

/** Where something stands in a text: counted from 1; `width` code units long. */
export interface Place {
  readonly line: number;
  readonly column: number;
  readonly width: number;
}

/** Place of the code units `[start, end)` of a text; a range over several lines ends with its first. */
export function placeOf(text: string, start: number, end: number): Place {
  const lineStart = text.lastIndexOf("\n", start - 1) + 1;
  const newline = text.indexOf("\n", start);
  const lineEnd = newline < 0 ? text.length : newline;
  let line = 1;
  for (let at = text.indexOf("\n"); at >= 0 && at < lineStart; at = text.indexOf("\n", at + 1))
    line++;
  return {
    line,
    column: start - lineStart + 1,
    width: Math.max(1, Math.min(end, lineEnd) - start),
  };
}

/** The line of a place with carets under it. */
export function caretFrame(source: string, { line, column, width }: Place): string {
  const text = source.split("\n")[line - 1] ?? "";
  const gutter = String(line);
  // Tabs stay tabs, so that the caret stands under its column at any tab width.
  const indent = text.slice(0, column - 1).replace(/[^\t]/g, " ");
  return `  ${gutter} | ${text}\n  ${" ".repeat(gutter.length)} | ${indent.padEnd(column - 1)}${"^".repeat(width)}`;
}
