import type { Headers, Header, JsonObject, SentContents, SentType } from "../protocol/message.js";
import type { Wire } from "../protocol/wire.js";
import type { RequestChannel, Transport } from "../transport/transport.js";

/** How long stream text may wait for more [ms]. */
const streamDelay = 50;
/** How much stream text may wait [UTF-16 units]. */
const streamRoom = 65_536;

/** What the kernel says belongs to a request; what it says on its own has no parent. */
export type Parent = Header | Readonly<Record<string, never>>;

/** Who asked: the channel and the routing prefix an answer must carry. */
export interface Asker {
  readonly channel: RequestChannel;
  readonly identities: readonly Uint8Array[];
  readonly header: Header;
}

/** Stream text of one request and one name that waits to be sent. */
interface PendingStream {
  readonly parent: Parent;
  readonly name: "stdout" | "stderr";
  readonly parts: string[];
  length: number;
  readonly timer: NodeJS.Timeout;
}

/**
 * The one way out. Everything leaves in the order in which it was handed in; stream text is gathered for a moment,
 * and always leaves before anything that was handed in after it.
 */
export class Outbox {
  private readonly transport: Transport;
  private readonly wire: Wire;
  private readonly headers: Headers;
  private pending: PendingStream | null = null;

  constructor(transport: Transport, wire: Wire, headers: Headers) {
    this.transport = transport;
    this.wire = wire;
    this.headers = headers;
  }

  /** Print text; pieces for the same request and name are joined. */
  stream(parent: Parent, name: "stdout" | "stderr", text: string): void {
    if (text === "") return;
    if (this.pending && (this.pending.parent !== parent || this.pending.name !== name))
      this.flush();
    this.pending ??= {
      parent,
      name,
      parts: [],
      length: 0,
      timer: setTimeout(() => this.flush(), streamDelay),
    };
    this.pending.parts.push(text);
    this.pending.length += text.length;
    if (this.pending.length >= streamRoom) this.flush();
  }

  /** Tell every client. */
  publish<T extends SentType>(parent: Parent, type: T, content: SentContents[T]): void {
    const topic = Buffer.from(`kernel.${this.headers.session}.${type}`);
    this.dispatch("iopub", [topic], parent, type, content);
  }

  /** Welcome a new subscriber, under the topic it subscribed to. */
  welcome(topic: Uint8Array): void {
    const content = { subscription: Buffer.from(topic).toString() };
    this.dispatch("iopub", [topic], {}, "iopub_welcome", content);
  }

  /** Tell one client: an answer on the channel it asked on, or a question on stdin. */
  send(asker: Asker, type: string, content: JsonObject): void {
    this.dispatch(asker.channel, asker.identities, asker.header, type, content);
  }

  /** Send the stream text that waits. */
  flush(): void {
    const pending = this.pending;
    if (pending === null) return;
    this.pending = null;
    clearTimeout(pending.timer);
    this.publish(pending.parent, "stream", { name: pending.name, text: pending.parts.join("") });
  }

  private dispatch(
    channel: RequestChannel | "iopub",
    prefix: readonly Uint8Array[],
    parentHeader: Parent,
    type: string,
    content: JsonObject,
  ): void {
    this.flush();
    const header = this.headers.next(type);
    const message = { header, parentHeader, metadata: {}, content, buffers: [] };
    this.transport.send(channel, this.wire.encode(prefix, message));
  }
}
