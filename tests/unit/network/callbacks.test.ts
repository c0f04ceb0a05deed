import { describe, expect, it } from "vitest";

import { Network, Neuron, type EveryOptions } from "../../../lib/index.js";
import { momentsOf } from "../../../lib/network/callbacks.js";
import { strictNetwork } from "../../support/neurons.js";

const Ramp = new Neuron({ parameters: "k = 1.0", equations: "r += k" });

const error = (code: string, details: object = {}): unknown =>
  expect.objectContaining({ code, details: expect.objectContaining(details) });

/** Steps before which callbacks are called, each with its number among them. */
function moments(callbacks: readonly EveryOptions[], total: number, dt: number): number[][] {
  const steps: number[][] = [];
  let now = 0;
  const made = callbacks.map(({ period = 1, offset = 0, wait = 0 }, which) => {
    const call = (n: number): void => void steps.push([now, which, n]);
    return { period, offset, wait, call };
  });
  for (const { step, call } of momentsOf(made, total, dt)) {
    now = step;
    void call();
  }
  return steps;
}

async function compiled(): Promise<Network> {
  const net = strictNetwork({ dt: 0.5 });
  net.create(1, { neuron: Ramp, name: "ramp" });
  await net.compile();
  return net;
}

describe("the moments of callbacks", () => {
  it.each<[string, EveryOptions, number, number, number[]]>([
    ["are those of the period", { period: 5 }, 12, 1, [0, 5, 10]],
    ["are moved by the offset", { period: 5, offset: 2 }, 12, 1, [2, 7]],
    [
      "count a negative offset from the end of the period",
      { period: 10, offset: -1 },
      25,
      1,
      [9, 19],
    ],
    ["take the offset modulo the period", { period: 4, offset: 6 }, 12, 1, [2, 6, 10]],
    ["begin after the wait", { period: 4, wait: 6 }, 12, 1, [6, 10]],
    ["are at least a step apart", { period: 0.1 }, 3, 1, [0, 1, 2]],
    ["ignore a negative wait", { period: 4, wait: -3 }, 6, 1, [0, 4]],
    ["are cut to whole steps", { period: 1.3, offset: -0.7 }, 6, 0.5, [1, 3, 5]],
    ["are exact where the quotient is not", { period: 0.3 }, 10, 0.1, [0, 3, 6, 9]],
  ])("%s", (_, options, total, dt, steps) => {
    expect(moments([options], total, dt).map(([step]) => step)).toEqual(steps);
  });

  it("of one step are in the order of declaration, each callback with its own count", () => {
    expect(moments([{ period: 4 }, { period: 2 }], 5, 1)).toEqual([
      [0, 0, 0],
      [0, 1, 0],
      [2, 1, 1],
      [4, 0, 1],
      [4, 1, 2],
    ]);
  });
});

describe("a callback", () => {
  it("is called before its step, in every simulate and never else", async () => {
    const net = await compiled();
    const calls: [number, number][] = [];
    net.every({ period: 1 }, (n) => void calls.push([n, net.currentStep]));
    await net.step();
    await net.simulate(2);
    const [pop] = net.getPopulations();
    await net.simulateUntil(1, { population: pop! }).catch(() => undefined);
    await net.simulate(1);
    expect(calls.slice(0, 2)).toEqual([
      [0, 1],
      [1, 3],
    ]);
    expect(calls).toHaveLength(3);
  });

  it("changes what its step sees", async () => {
    const net = await compiled();
    const [pop] = net.getPopulations();
    net.every({ period: 1, offset: 0.5 }, () => {
      pop!.set({ k: 10 });
    });
    await net.simulate(1);
    expect(pop!.get("r")).toMatchObject({ data: Float64Array.of(11) });
  });

  it("that returns a promise is awaited", async () => {
    const net = await compiled();
    const order: string[] = [];
    net.every({ period: 1 }, async () => {
      order.push("begin");
      await Promise.resolve();
      order.push(`end ${net.currentStep}`);
    });
    await net.simulate(1);
    expect(order).toEqual(["begin", "end 0"]);
  });

  it("can be switched off and forgotten", async () => {
    const net = await compiled();
    let calls = 0;
    net.every({}, () => {
      calls += 1;
    });
    expect(net.callbacksEnabled()).toBe(true);
    net.disableCallbacks();
    expect(net.callbacksEnabled()).toBe(false);
    await net.simulate(2);
    expect(calls).toBe(0);
    net.enableCallbacks();
    await net.simulate(2);
    expect(calls).toBe(2);
    net.clearAllCallbacks();
    await net.simulate(2);
    expect(calls).toBe(2);
  });

  it("that fails ends the run before its step, and the next run goes on from there", async () => {
    const net = await compiled();
    const mistake = new Error("mine");
    net.every({ period: 10, offset: 1 }, () => {
      throw mistake;
    });
    await expect(net.simulate(4)).rejects.toBe(mistake);
    expect(net.currentStep).toBe(2);
    net.clearAllCallbacks();
    await net.step();
    expect(net.currentStep).toBe(3);
  });

  it("cannot run its own network, which would never end", async () => {
    const net = await compiled();
    net.every({ period: 10 }, async () => {
      await net.step();
    });
    await expect(net.simulate(1)).rejects.toThrow(
      error("RUN_IN_CALLBACK", { call: "step()", run: "simulate(1)" }),
    );
  });

  it("that aborts the run ends it before the next step", async () => {
    const net = await compiled();
    const controller = new AbortController();
    net.every({ period: 1, offset: 0.5 }, () => {
      controller.abort(new Error("enough"));
    });
    await expect(net.simulate(5, { signal: controller.signal })).rejects.toThrow("enough");
    expect(net.currentStep).toBe(1);
  });

  it("leaves progress that of the whole run", async () => {
    const net = await compiled();
    net.every({ period: 1 }, () => undefined);
    const reports: number[][] = [];
    await net.simulate(4, { progress: ({ done, total }) => void reports.push([done, total]) });
    expect(reports.at(-1)).toEqual([4, 4]);
  });

  it.each<[object, string]>([
    [{ period: NaN }, "period"],
    [{ offset: "1" }, "offset"],
    [{ wait: Infinity }, "wait"],
  ])("cannot be declared with %j", (options, option) => {
    expect(() => {
      strictNetwork().every(options, () => undefined);
    }).toThrow(error("INVALID_CALLBACK", { option }));
  });

  it("must be a function", () => {
    expect(() => {
      strictNetwork().every({}, JSON.parse("1"));
    }).toThrow(error("INVALID_CALLBACK", { option: "fn" }));
  });
});
