import { spawn, type ChildProcess } from "node:child_process";
import { createHmac, randomBytes, randomUUID } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { Dealer, Request as RequestSocket, Subscriber } from "zeromq";

/** A message as a client reads it; contents are looked at by tests, so they are untyped. */
export interface ClientMessage {
  readonly channel: "shell" | "control" | "stdin" | "iopub";
  /** Frames before the delimiter. */
  readonly prefix: readonly string[];
  readonly header: { readonly msg_id: string; readonly msg_type: string; readonly session: string };
  readonly parent: { readonly msg_id?: string };
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests look into any field of any message
  readonly content: any;
}

/** What a request brought: its reply, and everything published for it up to its idle status. */
export interface Answer {
  readonly reply: ClientMessage;
  readonly published: readonly ClientMessage[];
}

export interface StartOptions {
  /** Default: the compiled kernel of this repository. */
  readonly argv?: (connectionFile: string) => readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Default: random. */
  readonly key?: string;
}

/** How long a test waits for something that must come [ms]. */
const patience = 20_000;

const compiledKernel = fileURLToPath(new URL("../../dist/kernel/main.js", import.meta.url));

/** A kernel process, with the folder it runs in; started with a fresh connection file. */
export class KernelProcess {
  readonly process: ChildProcess;
  readonly connection: ConnectionInfo;
  readonly folder: string;
  /** When it was started [ms], as `performance.now()` counts. */
  readonly startedAt = performance.now();
  /** What the process wrote to its own standard error. */
  stderr = "";
  private readonly clients: KernelClient[] = [];

  private constructor(process: ChildProcess, connection: ConnectionInfo, folder: string) {
    this.process = process;
    this.connection = connection;
    this.folder = folder;
    process.stderr?.on("data", (chunk: Buffer) => (this.stderr += chunk.toString()));
  }

  /** Start a kernel; it may not answer yet. */
  static async start(options: StartOptions = {}): Promise<KernelProcess> {
    const folder = mkdtempSync(join(tmpdir(), "neurarchy kernel "));
    const connection = await freeConnection(options.key ?? randomBytes(16).toString("hex"));
    const file = join(folder, "connection.json");
    writeFileSync(file, JSON.stringify(connection));
    const argv = options.argv?.(file) ?? [process.execPath, compiledKernel, "kernel", file];
    const child = spawn(argv[0]!, argv.slice(1), {
      cwd: folder,
      env: { ...process.env, XDG_STATE_HOME: join(folder, "state"), ...options.env },
      stdio: ["ignore", "ignore", "pipe"],
      // A server makes each kernel the leader of its own group.
      detached: true,
    });
    return new KernelProcess(child, connection, folder);
  }

  /** Connect a client that hears everything from now on. */
  async connect(): Promise<KernelClient> {
    const client = this.dial();
    await client.until(() => ofType(client.published, "iopub_welcome").length > 0);
    return client;
  }

  /** Connect a client without waiting: the kernel may not be there yet. */
  dial(): KernelClient {
    const client = new KernelClient(this.connection);
    this.clients.push(client);
    return client;
  }

  /** Resolve when the process has ended. */
  async ended(): Promise<void> {
    if (this.process.exitCode === null && this.process.signalCode === null) {
      await once(this.process, "exit");
    }
  }

