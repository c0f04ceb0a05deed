import { readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import type { CellFile } from "./cell-syntax-error.js";
import { strippedPositions, type Position, type Positions } from "./strip-types.js";

/** A frame of a cell: where, and the function it is in, if that has a name. */
export interface CellFrame {
  readonly cell: CellFile;
  readonly position: Position;
}

/** The stack of an error as its reader knows the code. */
export interface UserStack {
  /** Lines such as `at f (cell[3].ts:2:7)`. */
  readonly lines: readonly string[];
  /** The innermost frame that lies in a cell. */
  readonly top: CellFrame | null;
}

const TYPESCRIPT = /\.[cm]?ts$/;

/** Folders whose frames say nothing to a user: the kernel and, beside it, the library and their dependencies. */
const OWN_FOLDERS = ["..", "../../lib", "../../node_modules", "../../../node_modules"].map(
  (folder) => path.resolve(import.meta.dirname, folder),
);

/** The cells of a notebook as files, which is what stack frames speak of. */
export class CellFiles {
  private readonly folder: string;
  private readonly files = new Map<string, RunCell>();

  constructor(folder: string) {
    this.folder = folder;
  }

  /** Note the text of a cell and return the path for its code. It lies in the notebook's folder, for what it imports. */
  add(name: string, source: string, positions: Positions): string {
    const file = path.join(this.folder, name);
    this.files.set(file, { name, source, positions });
    return file;
  }

  /** The frames of an error's stack that are not the kernel's, the library's or Node's, in places of the cells. */
  userStack(error: { readonly stack?: unknown }): UserStack {
    const lines: string[] = [];
    let top: CellFrame | null = null;
    let bottom = Infinity;
    for (const line of String(error.stack).split("\n")) {
      const frame = parseFrame(line);
      if (frame === null) continue;
      const cell = this.files.get(frame.file);
      if (cell === undefined) {
        if (!isOwn(frame.file)) lines.push(this.fileFrame(frame));
        continue;
      }
      const position = cell.positions(frame);
      if (position === null) continue;
      top ??= { cell, position };
      bottom = lines.push(frameLine(frame.function, cell.name, position));
    }
    // What stands below the outermost frame of a cell is what runs cells.
    return { lines: lines.slice(0, bottom), top };
  }

  /** The frame of a user's file, called as seen from the notebook. */
  private fileFrame(frame: Frame): string {
    const near = path.relative(this.folder, frame.file);
    const name = near.startsWith("..") ? frame.file : near;
    const place = TYPESCRIPT.test(frame.file) ? filePositions(frame.file)(frame) : null;
    return frameLine(frame.function, name, place ?? frame);
  }
}

function frameLine(name: string | null, file: string, { line, column }: Position): string {
  const at = `${file}:${String(line)}:${String(column)}`;
  return name === null ? `at ${at}` : `at ${name} (${at})`;
}

/** Places in a TypeScript file; as in its JavaScript, when it cannot be read any more. */
function filePositions(file: string): Positions {
  try {
    return strippedPositions(readFileSync(file, "utf8"), "file");
  } catch {
    return () => null;
  }
}

interface RunCell extends CellFile {
  readonly positions: Positions;
}

interface Frame extends Position {
  readonly function: string | null;
  readonly file: string;
}

/** A line of V8's stack: `at f (file:3:14)` or `at file:3:14`, perhaps with `async`. */
function parseFrame(line: string): Frame | null {
  const match = /^\s+at (?:async )?(?:(.+?) \()?((?:file:\/\/)?[^()]*?):(\d+):(\d+)\)?$/.exec(line);
  if (match === null) return null;
  const [, name = null, place = "", row, column] = match;
  const file = place.startsWith("file://") ? fileURLToPath(place) : place;
  return { function: name, file, line: Number(row), column: Number(column) };
}

function isOwn(file: string): boolean {
  return !path.isAbsolute(file) || OWN_FOLDERS.some((folder) => file.startsWith(folder + path.sep));
}
