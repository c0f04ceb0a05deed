import { execFileSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { emitUnit } from "../../../lib/codegen/unit.js";
import { compileUnit, compileUnits } from "../../../lib/compile/compile.js";
import { findToolchain } from "../../../lib/compile/toolchain.js";
import { CompileError } from "../../../lib/errors.js";
import { coba, izhikevich } from "../../support/definitions.js";
import { lowered } from "../../support/compiled.js";

const unit = emitUnit(lowered({ equations: "r = t + 1" }), { precision: "double" });
const other = emitUnit(lowered({ equations: "r = t + 2" }), { precision: "double" });
let cacheFolder = "";

beforeEach(() => {
  cacheFolder = mkdtempSync(join(tmpdir(), "neurarchy compile-"));
});
afterEach(() => vi.unstubAllEnvs());

/** A compiler that counts how often it is started, with a blank in its path. */
function countingCompiler(): { path: string; starts: () => number } {
  const path = join(cacheFolder, "counting-cc");
  const log = join(cacheFolder, "starts");
  writeFileSync(path, `#!/bin/sh\necho start >> "${log}"\nexec gcc "$@"\n`);
  chmodSync(path, 0o755);
  const starts = (): number =>
    existsSync(log) ? readFileSync(log, "utf8").split("\n").length - 1 : 0;
  return { path, starts };
}

describe("compileUnit", () => {
  it("makes a library that exports the kernel and nothing else", async () => {
    const { path, manifest } = await compileUnit(unit, { cacheFolder });
    const symbols = execFileSync("nm", ["-D", "--defined-only", path], { encoding: "utf8" });
    expect(
      symbols
        .trim()
        .split("\n")
        .map((line) => line.split(" ").at(-1)),
    ).toEqual(["neurarchy_kernel"]);
    expect(manifest).toBe(unit.manifest);
  });

  it("finds a unit in the cache without starting a process", async () => {
    const { path, starts } = countingCompiler();
    vi.stubEnv("PATH", `${cacheFolder}:${process.env["PATH"] ?? ""}`);
    const first = await compileUnit(unit, { compiler: "counting-cc", cacheFolder });
    // Once for its version, once to compile.
    expect(starts()).toBe(2);
    const second = await compileUnit(unit, {
      compiler: path.slice(path.lastIndexOf("/") + 1),
      cacheFolder,
    });
    expect(starts()).toBe(2);
    expect(second.path).toBe(first.path);
  });

  it("compiles equal units once and answers in the order of the question", async () => {
    const libraries = await compileUnits([other, unit, other], { cacheFolder });
    expect(libraries[0]!.path).toBe(libraries[2]!.path);
    expect(libraries[1]!.path).not.toBe(libraries[0]!.path);
    expect(
      readdirSync(join(cacheFolder, "kernels")).filter((name) => name.endsWith(".so")),
    ).toHaveLength(2);
  });

  it("is safe when several compile the same unit at once", async () => {
    const all = await Promise.all([1, 2, 3].map(() => compileUnit(unit, { cacheFolder })));
    expect(new Set(all.map(({ path }) => path)).size).toBe(1);
    expect(
      readdirSync(join(cacheFolder, "kernels")).filter((name) => name.endsWith(".tmp")),
    ).toEqual([]);
  });

  it("passes on the words of the compiler and says where the C file is", async () => {
    const broken = { ...unit, text: `${unit.text}\nthis is no C;\n` };
    const error: unknown = await compileUnit(broken, { cacheFolder }).catch(
      (caught: unknown) => caught,
    );
    if (!(error instanceof CompileError)) throw error;
    expect(error.code).toBe("COMPILER_FAILED");
    expect(error.message).toContain("this is no C");
    const { file } = error.details as { file: string };
    expect(readFileSync(file, "utf8")).toBe(broken.text);
    expect(
      readdirSync(join(cacheFolder, "kernels")).filter((name) => !name.endsWith(".c")),
    ).toEqual([]);
  });

  it("says what it looked for when there is no compiler", async () => {
    vi.stubEnv("PATH", cacheFolder);
    vi.stubEnv("CC", "");
    await expect(compileUnit(unit, { cacheFolder })).rejects.toMatchObject({
      code: "NO_COMPILER",
      details: { tried: ["gcc", "clang", "cc"] },
    });
    const missing = join(cacheFolder, "nowhere", "cc");
    await expect(compileUnit(unit, { compiler: missing, cacheFolder })).rejects.toMatchObject({
      code: "NO_COMPILER",
      details: { tried: [missing] },
    });
  });

  it("prefers $CC, which may have words of its own", async () => {
    vi.stubEnv("CC", "gcc -pipe");
    const toolchain = await findToolchain(undefined, cacheFolder);
    expect([toolchain.compiler.endsWith("/gcc"), toolchain.prefix]).toEqual([true, ["-pipe"]]);
    await compileUnit(unit, { cacheFolder });
  });

  it("asks a compiler for its version again when its file has changed", async () => {
    const { path, starts } = countingCompiler();
    await findToolchain(path, cacheFolder);
    await findToolchain(path, cacheFolder);
    expect(starts()).toBe(1);
    writeFileSync(path, `${readFileSync(path, "utf8")}# newer\n`);
    expect(statSync(path).size).toBeGreaterThan(0);
    await findToolchain(path, cacheFolder);
    expect(starts()).toBe(2);
  });
});

describe("generated loops", () => {
  it.each([
    ["COBA", "double", coba],
    ["COBA", "float", coba],
    ["Izhikevich", "double", izhikevich],
  ] as const)("of %s become vectors in %s precision", async (_, precision, definition) => {
    const { text } = emitUnit(lowered(definition), { precision });
    const file = join(cacheFolder, "unit.c");
    writeFileSync(file, text);
    const { compiler, prefix, flags } = await findToolchain(undefined, cacheFolder);
    const version = execFileSync(compiler, ["--version"], { encoding: "utf8" });
    const isGcc = !version.includes("clang");
    const report = isGcc ? "-fopt-info-vec" : "-Rpass=loop-vectorize";
    const include = fileURLToPath(new URL("../../../native/include", import.meta.url));
    // Both write their remarks to the standard error stream.
    const words = [
      compiler,
      ...prefix,
      ...flags,
      report,
      "-Wall",
      "-Wextra",
      "-Werror",
      "-I",
      include,
      file,
    ];
    const command = [...words, "-o", join(cacheFolder, "unit.so")]
      .map((word) => `'${word}'`)
      .join(" ");
    const remarks = execFileSync("sh", ["-c", `${command} 2>&1`], { encoding: "utf8" });
    // Compilers name the line of the loop or the first one of its body.
    const loop =
      text.split("\n").findIndex((line) => line.includes("for (int i = 0; i < NA_BLOCK; i++)")) + 1;
    expect(remarks).toMatch(new RegExp(`unit\\.c:(${loop}|${loop + 1}):\\d+: .*vectorized`));
  });
});

describe("the user's configuration of the compiler", () => {
  const file = (content: string): string => {
    const path = join(cacheFolder, "lab.json");
    writeFileSync(path, content);
    return path;
  };

  it("is a file with a compiler and flags, which hold where none are given", async () => {
    const configFile = file(
      '{ "openmp": { "compiler": "no-such-cc", "flags": "-O1" }, "cuda": {} }',
    );
    const refused = compileUnit(unit, { configFile, cacheFolder });
    await expect(refused).rejects.toMatchObject({ code: "NO_COMPILER" });
    const one = await compileUnit(unit, { configFile, compiler: "gcc", cacheFolder });
    const same = await compileUnit(unit, { compiler: "gcc", flags: "-O1", cacheFolder });
    const other = await compileUnit(unit, { compiler: "gcc", cacheFolder });
    expect([same.path, other.path === one.path]).toEqual([one.path, false]);
  });

  it("is found where users have their configuration", async () => {
    vi.stubEnv("XDG_CONFIG_HOME", cacheFolder);
    mkdirSync(join(cacheFolder, "neurarchy"));
    writeFileSync(
      join(cacheFolder, "neurarchy", "neurarchy.json"),
      '{ "openmp": { "compiler": "x" } }',
    );
    const refused = compileUnit(unit, { cacheFolder });
    await expect(refused).rejects.toMatchObject({ code: "NO_COMPILER", details: { tried: ["x"] } });
  });

  it.each(["[1]", "{", '{ "openmp": 3 }', '{ "openmp": { "flags": 3 } }'])(
    "cannot be %s",
    async (content) => {
      const refused = compileUnit(unit, { configFile: file(content), cacheFolder });
      await expect(refused).rejects.toMatchObject({ code: "INVALID_CONFIG_FILE" });
    },
  );

  it("must be there when it is named, and has no flags that change results", async () => {
    const missing = compileUnit(unit, { configFile: join(cacheFolder, "none"), cacheFolder });
    await expect(missing).rejects.toMatchObject({ code: "INVALID_CONFIG_FILE" });
    const fast = compileUnit(unit, { flags: "-O2 -ffast-math", cacheFolder });
    await expect(fast).rejects.toMatchObject({
      ...{ code: "COMPILER_FLAG", details: { flag: "-ffast-math" } },
    });
  });

  it("can ask for what is in the cache to be compiled again", async () => {
    const { starts } = countingCompiler();
    vi.stubEnv("PATH", `${cacheFolder}:${process.env["PATH"] ?? ""}`);
    const options = { compiler: "counting-cc", cacheFolder };
    await compileUnit(unit, options);
    const before = starts();
    await compileUnit(unit, options);
    expect(starts()).toBe(before);
    await compileUnit(unit, { ...options, clean: true });
    expect(starts()).toBe(before + 1);
  });
});