  /** End the process and remove its folder. */
  async close(): Promise<void> {
    for (const client of this.clients) client.close();
    this.process.kill("SIGKILL");
    await this.ended();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

export interface ConnectionInfo {
  readonly transport: "tcp";
  readonly ip: string;
  readonly shell_port: number;
  readonly control_port: number;
  readonly stdin_port: number;
  readonly iopub_port: number;
  readonly hb_port: number;
  readonly key: string;
  readonly signature_scheme: string;
}

/** A Jupyter client over real sockets, as thin as can be: independent of the kernel's own protocol code. */
export class KernelClient {
  readonly session = randomUUID();
  /** Everything published that this client heard, in order. */
  readonly published: ClientMessage[] = [];
  readonly heartbeat: RequestSocket;
  private readonly connection: ConnectionInfo;
  private readonly sockets: Readonly<Record<"shell" | "control" | "stdin", Dealer>>;
  private readonly iopub: Subscriber;
  private readonly replies = new Map<string, ClientMessage[]>();
  private readonly watchers = new Set<() => void>();

  constructor(connection: ConnectionInfo) {
    this.connection = connection;
    // The kernel may not be there yet: look again soon.
    const patient = { linger: 0, reconnectInterval: 5 };
    const identified = { ...patient, routingId: randomUUID() };
    this.sockets = {
      shell: new Dealer(identified),
      control: new Dealer(identified),
      stdin: new Dealer(identified),
    };
    this.iopub = new Subscriber({ ...patient, receiveHighWaterMark: 0 });
    this.heartbeat = new RequestSocket(patient);
    const at = (port: number): string => `tcp://${connection.ip}:${port}`;
    this.iopub.connect(at(connection.iopub_port));
    this.iopub.subscribe("");
    this.sockets.shell.connect(at(connection.shell_port));
    this.sockets.control.connect(at(connection.control_port));
    this.sockets.stdin.connect(at(connection.stdin_port));
    this.heartbeat.connect(at(connection.hb_port));
    void this.listen("iopub", this.iopub);
    for (const channel of ["shell", "control", "stdin"] as const) {
      void this.listen(channel, this.sockets[channel]);
    }
  }

  /** Send a request without waiting; returns its message id. */
  async send(
    type: string,
    content: object,
    channel: "shell" | "control" | "stdin" = "shell",
  ): Promise<string> {
    const id = randomUUID();
    await this.sendFrames(channel, this.frames(id, type, content));
    return id;
  }

  /** Send frames as they are. */
  async sendFrames(
    channel: "shell" | "control" | "stdin",
    frames: (Buffer | string)[],
  ): Promise<void> {
    await this.sockets[channel].send(frames);
  }

  /** Signed frames of a message. */
  frames(id: string, type: string, content: object): Buffer[] {
    const header = {
      msg_id: id,
      msg_type: type,
      session: this.session,
      username: "test",
      date: new Date().toISOString(),
      version: "5.4",
    };
    const signed = [header, {}, {}, content].map((part) => Buffer.from(JSON.stringify(part)));
    return [Buffer.from("<IDS|MSG>"), Buffer.from(this.sign(signed)), ...signed];
  }

  sign(frames: readonly Buffer[]): string {
    if (this.connection.key === "") return "";
    const hmac = createHmac("sha256", this.connection.key);
    for (const frame of frames) hmac.update(frame);
    return hmac.digest("hex");
  }

  /** Wait for the reply to a request, and for its idle status. */
  async answer(id: string): Promise<Answer> {
    await this.until(() => this.replies.has(id) && this.isIdle(id));
    return { reply: this.replies.get(id)![0]!, published: this.publishedFor(id) };
  }

  async request(
    type: string,
    content: object = {},
    channel: "shell" | "control" = "shell",
  ): Promise<Answer> {
    return this.answer(await this.send(type, content, channel));
  }

  async execute(code: string, options: object = {}): Promise<Answer> {
    return this.request("execute_request", executeContent(code, options));
  }

  /** Replies that have come to a request so far. */
  repliesTo(id: string): readonly ClientMessage[] {
    return this.replies.get(id) ?? [];
  }

  publishedFor(id: string): ClientMessage[] {
    return this.published.filter((message) => message.parent.msg_id === id);
  }

  /** Wait until something holds; it is looked at again after every message. */
  async until(holds: () => boolean): Promise<void> {
    if (holds()) return;
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => {
        this.watchers.delete(look);
        reject(new Error(`nothing came within ${patience} ms; last: ${this.lastWords()}`));
      }, patience);
      const look = (): void => {
        if (!holds()) return;
        clearTimeout(timer);
        this.watchers.delete(look);
        resolve();
      };
      this.watchers.add(look);
    });
  }

  close(): void {
    for (const socket of [...Object.values(this.sockets), this.iopub, this.heartbeat]) {
      if (!socket.closed) socket.close();
    }
  }

  private isIdle(id: string): boolean {
    return this.publishedFor(id).some(
      ({ header, content }) => header.msg_type === "status" && content.execution_state === "idle",
    );
  }

  private lastWords(): string {
    return this.published
      .slice(-5)
      .map(({ header, content }) => `${header.msg_type} ${JSON.stringify(content)}`)
      .join("; ");
  }

  private async listen(
    channel: ClientMessage["channel"],
    socket: AsyncIterable<Buffer[]>,
  ): Promise<void> {
    for await (const frames of socket) {
      const at = frames.findIndex((frame) => frame.toString() === "<IDS|MSG>");
      const parts = frames.slice(at + 2, at + 6);
      if (this.sign(parts) !== frames[at + 1]!.toString()) throw new Error("wrong signature");
      const [header, parent, , content] = parts.map((part) => JSON.parse(part.toString()) as never);
      const prefix = frames.slice(0, at).map(String);
      const message: ClientMessage = { channel, prefix, header: header!, parent: parent!, content };
      if (channel === "iopub") {
        this.published.push(message);
      } else {
        const id = message.parent.msg_id ?? "";
        this.replies.set(id, [...(this.replies.get(id) ?? []), message]);
      }
      for (const look of [...this.watchers]) look();
    }
  }
}

/** Content of an execute request as JupyterLab sends it. */
export function executeContent(code: string, options: object = {}): object {
  return {
    code,
    silent: false,
    store_history: true,
    user_expressions: {},
    allow_stdin: false,
    stop_on_error: true,
    ...options,
  };
}

/** Messages of one type. */
export function ofType(messages: readonly ClientMessage[], type: string): ClientMessage[] {
  return messages.filter((message) => message.header.msg_type === type);
}

/** Text of a stream, pieces joined. */
export function streamText(messages: readonly ClientMessage[], name = "stdout"): string {
  return ofType(messages, "stream")
    .filter(({ content }) => content.name === name)
    .map(({ content }) => content.text as string)
    .join("");
}

/** A connection file's content with ports that are free now. */
async function freeConnection(key: string): Promise<ConnectionInfo> {
  const servers = await Promise.all(
    Array.from({ length: 5 }, async () => {
      const server = createServer().listen(0, "127.0.0.1");
      await once(server, "listening");
      return server;
    }),
  );
  const ports = servers.map((server) => (server.address() as AddressInfo).port);
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return {
    transport: "tcp",
    ip: "127.0.0.1",
    shell_port: ports[0]!,
    control_port: ports[1]!,
    stdin_port: ports[2]!,
    iopub_port: ports[3]!,
    hb_port: ports[4]!,
    key,
    signature_scheme: "hmac-sha256",
  };
}
