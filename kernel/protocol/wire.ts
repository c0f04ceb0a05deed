import { createHmac, timingSafeEqual } from "node:crypto";

import type { Header, JsonObject, Message, ReceivedMessage } from "./message.js";

/** Stands between the routing prefix and the signature. */
const delimiter = Buffer.from("<IDS|MSG>");

/** How many digests are remembered to refuse replays; about 10 MB. */
const digestMemory = 65_536;

/**
 * Turns frames into messages and back:
 * `identity…, "<IDS|MSG>", signature, header, parent header, metadata, content, buffer…`.
 *
 * The signature is an HMAC over the four JSON frames. It is compared in constant time, over the raw bytes, before
 * anything is parsed, and a signature seen before is refused. With an empty key nothing is signed.
 */
export class Wire {
  private readonly seen = new Set<string>();

  constructor(key: string, hash: string) {
    this.key = key;
    this.hash = hash;
    // An unknown hash must fail now, not at the first message.
    this.sign([]);
  }

  private readonly key: string;
  private readonly hash: string;

  /** The message in `frames`, or null when they are not one: nobody learns why. */
  decode(frames: readonly Uint8Array[]): ReceivedMessage | null {
    const at = frames.findIndex((frame) => delimiter.equals(frame));
    if (at < 0 || frames.length < at + 6) return null;
    const signature = frames[at + 1]!;
    const signed = frames.slice(at + 2, at + 6);
    if (!this.accept(signature, signed)) return null;
    const [header, parentHeader, metadata, content] = signed.map(parseObject);
    if (!isHeader(header) || !parentHeader || !metadata || !content) return null;
    return {
      identities: frames.slice(0, at),
      header,
      parentHeader: isHeader(parentHeader) ? parentHeader : {},
      metadata,
      content,
      buffers: frames.slice(at + 6),
    };
  }

  /** Frames of a message, after the given routing prefix. */
  encode(prefix: readonly Uint8Array[], message: Message): Uint8Array[] {
    const signed = [message.header, message.parentHeader, message.metadata, message.content].map(
      (part) => Buffer.from(JSON.stringify(part)),
    );
    const signature = Buffer.from(this.sign(signed), "latin1");
    return [...prefix, delimiter, signature, ...signed, ...message.buffers];
  }

  private accept(signature: Uint8Array, signed: readonly Uint8Array[]): boolean {
    if (this.key === "") return true;
    const expected = Buffer.from(this.sign(signed), "latin1");
    if (expected.length !== signature.length || !timingSafeEqual(expected, signature)) return false;
    const digest = expected.toString("latin1");
    if (this.seen.has(digest)) return false;
    this.seen.add(digest);
    if (this.seen.size > digestMemory) {
      for (const oldest of this.seen) {
        this.seen.delete(oldest);
        break;
      }
    }
    return true;
  }

  /** Hexadecimal digest; empty without a key. */
  private sign(frames: readonly Uint8Array[]): string {
    if (this.key === "") return "";
    const hmac = createHmac(this.hash, this.key);
    for (const frame of frames) hmac.update(frame);
    return hmac.digest("hex");
  }
}

function parseObject(frame: Uint8Array): JsonObject | null {
  try {
    const value: unknown = JSON.parse(
      Buffer.from(frame.buffer, frame.byteOffset, frame.byteLength).toString(),
    );
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? (value as JsonObject)
      : null;
  } catch {
    return null;
  }
}

/** Clients differ in `date`, `username` and `version`; what the kernel relies on is these three. */
function isHeader(value: JsonObject | null | undefined): value is JsonObject & Header {
  return (
    value !== null &&
    value !== undefined &&
    typeof value["msg_id"] === "string" &&
    typeof value["msg_type"] === "string" &&
    typeof value["session"] === "string"
  );
}
