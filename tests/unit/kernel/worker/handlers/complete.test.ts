import { describe, expect, it } from "vitest";

import { complete } from "../../../../../kernel/worker/handlers/complete.js";
import { inspect } from "../../../../../kernel/worker/handlers/inspect.js";
import type { TypeService } from "../../../../../kernel/language/type-service.js";
import type { Request } from "../../../../../kernel/worker/handler.js";
import { Headers } from "../../../../../kernel/protocol/message.js";

const code = "'🎉🎉'; con";
const asker = { channel: "shell", identities: [], buffers: [] } as const;
const header = new Headers().next("complete_request");

/** A type service that completes the three letters before the cursor, and notes where it was asked. */
function service(): { asked: number[]; language: () => Promise<TypeService> } {
  const asked: number[] = [];
  const fake: TypeService = {
    complete: (_code, offset) => {
      asked.push(offset);
      const match = { text: "console", kind: "instance", type: "var console: Console" } as const;
      return Promise.resolve({ matches: [match], start: offset - 3, end: offset });
    },
    inspect: (_code, offset) => {
      asked.push(offset);
      return Promise.resolve(null);
    },
    cellRun: () => undefined,
    close: () => undefined,
  };
  return { asked, language: () => Promise.resolve(fake) };
}

describe("complete_request", () => {
  it("counts positions in code points and gives types", async () => {
    const { asked, language } = service();
    const content = { code, cursor_pos: Array.from(code).length };
    const request: Request<"complete_request"> = {
      ...asker,
      header,
      type: "complete_request",
      content,
    };
    const reply = await complete(language).handle(request);
    expect(asked).toEqual([code.length]);
    const start = Array.from("'🎉🎉'; ").length;
    expect(reply).toEqual({
      status: "ok",
      matches: ["console"],
      cursor_start: start,
      cursor_end: start + 3,
      metadata: {
        _jupyter_types_experimental: [
          {
            text: "console",
            type: "instance",
            signature: "var console: Console",
            start,
            end: start + 3,
          },
        ],
      },
    });
  });
});

describe("inspect_request", () => {
  it("counts positions in code points, and says when there is nothing to say", async () => {
    const { asked, language } = service();
    const content = { code, cursor_pos: 6, detail_level: 0 };
    const request: Request<"inspect_request"> = {
      ...asker,
      header,
      type: "inspect_request",
      content,
    };
    expect(await inspect(language).handle(request)).toMatchObject({ status: "ok", found: false });
    expect(asked).toEqual([8]);
  });
});
