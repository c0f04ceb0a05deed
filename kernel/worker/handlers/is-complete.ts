import type { Handler } from "../handler.js";

/** Says whether a cell can run as it stands, or wants another line, for clients that run on Enter. */
export function isComplete(): Handler<"is_complete_request"> {
  return {
    channels: ["shell", "control"],
    lane: "direct",
    handle: async ({ content }) => {
      const transpiler = await import("../../session/transpile.js");
      return { ...transpiler.isComplete(content.code) };
    },
  };
}
