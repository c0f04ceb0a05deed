import type { Handler } from "../worker/handler.js";
import type { Outbox } from "../worker/outbox.js";

/** How the four comm messages are answered. */
export interface CommHandlers {
  readonly comm_info_request: Handler<"comm_info_request">;
  readonly comm_open: Handler<"comm_open">;
  readonly comm_msg: Handler<"comm_msg">;
  readonly comm_close: Handler<"comm_close">;
}

/**
 * Comms: channels that a front end opens to a named target in the kernel. No target is registered, so every opening
 * is answered by closing, as the protocol asks for unknown targets; then nothing is ever open.
 */
export function comms(outbox: Outbox): CommHandlers {
  const placed = { channels: ["shell"], lane: "direct" } as const;
  return {
    comm_info_request: { ...placed, handle: () => ({ status: "ok", comms: {} }) },
    comm_open: {
      ...placed,
      handle: ({ header, content }) => {
        outbox.publish(header, "comm_close", { comm_id: content.comm_id, data: {} });
        return null;
      },
    },
    comm_msg: { ...placed, handle: () => null },
    comm_close: { ...placed, handle: () => null },
  };
}
