import { spawn } from "node:child_process";
import { once } from "node:events";
import { rmSync } from "node:fs";
import { dirname } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";

import type { ServerCommand } from "../../kernel/language/language-client.js";
import { nativeServer } from "../../kernel/language/installation.js";
import { createTypeService, type TypeService } from "../../kernel/language/type-service.js";
import {
  childrenOf,
  isRunning,
  makeNotebookFolder,
  nodeServerFromSource,
  runSource,
} from "../support/type-service.js";

const surroundings = makeNotebookFolder();
const native = nativeServer();
const node = nodeServerFromSource();
const MODEL = 'const lif = new Neuron({ equations: "dv/dt = -v; u = 2" });';

let service: TypeService;

/** A service that waits long enough for answers on a busy machine, unless it is the waiting that is tested. */
function start(servers: readonly (ServerCommand | null)[], deadline = 50_000): void {
  const { folder } = surroundings;
  const present = servers.filter((server) => server !== null);
  service = createTypeService({ folder, surroundings, servers: present, deadline });
}

/** Texts offered at the `|` of a cell. */
async function offers(marked: string): Promise<string[]> {
  const { code, offset } = cursor(marked);
  const { matches } = await service.complete(code, offset);
  return matches.map(({ text }) => text);
}

async function explains(marked: string, detail: 0 | 1 = 0): Promise<string | undefined> {
  const { code, offset } = cursor(marked);
  return (await service.inspect(code, offset, detail))?.text;
}

function cursor(marked: string): { code: string; offset: number } {
  const offset = marked.indexOf("|");
  return { code: marked.slice(0, offset) + marked.slice(offset + 1), offset };
}

afterAll(() => rmSync(dirname(surroundings.folder), { recursive: true }));

test("finds the native server of this platform", () => {
  expect(native).not.toBeNull();
});

