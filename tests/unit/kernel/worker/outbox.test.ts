import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { Headers } from "../../../../kernel/protocol/message.js";
import { WorkerSide } from "../../../support/worker-side.js";

const cell = new Headers().next("execute_request");
const otherCell = new Headers().next("execute_request");

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe("Outbox", () => {
  it("joins pieces of one stream that come within 50 ms", () => {
    const side = new WorkerSide();
    side.outbox.stream(cell, "stdout", "a");
    side.outbox.stream(cell, "stdout", "b");
    vi.advanceTimersByTime(49);
    expect(side.said()).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(side.said()).toMatchObject([
      { type: "stream", content: { name: "stdout", text: "ab" } },
    ]);
  });

  it("sends 64 Ki of text at once", () => {
    const side = new WorkerSide();
    side.outbox.stream(cell, "stdout", "x".repeat(65_536));
    expect(side.words()).toEqual(["stream"]);
  });

  it("keeps the order of streams of different names and cells", () => {
    const side = new WorkerSide();
    side.outbox.stream(cell, "stdout", "1");
    side.outbox.stream(cell, "stderr", "2");
    side.outbox.stream(otherCell, "stderr", "3");
    side.outbox.flush();
    expect(side.said().map(({ content, parent }) => [content["text"], parent])).toEqual([
      ["1", cell.msg_id],
      ["2", cell.msg_id],
      ["3", otherCell.msg_id],
    ]);
  });

  it("sends waiting text before anything else", () => {
    const side = new WorkerSide();
    side.outbox.stream(cell, "stdout", "first");
    side.outbox.publish(cell, "status", { execution_state: "idle" });
    side.outbox.stream(cell, "stdout", "late");
    side.outbox.send({ channel: "shell", identities: [], header: cell }, "execute_reply", {});
    expect(side.words()).toEqual(["stream", "idle", "stream", "execute_reply"]);
  });

  it("says nothing for empty text", () => {
    const side = new WorkerSide();
    side.outbox.stream(cell, "stdout", "");
    side.outbox.flush();
    expect(side.said()).toEqual([]);
  });

  it("welcomes a subscriber under its own topic", () => {
    const side = new WorkerSide();
    side.outbox.welcome(Buffer.from("kernel."));
    expect(Buffer.from(side.transport.sent[0]!.frames[0]!).toString()).toBe("kernel.");
    expect(side.said()).toMatchObject([
      { type: "iopub_welcome", content: { subscription: "kernel." } },
    ]);
  });
});
