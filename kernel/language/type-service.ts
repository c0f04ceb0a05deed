import { setMaxListeners } from "node:events";

import type { CellModules, CellSurroundings } from "./cell-modules.js";
import { toTypeScript } from "./cell-text.js";
import { findCompletions, type Completions, type OpenCell } from "./completions.js";
import { findInspection, type Inspection } from "./inspection.js";
import { ConnectionClosed } from "./json-rpc.js";
import { LanguageClient, type ServerCommand } from "./language-client.js";

/**
 * What the types of a notebook know. Offsets are UTF-16 code units of the cell as the user sees it. No call rejects,
 * and none takes longer than 2 s: a service that is not there yet, or no more, knows nothing. Questions are answered
 * in their order, and each sees the cells that were reported before it.
 */
export interface TypeService {
  /** Complete the name that ends at `offset`. */
  complete(code: string, offset: number): Promise<Completions>;
  /**
   * Explain the name at `offset`, or the function whose arguments surround it; null if there is nothing to say.
   * `detail` is Jupyter's `detail_level`: 1 adds the text that defines the name.
   */
  inspect(code: string, offset: number, detail: 0 | 1): Promise<Inspection | null>;
  /** Report a cell that was executed, whether it succeeded or not: later questions know what it declared. */
  cellRun(code: string): void;
  /** End the child process; later questions are answered with nothing. */
  close(): void;
}

/** Where the cells live and what answers for them. */
export interface TypeServiceOptions {
  /** The notebook's folder, an absolute path. */
  readonly folder: string;
  /** What the cells see around them; default: the names of this installation. */
  readonly surroundings?: CellSurroundings;
  /** Language servers to try, best first; default: those of this installation. */
  readonly servers?: readonly ServerCommand[];
  /** A question is answered with nothing after this time [ms]; default 2000. */
  readonly deadline?: number;
}

/** Time from the first cell to the start of the server, if no question starts it earlier [ms]. */
const WARM_UP = 1000;
/** How often each server is started in the life of a service. */
const MAX_STARTS = 3;

/** Make the type service of a notebook. Nothing is loaded or started before the first question or cell. */
export function createTypeService(options: TypeServiceOptions): TypeService {
  return new ChildTypeService(options);
}

class ChildTypeService implements TypeService {
  readonly #options: TypeServiceOptions;
  readonly #deadline: number;
  /** Servers not given up yet, best first; null before the first start. */
  #servers: ServerCommand[] | null = null;
  #starts = 0;
  /** The server being started or running; null before the first question and after a death. */
  #starting: Promise<LanguageClient | null> | null = null;
  #client: LanguageClient | null = null;
  #modules: Promise<CellModules> | null = null;
  /** Cells that ran and that `#modules` has not taken in yet. */
  #unread: string[] = [];
  /** Settles when the last question so far has its answer. */
  #turn: Promise<unknown> = Promise.resolve();
  #warmUp: NodeJS.Timeout | null = null;
  readonly #closing = new AbortController();

  constructor(options: TypeServiceOptions) {
    this.#options = options;
    this.#deadline = options.deadline ?? 2000;
  }

  complete(code: string, offset: number): Promise<Completions> {
    return this.#ask(code, offset, { matches: [], start: offset, end: offset }, findCompletions);
  }

  inspect(code: string, offset: number, detail: 0 | 1): Promise<Inspection | null> {
    return this.#ask(code, offset, null, (cell, at, signal) =>
      findInspection(cell, at, detail, signal),
    );
  }

  cellRun(code: string): void {
    if (this.#closing.signal.aborted) return;
    this.#unread.push(code);
    this.#warmUp ??= setTimeout(() => void this.complete("", 0), WARM_UP).unref();
  }

  close(): void {
    if (this.#warmUp !== null) clearTimeout(this.#warmUp);
    this.#closing.abort();
  }

  /** Put a question to the server when those before it are answered, or give `nothing` at the deadline. */
  #ask<T>(
    code: string,
    offset: number,
    nothing: T,
    question: (cell: OpenCell, offset: number, signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    const signal = AbortSignal.timeout(this.#deadline);
    // One question is many requests, and each listens for the deadline.
    setMaxListeners(0, signal);
    const expired = new Promise<T>((resolve) => {
      signal.addEventListener("abort", () => resolve(nothing), { once: true });
    });
    const answer = this.#turn.then(async () => {
      const cell = await this.#open(toTypeScript(code, offset), signal);
      return cell === null ? nothing : question(cell, offset, signal);
    });
    // A server that died, or that refused one question, is no reason to fail: types are a courtesy.
    const settled = Promise.race([answer, expired]).catch(() => nothing);
    this.#turn = settled;
    return settled;
  }

  /** Show the server the notebook with this cell as the current one; null if it is too late or there is no server. */
  async #open(code: string, signal: AbortSignal): Promise<OpenCell | null> {
    this.#modules ??= this.#prepare();
    const modules = await this.#modules;
    const client = await this.#living();
    // A question that expired must not put its cell under the next one.
    if (client === null || signal.aborted) return null;
    modules.add(this.#unread.splice(0));
    client.show(modules.files(code));
    return { client, path: modules.current, code, shift: modules.currentPrefix().length };
  }

  async #prepare(): Promise<CellModules> {
    const { folder, surroundings } = this.#options;
    const { CellModules } = await import("./cell-modules.js");
    const { surroundingsOf } = await import("./installation.js");
    return new CellModules(surroundings ?? surroundingsOf(folder));
  }

  /** The running server; one that died is started again. */
  #living(): Promise<LanguageClient | null> {
    if (this.#client?.alive === false) {
      this.#client = null;
      this.#starting = null;
    }
    this.#starting ??= this.#start();
    return this.#starting;
  }

  /** Start the best server; one that does not start, or that died too often, is given up for the next. */
  async #start(): Promise<LanguageClient | null> {
    const { languageServers } = await import("./installation.js");
    this.#servers ??= [...(this.#options.servers ?? languageServers())];
    for (let server = this.#servers[0]; server !== undefined; server = this.#servers[0]) {
      try {
        if (this.#starts++ === MAX_STARTS) throw new ConnectionClosed();
        const { folder } = this.#options;
        this.#client = await LanguageClient.start(server, folder, this.#closing.signal);
        return this.#client;
      } catch {
        this.#servers.shift();
        this.#starts = 0;
      }
    }
    return null;
  }
}
