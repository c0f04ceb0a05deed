import { afterAll, beforeAll, describe, expect, it } from "vitest";

import {
  executeContent,
  KernelProcess,
  ofType,
  streamText,
  type ClientMessage,
  type KernelClient,
} from "../support/kernel-client.js";

let kernel: KernelProcess;
let client: KernelClient;

beforeAll(async () => {
  kernel = await KernelProcess.start();
  client = await kernel.connect();
});
afterAll(() => kernel.close());

function types(messages: readonly ClientMessage[]): string[] {
  return messages.map(({ header, content }) =>
    header.msg_type === "status" ? (content.execution_state as string) : header.msg_type,
  );
}

describe("execute_request", () => {
  it("publishes input and result between busy and idle, and replies with the count", async () => {
    const { reply, published } = await client.execute("1 + 1");
    expect(types(published)).toEqual(["busy", "execute_input", "execute_result", "idle"]);
    const count = reply.content.execution_count;
    expect(reply.content).toEqual({
      status: "ok",
      execution_count: count,
      payload: [],
      user_expressions: {},
    });
    expect(published[1]!.content).toEqual({ code: "1 + 1", execution_count: count });
    expect(published[2]!.content).toEqual({
      execution_count: count,
      data: { "text/plain": "2" },
      metadata: {},
    });
  });

  it("reports an error on iopub and in the reply", async () => {
    const { reply, published } = await client.execute("throw new RangeError('too far')");
    expect(types(published)).toEqual(["busy", "execute_input", "error", "idle"]);
    expect(reply.content).toMatchObject({
      status: "error",
      ename: "RangeError",
      evalue: "too far",
    });
    expect(published[2]!.content).toMatchObject({ ename: "RangeError", evalue: "too far" });
  });

  it("says nothing when silent, and does not count", async () => {
    const before = (await client.execute("1")).reply.content.execution_count as number;
    const silent = await client.execute("console.log('hush'); globalThis.quiet = 7; quiet", {
      silent: true,
    });
    expect(types(silent.published)).toEqual(["busy", "idle"]);
    expect(silent.reply.content.status).toBe("ok");
    const after = await client.execute("quiet");
    expect(after.reply.content.execution_count).toBe(before + 1);
    expect(ofType(after.published, "execute_result")[0]!.content.data["text/plain"]).toBe("7");
  });

  it("shows but does not count what is not stored", async () => {
    const unstored = await client.execute("'seen'", { store_history: false });
    expect(types(unstored.published)).toContain("execute_result");
    const { reply } = await client.execute("1");
    expect(reply.content.execution_count).toBe(unstored.reply.content.execution_count);
    const { reply: tail } = await client.request("history_request", {
      hist_access_type: "tail",
      n: 5,
      output: false,
      raw: true,
    });
    expect(JSON.stringify(tail.content.history)).not.toContain("seen");
  });

  it("evaluates user expressions one by one", async () => {
    const { reply } = await client.execute("const base = 20", {
      user_expressions: { good: "base + 1", bad: "nothingOfThatName" },
    });
    expect(reply.content.user_expressions.good).toMatchObject({
      status: "ok",
      data: { "text/plain": "21" },
    });
    expect(reply.content.user_expressions.bad).toMatchObject({
      status: "error",
      ename: "ReferenceError",
    });
  });

  it("aborts the cells that wait behind a failed one, of every client, and runs later ones", async () => {
    const other = await kernel.connect();
    const failing = await client.send("execute_request", executeContent(slow("throw 1")));
    await client.until(() => types(client.publishedFor(failing)).includes("execute_input"));
    const waiting = await client.send("execute_request", executeContent("'mine'"));
    const foreign = await other.send("execute_request", executeContent("'theirs'"));
    const order = await Promise.all([
      client.answer(failing),
      client.answer(waiting),
      other.answer(foreign),
    ]);
    expect(order.map(({ reply }) => reply.content.status)).toEqual(["error", "aborted", "aborted"]);
    expect(types(order[1].published)).toEqual(["busy", "idle"]);
    expect((await client.execute("'after'")).reply.content.status).toBe("ok");
  });

  it("runs the cells behind a failed one that does not stop on errors", async () => {
    const failing = await client.send(
      "execute_request",
      executeContent(slow("throw 1"), { stop_on_error: false }),
    );
    const next = await client.send("execute_request", executeContent("'next'"));
    expect((await client.answer(failing)).reply.content.status).toBe("error");
    expect((await client.answer(next)).reply.content.status).toBe("ok");
  });

  it("runs cells in the order in which they were sent", async () => {
    await client.execute("globalThis.order = []");
    const ids = await Promise.all(
      [30, 0, 10].map((ms, i) =>
        client.send("execute_request", executeContent(slow(`order.push(${i})`, ms))),
      ),
    );
    await Promise.all(ids.map((id) => client.answer(id)));
    const { published } = await client.execute("order.join()");
    expect(ofType(published, "execute_result")[0]!.content.data["text/plain"]).toContain("0,1,2");
  });

  it("asks only the client that runs the cell, and hands the answer to the cell", async () => {
    const other = await kernel.connect();
    const id = await client.send(
      "execute_request",
      executeContent("const name = prompt('who? ', { password: true }); `hello ${name}`", {
        allow_stdin: true,
      }),
    );
    await client.until(() => client.repliesTo(id).some(({ channel }) => channel === "stdin"));
    const [question] = client.repliesTo(id);
    expect(question!.content).toEqual({ prompt: "who? ", password: true });
    await client.send("input_reply", { value: "Ada" }, "stdin");
    await client.until(() => types(client.publishedFor(id)).includes("idle"));
    const [result] = ofType(client.publishedFor(id), "execute_result");
    expect(result!.content.data["text/plain"]).toContain("hello Ada");
    expect(other.repliesTo(id)).toEqual([]);
  });

  it("refuses a question when the client takes none", async () => {
    const { reply } = await client.execute("prompt('who? ')", { allow_stdin: false });
    expect(reply.content).toMatchObject({ status: "error", ename: "InputRefused" });
  });

  it("gives up a question that is interrupted, and takes the next answer for the next question", async () => {
    const asking = executeContent("prompt('who? ')", { allow_stdin: true });
    const first = await client.send("execute_request", asking);
    await client.until(() => client.repliesTo(first).length > 0);
    await client.request("interrupt_request", {}, "control");
    await client.until(() => types(client.publishedFor(first)).includes("idle"));
    expect(ofType(client.publishedFor(first), "error")[0]!.content.ename).toBe("KernelInterrupt");
    await client.send("input_reply", { value: "too late" }, "stdin");
    const second = await client.send("execute_request", asking);
    await client.until(() => client.repliesTo(second).length > 0);
    await client.send("input_reply", { value: "in time" }, "stdin");
    await client.until(() => types(client.publishedFor(second)).includes("idle"));
    const [result] = ofType(client.publishedFor(second), "execute_result");
    expect(result!.content.data["text/plain"]).toContain("in time");
  });
});

