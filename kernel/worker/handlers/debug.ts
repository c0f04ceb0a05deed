import type { Handler } from "../handler.js";

/** Refuses: `kernel_info` says that there is no debugger, but clients may ask all the same. */
export function debug(): Handler<"debug_request"> {
  return {
    channels: ["control", "shell"],
    lane: "direct",
    handle: ({ content }) => ({
      type: "response",
      request_seq: 0,
      seq: 0,
      success: false,
      command: content.command,
      message: "this kernel has no debugger",
    }),
  };
}
