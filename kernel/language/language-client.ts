import { spawn, type ChildProcessWithoutNullStreams } from "node:child_process";
import { readFile } from "node:fs/promises";
import { fileURLToPath, pathToFileURL } from "node:url";

import { offsetAt, positionAt, type Position } from "./cell-text.js";
import { ConnectionClosed, isRecord, JsonRpcConnection } from "./json-rpc.js";

/** A program that speaks the Language Server Protocol on its standard streams. */
export interface ServerCommand {
  readonly command: string;
  readonly args: readonly string[];
}

/** One completion as the server offers it. */
export interface ServerCompletion {
  readonly label: string;
  /** What replaces the text from `start`. */
  readonly text: string;
  /** Offset from which text is replaced; null: the start of the name before the cursor. */
  readonly start: number | null;
  /** CompletionItemKind of the protocol, 0 if unknown. */
  readonly kind: number;
  /** Orders completions: nearest scope first. */
  readonly rank: string;
  /** The server's own item, to ask for its details with. */
  readonly item: unknown;
}

/**
 * Types yield to simulations, but not for ever: with every core busy, warm answers take 20 to 100 ms at this priority
 * and seconds at the lowest one, 19 (measured on two cores under two and four endless loops).
 */
const NICE = ["nice", "-n", "10"] as const;

/**
 * A language server as a child process, with the files it sees held in memory.
 * Everything rejects with ConnectionClosed once the child is gone.
 */
export class LanguageClient {
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #connection: JsonRpcConnection;
  /** Path → text, as the server knows it. */
  #files: ReadonlyMap<string, string> = new Map();
  #version = 0;

  private constructor(command: ServerCommand, folder: string, signal: AbortSignal) {
    const [program = "", ...args] = [
      ...(process.platform === "win32" ? [] : NICE),
      command.command,
      ...command.args,
    ];
    this.#child = spawn(program, args, { cwd: folder, stdio: "pipe", signal });
    const { stdin, stdout, stderr } = this.#child;
    const connection = new JsonRpcConnection(stdout, stdin, () => null);
    this.#connection = connection;
    // A start that fails, or that `signal` stops, is an end like any other.
    this.#child.on("error", () => connection.close());
    stderr.resume();
  }

  /**
   * Start a server in a folder and agree on what both sides can do. It ends when `signal` aborts, and also with this
   * process, whose end closes its standard input.
   *
   * @throws {ConnectionClosed} when it does not start
   */
  static async start(
    command: ServerCommand,
    folder: string,
    signal: AbortSignal,
  ): Promise<LanguageClient> {
    const client = new LanguageClient(command, folder, signal);
    const markdown = ["markdown"];
    try {
      await client.#connection.request("initialize", {
        processId: process.pid,
        rootUri: null,
        capabilities: {
          textDocument: {
            completion: { completionItem: { documentationFormat: markdown } },
            hover: { contentFormat: markdown },
            definition: { linkSupport: true },
          },
        },
      });
    } catch (error) {
      client.#child.kill();
      throw error;
    }
    client.#connection.notify("initialized", {});
    return client;
  }

  /** Whether the server is still there. */
  get alive(): boolean {
    return this.#connection.open;
  }

  /** Process id of the server; undefined when it could not be started. */
  get pid(): number | undefined {
    return this.#child.pid;
  }

  /** Make the server see exactly these files, telling it only what changed. */
  show(files: ReadonlyMap<string, string>): void {
    for (const [path, text] of files) {
      const known = this.#files.get(path);
      if (known === text) continue;
      const version = ++this.#version;
      if (known === undefined) {
        const languageId = path.endsWith(".json") ? "json" : "typescript";
        this.#connection.notify("textDocument/didOpen", {
          textDocument: { uri: uriOf(path), languageId, version, text },
        });
      } else {
        this.#connection.notify("textDocument/didChange", {
          textDocument: { uri: uriOf(path), version },
          contentChanges: [{ text }],
        });
      }
    }
    for (const path of this.#files.keys()) {
      if (files.has(path)) continue;
      this.#connection.notify("textDocument/didClose", { textDocument: { uri: uriOf(path) } });
    }
    this.#files = files;
  }

  /** What could stand at an offset of a file, in no particular order. */
  async complete(path: string, offset: number, signal: AbortSignal): Promise<ServerCompletion[]> {
    const result = await this.#ask("textDocument/completion", path, offset, signal);
    const items = isRecord(result) ? result["items"] : result;
    if (!Array.isArray(items)) return [];
    return items.flatMap((item: unknown) => this.#completion(path, item) ?? []);
  }

  /** Declaration (such as `const v: number`) of a completion; null if the server knows none. */
  async detail(completion: ServerCompletion, signal: AbortSignal): Promise<string | null> {
    const item = await this.#connection.request("completionItem/resolve", completion.item, signal);
    return isRecord(item) && typeof item["detail"] === "string" ? item["detail"] : null;
  }

  /** Markdown that explains the name at an offset; null where nothing is to be said. */
  async hover(path: string, offset: number, signal: AbortSignal): Promise<string | null> {
    const hover = await this.#ask("textDocument/hover", path, offset, signal);
    const contents = isRecord(hover) ? hover["contents"] : null;
    return isRecord(contents) && typeof contents["value"] === "string" ? contents["value"] : null;
  }

  /** Source text of the first definition of the name at an offset; null if there is none. */
  async definition(path: string, offset: number, signal: AbortSignal): Promise<string | null> {
    const links = await this.#ask("textDocument/definition", path, offset, signal);
    const link: unknown = Array.isArray(links) ? links[0] : null;
    if (!isRecord(link) || typeof link["targetUri"] !== "string") return null;
    const range = rangeOf(link["targetRange"]);
    if (range === null || !link["targetUri"].startsWith("file:")) return null;
    const target = fileURLToPath(link["targetUri"]);
    const text = this.#files.get(target) ?? (await readFile(target, "utf8"));
    return text.slice(offsetAt(text, range.start), offsetAt(text, range.end));
  }

  #ask(method: string, path: string, offset: number, signal: AbortSignal): Promise<unknown> {
    const text = this.#files.get(path);
    if (text === undefined) return Promise.reject(new ConnectionClosed());
    const position = positionAt(text, offset);
    return this.#connection.request(
      method,
      { textDocument: { uri: uriOf(path) }, position },
      signal,
    );
  }

  #completion(path: string, item: unknown): ServerCompletion | null {
    if (!isRecord(item) || typeof item["label"] !== "string") return null;
    const { label, insertText, sortText, kind, textEdit } = item;
    const edit = isRecord(textEdit) && typeof textEdit["newText"] === "string" ? textEdit : null;
    const range = edit === null ? null : rangeOf(edit["range"]);
    const inserted = typeof insertText === "string" ? insertText : label;
    return {
      label,
      text: typeof edit?.["newText"] === "string" ? edit["newText"] : inserted,
      start: range === null ? null : offsetAt(this.#files.get(path) ?? "", range.start),
      kind: typeof kind === "number" ? kind : 0,
      rank: typeof sortText === "string" ? sortText : label,
      item,
    };
  }
}

function uriOf(path: string): string {
  return pathToFileURL(path).href;
}

function rangeOf(value: unknown): { start: Position; end: Position } | null {
  if (!isRecord(value)) return null;
  const start = placeOf(value["start"]);
  const end = placeOf(value["end"]);
  return start === null || end === null ? null : { start, end };
}

function placeOf(value: unknown): Position | null {
  if (!isRecord(value)) return null;
  const { line, character } = value;
  return typeof line === "number" && typeof character === "number" ? { line, character } : null;
}
