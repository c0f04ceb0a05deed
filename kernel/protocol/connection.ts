import { readFileSync } from "node:fs";

/** Where the sockets are and what messages are signed with: the content of a connection file. */
export interface Connection {
  readonly transport: "tcp" | "ipc";
  readonly ip: string;
  readonly ports: Readonly<Record<SocketName, number>>;
  /** Empty: messages are not signed. */
  readonly key: string;
  /** Hash of the HMAC, such as `sha256`. */
  readonly hash: string;
}

/** The five channels of a kernel. */
export type SocketName = "shell" | "control" | "stdin" | "iopub" | "hb";

const socketNames: readonly SocketName[] = ["shell", "control", "stdin", "iopub", "hb"];

/**
 * Read a connection file.
 * @throws {Error} when the file cannot be read, is not JSON, or a field is missing or of the wrong kind
 */
export function readConnection(path: string): Connection {
  return parseConnection(readFileSync(path, "utf8"), path);
}

/** Check the text of a connection file; `origin` names it in errors. */
export function parseConnection(text: string, origin: string): Connection {
  const fields: unknown = JSON.parse(text);
  if (typeof fields !== "object" || fields === null) throw new Error(`${origin} is not an object`);
  const field = (name: string): unknown => (fields as Record<string, unknown>)[name];
  const string = (name: string): string => {
    const value = field(name);
    if (typeof value !== "string") throw new Error(`${origin}: "${name}" is not a string`);
    return value;
  };
  const port = (name: SocketName): number => {
    const value = field(`${name}_port`);
    if (typeof value !== "number" || !Number.isInteger(value) || value < 1 || value > 65535) {
      throw new Error(`${origin}: "${name}_port" is not a port number`);
    }
    return value;
  };
  const transport = string("transport");
  if (transport !== "tcp" && transport !== "ipc") {
    throw new Error(`${origin}: transport "${transport}" is neither "tcp" nor "ipc"`);
  }
  const scheme = /^hmac-([a-z0-9-]+)$/.exec(string("signature_scheme"));
  if (scheme === null) throw new Error(`${origin}: "signature_scheme" does not name an HMAC`);
  const ports = Object.fromEntries(socketNames.map((name) => [name, port(name)]));
  return {
    transport,
    ip: string("ip"),
    ports: ports as Record<SocketName, number>,
    key: string("key"),
    hash: scheme[1]!,
  };
}

/** The address of a socket as ZeroMQ writes it. */
export function address(connection: Connection, socket: SocketName): string {
  const separator = connection.transport === "tcp" ? ":" : "-";
  return `${connection.transport}://${connection.ip}${separator}${connection.ports[socket]}`;
}
