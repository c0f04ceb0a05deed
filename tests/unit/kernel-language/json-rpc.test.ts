import { PassThrough } from "node:stream";
import { expect, test } from "vitest";

import {
  ConnectionClosed,
  JsonRpcConnection,
  RequestFailed,
  type Handler,
} from "../../../kernel/language/json-rpc.js";

/** Two ends of one connection; `there` answers with `handle`. */
function connect(handle: Handler) {
  const forth = new PassThrough();
  const back = new PassThrough();
  const here = new JsonRpcConnection(back, forth, () => null);
  const there = new JsonRpcConnection(forth, back, handle);
  return { here, there, forth, back };
}

test("answers each request with its own result, in whatever order", async () => {
  const { here } = connect((_, params) => Promise.resolve(params));
  const results = await Promise.all([1, 2, 3].map((n) => here.request("echo", { n })));
  expect(results).toEqual([{ n: 1 }, { n: 2 }, { n: 3 }]);
});

test("counts the bytes of a message, not its characters", async () => {
  const { here } = connect((_, params) => params);
  expect(await here.request("echo", "μV 😀")).toBe("μV 😀");
});

test("reads messages that arrive in pieces and several in one piece", async () => {
  const back = new PassThrough();
  const here = new JsonRpcConnection(back, new PassThrough(), () => null);
  const answers = Promise.all([here.request("a", null), here.request("b", null)]);
  const frame = (id: number): string => {
    const body = `{"jsonrpc":"2.0","id":${id},"result":${id}}`;
    return `Content-Type: x\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
  };
  for (const byte of frame(1).slice(0, 30)) back.write(byte);
  back.write(frame(1).slice(30) + frame(2));
  expect(await answers).toEqual([1, 2]);
});

test("hands a failure of the other end to the one who asked", async () => {
  const { here } = connect(() => {
    throw new Error("no such thing");
  });
  await expect(here.request("x", null)).rejects.toThrow(new RequestFailed("no such thing"));
});

test("rejects what is pending when the other end goes away, and everything after", async () => {
  const { here, back } = connect(() => new Promise(() => undefined));
  const pending = here.request("x", null);
  back.destroy();
  await expect(pending).rejects.toThrow(ConnectionClosed);
  await expect(here.request("y", null)).rejects.toThrow(ConnectionClosed);
  expect(here.open).toBe(false);
});

test.each([
  "Content-Length: x\r\n\r\n{}",
  "Content-Length: 3\r\n\r\n{,}",
  "Content-Length: 2\r\n\r\n[]",
])("closes when what arrives is not the protocol: %j", async (garbage) => {
  const { here, back } = connect(() => new Promise(() => undefined));
  const pending = here.request("x", null);
  back.write(garbage);
  await expect(pending).rejects.toThrow(ConnectionClosed);
});

test("tells the other end to give up when the asker does", async () => {
  const cancelled = new Promise((resolve) => {
    const { here } = connect((method, params) => {
      if (method === "$/cancelRequest") resolve(params);
      return new Promise(() => undefined);
    });
    const asking = new AbortController();
    here.request("slow", null, asking.signal).catch(() => undefined);
    asking.abort();
  });
  expect(await cancelled).toEqual({ id: 1 });
});
