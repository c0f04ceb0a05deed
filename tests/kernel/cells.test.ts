import { utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import {
  KernelProcess,
  ofType,
  streamText,
  type Answer,
  type KernelClient,
} from "../support/kernel-client.js";

let kernel: KernelProcess;
let client: KernelClient;

beforeAll(async () => {
  kernel = await KernelProcess.start();
  client = await kernel.connect();
});
afterAll(() => kernel.close());

function result({ published }: Answer): unknown {
  return ofType(published, "execute_result")[0]?.content.data["text/plain"];
}

function file(name: string, text: string): void {
  writeFileSync(join(kernel.folder, name), text);
}

describe("TypeScript files of the notebook", () => {
  it("are imported, with and without their ending, and import each other", async () => {
    file("one.ts", 'import { two } from "./two";\nexport const one: number = two - 1;');
    file("two.ts", "export const two: number = 2;");
    expect(result(await client.execute('import { one } from "./one"; one'))).toBe("1");
    expect(result(await client.execute('import { two } from "./two.ts"; two'))).toBe("2");
    expect(result(await client.execute('(await import("./two.js")).two'))).toBe("2");
  });

  it("are loaded anew when they have changed", async () => {
    file("changing.ts", "export const value = 'old';");
    await client.execute('import { value } from "./changing"');
    file("changing.ts", "export const value = 'new';");
    utimesSync(join(kernel.folder, "changing.ts"), 0, 0);
    expect(result(await client.execute('import { value } from "./changing"; value'))).toBe("'new'");
  });

  it("share the library with the cells", async () => {
    file("model.ts", 'import { Network } from "neurarchy";\nexport const Mine = Network;');
    expect(result(await client.execute('import { Mine } from "./model"; Mine === Network'))).toBe(
      "true",
    );
  });

  it("have decorators", async () => {
    file("decorated.ts", "const seal = (c: Function) => Object.seal(c);\n@seal\nexport class C {}");
    const answer = await client.execute('import { C } from "./decorated"; Object.isSealed(C)');
    expect(result(answer)).toBe("true");
  });

  it("have their own lines in errors", async () => {
    file(
      "failing.ts",
      "interface Unused {}\n\nexport function fail(): never {\n  throw new Error('no');\n}",
    );
    const { reply } = await client.execute('import { fail } from "./failing";\nfail()');
    expect(reply.content.traceback).toContain("    at fail (failing.ts:4:9)");
    expect(reply.content.traceback.join("\n")).toMatch(/at cell\[\d+\]\.ts:2:1$/);
  });

  it("say where they are wrong", async () => {
    file("wrong.ts", "const a = 1;\nconst = 2;");
    const { reply } = await client.execute('import "./wrong"');
    expect(reply.content.ename).toBe("SyntaxError");
    expect(reply.content.evalue).toContain("  2 | const = 2;\n    |       ^");
  });
});

describe("what would end a process", () => {
  it.each([
    ["process.exit(1)", "ProcessExit"],
    ["process.abort()", "ProcessExit"],
    [
      "import { EventEmitter } from 'node:events'; new EventEmitter().emit('error', new Error('x'))",
      "Error",
    ],
    ["null.x", "TypeError"],
  ])("is an error of the cell: %s", async (code, ename) => {
    expect((await client.execute(code)).reply.content).toMatchObject({ status: "error", ename });
    expect(result(await client.execute("1 + 1"))).toBe("2");
  });

  it.each([
    ["setTimeout(() => { throw new Error('lost') }, 1)"],
    ["setImmediate(() => { throw new Error('lost') })"],
    ["process.nextTick(() => { throw new Error('lost') })"],
    ["Promise.reject(new Error('lost'))"],
    [
      "import { EventEmitter } from 'node:events'; const emitter = new EventEmitter(); setTimeout(() => emitter.emit('error', new Error('lost')), 1)",
    ],
    ["setTimeout(() => process.exit(1), 1)"],
  ])("is told on the cell's stderr when nothing waits for it: %s", async (code) => {
    const id = await client.send("execute_request", { code: `void 0; ${code}; void 0`, ...quiet });
    await client.until(() => streamText(client.publishedFor(id), "stderr").includes("Uncaught"));
    expect(result(await client.execute("1 + 1"))).toBe("2");
  });
});

describe("the simulator", () => {
  it("runs by magics and shows its progress and its figure", async () => {
    await client.execute(
      "const net = new Network({ dt: 1, seed: 1 });\n" +
        'const neuron = new Neuron({ equations: "dv/dt = 1.0", spike: "v >= 5.0", reset: "v = 0.0" });\n' +
        "const pop = net.create(3, { neuron });\n" +
        'const monitor = net.monitor(pop, "spike");',
    );
    const answer = await client.execute("%compile\n%simulate 20\n%raster");
    expect(ofType(answer.published, "error").map(({ content }) => content.evalue)).toEqual([]);
    const figure = ofType(answer.published, "display_data").at(-1)!.content.data;
    expect(Object.keys(figure).sort()).toEqual([
      "application/vnd.plotly.v1+json",
      "image/png",
      "text/plain",
    ]);
    expect(result(await client.execute("net.time"))).toBe("20");
  });

  it("waits for a run that nobody awaits", async () => {
    expect(result(await client.execute("net.simulate(10); net.simulate(5); net.time"))).toBe("35");
  });

  it("shows mistakes in equations with their caret and nothing else", async () => {
    const code =
      'new Network().create(1, { neuron: new Neuron({ parameters: "tau = 1.0", equations: "tau * dr/dt = -r / tua" }) })';
    const { reply } = await client.execute(code);
    expect(reply.content.ename).toBe("EquationError");
    const text: string = reply.content.traceback.join("\n");
    expect(text).toMatch(/\^{3} did you mean "tau"\?$/);
  });
});

const quiet = {
  silent: false,
  store_history: true,
  user_expressions: {},
  allow_stdin: false,
  stop_on_error: false,
};
