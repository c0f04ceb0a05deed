import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { isAbsolute, join } from "node:path";

import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { install } from "../../../../kernel/install/install.js";

let prefix: string;

beforeEach(() => {
  prefix = mkdtempSync(join(tmpdir(), "an environment "));
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(prefix, { recursive: true });
});

const kernelFolder = (data: string): string => join(data, "kernels", "neurarchy");

describe("install", () => {
  it("writes a kernelspec with absolute paths, interrupted by message", () => {
    install(prefix);
    const text = readFileSync(
      join(kernelFolder(join(prefix, "share", "jupyter")), "kernel.json"),
      "utf8",
    );
    const spec = JSON.parse(text) as { argv: string[] };
    expect(spec).toMatchObject({
      display_name: "TypeScript (Neurarchy)",
      language: "typescript",
      interrupt_mode: "message",
    });
    expect(spec.argv.slice(0, 2).every((path) => isAbsolute(path))).toBe(true);
    expect(spec.argv.slice(2)).toEqual(["kernel", "{connection_file}"]);
  });

  it("brings the pictures that Jupyter shows, and leaves nothing else when it is run again", () => {
    install(prefix);
    install(prefix);
    expect(readdirSync(kernelFolder(join(prefix, "share", "jupyter"))).sort()).toEqual([
      "kernel.json",
      "logo-32x32.png",
      "logo-64x64.png",
      "logo-svg.svg",
    ]);
  });

  it("without a prefix installs for the user, where Jupyter says that is", () => {
    vi.stubEnv("JUPYTER_DATA_DIR", join(prefix, "data"));
    install(null);
    expect(existsSync(join(kernelFolder(join(prefix, "data")), "kernel.json"))).toBe(true);
  });
});
