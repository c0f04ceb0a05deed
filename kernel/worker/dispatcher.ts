import { setImmediate as immediate } from "node:timers/promises";

import type { JsonObject, ReceivedMessage } from "../protocol/message.js";
import { InvalidRequest, isRequestType, readContent } from "../protocol/requests.js";
import type { RequestType } from "../protocol/requests.js";
import type { Wire } from "../protocol/wire.js";
import type { RequestChannel } from "../transport/transport.js";
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
  private readonly queue = new Queue();
  /** The request of the ordered lane that is being answered. */
  private running: Asker | null = null;

  constructor(wire: Wire, outbox: Outbox, handlers: Handlers) {
    this.wire = wire;
    this.outbox = outbox;
    this.handlers = handlers;
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
    if (handler.lane === "direct") void this.answer(call);
    else {
      const abort = (): void => {
        this.say(request, "busy");
        this.conclude(request, { status: "aborted" });
      };
      this.queue.push({ run: () => this.answerInTurn(call), abort });
    }
  }

  /** @throws {InvalidRequest} when the content is not what the protocol says */
  private prepare<T extends RequestType>(type: T, asker: Asker, message: ReceivedMessage): Call<T> {
    const content = readContent(type, message.content);
    const request = { ...asker, type, content, buffers: message.buffers };
    return { handler: this.handlers[type], request };
  }

  private async answer({ handler, request }: Call): Promise<void> {
    this.say(request, "busy");
    this.conclude(request, await attempt(handler, request));
    handler.after?.(request);
  }

  /** Answer a request of the ordered lane; when it fails and says so, those that wait behind it are aborted. */
  private async answerInTurn({ handler, request }: Call): Promise<void> {
    this.running = request;
    this.say(request, "busy");
    const reply = await attempt(handler, request);
    const failed = reply?.["status"] === "error" && stopsOnError(request);
    // Gathered before the reply leaves: what a client sends once it knows of the error is meant to run.
    if (failed) await arrivals();
    const aborted = failed ? this.queue.clear() : [];
    this.running = null;
    this.conclude(request, reply);
    handler.after?.(request);
    for (const job of aborted) job.abort();
  }

  private refuse(asker: Asker, error: unknown): void {
    this.say(asker, "busy");
    this.conclude(asker, errorReply(error));
  }

  /** Reply, then idle. Only requests have replies: `comm_msg` and its like are one-way. */
  private conclude(asker: Asker, reply: Reply): void {
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

async function attempt(handler: Handler, request: Request): Promise<Reply> {
  try {
    return await handler.handle(request);
  } catch (error) {
    return errorReply(error);
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

/**
 * Resolve when every message that has reached the sockets was delivered: between two turns of `setImmediate` the
 * event loop has looked at all of them once.
 */
async function arrivals(): Promise<void> {
  await immediate();
  await immediate();
}
