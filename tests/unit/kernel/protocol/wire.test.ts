import { createHmac } from "node:crypto";

import { describe, expect, it } from "vitest";

import { Headers, type Message } from "../../../../kernel/protocol/message.js";
import { Wire } from "../../../../kernel/protocol/wire.js";

const message: Message = {
  header: new Headers().next("execute_request"),
  parentHeader: {},
  metadata: { some: "data" },
  content: { code: "'ü🎉'" },
  buffers: [Buffer.from([1, 2, 3])],
};

const prefix = [Buffer.from("client")];

describe("Wire", () => {
  it("reads back what it writes", () => {
    const frames = new Wire("key", "sha256").encode(prefix, message);
    const read = new Wire("key", "sha256").decode(frames);
    expect(read).toEqual({ ...message, identities: prefix });
  });

  it("signs the four JSON frames with the HMAC of the key", () => {
    const frames = new Wire("key", "sha256").encode(prefix, message);
    const hmac = createHmac("sha256", "key");
    for (const frame of frames.slice(3, 7)) hmac.update(frame);
    expect(Buffer.from(frames[2]!).toString()).toBe(hmac.digest("hex"));
  });

  it("refuses a message it has read before, and no other", () => {
    const wire = new Wire("key", "sha256");
    const frames = new Wire("key", "sha256").encode([], message);
    expect(wire.decode(frames)).not.toBeNull();
    expect(wire.decode(frames)).toBeNull();
    const next = { ...message, header: new Headers().next("execute_request") };
    expect(wire.decode(new Wire("key", "sha256").encode([], next))).not.toBeNull();
  });

  it("refuses the signature of another key", () => {
    const frames = new Wire("other", "sha256").encode([], message);
    expect(new Wire("key", "sha256").decode(frames)).toBeNull();
  });

  it("parses nothing before the signature is right", () => {
    const bomb = [Buffer.from("<IDS|MSG>"), Buffer.from("0".repeat(64))];
    const frames = [...bomb, ...Array.from({ length: 4 }, () => Buffer.from("{"))];
    expect(new Wire("key", "sha256").decode(frames)).toBeNull();
  });

  it("signs nothing with an empty key", () => {
    const wire = new Wire("", "sha256");
    const frames = wire.encode([], message);
    expect(frames[1]).toHaveLength(0);
    expect(wire.decode(frames)).not.toBeNull();
    expect(wire.decode(frames)).not.toBeNull();
  });

  it("fails at once for a hash that does not exist", () => {
    expect(() => new Wire("key", "sha0")).toThrow();
  });

  it.each([
    ["no frames", []],
    ["a delimiter alone", ["<IDS|MSG>"]],
    ["too few frames", ["<IDS|MSG>", "", "{}", "{}", "{}"]],
    [
      "a header without a type",
      ["<IDS|MSG>", "", '{"msg_id":"1","session":"s"}', "{}", "{}", "{}"],
    ],
    ["a content that is a list", ["<IDS|MSG>", "", header(), "{}", "{}", "[]"]],
    ["a content that is null", ["<IDS|MSG>", "", header(), "{}", "{}", "null"]],
    ["a content that is not JSON", ["<IDS|MSG>", "", header(), "{}", "{}", "{"]],
  ])("drops %s", (_name, frames) => {
    expect(new Wire("", "sha256").decode(frames.map((text) => Buffer.from(text)))).toBeNull();
  });
});

function header(): string {
  return '{"msg_id":"1","msg_type":"execute_request","session":"s"}';
}
