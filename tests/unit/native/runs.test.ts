import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { beforeAll, describe, expect, it } from "vitest";

import { CONTROL, packageFolder, type NativeNetwork } from "../../../lib/native/binding.js";
import type { NetworkSpec } from "../../../lib/native/spec.js";
import {
  beat,
  codeOf,
  compileKernel,
  controlWords,
  createNetwork,
  network,
  projection,
  run,
  SLOT,
  switches,
} from "./support.js";

let library = "";
beforeAll(() => {
  library = compileKernel("beat");
});

const single = (changes: Partial<NetworkSpec> = {}): NativeNetwork =>
  createNetwork(network([beat(library, 100)], changes));

describe("a run", () => {
  /** A run that ends only when it is stopped. */
  const endless = (net: NativeNetwork, control: Int32Array) => net.run(2 ** 31 - 1, control, null);

  it("leaves the JavaScript thread free, tells its progress, and stops when asked", async () => {
    const net = single();
    const control = controlWords();
    const running = endless(net, control);
    while (Atomics.load(control, CONTROL.done) < 1000) await delay(1);
    expect(Atomics.load(control, CONTROL.total)).toBe(2 ** 31 - 1);
    Atomics.store(control, CONTROL.stop, 1);
    const { done, stopped } = await running;
    expect(stopped).toBe(true);
    expect(done).toBeGreaterThanOrEqual(1000);
    expect(net.currentStep).toBe(done);
    expect(net.field(0, SLOT.count)[0]).toBe(done);
  });

  it("refuses every other call, and lives on", async () => {
    const net = single({ projections: [projection()] });
    const control = controlWords();
    const running = endless(net, control);
    const spikes = { kind: "spikes", population: 0, ranks: null } as const;
    const source = {
      kind: "spikes",
      start: new Float64Array(101),
      steps: new Float64Array(0),
    } as const;
    const calls: (() => unknown)[] = [
      () => run(net, 1),
      () => net.field(0, 0),
      () => net.fieldChanged(0, 0),
      () => net.setEnabled(0, false),
      () => net.setRateWindow(0, 1),
      () => net.setSource(0, source, true),
      () => net.clearSpikes(0),
      () => net.settle(0),
      () => net.synapses(0),
      () => net.countSynapses(0),
      () => net.synapticValues(0, 0),
      () => net.setSynapticValues(0, 0, Float64Array.of(1)),
      () => net.delays(0),
      () => net.setDelays(0, Int32Array.of(1)),
      () => net.setSwitches(0, switches()),
      () => net.settleSynapses(0),
      () => net.record(spikes),
      () => net.take(0, true),
      () => net.unrecord(0),
      () => net.currentStep,
      () => (net.currentStep = 0),
      () => net.seed,
      () => (net.seed = 0),
      () => net.threadStatistics(),
      () => net.memory(0),
      () => net.close(),
    ];
    expect(calls.map(codeOf)).toEqual(calls.map(() => "RUNNING"));
    Atomics.store(control, CONTROL.stop, 1);
    await running;
    expect(codeOf(() => net.close())).toBe("none");
  });

  it("waits for a run of another network", async () => {
    const [first, second] = [single(), single()];
    const control = controlWords();
    const long = endless(first, control);
    const short = run(second, 5);
    Atomics.store(control, CONTROL.stop, 1);
    expect((await long).stopped).toBe(true);
    expect(await short).toEqual({ done: 5, stopped: false });
  });

  it("of no steps does nothing", async () => {
    expect(await run(single(), 0)).toEqual({ done: 0, stopped: false });
  });

  it("rejects when recordings do not fit into memory, and can be repeated", async () => {
    const net = createNetwork(network([beat(library, 1_000_000, "big")]));
    const recorder = net.record({
      kind: "field",
      population: 0,
      slot: SLOT.total,
      phase: "end",
      ranks: null,
      period: 1,
      offset: 0,
    });
    const running = run(net, 2 ** 31 - 1);
    await expect(running).rejects.toMatchObject({ code: "OUT_OF_MEMORY", object: "big" });
    net.unrecord(recorder);
    expect((await run(net, 2)).done).toBe(2);
  });

  it.each(["process.exit(0)", "process.exitCode = 0; worker.terminate()", "net = null; gc()"])(
    "survives the end of its world: %s",
    (ending) => {
      const script = join(packageFolder(), "tests", "unit", "native", "ending.mjs");
      const args = ["--expose-gc", script, library, ending];
      const { status, signal, stdout } = spawnSync(process.execPath, args, {
        encoding: "utf8",
        timeout: 60_000,
      });
      expect({ status, signal, stdout }).toEqual({ status: 0, signal: null, stdout: "running\n" });
    },
  );
});

describe("stop conditions", () => {
  /** Neurons that spike in every step; each fulfils its condition after as many spikes as its phase tells. */
  const counting = (...phases: readonly (readonly number[])[]): NativeNetwork => {
    const net = createNetwork(network(phases.map(({ length }) => beat(library, length))));
    for (const [population, phase] of phases.entries()) {
      net.field(population, SLOT.period).fill(1);
      net.field(population, SLOT.phase).set(phase);
    }
    return net;
  };
  const until = (
    operator: "and" | "or",
    ...conditions: readonly (readonly [number, "any" | "all"])[]
  ) => ({
    populations: conditions.map(([population, quantifier]) => ({ population, quantifier })),
    operator,
  });

  it.each([
    ["any neuron", until("and", [0, "any"]), 6],
    ["all neurons", until("and", [0, "all"]), 9],
    ["both populations", until("and", [0, "any"], [1, "any"]), 8],
    ["one of two populations", until("or", [0, "any"], [1, "any"]), 6],
    ["no population", until("and"), 20],
  ])("end a run when they hold for %s", async (_, condition, done) => {
    const net = counting([9, 6], [8]);
    expect(await net.run(20, controlWords(), condition)).toEqual({ done, stopped: false });
    expect(net.currentStep).toBe(done);
  });

  it("end it in the same step with several threads", async () => {
    const spec = network([beat(library, 1000)], { threads: 3 });
    const net = createNetwork(spec);
    net.field(0, SLOT.period).fill(1);
    net.field(0, SLOT.phase)[999] = 17;
    const { done } = await net.run(100, controlWords(), until("and", [0, "any"]));
    expect(done).toBe(17);
  });

  it("must be those of populations that have one", () => {
    const given = {
      ...beat(library, 1, "given"),
      library: null,
    };
    const net = createNetwork(network([given]));
    const start = (population: number) => () =>
      net.run(1, controlWords(), until("and", [population, "any"]));
    expect(start(0)).toThrow(expect.objectContaining({ code: "BAD_ARGUMENT", object: "given" }));
    expect(codeOf(start(1))).toBe("BAD_ARGUMENT");
    const nonsense = { populations: [], operator: "xor" } as unknown as Parameters<
      typeof net.run
    >[2];
    expect(codeOf(() => net.run(1, controlWords(), nonsense))).toBe("BAD_ARGUMENT");
  });
});
