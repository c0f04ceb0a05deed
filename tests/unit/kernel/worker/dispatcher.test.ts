import { setImmediate as immediate } from "node:timers/promises";

import { describe, expect, it } from "vitest";

import { comms } from "../../../../kernel/comm/comms.js";
import { Dispatcher } from "../../../../kernel/worker/dispatcher.js";
import type { Handler, Handlers, Reply } from "../../../../kernel/worker/handler.js";
import { WorkerSide } from "../../../support/worker-side.js";

type Run = (code: string) => Promise<Reply>;

/** A kernel whose cells are answered by `run`, and whose other requests by an empty ok. */
function kernel(run: Run): { side: WorkerSide; send: (type: string, content: object) => string } {
  const side = new WorkerSide();
  const ok = (channels: Handler["channels"]): Pick<Handler, "channels" | "lane" | "handle"> => ({
    channels,
    lane: "direct",
    handle: () => ({ status: "ok" }),
  });
  const both = ok(["shell", "control"]);
  const handlers: Handlers = {
    kernel_info_request: both,
    complete_request: both,
    inspect_request: both,
    is_complete_request: {
      ...both,
      handle: () => {
        throw new RangeError("a defect");
      },
    },
    history_request: both,
    interrupt_request: both,
    shutdown_request: both,
    debug_request: both,
    input_reply: { ...ok(["stdin"]), handle: () => null },
    execute_request: {
      channels: ["shell"],
      lane: "ordered",
      handle: ({ content }) => run(content.code),
    },
    ...comms(side.outbox),
  };
  const dispatcher = new Dispatcher(side.wire, side.outbox, handlers);
  void side.transport.open({
    message: (channel, frames) => dispatcher.receive(channel, frames),
    subscribed: () => undefined,
  });
  const send = (type: string, content: object): string => {
    const { id, frames } = side.request(type, { ...content });
    side.transport.deliver("shell", frames);
    return id;
  };
  return { side, send };
}

/** A promise that is settled by hand. */
function gate(): { promise: Promise<Reply>; open: (reply: Reply) => void } {
  let open: (reply: Reply) => void = () => undefined;
  const promise = new Promise<Reply>((resolve) => {
    open = resolve;
  });
  return { promise, open };
}

/** Resolve when everything that could happen by itself has happened. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) await immediate();
}

describe("Dispatcher", () => {
  it("says busy, replies, and says idle", async () => {
    const { side, send } = kernel(() => Promise.resolve({ status: "ok" }));
    send("execute_request", { code: "1" });
    await settled();
    expect(side.words()).toEqual(["busy", "execute_reply", "idle"]);
  });

  it("answers for a handler that throws", async () => {
    const { side, send } = kernel(() => Promise.resolve({ status: "ok" }));
    send("is_complete_request", { code: "1" });
    await settled();
    expect(side.words()).toEqual(["busy", "is_complete_reply", "idle"]);
    expect(side.said()[1]!.content).toMatchObject({ status: "error", ename: "RangeError" });
  });

  it("runs one cell at a time and everything else at once, and says again that the cell runs", async () => {
    const first = gate();
    const started: string[] = [];
    const { side, send } = kernel((code) => {
      started.push(code);
      return first.promise;
    });
    const id = send("execute_request", { code: "a" });
    send("execute_request", { code: "b" });
    send("kernel_info_request", {});
    await settled();
    expect(started).toEqual(["a"]);
    expect(side.words()).toEqual(["busy", "busy", "kernel_info_reply", "idle", "busy"]);
    expect(side.said().at(-1)!.parent).toBe(id);
    first.open({ status: "ok" });
    await settled();
    expect(started).toEqual(["a", "b"]);
  });

  it("aborts what waited when a cell failed, and nothing that comes after its reply", async () => {
    const first = gate();
    const started: string[] = [];
    const { side, send } = kernel((code) => {
      started.push(code);
      return code === "a" ? first.promise : Promise.resolve({ status: "ok" });
    });
    send("execute_request", { code: "a" });
    const waiting = send("execute_request", { code: "b" });
    await settled();
    side.transport.onSent = ({ channel }) => {
      if (channel !== "shell") return;
      side.transport.onSent = () => undefined;
      send("execute_request", { code: "c" });
    };
    first.open({ status: "error" });
    await settled();
    expect(started).toEqual(["a", "c"]);
    const [reply] = side.said().filter((m) => m.parent === waiting && m.channel === "shell");
    expect(reply!.content).toEqual({ status: "aborted" });
  });

  it("runs what waited when the failed cell does not stop on errors", async () => {
    const started: string[] = [];
    const { send } = kernel((code) => {
      started.push(code);
      return Promise.resolve({ status: "error" });
    });
    send("execute_request", { code: "a", stop_on_error: false });
    send("execute_request", { code: "b" });
    await settled();
    expect(started).toEqual(["a", "b"]);
  });

  it("has no reply for messages that are not requests", async () => {
    const { side, send } = kernel(() => Promise.resolve({ status: "ok" }));
    send("comm_msg", { comm_id: "c", data: {} });
    await settled();
    send("something_else", {});
    await settled();
    expect(side.words()).toEqual(["busy", "idle", "busy", "idle"]);
  });
});
