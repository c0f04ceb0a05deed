import { describe, expect, it } from "vitest";

import { address, parseConnection } from "../../../../kernel/protocol/connection.js";

const fields = {
  transport: "tcp",
  ip: "127.0.0.1",
  shell_port: 5001,
  control_port: 5002,
  stdin_port: 5003,
  iopub_port: 5004,
  hb_port: 5005,
  key: "secret",
  signature_scheme: "hmac-sha256",
  kernel_name: "neurarchy",
};

const parse = (changes: object): ReturnType<typeof parseConnection> =>
  parseConnection(JSON.stringify({ ...fields, ...changes }), "c.json");

describe("parseConnection", () => {
  it("reads ports, key and hash", () => {
    const connection = parse({});
    expect(connection.ports).toEqual({
      shell: 5001,
      control: 5002,
      stdin: 5003,
      iopub: 5004,
      hb: 5005,
    });
    expect(connection).toMatchObject({ key: "secret", hash: "sha256" });
    expect(address(connection, "iopub")).toBe("tcp://127.0.0.1:5004");
  });

  it("knows how ZeroMQ names sockets in the file system", () => {
    expect(address(parse({ transport: "ipc", ip: "/tmp/k" }), "hb")).toBe("ipc:///tmp/k-5005");
  });

  it.each([
    [{ shell_port: 0 }, "shell_port"],
    [{ hb_port: "5005" }, "hb_port"],
    [{ key: undefined }, "key"],
    [{ transport: "udp" }, "udp"],
    [{ signature_scheme: "md5" }, "signature_scheme"],
  ])("names what is wrong with %o", (changes, culprit) => {
    expect(() => parse(changes)).toThrow(culprit);
    expect(() => parse(changes)).toThrow("c.json");
  });
});
