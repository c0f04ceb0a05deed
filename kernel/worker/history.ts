import { appendFile } from "node:fs/promises";
import { closeSync, mkdirSync, openSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";

/** A cell as it was run, and the text of its result. */
export interface HistoryEntry {
  readonly session: number;
  readonly line: number;
  readonly input: string;
  readonly output: string | null;
}

/** Files of older sessions are removed. */
const sessionsKept = 1000;

/**
 * What was run, now and in earlier sessions: one file of JSON lines per session, made with its first cell, so that
 * kernels that run at the same time never share one. Without a writable folder the history lasts as long as the
 * kernel.
 */
export class History {
  private readonly folder: string;
  private readonly current: HistoryEntry[] = [];
  /** Number of this session; null until its first cell. */
  private session: number | null = null;
  private file: string | null = null;
  private writing: Promise<void> = Promise.resolve();

  constructor(folder: string) {
    this.folder = folder;
  }

  add(line: number, input: string, output: string | null): void {
    this.session ??= this.begin();
    const entry = { session: this.session, line, input, output };
    this.current.push(entry);
    const { file } = this;
    if (file === null) return;
    this.writing = this.writing
      .then(() => appendFile(file, `${JSON.stringify([line, input, output])}\n`))
      .catch(() => undefined);
  }

  /** The newest `n` cells, oldest first. */
  tail(n: number): HistoryEntry[] {
    return this.newest(n, () => true);
  }

  /**
   * Cells `start` (inclusive) to `stop` (exclusive, null: to the end) of a session: 0 is this one, -1 the one
   * before, positive numbers are absolute.
   */
  range(session: number, start: number, stop: number | null): HistoryEntry[] {
    const wanted = (line: number): boolean => line >= start && (stop === null || line < stop);
    return this.entriesOf(session).filter((entry) => wanted(entry.line));
  }

  /** The newest `n` cells (null: all) that match a glob of `*` and `?`, oldest first; `unique`: each text once. */
  search(pattern: string, n: number | null, unique: boolean): HistoryEntry[] {
    const glob = globExpression(pattern);
    const texts = new Set<string>();
    return this.newest(n ?? Infinity, (entry) => {
      if (!glob.test(entry.input) || (unique && texts.has(entry.input))) return false;
      texts.add(entry.input);
      return true;
    });
  }

  /** Resolve when every cell stands in the file. */
  async close(): Promise<void> {
    await this.writing;
  }

  private newest(n: number, accepts: (entry: HistoryEntry) => boolean): HistoryEntry[] {
    const found: HistoryEntry[] = [];
    const past = this.pastSessions();
    for (let entries: HistoryEntry[] | null = this.current; entries;) {
      for (let i = entries.length - 1; i >= 0 && found.length < n; i--) {
        if (accepts(entries[i]!)) found.push(entries[i]!);
      }
      const earlier = found.length < n ? past.pop() : undefined;
      entries = earlier === undefined ? null : this.read(earlier);
    }
    return found.reverse();
  }

  private entriesOf(session: number): HistoryEntry[] {
    if (session === 0 || session === this.session) return this.current;
    const number = session > 0 ? session : this.pastSessions().at(session);
    return number === undefined ? [] : this.read(number);
  }

  /** Numbers of the sessions before this one, ascending. */
  private pastSessions(): number[] {
    return sessionsIn(this.folder).filter((n) => this.session === null || n < this.session);
  }

  private read(session: number): HistoryEntry[] {
    let text: string;
    try {
      text = readFileSync(this.path(session), "utf8");
    } catch {
      return [];
    }
    return text.split("\n").flatMap((line) => parseEntry(session, line));
  }

  /** Take the next free number by making its file; two kernels cannot take the same. */
  private begin(): number {
    const past = sessionsIn(this.folder);
    const first = (past.at(-1) ?? 0) + 1;
    try {
      mkdirSync(this.folder, { recursive: true, mode: 0o700 });
      for (const old of past.slice(0, -sessionsKept)) rmSync(this.path(old), { force: true });
      for (let session = first; ; session++) {
        if (create(this.path(session))) {
          this.file = this.path(session);
          return session;
        }
      }
    } catch {
      return first;
    }
  }

  private path(session: number): string {
    return join(this.folder, `${session}.jsonl`);
  }
}

function sessionsIn(folder: string): number[] {
  let names: string[];
  try {
    names = readdirSync(folder);
  } catch {
    return [];
  }
  const numbers = names.flatMap((name) => {
    const match = /^(\d+)\.jsonl$/.exec(name);
    return match ? [Number(match[1])] : [];
  });
  return numbers.sort((a, b) => a - b);
}

/** Make an empty file; false when it is already there. */
function create(path: string): boolean {
  try {
    closeSync(openSync(path, "wx", 0o600));
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return false;
    throw error;
  }
}

/** A line that is not an entry, such as one cut off by a full disk, is passed over. */
function parseEntry(session: number, text: string): HistoryEntry[] {
  try {
    const value: unknown = JSON.parse(text);
    if (!Array.isArray(value)) return [];
    const [line, input, output] = value as unknown[];
    if (typeof line !== "number" || typeof input !== "string") return [];
    return [{ session, line, input, output: typeof output === "string" ? output : null }];
  } catch {
    return [];
  }
}

function globExpression(pattern: string): RegExp {
  const source = pattern
    .replace(/[\\^$.+()|[\]{}]/g, "\\$&")
    .replace(/\*+/g, ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${source}$`, "s");
}
