import { afterEach, describe, expect, it } from "vitest";

import {
  CONTROL,
  Network,
  setup,
  type NetworkHost,
  type Progress,
  type RunHandle,
} from "../../../lib/index.js";
import { Clock, strictNetwork } from "../../support/neurons.js";

const error = (code: string, details: object = {}): unknown =>
  expect.objectContaining({ code, details: expect.objectContaining(details) });

async function compiled(config: Parameters<typeof strictNetwork>[1] = {}): Promise<Network> {
  const net = strictNetwork({ dt: 0.5 }, config);
  net.create(10, { neuron: Clock, name: "clocks" });
  await net.compile();
  return net;
}

/** Steps that take far longer than any test: only an interruption ends them. */
const FOREVER = 1e9;

describe("a run", () => {
  it("needs a compiled network", async () => {
    const net = strictNetwork();
    net.create(1, { neuron: Clock });
    await expect(net.simulate(1)).rejects.toThrow(error("NOT_COMPILED", { call: "simulate" }));
    await expect(net.step()).rejects.toThrow(error("NOT_COMPILED", { call: "step" }));
    expect(() => net.reset()).toThrow(error("NOT_COMPILED", { call: "reset" }));
  });

  it("advances the clock by whole steps", async () => {
    const net = await compiled();
    await net.simulate(3.2);
    expect([net.currentStep, net.time]).toEqual([7, 3.5]);
    await net.step();
    await net.simulate(0);
    expect(net.currentStep).toBe(8);
    net.time = 1.3;
    expect(net.currentStep).toBe(2);
    net.currentStep = 100;
    expect(net.time).toBe(50);
  });

  it.each([-1, NaN, Infinity, 1e12])("cannot last %d ms", async (duration) => {
    const net = await compiled();
    await expect(net.simulate(duration)).rejects.toThrow(error("INVALID_DURATION"));
    await expect(net.simulate(JSON.parse('"10"'))).rejects.toThrow(error("INVALID_DURATION"));
    expect(net.currentStep).toBe(0);
  });

  it("waits for the runs called before it", async () => {
    const net = strictNetwork();
    const pop = net.create(1, { neuron: Clock });
    const runs = [net.compile(), net.simulate(1), net.step()];
    expect(runs.map(({ run }) => run)).toEqual([true, true, true]);
    expect(runs.every((run) => run instanceof Promise)).toBe(true);
    await net.simulate(0);
    expect(String(pop.get("n"))).toBe("[2.]");
  });

  it("that fails lets the next one begin", async () => {
    const net = await compiled();
    const failing = expect(net.simulate(-1)).rejects.toThrow(error("INVALID_DURATION"));
    await net.step();
    await failing;
    expect(net.currentStep).toBe(1);
  });

  it("keeps everyone else away until it has ended, and says what is missing", async () => {
    const net = await compiled();
    const [pop] = net.getPopulations();
    const monitor = net.monitor(pop!, "spike");
    const run = net.simulate(10);
    const pending = error("RUN_PENDING", { run: "simulate(10)" });
    for (const touch of [
      () => pop!.get("n"),
      () => {
        pop!.set({ n: 1 });
      },
      () => pop!.view(":2").get("n"),
      () => pop!.buffer("n"),
      () => monitor.get(),
      () => net.monitor(pop!, "n"),
      () => net.time,
      () => net.reset(),
      () => net.clear(),
      () => net.config({ verbose: true }),
    ]) {
      expect(touch).toThrow(pending);
    }
    expect(() => net.time).toThrow('add "await"');
    await run;
    expect(net.time).toBe(10);
  });
});

describe("a signal", () => {
  it("ends the run after a whole step; the next run goes on from there", async () => {
    const net = await compiled();
    const controller = new AbortController();
    const reason = new Error("enough");
    const run = net.simulate(FOREVER, {
      signal: controller.signal,
      progress: ({ done }) => {
        if (done > 0) controller.abort(reason);
      },
    });
    await expect(run).rejects.toBe(reason);
    const steps = net.currentStep;
    expect(steps).toBeGreaterThan(0);
    // The clocks count modulo 3: their state is that after exactly so many steps.
    const [pop] = net.getPopulations();
    expect(pop!.get("n")).toMatchObject({ data: new Float64Array(10).fill(steps % 3) });
    await net.step();
    expect(net.currentStep).toBe(steps + 1);
  });

  it("aborted before the run prevents it", async () => {
    const net = await compiled();
    const reason = new Error("never mind");
    const signal = AbortSignal.abort(reason);
    await expect(net.simulate(10, { signal })).rejects.toBe(reason);
    expect(net.currentStep).toBe(0);
  });
});

describe("progress", () => {
  it("is told at the end, in ms", async () => {
    const net = await compiled();
    const told: Progress[] = [];
    await net.simulate(10, { progress: (progress) => told.push(progress) });
    expect(told.at(-1)).toMatchObject({ done: 10, total: 10, unit: "ms", remaining: 0 });
    expect(told.at(-1)!.elapsed).toBeGreaterThanOrEqual(0);
  });

  it("can be measured", async () => {
    const lines: string[] = [];
    const net = await compiled({ logger: (line) => lines.push(line) });
    await net.simulate(10, { measureTime: true });
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/^simulating 0\.01 s of network \d+ took \d+\.\d{3} s$/);
  });
});

describe("a host", () => {
  const created: Network[] = [];
  const started: RunHandle[] = [];
  const host: NetworkHost = {
    created: (network) => created.push(network),
    started: (run) => started.push(run),
  };
  afterEach(() => {
    setup({ host: null });
    created.length = 0;
    started.length = 0;
  });

  it("given to setup knows the networks made later, and their runs", async () => {
    setup({ host });
    const net = strictNetwork({ dt: 0.5 });
    expect(created).toEqual([net]);
    net.create(10, { neuron: Clock });
    await net.compile();
    await net.simulate(10);
    expect(started).toMatchObject([
      { network: net, kind: "compile", total: 0 },
      { network: net, kind: "simulate", total: 20, dt: 0.5 },
    ]);
    expect(started[1]!.control[CONTROL.done]).toBe(20);
    await Promise.all(started.map(({ finished }) => finished));
  });

  it("stops a run by the stop word: the state is that of a whole step", async () => {
    setup({
      host: {
        started: ({ kind, control }) => {
          if (kind === "simulate") Atomics.store(control, CONTROL.stop, 1);
        },
      },
    });
    const net = await compiled();
    await expect(net.simulate(FOREVER)).rejects.toThrow(error("INTERRUPTED"));
    const steps = net.currentStep;
    const [pop] = net.getPopulations();
    expect(pop!.get("n")).toMatchObject({ data: new Float64Array(10).fill(steps % 3) });
    setup({ host: null });
  });
});
