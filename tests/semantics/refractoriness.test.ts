import { describe, expect, it } from "vitest";

import { Neuron } from "../../lib/index.js";
import { strictNetwork } from "../support/neurons.js";

/** Climbs by one per step to the threshold of 3, from 0 after each spike. */
function climber(refractory: number | string | undefined): Neuron {
  return new Neuron({
    parameters: "pause = 2.0",
    equations: "v += 1.0",
    spike: "v >= 3.0",
    reset: "v = 0.0",
    ...(refractory === undefined ? {} : { refractory }),
  });
}

async function spikeSteps(
  dt: number,
  refractory: number | string | undefined,
  assigned?: number,
): Promise<readonly number[]> {
  const net = strictNetwork({ dt });
  const pop = net.create(1, { neuron: climber(refractory) });
  if (assigned !== undefined) pop.refractory = assigned;
  const monitor = net.monitor(pop, "spike");
  await net.compile();
  await net.simulate(20 * dt);
  return monitor.get("spike").get(0) ?? [];
}

describe("after a spike at step n a neuron with a period of R steps", () => {
  it.each([
    ["none", 1, undefined, [2, 5, 8, 11, 14, 17]],
    ["0 ms", 1, 0, [2, 5, 8, 11, 14, 17]],
    ["4 ms at 1 ms", 1, 4, [2, 9, 16]],
    ["2 ms at 0.5 ms", 0.5, 2, [2, 9, 16]],
    ["0.3 ms at 0.1 ms, 3 steps", 0.1, 0.3, [2, 8, 14]],
    ["a parameter", 1, "pause", [2, 7, 12, 17]],
  ])("integrates again at step n + R + 1: %s", async (_, dt, refractory, steps) => {
    expect(await spikeSteps(dt, refractory)).toEqual(steps);
  });

  it("takes the period assigned to the population", async () => {
    expect(await spikeSteps(1, 4, 2)).toEqual([2, 7, 12, 17]);
  });
});

describe("a refractory neuron", () => {
  it("keeps its variables and lets its conductances decay", async () => {
    const net = strictNetwork({ dt: 1 });
    const neuron = new Neuron({
      equations: "v += 1.0 + g_exc\ndg_exc/dt = -0.5 * g_exc : init = 8.0",
      spike: "v >= 3.0",
      reset: "v = 0.0",
      refractory: 3,
    });
    const pop = net.create(1, { neuron });
    const monitor = net.monitor(pop, ["v"]);
    await net.compile();
    const conductances: unknown[] = [];
    for (let step = 0; step < 4; step++) {
      await net.step();
      conductances.push(pop.get("g_exc"));
    }
    expect(Array.from(monitor.get("v").data)).toEqual([0, 0, 0, 0]);
    expect(conductances).toMatchObject([4, 2, 1, 0.5].map((g) => ({ data: Float64Array.of(g) })));
  });

  it("may have a period of its own", async () => {
    const net = strictNetwork({ dt: 1 });
    const pop = net.create(3, { neuron: climber(1) });
    pop.refractory = [0, 2, 10];
    expect(pop.refractory).toMatchObject({ data: Float64Array.of(0, 2, 10) });
    const monitor = net.monitor(pop, "spike");
    await net.compile();
    await net.simulate(14);
    expect([...monitor.get("spike").values()]).toEqual([[2, 5, 8, 11], [2, 7, 12], [2]]);
  });
});
