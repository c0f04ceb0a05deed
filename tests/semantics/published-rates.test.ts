import { describe, expect, it } from "vitest";

import { coba, izhikevich } from "../support/networks.js";

/** Mean over seeds of a measure of one simulated second. */
async function mean(seeds: number, measure: (seed: number) => Promise<number>): Promise<number> {
  let sum = 0;
  for (let seed = 1; seed <= seeds; seed++) sum += await measure(seed);
  return sum / seeds;
}

describe("published networks fire at published rates", () => {
  it("Izhikevich (2003): excitatory neurons at 9.15 Hz, 6 seeds", async () => {
    const rate = await mean(6, async (seed) => {
      const { net, spikes } = await izhikevich(seed);
      await net.simulate(1000);
      const excitatory = [...spikes.get("spike")].filter(([rank]) => rank < 800);
      net.clear();
      return excitatory.reduce((sum, [, steps]) => sum + steps.length, 0) / 800;
    });
    expect(Math.abs(rate - 9.15)).toBeLessThan(0.5);
  });

  it("Vogels & Abbott (2005), conductances: all neurons at 20.8 Hz, 16 seeds", async () => {
    const rate = await mean(16, async (seed) => {
      const { net, spikes } = await coba(seed);
      await net.simulate(1000);
      const rate = spikes.meanFr();
      net.clear();
      return rate;
    });
    expect(Math.abs(rate - 20.8)).toBeLessThan(1.2);
  });
});
