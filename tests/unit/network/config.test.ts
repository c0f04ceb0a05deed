import { mkdtempSync, readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { describe, expect, it } from "vitest";

import { InvalidConfiguration, Network } from "../../../lib/index.js";
import { Clock, Sink, strictNetwork } from "../../support/neurons.js";

function recording(): { net: Network; warnings: string[] } {
  const net = new Network();
  const warnings: string[] = [];
  net.config({ logger: (message) => warnings.push(message) });
  return { net, warnings };
}

describe("configuration", () => {
  it.each([
    { dt: "1" },
    { method: "rk5" },
    { numThreads: 0 },
    { numThreads: 1.5 },
    { precision: "half" },
    { dtype: "float16" },
    { verbose: 1 },
    { logger: "console" },
    { paradigm: "cuda" },
    { visibleCores: [0.5] },
    { traceCalls: "all" },
    { useCppConnectors: 1 },
  ])("refuses %j and names the key", (options) => {
    const [key] = Object.keys(options);
    const untyped: object = options;
    expect(() => strictNetwork().config(untyped)).toThrow(InvalidConfiguration);
    expect(() => strictNetwork().config(untyped)).toThrow(new RegExp(`^${key!} = `));
  });

  it("warns of keys that nobody knows, and of those without effect, once", () => {
    const { net, warnings } = recording();
    const unknown: object = { numThread: 2, paradigm: "openmp", onlyIntIdxType: true };
    net.config(unknown);
    net.config(unknown);
    expect(warnings).toEqual([
      'WARNING: unknown configuration key "numThread" is ignored; did you mean "numThreads"?',
      'WARNING: "paradigm", "onlyIntIdxType": no effect, the engine decides this itself',
    ]);
  });

  it("can drop warnings", () => {
    const { net, warnings } = recording();
    net.config({ suppressWarnings: true });
    net.getPopulation("none");
    expect(warnings).toEqual([]);
  });

  it("warns when dt changes under existing objects", () => {
    const { net, warnings } = recording();
    net.config({ dt: 0.5 });
    net.create(1, { neuron: Sink });
    expect(warnings).toEqual([]);
    net.dt = 0.25;
    expect(warnings).toHaveLength(1);
  });

  it.each([{ dtype: "float32" }, { precision: "float" }] as const)(
    "computes in single precision with %j",
    async (options) => {
      const net = strictNetwork({}, options);
      const pop = net.create(2, { neuron: Clock });
      pop.set({ n: 0.1 });
      const monitor = net.monitor(pop, "n");
      await net.compile();
      await net.step();
      const expected = new Float32Array(2).fill(Math.fround(Math.fround(0.1) + 1));
      expect(pop.get("n")).toMatchObject({ data: expected });
      expect(monitor.get("n")).toMatchObject({ data: expected });
    },
  );

  it("tells the logger what is compiled when verbose", async () => {
    const { net, warnings } = recording();
    net.config({ verbose: true });
    net.create(1, { neuron: Sink });
    await net.compile();
    expect(warnings).toHaveLength(1);
  });
});

describe("the options of compile", () => {
  it("say where to and how, and warn of what has no effect", async () => {
    const { net, warnings } = recording();
    net.create(1, { neuron: Sink });
    net.config({ verbose: true });
    const directory = mkdtempSync(join(tmpdir(), "neurarchy-"));
    const options = {
      compiler: "default",
      compilerFlags: "-O1",
      silent: true,
      profileEnabled: true,
    };
    await net.compile({ ...options, directory });
    expect([net.directory, readdirSync(directory).includes("kernels")]).toEqual([directory, true]);
    expect(warnings).toEqual([
      'WARNING: "profileEnabled": no effect, the engine decides this itself',
    ]);
  });

  it("are checked", async () => {
    const wrong: object = { clean: 1 };
    const { net } = recording();
    net.create(1, { neuron: Sink });
    await expect(net.compile(wrong)).rejects.toMatchObject({ code: "INVALID_SETTING" });
  });
});