describe.each([
  ["the native server", native],
  ["the server in Node", node],
])("with %s", (_, server) => {
  // One notebook for all: what a test declares, a later one declares anew.
  beforeAll(() => start([server]));
  afterAll(() => service.close());

  test("completes the members of what an earlier cell declared", async () => {
    service.cellRun("const point = { left: 1, right: 'b' };");
    expect(await offers("point.|")).toEqual(["left", "right"]);
    expect(await offers("Math.max(point.le|")).toEqual(["left"]);
  });

  test("completes what the text of a model declares", async () => {
    service.cellRun(`const net = new Network();\n${MODEL}`);
    service.cellRun("const pop = net.create(10, { neuron: lif });");
    expect(await offers("pop.|")).toEqual(["size", "u", "v"]);
  });

  test("says what a completion is", async () => {
    service.cellRun(
      "function add(a: number, b: number) { return a + b }\nconst added = 1;\nclass Adder {}",
    );
    const { matches, start: from, end } = await service.complete("1; ad", 5);
    expect({ matches, from, end }).toEqual({
      matches: [
        { text: "add", kind: "function", type: "function add(a: number, b: number): number" },
        { text: "added", kind: "instance", type: "const added: 1" },
        { text: "Adder", kind: "class", type: "class Adder" },
      ],
      from: 3,
      end: 5,
    });
    expect((await service.complete("Neur", 4)).matches[0]?.kind).toBe("class");
    expect((await service.complete("Promis", 6)).matches[0]?.kind).toBe("class");
  });

  test("knows the names of Node and none of a browser", async () => {
    expect(await offers("process.cw|")).toEqual(["cwd"]);
    expect(await offers("docum|")).toEqual([]);
  });

  test("completes types of earlier cells and of the prelude", async () => {
    service.cellRun("interface Setting { gain: number }");
    expect(await offers("let s: Setti|")).toEqual(["Setting"]);
    expect(await offers("let s: Setting = null!; s.|")).toEqual(["gain"]);
    expect(await offers("let o: NetworkOp|")).toEqual(["NetworkOptions"]);
  });

  test("completes the words an option allows", async () => {
    expect(await offers('new Network({ method: "|" })')).toEqual(["explicit", "exponential"]);
    expect(await offers("new Network({ me|")).toEqual(["method"]);
  });

  test("replaces the dot after a value that may be undefined", async () => {
    service.cellRun(
      "const found: { index: number } | undefined = [{ index: 1 }].find(() => true);",
    );
    expect(await service.complete("found.", 6)).toMatchObject({
      matches: [{ text: "?.index" }],
      start: 5,
      end: 6,
    });
  });

  test("resolves imports from the notebook's folder and of the library by its name", async () => {
    expect(await offers('import { hel| } from "./helper";')).toEqual(["helper"]);
    expect(await offers('import { Netwo| } from "neurarchy";')).toEqual([
      "Network",
      "NetworkOptions",
    ]);
    service.cellRun('import { helper as increment } from "./helper";');
    expect(await explains("incr|ement")).toContain("(n: number) => number");
  });

  test("sees the newest declaration of a name, of whatever type", async () => {
    service.cellRun("const x = { first: 1 };");
    service.cellRun("const reader = x;");
    service.cellRun("const x = { second: 2 };");
    expect(await offers("x.|")).toEqual(["second"]);
    expect(await offers("reader.|")).toEqual(["first"]);
    expect(await offers("const x = { third: 3 };\nx.|")).toEqual(["third"]);
  });

  test("understands functions that call each other across cells", async () => {
    service.cellRun("function even(n: number): boolean { return n === 0 || odd(n - 1) }");
    service.cellRun("function odd(n: number) { return n !== 0 && even(n - 1) }");
    expect(await explains("od|d")).toBe("function odd(n: number): boolean");
  });

  test("lets a name of the user hide one of the runtime or of the prelude", async () => {
    service.cellRun("const performance = { mine: 1 };\nconst Population = { yours: 2 };");
    expect(await offers("performance.|")).toEqual(["mine"]);
    expect(await offers("Population.|")).toEqual(["yours"]);
  });

  test("answers inside unfinished code", async () => {
    service.cellRun("const point = { left: 1 };");
    expect(await offers("for (const p of [point]) {\n  const text = `${p.|")).toEqual(["left"]);
    expect(await offers("const a = (\npoint.|\n%simulate 100\nconst b = {")).toEqual(["left"]);
  });

  test("counts characters outside the basic plane as two code units", async () => {
    service.cellRun("const point = { left: 1 };");
    expect(await service.complete('"😀"; point.le', 14)).toMatchObject({ start: 12, end: 14 });
  });

  test("completes the argument of a magic as an expression", async () => {
    service.cellRun("const spikes = { times: [1] };");
    expect(await offers("const a = 1\n%raster spikes.t|\nconst b = 2")).toEqual(["times"]);
  });

  test("explains a name with its signature and documentation", async () => {
    service.cellRun(
      "/** Adds two numbers. */\nfunction add(a: number, b: number) { return a + b }",
    );
    expect(await explains("ad|d(1, 2)")).toMatch(
      /^(function )?add\(a: number, b: number\): number\n\nAdds two numbers\.$/,
    );
    expect(await explains("Netw|ork")).toContain("Holds what is simulated.");
  });

  test("explains the function whose arguments surround the cursor", async () => {
    expect(await explains("Math.max(1, |")).toContain("Math.max(...values: number[]): number");
  });

  test("shows the definition when asked for detail", async () => {
    service.cellRun("function add(a: number, b: number) {\n  return a + b;\n}");
    expect(await explains("add|", 1)).toBe(
      "function add(a: number, b: number): number\n\nfunction add(a: number, b: number) {\n  return a + b;\n}",
    );
  });

  test("has nothing to say about nothing", async () => {
    expect(await explains("|")).toBeUndefined();
    expect(await explains("unheardOf|")).toBeUndefined();
    expect(await offers("// comm|")).toEqual([]);
  });

  test("passes over a cell that does not parse and keeps what a failed cell declared", async () => {
    service.cellRun("const broken = ;");
    service.cellRun("const made = { before: 1 };\nthrow new Error('too late');");
    expect(await offers("made.|")).toEqual(["before"]);
    expect(await offers("brok|")).toEqual([]);
  });
});

