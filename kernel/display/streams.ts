import { StringDecoder } from "node:string_decoder";

type StreamName = "stdout" | "stderr";

/** Hand everything that is written to a standard stream, by `console` or directly, to `emit` instead, in order. */
export function captureStreams(emit: (name: StreamName, text: string) => void): void {
  capture(process.stdout, "stdout", emit);
  capture(process.stderr, "stderr", emit);
}

function capture(
  stream: NodeJS.WriteStream,
  name: StreamName,
  emit: (name: StreamName, text: string) => void,
): void {
  // Bytes may come in pieces that end inside a character.
  const decoder = new StringDecoder();
  stream.write = (
    chunk: string | Uint8Array,
    encoding?: BufferEncoding | ((error?: Error | null) => void),
    done?: (error?: Error | null) => void,
  ): boolean => {
    const text = typeof chunk === "string" ? chunk : decoder.write(Buffer.from(chunk));
    if (text !== "") emit(name, text);
    const callback = typeof encoding === "function" ? encoding : done;
    if (callback !== undefined) queueMicrotask(callback);
    return true;
  };
}
