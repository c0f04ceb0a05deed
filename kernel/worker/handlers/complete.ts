import type { TypeService } from "../../language/type-service.js";
import { codePointOffset, utf16Offset } from "../../protocol/code-points.js";
import type { Handler } from "../handler.js";

/** Completes the name at the cursor, with types; never waits for the main thread. */
export function complete(language: () => Promise<TypeService>): Handler<"complete_request"> {
  return {
    channels: ["shell", "control"],
    lane: "direct",
    handle: async ({ content }) => {
      const { code } = content;
      const service = await language();
      const { matches, start, end } = await service.complete(
        code,
        utf16Offset(code, content.cursor_pos),
      );
      const cursorStart = codePointOffset(code, start);
      const cursorEnd = codePointOffset(code, end);
      return {
        status: "ok",
        matches: matches.map(({ text }) => text),
        cursor_start: cursorStart,
        cursor_end: cursorEnd,
        metadata: {
          // Read by JupyterLab, which shows the kind beside each name.
          _jupyter_types_experimental: matches.map(({ text, kind, type }) => ({
            text,
            type: kind,
            signature: type,
            start: cursorStart,
            end: cursorEnd,
          })),
        },
      };
    },
  };
}
