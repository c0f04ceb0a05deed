import type { JsonObject, ReceivedMessage } from "../protocol/message.js";
import { InvalidRequest, isRequestType, readContent } from "../protocol/requests.js";
import type { RequestType } from "../protocol/requests.js";
import type { Wire } from "../protocol/wire.js";
import type { RequestChannel, Transport } from "../transport/transport.js";
import type { Handler, Handlers, Reply, Request } from "./handler.js";
import type { Asker, Outbox } from "./outbox.js";
import { Queue } from "./queue.js";

/** A checked request with the handler of its type. */
interface Call<T extends RequestType = RequestType> {
  readonly handler: Handler<T>;
  readonly request: Request<T>;
}

/**
 * From verified messages to handlers and back. Every request is answered exactly once and then the kernel says
 * that it is idle, whatever the handler does.
 */
export class Dispatcher {
  private readonly wire: Wire;
  private readonly outbox: Outbox;
  private readonly handlers: Handlers;
  private readonly queue: Queue;
  /** The request of the ordered lane that is being answered. */
  private running: Asker | null = null;

  constructor(transport: Transport, wire: Wire, outbox: Outbox, handlers: Handlers) {
    this.wire = wire;
    this.outbox = outbox;
    this.handlers = handlers;
    this.queue = new Queue(() => arrivals(transport));
  }

  /** Take in what a client sent; anything that is not a signed message is dropped without a word. */
  receive(channel: RequestChannel, frames: readonly Uint8Array[]): void {
    const message = this.wire.decode(frames);
    if (message === null) return;
    const type = message.header.msg_type;
    const asker = { channel, identities: message.identities, header: message.header };
    if (isRequestType(type) && this.handlers[type].channels.includes(channel)) {
      this.route(type, asker, message);
    } else if (channel !== "stdin") {
      this.refuse(asker, new InvalidRequest(`${channel} knows no message of type "${type}"`));
    }
  }

  private route(type: RequestType, asker: Asker, message: ReceivedMessage): void {
    let call: Call;
    try {
      call = this.prepare(type, asker, message);
    } catch (error) {
      this.refuse(asker, error);
      return;
    }
    const { handler, request } = call;
    if (handler.lane === "direct") {
      void this.answer(handler, request);
      return;
    }
    this.queue.push({
      run: async () => {
        this.running = request;
        const reply = await this.answer(handler, request);
        return reply?.["status"] !== "error" || !stopsOnError(request);
      },
      abort: () => this.conclude(request, { status: "aborted" }),
    });
  }

  /** @throws {InvalidRequest} when the content is not what the protocol says */
  private prepare<T extends RequestType>(type: T, asker: Asker, message: ReceivedMessage): Call<T> {
    const content = readContent(type, message.content);
    const request = { ...asker, type, content, buffers: message.buffers };
    return { handler: this.handlers[type], request };
  }

  private async answer<T extends RequestType>(
    handler: Handler<T>,
    request: Request<T>,
  ): Promise<Reply> {
    this.say(request, "busy");
    let reply: Reply;
    try {
      reply = await handler.handle(request);
    } catch (error) {
      reply = errorReply(error);
    }
    if (this.running === request) this.running = null;
    this.conclude(request, reply, false);
    handler.after?.(request);
    return reply;
  }

  private refuse(asker: Asker, error: unknown): void {
    this.conclude(asker, errorReply(error));
  }

  /** Reply, then idle. Only requests have replies: `comm_msg` and its like are one-way. */
  private conclude(asker: Asker, reply: Reply, sayBusy = true): void {
    if (sayBusy) this.say(asker, "busy");
    const type = asker.header.msg_type;
    if (reply !== null && type.endsWith("_request")) {
      this.outbox.send(asker, type.replace(/_request$/, "_reply"), reply);
    }
    this.say(asker, "idle");
    // A front end shows the last state it heard of: say again that the cell still runs.
    if (this.running !== null) this.say(this.running, "busy");
  }

  private say(asker: Asker, state: "busy" | "idle"): void {
    if (asker.channel !== "stdin") {
      this.outbox.publish(asker.header, "status", { execution_state: state });
    }
  }
}

function stopsOnError(request: Request): boolean {
  const content: JsonObject = request.content;
  return content["stop_on_error"] === true;
}

function errorReply(error: unknown): Reply {
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  return { status: "error", ename: name, evalue: message, traceback: [`${name}: ${message}`] };
}

/** Resolve when every message that has reached the shell socket was delivered. */
async function arrivals(transport: Transport): Promise<void> {
  do {
    await new Promise((resolve) => setImmediate(resolve));
  } while (transport.hasWaiting("shell"));
}
