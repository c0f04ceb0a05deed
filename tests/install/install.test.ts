/** install.sh: what it says when something is missing, and that it works in any folder and does nothing twice. */
import { execFileSync, spawnSync } from "node:child_process";
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { afterAll, describe, expect, it } from "vitest";

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
const scratch = mkdtempSync(join(tmpdir(), "neurarchy install "));
afterAll(() => {
  rmSync(scratch, { recursive: true, force: true });
});

/** A copy of the sources, as a clone would have them, in a folder whose name has spaces. */
function copyOfSources(name: string): string {
  const target = join(scratch, name);
  const list = ["ls-files", "-z", "--cached", "--others", "--exclude-standard"];
  for (const file of execFileSync("git", list, { cwd: root, encoding: "utf8" }).split("\0")) {
    if (file === "" || !existsSync(join(root, file))) continue;
    mkdirSync(join(target, dirname(file)), { recursive: true });
    copyFileSync(join(root, file), join(target, file));
  }
  return target;
}

/** A folder for PATH with every program of this machine but those excluded, and with some replaced. */
function programs(exclude: RegExp, replaced: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(scratch, "bin-"));
  for (const [name, script] of Object.entries(replaced)) {
    writeFileSync(join(folder, name), `#!/bin/sh\n${script}\n`);
    chmodSync(join(folder, name), 0o755);
  }
  for (const place of (process.env["PATH"] ?? "").split(":").filter((one) => existsSync(one))) {
    for (const name of readdirSync(place)) {
      if (exclude.test(name) || existsSync(join(folder, name))) continue;
      try {
        symlinkSync(join(place, name), join(folder, name));
      } catch {
        // A dangling link of the machine that was taken already.
      }
    }
  }
  return folder;
}

/** Every file below a folder with its size and time of change. */
function snapshot(folder: string, ignored: readonly string[] = []): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => !ignored.some((name) => file === name || file.startsWith(`${name}/`)))
    .flatMap((file) => {
      const { mtimeMs, size } = statSync(join(folder, file), { throwIfNoEntry: false }) ?? {};
      return mtimeMs === undefined ? [] : [`${file} ${String(size)} ${String(mtimeMs)}`];
    })
    .sort();
}

function install(folder: string, environment: NodeJS.ProcessEnv = {}) {
  const env = { ...process.env, ...environment };
  delete env["CC"];
  delete env["CXX"];
  return spawnSync("/bin/bash", [join(folder, "install.sh")], {
    cwd: scratch,
    env,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
  });
}

const c = /^(.*-)?(gcc|cc|clang|tcc)(-[\d.]+)?$|^c(89|99)(-gcc)?$/;
const cxx = /^(.*-)?([gc]\+\+|clang\+\+)(-[\d.]+)?$/;
const none = /^$/;

describe("on a machine that lacks something", () => {
  const cases: readonly {
    readonly what: string;
    readonly exclude?: RegExp;
    readonly replaced?: Readonly<Record<string, string>>;
    readonly says: readonly RegExp[];
    readonly packages: string;
  }[] = [
    {
      what: "a C compiler",
      exclude: c,
      says: [/^ {2}gcc +a C compiler, gcc or clang: found none$/m],
      packages: "gcc",
    },
    {
      what: "any compiler",
      exclude: new RegExp(`${c.source}|${cxx.source}`),
      says: [/^ {2}gcc +a C compiler/m, /^ {2}g\+\+ +a C\+\+ compiler/m],
      packages: "gcc g++",
    },
    {
      what: "OpenMP",
      replaced: { "g++": "exit 1", "clang++": "exit 1", "c++": "exit 1" },
      says: [/^ {2}g\+\+ +C\+\+20 with OpenMP/m],
      packages: "g++",
    },
    {
      what: "CMake",
      exclude: /^cmake$/,
      says: [/^ {2}cmake +CMake 3\.20 or newer: found none$/m],
      packages: "cmake",
    },
    {
      what: "make and ninja",
      exclude: /^(make|gmake|ninja)$/,
      says: [/^ {2}make +/m],
      packages: "make",
    },
    {
      what: "Python",
      exclude: /^python3/,
      says: [/^ {2}python3 +Python 3\.10 or newer: found none$/m],
      packages: "python3 python3-venv",
    },
    {
      what: "a Python that is new enough",
      replaced: { python3: 'case "$2" in *version_info*) echo 3.9;; esac' },
      says: [/found 3\.9$/m],
      packages: "python3",
    },
    {
      what: "Python's venv",
      replaced: { python3: 'case "$2" in *version_info*) echo 3.11;; *) exit 1;; esac' },
      says: [/^ {2}python3-venv +/m],
      packages: "python3-venv",
    },
    {
      what: "a Node that is new enough",
      replaced: { node: "echo v18.20.4" },
      says: [/^ {2}nodejs +Node\.js 20\.19 or newer: found v18\.20\.4/m],
      packages: "nodejs",
    },
    {
      what: "Node and npm",
      exclude: /^(node|nodejs|npm)$/,
      says: [/^ {2}npm +/m],
      packages: "nodejs npm",
    },
    {
      what: "Node, compilers and CMake, all in one message",
      exclude: new RegExp(`^(node|cmake)$|${c.source}|${cxx.source}`),
      says: [],
      packages: "nodejs gcc g++ cmake",
    },
  ];

  const folder = copyOfSources("nothing changed");

  it.each(cases)(
    "names the package for $what and changes nothing",
    ({ exclude, replaced, says, packages }) => {
      const before = snapshot(folder);
      const { status, stdout, stderr } = install(folder, {
        PATH: programs(exclude ?? none, replaced ?? {}),
      });
      expect(status).toBe(1);
      expect(stdout).toBe("");
      expect(stderr).toMatch(/^install\.sh: something is missing; nothing was changed$/m);
      for (const sentence of says) expect(stderr).toMatch(sentence);
      expect(stderr.trimEnd().split("\n").at(-1)).toBe(
        `On Debian or Ubuntu: apt-get install ${packages}`,
      );
      expect(snapshot(folder)).toEqual(before);
    },
  );
});

describe("in a fresh copy whose path has spaces", () => {
  const folder = copyOfSources("a fresh copy");
  // Node's own cache of compiled code and Python's may change when a program is only started.
  const ignored = [".npm"];

  it("installs, runs the notebook and prints what it made", { timeout: 600_000 }, () => {
    const { status, stdout, stderr } = install(folder);
    expect(stderr).toBe("");
    expect(status).toBe(0);
    expect(stdout).toMatch(/^\d+ spikes$/m);
    expect(stdout).toMatch(/^excitatory: \d+\.\d+ Hz$/m);
    expect(stdout).toMatch(/^inhibitory: \d+\.\d+ Hz$/m);
    expect(stdout).toMatch(/^wall time: \d+\.\d s/m);
    const picture = /^picture: (.*)$/m.exec(stdout)![1]!;
    expect(statSync(picture).size).toBeGreaterThan(10_000);
    expect(stdout.trimEnd().split("\n").at(-1)).toMatch(
      /^ {2}\S.*jupyter-lab .*izhikevich\.ipynb$/,
    );
  });

  it("does nothing the second time", { timeout: 60_000 }, () => {
    const before = snapshot(folder, ignored);
    const { status, stdout } = install(folder);
    expect(status).toBe(0);
    const steps = stdout.split("\n").filter((line) => /^\d\/\d /.test(line));
    expect(steps).toHaveLength(7);
    expect(steps.filter((line) => !line.endsWith("up to date"))).toEqual([]);
    expect(snapshot(folder, ignored)).toEqual(before);
  });
});
