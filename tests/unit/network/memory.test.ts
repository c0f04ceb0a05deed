import { describe, expect, it } from "vitest";

import { internals } from "../../../lib/network/internals.js";
import { requireRoom } from "../../../lib/network/memory.js";
import { Izhikevich, strictNetwork } from "../../support/neurons.js";

describe("the memory of a network", () => {
  it("is told by populations, projections and monitors", async () => {
    const net = strictNetwork({ seed: 1 });
    const pop = net.create(1000, { neuron: Izhikevich, name: "pop" });
    net.connect(pop, pop, { target: "exc", name: "proj" }).allToAll({ weights: 0.0 });
    net.monitor(pop, "v", { name: "M" });
    expect(() => net.memoryFootprint()).toThrow(expect.objectContaining({ code: "NOT_COMPILED" }));
    await net.compile();
    await net.simulate(100);
    const { objects, total } = net.memoryFootprint();
    expect(objects.map(({ name, kind }) => `${kind} ${name}`)).toEqual([
      "population pop",
      "projection proj",
      "monitor M",
    ]);
    const [population, projection, monitor] = objects.map(({ bytes }) => bytes);
    expect(population).toBeGreaterThan(7 * 8 * 1000);
    expect(projection).toBeGreaterThan(2 * 1e6);
    expect(monitor).toBeGreaterThanOrEqual(100 * 1000 * 8);
    expect(total).toBe(population! + projection! + monitor!);
  });

  it("is not spent on a recording for which there is not enough", async () => {
    const net = strictNetwork({ dt: 0.1 });
    const pop = net.create(1000, { neuron: Izhikevich });
    net.monitor(pop, "v", { name: "small", period: 10 });
    net.monitor(pop, "v", { name: "large", period: 0.5 });
    await net.compile();
    const state = net[internals];
    const available = (): number => 1e9;
    // 8 kB per record.
    requireRoom(state, 500_000, available);
    expect(() => requireRoom(state, 1_000_000, available)).toThrow(
      expect.objectContaining({
        code: "RECORDING_TOO_LARGE",
        details: { monitor: "large", needed: 1.68e9, available: 1e9, period: 0.5, longer: 2 },
      }),
    );
  });

  it("is asked for before a run", async () => {
    const net = strictNetwork();
    net.monitor(net.create(1_000_000, { neuron: Izhikevich }), "v");
    await net.compile();
    await expect(net.simulate(2e9)).rejects.toHaveProperty("code", "RECORDING_TOO_LARGE");
    expect(net.time).toBe(0);
  });
});
