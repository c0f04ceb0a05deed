import type { Handler } from "../handler.js";
import type { Outbox } from "../outbox.js";

/** Ends the kernel; `restart` is the client's business and is echoed to all of them. */
export function shutdown(outbox: Outbox, end: () => void): Handler<"shutdown_request"> {
  return {
    channels: ["control", "shell"],
    lane: "direct",
    handle: ({ header, content }) => {
      const reply = { status: "ok", restart: content.restart } as const;
      outbox.publish(header, "shutdown_reply", reply);
      return reply;
    },
    after: end,
  };
}
