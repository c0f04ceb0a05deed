import { Reply, Router, XPublisher, type MessageLike } from "zeromq";

import { address, type Connection } from "../protocol/connection.js";
import type { RequestChannel, Transport, TransportEvents } from "./transport.js";

/** How long undelivered messages may keep a closed socket alive [ms]. */
const linger = 250;

/** No limit: what the kernel queued is delivered, however slowly a client reads. */
const unlimited = { sendHighWaterMark: 0, receiveHighWaterMark: 0, linger };

interface Sender {
  send(frames: MessageLike[]): Promise<void>;
}

/** The five sockets of a kernel over ZeroMQ. */
export class ZmqTransport implements Transport {
  private readonly routers: Readonly<Record<RequestChannel, Router>> = {
    // Handover: a client that comes back under its old identity gets its answers.
    shell: new Router({ ...unlimited, handover: true }),
    control: new Router({ ...unlimited, handover: true }),
    stdin: new Router({ ...unlimited, handover: true }),
  };
  private readonly iopub = new XPublisher({ ...unlimited, verbosity: "allSubs" });
  private readonly heartbeat = new Reply({ linger: 0 });
  private readonly queues: Readonly<Record<RequestChannel | "iopub", SendQueue>> = {
    shell: new SendQueue(this.routers.shell),
    control: new SendQueue(this.routers.control),
    stdin: new SendQueue(this.routers.stdin),
    iopub: new SendQueue(this.iopub),
  };
  private readonly connection: Connection;

  constructor(connection: Connection) {
    this.connection = connection;
  }

  async open(events: TransportEvents): Promise<void> {
    await Promise.all([
      this.routers.shell.bind(address(this.connection, "shell")),
      this.routers.control.bind(address(this.connection, "control")),
      this.routers.stdin.bind(address(this.connection, "stdin")),
      this.iopub.bind(address(this.connection, "iopub")),
      this.heartbeat.bind(address(this.connection, "hb")),
    ]);
    for (const channel of ["control", "shell", "stdin"] as const) {
      void receive(this.routers[channel], (frames) => events.message(channel, frames));
    }
    void receive(this.iopub, ([frame]) => {
      // First byte 1: a subscription, its topic behind.
      if (frame?.[0] === 1) events.subscribed(frame.subarray(1));
    });
    void echo(this.heartbeat);
  }

  send(channel: RequestChannel | "iopub", frames: readonly Uint8Array[]): void {
    this.queues[channel].push(frames);
  }

  async close(): Promise<void> {
    await Promise.all(Object.values(this.queues).map((queue) => queue.drained()));
    for (const socket of [...Object.values(this.routers), this.iopub, this.heartbeat]) {
      socket.close();
    }
  }
}

/** Deliver each message until the socket is closed. */
async function receive(
  socket: AsyncIterable<Buffer[]>,
  deliver: (frames: readonly Uint8Array[]) => void,
): Promise<void> {
  for await (const frames of socket) deliver(frames);
}

async function echo(socket: Reply): Promise<void> {
  for await (const frames of socket) await socket.send(frames);
}

/** A socket takes one message at a time; the others wait here in their order. */
class SendQueue {
  private readonly waiting: (readonly Uint8Array[])[] = [];
  private sending: Promise<void> | null = null;
  private readonly socket: Sender;

  constructor(socket: Sender) {
    this.socket = socket;
  }

  push(frames: readonly Uint8Array[]): void {
    this.waiting.push(frames);
    this.sending ??= this.run();
  }

  async drained(): Promise<void> {
    await this.sending;
  }

  private async run(): Promise<void> {
    for (let next = this.waiting.shift(); next !== undefined; next = this.waiting.shift()) {
      try {
        await this.socket.send([...next]);
      } catch {
        // The client is gone, or the socket is closed: there is nobody to tell.
      }
    }
    this.sending = null;
  }
}
