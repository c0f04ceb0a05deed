import { describe, expect, it } from "vitest";

import {
  Neuron,
  SpikeSourceArray,
  Synapse,
  type Network,
  type Projection,
} from "../../lib/index.js";
import { strictNetwork } from "../support/neurons.js";

/** Keeps what it received in the step: the conductance has no equation. */
const Receiver = new Neuron({ equations: "got = g_exc\nv = 0.0", spike: "v > 1.0" });

/** A neuron that spikes at given times and drives a receiver through one synapse. */
function driven(
  times: readonly number[],
  synapse: Synapse,
  weights: number,
): {
  net: Network;
  proj: Projection;
} {
  const net = strictNetwork({ dt: 1 });
  const source = net.create(new SpikeSourceArray({ spikeTimes: [...times] }));
  const post = net.create(1, { neuron: Receiver, name: "post" });
  const proj = net.connect(source, post, { target: "exc", synapse }).allToAll({ weights });
  return { net, proj };
}

/** What arrives at the receiver in each step, and the weight after it. */
async function run(
  net: Network,
  proj: Projection,
  steps: number,
): Promise<{ got: number[]; w: unknown }> {
  const got = net.monitor(net.getPopulation("post")!, "got");
  await net.compile();
  await net.simulate(steps);
  return { got: Array.from(got.get("got").data), w: proj.dendrite(0).synapse(0).get("w") };
}

describe("a spike that arrives", () => {
  it.each<[string, ConstructorParameters<typeof Synapse>[0], number, number, number]>([
    ["adds the weight and is forgotten after the step", {}, 2, 2, 2],
    [
      "adds the weight also when the code has no statement for the target",
      { preSpike: "x += 1.0" },
      2,
      2,
      2,
    ],
    [
      "adds the weight from before the other statements, in whatever order they are written",
      { preSpike: "w *= 3.0\ng_target += w" },
      2,
      2,
      6,
    ],
    [
      "executes all statements for the target",
      { preSpike: "g_target += w\ng_target += 10.0 * w" },
      2,
      22,
      2,
    ],
    ["keeps the bounds of the target", { preSpike: "g_target += w : max = 1.5" }, 2, 1.5, 2],
  ])("%s", async (_, options, weights, received, after) => {
    const { net, proj } = driven([2], new Synapse(options), weights);
    const { got, w } = await run(net, proj, 6);
    expect(got).toEqual([0, 0, 0, received, 0, 0]);
    expect(w).toBe(after);
  });
});

describe("learning by the timing of spikes", () => {
  const Timing = new Synapse({
    parameters: "tau_x = 10.0 : projection\ntau_y = 20.0 : projection",
    equations: `
      tau_x * dx/dt = -x : event-driven
      tau_y * dy/dt = -y : event-driven
    `,
    preSpike: `
      g_target += w
      x += 0.1
      w = clip(w - y, 0.0, 2.0)
    `,
    postSpike: `
      y += 0.2
      w = clip(w + x, 0.0, 2.0)
    `,
  });
  /** Spikes when it is told to by an input of its own. */
  const Told = new Neuron({
    equations: "v = g_teach\ngot = g_exc",
    spike: "v > 0.5",
    reset: "v = 0.0",
  });

  /** Values at the end of steps 3, 4, 9, 11 and 12. */
  const expected = {
    annarchy: {
      w: [1, 1.0904837418, 1.1453649054, 0.8069553764, 0.4685458473],
      x: [0.1, 0.0904837418, 0.0548811636, 0.1496585304, 0.2496585304],
      y: [0, 0.2, 0.3557601566, 0.338409529, 0.338409529],
      got: [1, 0, 0, 1.1453649054, 0.8069553764],
    },
    exact: {
      w: [1, 1.0818730753, 1.1315316057, 0.7931220767, 0.4712169751],
      x: [0.1, 0.0818730753, 0.0496585304, 0.1449328964, 0.2311407078],
      y: [0, 0.2, 0.3557601566, 0.338409529, 0.3219051016],
      got: [1, 0, 0, 1.1315316057, 0.7931220767],
    },
  } as const;

  it.each(["exact", "annarchy"] as const)(
    "has the published values under the timing %s",
    async (eventTiming) => {
      const net = strictNetwork({ dt: 1 }, { eventTiming });
      const pre = net.create(new SpikeSourceArray({ spikeTimes: [2, 10, 11] }));
      const teacher = net.create(new SpikeSourceArray({ spikeTimes: [3, 8] }));
      const post = net.create(1, { neuron: Told });
      const proj = net
        .connect(pre, post, { target: "exc", synapse: Timing })
        .allToAll({ weights: 1 });
      net.connect(teacher, post, { target: "teach" }).allToAll({ weights: 1 });
      const got = net.monitor(post, "got");
      await net.compile();
      const synapses = net.monitor(proj.dendrite(0), ["w", "x", "y"]);
      await net.simulate(13);
      const at = [3, 4, 9, 11, 12];
      for (const [name, wanted] of Object.entries(expected[eventTiming])) {
        const { data } = name === "got" ? got.get(name) : synapses.get(name);
        at.forEach((step, i) => {
          expect(data[step], `${name} after step ${step}`).toBeCloseTo(wanted[i], 9);
        });
      }
    },
  );
});

describe("a neuron with axonal events", () => {
  const Axonal = new Neuron({
    equations: "v += 1.0",
    spike: "v > 5.0",
    reset: "v = 0.0",
    axonSpike: "v == 3.0",
    refractory: 2.0,
  });
  const Both = new Synapse({ preSpike: "g_target += w", preAxonSpike: "g_target += 10.0 * w" });

  it("transmits both kinds of events one step later", async () => {
    const net = strictNetwork({ dt: 1 });
    const pre = net.create(1, { neuron: Axonal });
    const post = net.create(1, { neuron: Receiver });
    const proj = net.connect(pre, post, { target: "exc", synapse: Both }).allToAll({ weights: 1 });
    const events = net.monitor(pre, ["spike", "axon_spike"]);
    const got = net.monitor(post, "got");
    await net.compile();
    await net.simulate(16);
    expect(events.get("spike")).toEqual(new Map([[0, [5, 13]]]));
    expect(events.get("axon_spike")).toEqual(new Map([[0, [2, 10]]]));
    const received = Array.from(got.get("got").data);
    expect(received.flatMap((g, step) => (g === 0 ? [] : [[step, g]]))).toEqual([
      [3, 10],
      [6, 1],
      [11, 10],
      [14, 1],
    ]);
    proj.axonTransmission = false;
    await net.simulate(8);
    const later = Array.from(got.get("got").data);
    expect(later.flatMap((g, i) => (g === 0 ? [] : [[16 + i, g]]))).toEqual([[22, 1]]);
  });
});
