import { randomUUID } from "node:crypto";

import { afterEach, describe, expect, it } from "vitest";

import { seededRandom } from "../support/seeded-random.js";
import {
  executeContent,
  KernelProcess,
  ofType,
  type KernelClient,
} from "../support/kernel-client.js";

let kernel: KernelProcess;

afterEach(() => kernel.close());

/** A cell that would leave a trace if it ever ran. */
const intruder = executeContent("globalThis.intruder = (globalThis.intruder ?? 0) + 1");

async function expectNothingRan(client: KernelClient): Promise<void> {
  const { reply, published } = await client.execute("String(globalThis.intruder)");
  expect(reply.content.status).toBe("ok");
  expect(ofType(published, "execute_result")[0]!.content.data["text/plain"]).toContain("undefined");
}

describe("messages that are not signed requests", () => {
  it("1000 random ones on shell and control: nothing runs, the next good one is answered", async () => {
    const seed = 20_031_030;
    const random = seededRandom(seed);
    kernel = await KernelProcess.start();
    const client = await kernel.connect();
    for (let i = 0; i < 1000; i++) {
      const good = client.frames(randomUUID(), "execute_request", intruder);
      const frames = malform(good, random);
      await client.sendFrames(random.below(2) === 0 ? "shell" : "control", frames);
    }
    await client.request("kernel_info_request", {}, "control");
    await client.request("kernel_info_request");
    await expectNothingRan(client);
    expect(kernel.stderr, `seed ${seed}`).toBe("");
  });

  it.each([
    ["a wrong signature", (f: Buffer[]) => replaceAt(f, 1, Buffer.from("0".repeat(64)))],
    ["no signature", (f: Buffer[]) => replaceAt(f, 1, Buffer.alloc(0))],
    ["a signature cut short", (f: Buffer[]) => replaceAt(f, 1, f[1]!.subarray(0, 32))],
    ["no delimiter", (f: Buffer[]) => f.slice(1)],
    ["a content that was changed", (f: Buffer[]) => replaceAt(f, 5, Buffer.from("{}"))],
    ["a missing frame", (f: Buffer[]) => f.slice(0, 5)],
    ["nothing but the delimiter", (f: Buffer[]) => f.slice(0, 1)],
  ])("%s: dropped without a word", async (_name, change) => {
    kernel = await KernelProcess.start();
    const client = await kernel.connect();
    const id = randomUUID();
    await client.sendFrames("shell", change(client.frames(id, "execute_request", intruder)));
    await expectNothingRan(client);
    expect(client.publishedFor(id)).toEqual([]);
    expect(client.repliesTo(id)).toEqual([]);
    expect(kernel.stderr).toBe("");
  });

  it("a message that was sent before: runs once", async () => {
    kernel = await KernelProcess.start();
    const client = await kernel.connect();
    const id = randomUUID();
    const frames = client.frames(id, "execute_request", intruder);
    await client.sendFrames("shell", frames);
    await client.sendFrames("shell", frames);
    await client.answer(id);
    const { published } = await client.execute("String(intruder)");
    expect(ofType(published, "execute_result")[0]!.content.data["text/plain"]).toContain("1");
    expect(client.repliesTo(id)).toHaveLength(1);
  });

  it("signed frames that are not JSON objects: dropped without a word", async () => {
    kernel = await KernelProcess.start();
    const client = await kernel.connect();
    for (const part of ["", "null", "[]", "7", "{", '{"msg_type": "execute_request"}']) {
      const signed = [part, "{}", "{}", "{}"].map((text) => Buffer.from(text));
      const signature = Buffer.from(client.sign(signed));
      await client.sendFrames("shell", [Buffer.from("<IDS|MSG>"), signature, ...signed]);
    }
    await client.execute("1");
    expect(kernel.stderr).toBe("");
  });
});

describe("an empty key", () => {
  it("means that nothing is signed, and everything works", async () => {
    kernel = await KernelProcess.start({ key: "" });
    const client = await kernel.connect();
    const { reply } = await client.execute("1");
    expect(reply.content.status).toBe("ok");
  });
});

describe("extra frames before the delimiter", () => {
  it("come back with the reply", async () => {
    kernel = await KernelProcess.start();
    const client = await kernel.connect();
    const id = randomUUID();
    const frames = client.frames(id, "kernel_info_request", {});
    await client.sendFrames("shell", ["hop", ...frames]);
    const { reply } = await client.answer(id);
    expect(reply.prefix).toEqual(["hop"]);
  });
});

function replaceAt(frames: readonly Buffer[], index: number, frame: Buffer): Buffer[] {
  return frames.map((old, i) => (i === index ? frame : old));
}

/** A message that must not be accepted, made from a good one whose signature is valid. */
function malform(good: readonly Buffer[], random: ReturnType<typeof seededRandom>): Buffer[] {
  const frames = [...good];
  switch (random.below(6)) {
    case 0: // bytes from nowhere
      return Array.from({ length: 1 + random.below(9) }, () => random.bytes(random.below(200)));
    case 1: // one bit of a signed frame or of the signature
      return flipBit(frames, 1 + random.below(frames.length - 1), random);
    case 2: // cut short
      return frames.slice(0, 1 + random.below(frames.length - 1));
    case 3: // no delimiter
      return frames.slice(1);
    case 4: // a frame of rubbish in place of a good one
      return replaceAt(frames, 1 + random.below(frames.length - 1), random.bytes(64));
    default: {
      // two signed frames exchanged; header and content always differ
      [frames[2], frames[5]] = [frames[5]!, frames[2]!];
      return frames;
    }
  }
}

function flipBit(
  frames: readonly Buffer[],
  index: number,
  random: ReturnType<typeof seededRandom>,
): Buffer[] {
  const frame = Buffer.from(frames[index]!);
  frame[random.below(frame.length)]! ^= 1 << random.below(8);
  return replaceAt(frames, index, frame);
}
