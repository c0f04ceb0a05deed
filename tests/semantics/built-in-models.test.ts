import { describe, expect, it } from "vitest";

import {
  GIF_curr,
  HH_cond_exp,
  IF_cond_alpha,
  IF_curr_exp,
  InputArray,
  LeakyIntegrator,
  type NDArray,
  Oja,
  SpikeSourceArray,
  STDP,
} from "../../lib/index.js";
import { strictNetwork } from "../support/neurons.js";

/** The values of a neuron that has several synapses. */
function rowOf(values: number | ArrayLike<number>): readonly number[] {
  if (typeof values === "number") throw new Error("one value for all synapses");
  return Array.from(values);
}

/** What was recorded of one neuron. */
function column(recording: NDArray, neuron: number): readonly number[] {
  return Array.from({ length: recording.shape[0]! }, (_, step) => recording.at(step, neuron));
}

describe("built-in models", () => {
  it("IF_curr_exp charges its membrane exactly, whatever the step", async () => {
    for (const dt of [0.1, 1, 5]) {
      const net = strictNetwork({ dt });
      const pop = net.create(1, { neuron: new IF_curr_exp({ i_offset: 0.7, cm: 2.0 }) });
      await net.compile();
      await net.simulate(20);
      // tau_m * i_offset / cm = 7 mV above rest, approached with tau_m = 20 ms.
      expect(pop.neuron(0).v).toBeCloseTo(-65 + 7 * (1 - Math.exp(-1)), 10);
      net.clear();
    }
  });

  it("IF_cond_alpha conducts most a time constant after a spike, and then as much as its weight", async () => {
    const net = strictNetwork({ dt: 0.1 });
    const source = net.create(new SpikeSourceArray({ spikeTimes: [1.0] }));
    const pop = net.create(1, { neuron: new IF_cond_alpha({ tau_syn_E: 4.0, v_thresh: 100.0 }) });
    net.connect(source, pop, { target: "exc" }).allToAll({ weights: 0.3 });
    const monitor = net.monitor(pop, "alpha_exc");
    await net.compile();
    await net.simulate(20);
    const conductance = column(monitor.get("alpha_exc"), 0);
    const peak = Math.max(...conductance);
    expect(Math.abs(peak - 0.3)).toBeLessThan(0.001);
    expect(Math.abs(conductance.indexOf(peak) * 0.1 - 5.0)).toBeLessThan(0.25);
    net.clear();
  });

  it("GIF_curr escapes at the rate of its hazard", async () => {
    const net = strictNetwork({ dt: 1, seed: 3 });
    // At rest and on the threshold, which does not move: c = 10 Hz.
    const neuron = new GIF_curr({ I_ext: 0.0, u_th: -65.0, J_v: 0.0, current: "" });
    const pop = net.create(1000, { neuron });
    const spikes = net.monitor(pop, "spike");
    await net.compile();
    await net.simulate(1000);
    // 10 000 spikes are expected; four standard deviations are 400.
    expect(Math.abs(spikes.meanFr() - 10)).toBeLessThan(0.4);
    net.clear();
  });

  it("HH_cond_exp spikes once for each crossing of its threshold", async () => {
    const net = strictNetwork({ dt: 0.01 });
    const source = net.create(new SpikeSourceArray({ spikeTimes: [5.0, 25.0, 45.0] }));
    const pop = net.create(2, { neuron: new HH_cond_exp() });
    net.connect(source, pop, { target: "exc" }).fromMatrix({ weights: [[1.0], [0.001]] });
    const monitor = net.monitor(pop, ["v", "spike"]);
    await net.compile();
    await net.simulate(60);
    const crossings = [0, 1].map((neuron) => {
      const potential = column(monitor.get("v"), neuron);
      return potential.flatMap((v, step) => (v > 0 && potential[step - 1]! <= 0 ? [step] : []));
    });
    expect(crossings.map((steps) => steps.length)).toEqual([3, 0]);
    const spikes = monitor.get("spike");
    expect([0, 1].map((neuron) => [...(spikes.get(neuron) ?? [])])).toEqual(crossings);
    net.clear();
  });

  it("LeakyIntegrator rests at its input above the threshold", async () => {
    const net = strictNetwork({ dt: 1 });
    const pop = net.create(2, { neuron: new LeakyIntegrator({ T: 0.2 }) });
    pop.B = [0.5, 0.1];
    await net.compile();
    await net.simulate(500);
    expect(pop.neuron(0).r).toBeCloseTo(0.3, 10);
    expect(pop.neuron(1).r).toBe(0);
    net.clear();
  });

  it("Oja finds the direction of its input, with the norm that alpha sets", async () => {
    const net = strictNetwork({ dt: 1 });
    const input = net.create(new InputArray({ geometry: 2 }));
    input.r = [0.6, 0.8];
    const pop = net.create(1, { neuron: new LeakyIntegrator({ tau: 1.0 }) });
    const proj = net
      .connect(input, pop, { target: "exc", synapse: new Oja({ eta: 0.1, alpha: 4.0 }) })
      .allToAll({ weights: 0.1 });
    await net.compile();
    await net.simulate(2000);
    // |w| = 1 / sqrt(alpha) along (0.6, 0.8).
    const [first, second] = rowOf(proj.dendrite(0).get("w"));
    expect(first).toBeCloseTo(0.3, 3);
    expect(second).toBeCloseTo(0.4, 3);
    net.clear();
  });

  it("STDP strengthens when the pre neuron is first, and weakens when it is second", async () => {
    const net = strictNetwork({ dt: 1 });
    // A strong input makes the post neuron spike in the step after its own.
    const pre = net.create(new SpikeSourceArray({ spikeTimes: [[10.0], [30.0]] }));
    const drive = net.create(new SpikeSourceArray({ spikeTimes: [19.0] }));
    const post = net.create(1, { neuron: new IF_curr_exp({ tau_refrac: 50.0 }) });
    net.connect(drive, post, { target: "exc" }).allToAll({ weights: 1000.0 });
    const proj = net
      .connect(pre, post, { target: "inh", synapse: new STDP() })
      .allToAll({ weights: 0.5 });
    await net.compile();
    await net.simulate(60);
    const [first, second] = rowOf(proj.dendrite(0).get("w"));
    expect(first).toBeGreaterThan(0.5);
    expect(first).toBeLessThan(0.51);
    expect(second).toBeLessThan(0.5);
    expect(second).toBeGreaterThan(0.49);
    net.clear();
  });
});