describe("a server that fails", () => {
  afterEach(() => service.close());

  test("is started again when killed, and knows the notebook as before", async () => {
    start([native]);
    service.cellRun("const point = { left: 1 };");
    expect(await offers("point.|")).toEqual(["left"]);
    const [pid] = childrenOf(process.pid, "--lsp");
    process.kill(pid!, "SIGKILL");
    await vi.waitFor(() => expect(childrenOf(process.pid, "--lsp")).toEqual([]));
    await vi.waitFor(async () => expect(await offers("point.|")).toEqual(["left"]), 10_000);
  });

  test("gives way to the next one when it does not start", async () => {
    const absent = { command: "/no/such/server", args: [] };
    const refusing = { command: process.execPath, args: ["-e", "process.exit(1)"] };
    start([absent, refusing, native]);
    expect(await offers("Math.ma|")).toEqual(["max"]);
  });

  test("is given up when it dies at every question, and the answers are empty", async () => {
    const dying = {
      command: process.execPath,
      args: [
        "-e",
        'process.stdin.once(\'data\', () => process.stdout.write(\'Content-Length: 36\\r\\n\\r\\n{"jsonrpc":"2.0","id":1,"result":{}}\', () => process.exit()))',
      ],
    };
    start([dying]);
    for (let question = 0; question < 5; question++) {
      expect(await service.complete("Math.", 5)).toEqual({ matches: [], start: 5, end: 5 });
    }
    expect(childrenOf(process.pid, "Content-Length")).toEqual([]);
  });

  test("that never answers costs a question its deadline and no more", async () => {
    start([{ command: process.execPath, args: ["-e", "process.stdin.resume()"] }], 200);
    const answers = await Promise.all([service.complete("a", 1), service.inspect("a", 1, 0)]);
    expect(answers).toEqual([{ matches: [], start: 1, end: 1 }, null]);
  });

  test("that is absent leaves the service without answers", async () => {
    start([]);
    service.cellRun("const a = 1;");
    expect(await offers("a|")).toEqual([]);
    expect(await explains("a|")).toBeUndefined();
  });
});

test("the child ends when the service is closed", async () => {
  start([native]);
  expect(await offers("Math.ma|")).toEqual(["max"]);
  expect(childrenOf(process.pid, "--lsp")).toHaveLength(1);
  service.close();
  await vi.waitFor(() => expect(childrenOf(process.pid, "--lsp")).toEqual([]));
  expect(await offers("Math.ma|")).toEqual([]);
});

test("the child ends when this process is killed", async () => {
  const host = runSource(new URL("../support/type-service-host.ts", import.meta.url));
  const parent = spawn(process.execPath, host, { stdio: ["ignore", "pipe", "inherit"] });
  await once(parent.stdout, "data");
  const [pid] = childrenOf(parent.pid!, "--lsp");
  expect(pid).toBeDefined();
  parent.kill("SIGKILL");
  await vi.waitFor(() => expect(isRunning(pid!)).toBe(false), 10_000);
});

test("knows the simulator's own names, and the attributes that a model's text declares", async () => {
  service = createTypeService({ folder: surroundings.folder, deadline: 50_000 });
  service.cellRun(`
    const net = new Network({ dt: 1.0 });
    const model = new Neuron({
      parameters: "a = 0.02; b = 0.2",
      equations: "dv/dt = 0.04 * v**2 - u; du/dt = a * (b * v - u)",
      spike: "v >= 30.0",
      reset: "v = -65.0",
    });
    const pop = net.create(100, { neuron: model });
  `);
  expect(await offers("pop.|")).toEqual(expect.arrayContaining(["a", "b", "u", "v", "size"]));
  expect(await offers("display.ht|")).toEqual(["html"]);
  expect(await offers('import { Netwo| } from "neurarchy";')).toContain("Network");
  expect(await offers('import { disp| } from "tslab";')).toEqual(["display"]);
  service.close();
});
