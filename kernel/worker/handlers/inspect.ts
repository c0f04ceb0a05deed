import type { TypeService } from "../../language/type-service.js";
import { utf16Offset } from "../../protocol/code-points.js";
import type { Handler } from "../handler.js";

/** Explains the name at the cursor; never waits for the main thread. */
export function inspect(language: () => Promise<TypeService>): Handler<"inspect_request"> {
  return {
    channels: ["shell", "control"],
    lane: "direct",
    handle: async ({ content }) => {
      const { code } = content;
      const offset = utf16Offset(code, content.cursor_pos);
      const service = await language();
      const found = await service.inspect(code, offset, content.detail_level > 0 ? 1 : 0);
      return {
        status: "ok",
        found: found !== null,
        data: found === null ? {} : { "text/plain": found.text, "text/markdown": found.markdown },
        metadata: {},
      };
    },
  };
}
