import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

import { afterEach, describe, expect, it } from "vitest";

import { executeContent, KernelProcess, ofType } from "../support/kernel-client.js";
import { childrenOf, isAlive, vanished } from "../support/processes.js";

let kernel: KernelProcess | null = null;

afterEach(async () => {
  await kernel?.close();
  kernel = null;
});

const spin = executeContent("console.log('spinning'); while (true) {}");

describe("while a cell spins", () => {
  it("heartbeat and control answer, and so do history, completeness and comms", async () => {
    kernel = await KernelProcess.start();
    const client = await kernel.connect();
    const id = await client.send("execute_request", spin);
    await client.until(() => ofType(client.publishedFor(id), "stream").length > 0);
    for (let beat = 0; beat < 10; beat++) {
      await client.heartbeat.send(`beat ${beat}`);
      const [echo] = await client.heartbeat.receive();
      expect(echo!.toString()).toBe(`beat ${beat}`);
    }
    await client.request("kernel_info_request", {}, "control");
    await client.request("kernel_info_request");
    await client.request("is_complete_request", { code: "1 +" });
    await client.request("history_request", { hist_access_type: "tail", n: 1 });
    await client.request("comm_info_request", {});
    expect(client.repliesTo(id)).toEqual([]);
    // A front end shows the last state it heard of, which reaches it beside the replies.
    await client.until(() => {
      const last = ofType(client.published, "status").at(-1)!;
      return last.content.execution_state === "busy" && last.parent.msg_id === id;
    });
  });
});

describe("shutdown_request", () => {
  it.each([
    [true, "control", "idle"],
    [false, "control", "idle"],
    [false, "shell", "idle"],
    [true, "control", "spinning"],
    [false, "control", "in native code"],
  ] as const)(
    "with restart %s on %s ends a kernel that is %s in a second",
    async (restart, channel, state) => {
      kernel = await KernelProcess.start();
      const client = await kernel.connect();
      // So that its child process runs, too.
      await client.request("complete_request", { code: "Math.ab", cursor_pos: 7 });
      expect(childrenOf(kernel.process.pid!)).not.toEqual([]);
      const code = {
        idle: "1",
        spinning: "while (true) {}",
        "in native code":
          "process.getBuiltinModule('node:child_process').spawnSync('sleep', ['30'])",
      }[state];
      const id = await client.send("execute_request", executeContent(`console.log("in"); ${code}`));
      await client.until(() => ofType(client.publishedFor(id), "stream").length > 0);
      if (state === "idle") await client.answer(id);
      const children = childrenOf(kernel.process.pid!);
      const before = performance.now();
      const shutdown = await client.request("shutdown_request", { restart }, channel);
      expect(shutdown.reply.content).toEqual({ status: "ok", restart });
      expect(ofType(shutdown.published, "shutdown_reply")[0]!.content.restart).toBe(restart);
      await kernel.ended();
      expect(performance.now() - before).toBeLessThan(2000);
      await Promise.all(children.map(vanished));
    },
  );
});

describe("the death of the server", () => {
  it("ends the kernel", async () => {
    const script = fileURLToPath(new URL("../support/forsaken-kernel.mjs", import.meta.url));
    kernel = await KernelProcess.start({
      argv: (file) => [process.execPath, script, file],
    });
    const client = await kernel.connect();
    const { published } = await client.execute("process.pid");
    const pid = Number(ofType(published, "execute_result")[0]!.content.data["text/plain"]);
    expect(isAlive(pid)).toBe(true);
    kernel.process.kill("SIGKILL");
    await kernel.ended();
    await vanished(pid);
  });
});

describe("a connection file that cannot be used", () => {
  it("is named, and the kernel ends with an error", async () => {
    const main = fileURLToPath(new URL("../../dist/kernel/main.js", import.meta.url));
    const child = spawn(process.execPath, [main, "kernel", "/nowhere/connection.json"]);
    let said = "";
    child.stderr.on("data", (chunk: Buffer) => (said += chunk.toString()));
    const status = await new Promise((resolve) => child.once("exit", resolve));
    expect(status).toBe(1);
    expect(said).toContain("/nowhere/connection.json");
  });
});
