/** Sockets on which clients ask, or answer the kernel's questions. */
export type RequestChannel = "shell" | "control" | "stdin";

/** What a transport tells its owner. */
export interface TransportEvents {
  message(channel: RequestChannel, frames: readonly Uint8Array[]): void;
  /** A client subscribed to what is published under `topic`. */
  subscribed(topic: Uint8Array): void;
}

/**
 * Moves frames between the kernel and its clients; knows nothing of their content. Frames of one channel arrive in
 * the order in which they were sent, and none is dropped for want of room. The heartbeat is the transport's own.
 */
export interface Transport {
  /** Bind the sockets and begin to deliver. @throws {Error} when an address cannot be bound */
  open(events: TransportEvents): Promise<void>;
  /** Queue frames; on iopub the first is the topic, elsewhere the first is the client's identity. */
  send(channel: RequestChannel | "iopub", frames: readonly Uint8Array[]): void;
  /** Send what is queued, then let go of the sockets. */
  close(): Promise<void>;
}
