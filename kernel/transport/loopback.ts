import type { RequestChannel, Transport, TransportEvents } from "./transport.js";

/** Frames the kernel sent, with the channel they went to. */
export interface Sent {
  readonly channel: RequestChannel | "iopub";
  readonly frames: readonly Uint8Array[];
}

/** A transport in memory: a client hands frames in and reads what came back. */
export class Loopback implements Transport {
  readonly sent: Sent[] = [];
  /** Called for each message the kernel sends. */
  onSent: (sent: Sent) => void = () => undefined;
  private events: TransportEvents | null = null;

  open(events: TransportEvents): Promise<void> {
    this.events = events;
    return Promise.resolve();
  }

  send(channel: RequestChannel | "iopub", frames: readonly Uint8Array[]): void {
    const sent = { channel, frames };
    this.sent.push(sent);
    this.onSent(sent);
  }

  /** Deliver frames as if a client had sent them. */
  deliver(channel: RequestChannel, frames: readonly Uint8Array[]): void {
    this.events?.message(channel, frames);
  }

  subscribe(topic: Uint8Array): void {
    this.events?.subscribed(topic);
  }

  close(): Promise<void> {
    this.events = null;
    return Promise.resolve();
  }
}
