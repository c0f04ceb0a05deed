import { Headers, type JsonObject } from "../../kernel/protocol/message.js";
import { Wire } from "../../kernel/protocol/wire.js";
import { Loopback } from "../../kernel/transport/loopback.js";
import { Outbox } from "../../kernel/worker/outbox.js";

/** A message the kernel sent, as far as tests look at it. */
export interface SaidMessage {
  readonly channel: string;
  readonly type: string;
  readonly parent: string | undefined;
  readonly content: JsonObject;
}

/** The protocol worker's parts over a transport in memory, without signatures. */
export class WorkerSide {
  readonly transport = new Loopback();
  readonly wire = new Wire("", "sha256");
  readonly outbox = new Outbox(this.transport, this.wire, new Headers());
  private readonly client = new Headers();

  /** Everything the kernel has said, in order. */
  said(): SaidMessage[] {
    return this.transport.sent.map(({ channel, frames }) => {
      const { header, parentHeader, content } = this.wire.decode(frames)!;
      return { channel, type: header.msg_type, parent: parentHeader["msg_id"], content };
    });
  }

  /** What was said, in short: the type, or the state of a status. */
  words(): string[] {
    return this.said().map(({ type, content }) =>
      type === "status" ? String(content["execution_state"]) : type,
    );
  }

  /** Frames of a request, and its message id. */
  request(type: string, content: JsonObject): { id: string; frames: Uint8Array[] } {
    const header = this.client.next(type);
    const message = { header, parentHeader: {}, metadata: {}, content, buffers: [] };
    return { id: header.msg_id, frames: this.wire.encode([Buffer.from("client")], message) };
  }
}