describe("output", () => {
  it("delivers 20 000 lines complete, in order, before idle, in few messages", async () => {
    const { published } = await client.execute(
      "for (let i = 0; i < 20000; i++) console.log(`line ${i}`)",
    );
    const expected = Array.from({ length: 20_000 }, (_, i) => `line ${i}\n`).join("");
    expect(streamText(published)).toBe(expected);
    expect(ofType(published, "stream").length).toBeLessThanOrEqual(20);
    expect(types(published).at(-1)).toBe("idle");
  });

  it("keeps the order of stdout and stderr", async () => {
    const { published } = await client.execute(
      "for (let i = 0; i < 500; i++) (i % 2 ? console.error : console.log)(i)",
    );
    const printed = ofType(published, "stream").map(({ content }) => [content.name, content.text]);
    expect(printed).toEqual(
      Array.from({ length: 500 }, (_, i) => [i % 2 ? "stderr" : "stdout", `${i}\n`]),
    );
  });

  it("gives late output to the cell that made it", async () => {
    const first = await client.send(
      "execute_request",
      executeContent("setTimeout(() => console.log('late'), 50); 0"),
    );
    await client.answer(first);
    const second = await client.execute("await new Promise((r) => setTimeout(r, 200))");
    await client.until(() => streamText(client.publishedFor(first)) === "late\n");
    expect(streamText(second.published)).toBe("");
  });
});

/** A cell that takes a moment before it does something. */
function slow(code: string, ms = 100): string {
  return `await new Promise((r) => setTimeout(r, ${ms})); ${code}`;
}
