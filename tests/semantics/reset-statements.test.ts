import { describe, expect, it } from "vitest";

import { Neuron } from "../../lib/index.js";
import { strictNetwork } from "../support/neurons.js";

describe("reset statements", () => {
  it("run in order, each on what the one before it left", async () => {
    const net = strictNetwork({ dt: 1 });
    const neuron = new Neuron({
      parameters: "c = 7.0",
      equations: "v += 1.0\nu = u\nw = w",
      spike: "v >= 2.0",
      reset: "v = c\nu += v\nv = 0.0\nw = u + v",
    });
    const pop = net.create(1, { neuron });
    await net.compile();
    await net.simulate(4);
    expect(["v", "u", "w"].map((name) => String(pop.get(name)))).toEqual([
      "[0.]",
      "[14.]",
      "[14.]",
    ]);
  });

  it("touch only the neurons that spiked", async () => {
    const net = strictNetwork({ dt: 1 });
    const neuron = new Neuron({ equations: "v += 1.0", spike: "v >= 5.0", reset: "v = 0.0" });
    const pop = net.create(4, { neuron });
    pop.set({ v: [4, 0, 4, 1] });
    await net.compile();
    await net.step();
    expect(String(pop.get("v"))).toBe("[0. 1. 0. 2.]");
  });
});

describe("bounds", () => {
  it("hold after each update, with the values of that moment", async () => {
    const net = strictNetwork({ dt: 1 });
    const neuron = new Neuron({
      parameters: "top = 3.0",
      equations: "x += 1.0 : max = top\ny -= 1.0 : min = -2.0, init = 0.5",
      spike: "x > 99.0",
      reset: "",
    });
    const pop = net.create(2, { neuron });
    pop.set({ top: [3, 1.5] });
    const monitor = net.monitor(pop, ["x", "y"]);
    await net.compile();
    await net.simulate(4);
    expect(monitor.get("x").toArray()).toEqual([
      [1, 1],
      [2, 1.5],
      [3, 1.5],
      [3, 1.5],
    ]);
    expect(monitor.get("y").slice(":, 0").toArray()).toEqual([-0.5, -1.5, -2, -2]);
  });
});
