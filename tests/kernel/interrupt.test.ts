import { afterAll, beforeAll, describe, expect, it } from "vitest";

import {
  executeContent,
  KernelProcess,
  ofType,
  type KernelClient,
} from "../support/kernel-client.js";

let kernel: KernelProcess;
let client: KernelClient;

beforeAll(async () => {
  kernel = await KernelProcess.start();
  client = await kernel.connect();
  await client.execute(
    "const kept = { answer: 42 }; const sleep = (ms) => new Promise((r) => setTimeout(r, ms))",
  );
  const { reply } = await client.execute(`
    const net = new Network({ dt: 0.1, seed: 1 });
    const noisy = new Neuron({ parameters: "tau = 10.0", equations: "tau * dr/dt = -r + Normal(0.0, 1.0)" });
    const pop = net.create(1000, { neuron: noisy });
    await net.compile();`);
  expect(reply.content).toMatchObject({ status: "ok" });
});
afterAll(() => kernel.close());

/** Code that never ends, each printing `stuck` just before it gets there. */
const runaways: Readonly<Record<string, string>> = {
  "a simulation": `mark(); await net.simulate(1e8)`,
  "a simulation that nobody awaits": `mark(); net.simulate(1e8)`,
  "simulations one after the other": `mark(); for (;;) await net.simulate(10)`,
  "a pending await": `mark(); await new Promise(() => {})`,
  "an endless chain of timers": `mark(); for (;;) await sleep(5)`,
  "a loop": `mark(); while (true) {}`,
  "a loop after an await": `await sleep(1); mark(); while (true) {}`,
  "an endless chain of microtasks": `mark(); for (;;) await 0`,
  "a loop in a timer": `setTimeout(() => { mark(); while (true) {} }); await new Promise(() => {})`,
  "a loop in setImmediate": `setImmediate(() => { mark(); while (true) {} }); await new Promise(() => {})`,
  "a loop in nextTick": `process.nextTick(() => { mark(); while (true) {} }); await new Promise(() => {})`,
  "a loop in a file callback": `import { readFile } from "node:fs";
    readFile("/dev/null", () => { mark(); while (true) {} }); await new Promise(() => {})`,
  "a loop in an event listener": `import { EventEmitter } from "node:events";
    const emitter = new EventEmitter(); emitter.on("go", () => { mark(); while (true) {} }); emitter.emit("go")`,
  "a loop that catches everything": `mark(); while (true) { try { while (true) {} } catch {} }`,
  "a loop in finally": `try { throw 1 } finally { mark(); while (true) {} }`,
  "an endless sort": `mark(); while (true) [3, 1, 2].sort(() => { for (;;) ; })`,
  "a catastrophic regular expression": `mark(); /^(a+)+$/.test("a".repeat(60) + "b")`,
  "Atomics.wait": `mark(); Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)`,
  "a getter of the result": `mark(); ({ get [Symbol.toStringTag]() { while (true) {} } })`,
};

const cases = Object.entries(runaways);

/** Run code until it says that it is stuck, interrupt, and wait for the end of the cell. */
async function interruptRunaway(code: string): Promise<void> {
  const id = await client.send(
    "execute_request",
    executeContent(`const mark = () => process.stdout.write("stuck\\n");\n${code}`),
  );
  await client.until(() => ofType(client.publishedFor(id), "stream").length > 0);
  const before = performance.now();
  await client.request("interrupt_request", {}, "control");
  const { reply, published } = await client.answer(id);
  expect(reply.content).toMatchObject({ status: "error", ename: "KernelInterrupt" });
  expect(ofType(published, "error")[0]?.content).toMatchObject({ ename: "KernelInterrupt" });
  expect(performance.now() - before).toBeLessThan(2000);
  expect(client.repliesTo(id)).toHaveLength(1);
}

async function expectStateKept(): Promise<void> {
  const { reply, published } = await client.execute("kept.answer");
  expect(reply.content.status).toBe("ok");
  expect(ofType(published, "execute_result")[0]?.content.data["text/plain"]).toBe("42");
}

describe("interrupt", () => {
  it.each(cases)("ends %s and keeps what the notebook has", async (_name, code) => {
    await interruptRunaway(code);
    await expectStateKept();
  });

  it("leaves a simulation at a whole step, from which it goes on", async () => {
    await interruptRunaway("const before = net.time; mark(); await net.simulate(1e8)");
    const { published } = await client.execute(`
      const at = net.time; await net.simulate(5);
      [at > before, Number.isInteger(Math.round(at * 1e6) / 1e5), net.time - at, pop.r.data.every(Number.isFinite)]`);
    const [result] = ofType(published, "execute_result");
    expect(result!.content.data["text/plain"]).toMatch(
      /^\[ true, true, (5|4\.9+\d*|5\.0+\d*), true \]$/,
    );
  });

  it("stops a timer that spins after its cell has ended", async () => {
    const { reply } = await client.execute(`
      setInterval(() => { process.stdout.write("late\\n"); while (true) {} }, 1); 1`);
    expect(reply.content.status).toBe("ok");
    await client.until(() => client.published.some(({ content }) => content.text === "late\n"));
    await client.request("interrupt_request", {}, "control");
    await expectStateKept();
  });

  it("does nothing when nothing runs", async () => {
    const { reply } = await client.request("interrupt_request", {}, "control");
    expect(reply.content.status).toBe("ok");
    await expectStateKept();
  });

  it("says that native code cannot be stopped, and ends the cell when it returns", async () => {
    const code = `import { execSync } from "node:child_process"; console.log("in"); execSync("sleep 2")`;
    const id = await client.send("execute_request", executeContent(code));
    await client.until(() => ofType(client.publishedFor(id), "execute_input").length > 0);
    await client.until(() => ofType(client.publishedFor(id), "stream").length > 0);
    await client.request("interrupt_request", {}, "control");
    const { published } = await client.answer(id);
    const said = ofType(published, "stream").map(({ content }) => content.text as string);
    expect(said.join("")).toContain("native code");
    await expectStateKept();
  });

  it("lives through 200 interrupts in a row", async () => {
    for (let i = 0; i < 200; i++) await interruptRunaway(cases[i % cases.length]![1]);
    await expectStateKept();
    expect(kernel.process.exitCode).toBeNull();
  }, 180_000);
});
