import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { KernelProcess, ofType, type KernelClient } from "../support/kernel-client.js";

let kernel: KernelProcess;
let client: KernelClient;

beforeAll(async () => {
  kernel = await KernelProcess.start();
  client = await kernel.connect();
});
afterAll(() => kernel.close());

describe("every request", () => {
  it.each([
    ["kernel_info_request", "shell", {}],
    ["kernel_info_request", "control", {}],
    ["comm_info_request", "shell", {}],
    ["is_complete_request", "shell", { code: "1" }],
    ["history_request", "shell", { hist_access_type: "tail", n: 1, output: false, raw: true }],
    ["complete_request", "shell", { code: "consol", cursor_pos: 6 }],
    ["inspect_request", "shell", { code: "console", cursor_pos: 3, detail_level: 0 }],
    ["execute_request", "shell", { code: "1" }],
    ["debug_request", "control", { type: "request", seq: 1, command: "debugInfo", arguments: {} }],
    ["interrupt_request", "control", {}],
    ["nobody_knows_this_request", "shell", {}],
    ["execute_request", "control", { code: "globalThis.viaControl = 1" }],
    ["execute_request", "shell", { code: 7 }],
    ["history_request", "shell", { hist_access_type: "all" }],
    ["complete_request", "shell", { code: "x", cursor_pos: -1 }],
  ] as const)(
    "%s on %s is answered once, between busy and idle",
    async (type, channel, content) => {
      const id = await client.send(type, content, channel);
      const { reply, published } = await client.answer(id);
      expect(reply.header.msg_type).toBe(type.replace("_request", "_reply"));
      expect(reply.header.session).not.toBe(client.session);
      const states = ofType(published, "status").map((m) => m.content.execution_state as string);
      expect(states).toEqual(["busy", "idle"]);
      await client.request("kernel_info_request");
      expect(client.repliesTo(id)).toHaveLength(1);
    },
  );

  it.each([
    ["nobody_knows_this_request", "shell", {}],
    ["execute_request", "control", { code: "globalThis.viaControl = 1" }],
    ["execute_request", "shell", { code: 7 }],
    ["is_complete_request", "shell", {}],
  ] as const)(
    "%s on %s is refused when it is not what the protocol says",
    async (type, channel, content) => {
      const { reply } = await client.request(type, content, channel);
      expect(reply.content).toMatchObject({ status: "error", ename: "InvalidRequest" });
    },
  );
});

describe("kernel_info_request", () => {
  it("describes the kernel and its language", async () => {
    const { content } = (await client.request("kernel_info_request")).reply;
    expect(content).toMatchObject({
      status: "ok",
      protocol_version: "5.5",
      implementation: "neurarchy",
      language_info: { name: "typescript", file_extension: ".ts", mimetype: "text/typescript" },
    });
    expect(content.banner).toContain("Neurarchy");
  });
});

describe("is_complete_request", () => {
  it.each([
    ["const a = 1", "complete"],
    ["function f() {", "incomplete"],
    ["const = = 7q", "invalid"],
  ])("%s is %s", async (code, status) => {
    const { reply } = await client.request("is_complete_request", { code });
    expect(reply.content.status).toBe(status);
  });
});

describe("history_request", () => {
  const ask = async (content: object): Promise<[number, number, unknown][]> =>
    (await client.request("history_request", { output: false, raw: true, ...content })).reply
      .content.history;

  beforeAll(async () => {
    for (const code of ["'alpha'", "'beta'", "'alpha'", "let gamma = 3"]) {
      await client.execute(code);
    }
  });

  it("gives the newest cells, oldest first", async () => {
    const cells = await ask({ hist_access_type: "tail", n: 2 });
    expect(cells.map(([, , input]) => input)).toEqual(["'alpha'", "let gamma = 3"]);
  });

  it("gives results where asked", async () => {
    const cells = await ask({ hist_access_type: "tail", n: 2, output: true });
    expect(cells.map(([, , both]) => both)).toEqual([
      ["'alpha'", "'alpha'"],
      ["let gamma = 3", null],
    ]);
  });

  it("gives a range of this session", async () => {
    const [[, line]] = (await ask({ hist_access_type: "tail", n: 1 })) as [
      [number, number, string],
    ];
    const range = { hist_access_type: "range", session: 0, start: line - 2, stop: line };
    expect((await ask(range)).map(([, , input]) => input)).toEqual(["'beta'", "'alpha'"]);
  });

  it("searches by glob, each text once if asked", async () => {
    const all = await ask({ hist_access_type: "search", pattern: "'a*'" });
    expect(all).toHaveLength(2);
    const unique = await ask({ hist_access_type: "search", pattern: "'a*'", unique: true });
    expect(unique).toHaveLength(1);
  });
});

describe("comms", () => {
  it("closes what is opened to a target that nobody knows", async () => {
    const id = await client.send("comm_open", { comm_id: "c1", target_name: "nobody", data: {} });
    await client.until(() => ofType(client.publishedFor(id), "comm_close").length > 0);
    expect(ofType(client.publishedFor(id), "comm_close")[0]!.content).toEqual({
      comm_id: "c1",
      data: {},
    });
    const { reply } = await client.request("comm_info_request", {});
    expect(reply.content).toEqual({ status: "ok", comms: {} });
  });
});
