import type { JsonObject } from "../protocol/message.js";
import type { RequestContent, RequestType } from "../protocol/requests.js";
import type { RequestChannel } from "../transport/transport.js";
import type { Asker } from "./outbox.js";

/** A checked request. */
export interface Request<T extends RequestType = RequestType> extends Asker {
  readonly type: T;
  readonly content: RequestContent<T>;
  readonly buffers: readonly Uint8Array[];
}

/** Content of a reply; null for messages that have none. */
export type Reply = JsonObject | null;

/** How one type of request is answered. A handler may throw: the dispatcher answers for it. */
export interface Handler<T extends RequestType = RequestType> {
  /** Where it may come in. */
  readonly channels: readonly RequestChannel[];
  /** `ordered`: one at a time, behind those that came before; `direct`: at once, also while a cell runs. */
  readonly lane: "ordered" | "direct";
  readonly handle: (request: Request<T>) => Reply | Promise<Reply>;
  /** What is done once the reply and the idle status have left. */
  readonly after?: (request: Request<T>) => void;
}

/** One handler for every request the protocol knows. */
export type Handlers = { readonly [T in RequestType]: Handler<T> };
