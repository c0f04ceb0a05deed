import { describe, expect, it } from "vitest";

import { Neuron } from "../../lib/index.js";
import { Clock, strictNetwork } from "../support/neurons.js";

describe("a conductance without an equation", () => {
  it("lives for the step in which spikes arrive", async () => {
    const net = strictNetwork({ dt: 1 });
    const source = net.create(2, { neuron: Clock });
    source.set({ at: [2, 3] });
    const sink = net.create(1, {
      neuron: new Neuron({ equations: "v = g_exc", spike: "v > 99.0", reset: "" }),
    });
    net.connect(source, sink, { target: "exc" }).allToAll({ weights: 0.5 });
    const monitor = net.monitor(sink, ["v", "g_exc"]);
    await net.compile();
    await net.simulate(8);
    // Spikes at 1, 3, 5, 7 and at 2, 5; each arrives one step later.
    const expected = [0, 0, 0.5, 0.5, 0.5, 0, 1, 0];
    const { v, g_exc } = monitor.get() as Record<"v" | "g_exc", { data: Float64Array }>;
    expect(Array.from(v.data)).toEqual(expected);
    expect(Array.from(g_exc.data)).toEqual(expected);
    expect(Array.from(sink.sum("exc"))).toEqual([0]);
  });
});

describe("a conductance with an equation", () => {
  it("is recorded as the neurons find it: with the spikes just received, before it decays", async () => {
    const net = strictNetwork({ dt: 1 });
    const source = net.create(1, { neuron: Clock });
    const sink = net.create(1, {
      neuron: new Neuron({
        equations: "v = g_exc\ndg_exc/dt = -0.5 * g_exc",
        spike: "v > 99.0",
        reset: "",
      }),
    });
    net.connect(source, sink, { target: "exc" }).allToAll({ weights: 1 });
    const monitor = net.monitor(sink, ["g_exc", "sum(exc)"]);
    await net.compile();
    await net.simulate(8);
    const expected = [0, 0, 0, 1, 0.5, 0.25, 1.125, 0.5625];
    expect(Array.from(monitor.get("g_exc").data)).toEqual(expected);
    expect(Array.from(monitor.get("sum(exc)").data)).toEqual(expected);
    expect(Array.from(sink.sum("exc"))).toEqual([0.28125]);
  });
});

describe("a projection with several targets", () => {
  it("adds its weight to each of them", async () => {
    const net = strictNetwork({ dt: 1 });
    const source = net.create(1, { neuron: Clock });
    const sink = net.create(1, {
      neuron: new Neuron({
        equations: "x += g_ampa\ny += 2.0 * g_nmda",
        spike: "x > 99.0",
        reset: "",
      }),
    });
    net.connect(source, sink, { target: ["ampa", "nmda"] }).allToAll({ weights: 3 });
    await net.compile();
    await net.simulate(4);
    expect(Array.from([sink.get("x"), sink.get("y")], String)).toEqual(["[3.]", "[6.]"]);
    expect(sink.targets).toEqual(["ampa", "nmda"]);
  });
});
