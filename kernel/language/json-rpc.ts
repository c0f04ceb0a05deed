import type { Readable, Writable } from "node:stream";

/** Answers a request or takes a notification (whose result is ignored). */
export type Handler = (method: string, params: unknown) => unknown;

/** The other end closed the connection, died, or sent what is not JSON-RPC. */
export class ConnectionClosed extends Error {
  constructor() {
    super("the language server is gone");
    this.name = "ConnectionClosed";
  }
}

/** The other end answered a request with an error. */
export class RequestFailed extends Error {
  constructor(message: string) {
    super(message);
    this.name = "RequestFailed";
  }
}

interface Pending {
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: Error) => void;
}

const HEADER_END = "\r\n\r\n";
const METHOD_NOT_FOUND = -32601;

/**
 * One end of a JSON-RPC 2.0 connection with `Content-Length` framing, as the Language Server Protocol has it
 * (base protocol, version 3.17). Written here because it is a page of code, and the usual library would cost
 * more start-up time and memory in the protocol worker than the page.
 */
export class JsonRpcConnection {
  readonly #output: Writable;
  readonly #handle: Handler;
  readonly #pending = new Map<number, Pending>();
  #received: Buffer = Buffer.alloc(0);
  #lastId = 0;
  #open = true;

  /** Speak over a pair of streams; `handle` answers what the other end asks and may return a promise. */
  constructor(input: Readable, output: Writable, handle: Handler) {
    this.#output = output;
    this.#handle = handle;
    input.on("data", (chunk: Buffer) => this.#receive(chunk));
    input.on("close", () => this.close());
    // A write to an end that died; the close of the input reports it.
    output.on("error", () => this.close());
  }

  /** Whether requests can still be answered. */
  get open(): boolean {
    return this.#open;
  }

  /**
   * Ask the other end and wait for its answer. When `signal` aborts, the other end is told to give up.
   *
   * @throws {ConnectionClosed} when the connection closes first
   * @throws {RequestFailed} when the answer is an error
   */
  request(method: string, params: unknown, signal?: AbortSignal): Promise<unknown> {
    if (!this.#open) return Promise.reject(new ConnectionClosed());
    const id = ++this.#lastId;
    const cancel = (): void => this.notify("$/cancelRequest", { id });
    signal?.addEventListener("abort", cancel, { once: true });
    return new Promise((resolve, reject) => {
      this.#pending.set(id, { resolve, reject });
      this.#send({ id, method, params });
    }).finally(() => signal?.removeEventListener("abort", cancel));
  }

  /** Tell the other end something that has no answer. */
  notify(method: string, params: unknown): void {
    this.#send({ method, params });
  }

  /** Reject what is pending and send nothing more. The streams belong to the caller. */
  close(): void {
    this.#open = false;
    const pending = [...this.#pending.values()];
    this.#pending.clear();
    for (const { reject } of pending) reject(new ConnectionClosed());
  }

  #send(message: object): void {
    if (!this.#open) return;
    const body = Buffer.from(JSON.stringify({ jsonrpc: "2.0", ...message }));
    this.#output.write(`Content-Length: ${body.length}${HEADER_END}`);
    this.#output.write(body);
  }

  #receive(chunk: Buffer): void {
    this.#received = this.#received.length === 0 ? chunk : Buffer.concat([this.#received, chunk]);
    while (this.#open) {
      const headerEnd = this.#received.indexOf(HEADER_END);
      if (headerEnd < 0) return;
      const length = /^Content-Length: *(\d+)$/im.exec(
        this.#received.toString("latin1", 0, headerEnd),
      );
      if (length === null) {
        this.close();
        return;
      }
      const start = headerEnd + HEADER_END.length;
      const end = start + Number(length[1]);
      if (this.#received.length < end) return;
      const body = this.#received.toString("utf8", start, end);
      this.#received = this.#received.subarray(end);
      this.#dispatch(body);
    }
  }

  #dispatch(body: string): void {
    const message = parseObject(body);
    if (message === null) {
      this.close();
      return;
    }
    const { id, method } = message;
    if (typeof method === "string") {
      void this.#answer(method, message["params"], id);
    } else if (typeof id === "number") {
      const pending = this.#pending.get(id);
      this.#pending.delete(id);
      const { error } = message;
      if (error === undefined) pending?.resolve(message["result"]);
      else pending?.reject(new RequestFailed(isRecord(error) ? String(error["message"]) : "error"));
    }
  }

  async #answer(method: string, params: unknown, id: unknown): Promise<void> {
    try {
      const result = (await this.#handle(method, params)) ?? null;
      if (id !== undefined) this.#send({ id, result });
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      if (id !== undefined) this.#send({ id, error: { code: METHOD_NOT_FOUND, message } });
    }
  }
}

/** Tell whether a value is a plain object of unknown fields. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function parseObject(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : null;
  } catch {
    return null;
  }
}
