import { describe, expect, it } from "vitest";

import { Neuron, Synapse, type Network, type Projection } from "../../lib/index.js";
import { strictNetwork } from "../support/neurons.js";

const Rate = new Neuron({ equations: "r = 1.0" });
const Sum = new Neuron({ equations: "r = sum(exc)" });
/** Counts the time that its equations have seen. */
const Counting = new Synapse({ equations: "dy/dt = 1.0 : init = 0.0\nw += 0.0" });

function counting(): { net: Network; proj: Projection } {
  const net = strictNetwork({ dt: 1 });
  const pre = net.create(1, { neuron: Rate });
  const post = net.create(1, { neuron: Sum });
  const proj = net
    .connect(pre, post, { target: "exc", synapse: Counting })
    .allToAll({ weights: 1 });
  return { net, proj };
}

/** Steps in which a variable changed in the next `steps` steps, with by how much. */
async function changes(net: Network, proj: Projection, steps: number): Promise<[number, number][]> {
  const found: [number, number][] = [];
  for (let i = 0; i < steps; i++) {
    const before = proj.dendrite(0).synapse(0).get("y");
    const step = net.currentStep;
    await net.step();
    const change = proj.dendrite(0).synapse(0).get("y") - before;
    if (change !== 0) found.push([step, change]);
  }
  return found;
}

describe("synaptic equations", () => {
  it.each([
    ["with a period and an offset, from now on", { period: 4, offset: 2 }, [5, 9, 13]],
    ["with a period alone, in its multiples", { period: 4 }, [4, 8, 12]],
  ])("are executed %s, each time for the whole period", async (_, options, steps) => {
    const { net, proj } = counting();
    await net.compile();
    expect(await changes(net, proj, 3)).toEqual([
      [0, 1],
      [1, 1],
      [2, 1],
    ]);
    proj.enableLearning(options);
    expect(await changes(net, proj, 11)).toEqual(steps.map((step) => [step, 4]));
  });

  it.each([
    [10, { period: 10, offset: 5 }, [15, 25, 35]],
    [13, { period: 10, offset: 5 }, [18, 28, 38]],
    [13, { period: 10 }, [20, 30, 40]],
  ])("enabled at %d ms with %j follow the time of the call", async (now, options, steps) => {
    const { net, proj } = counting();
    await net.compile();
    await net.simulate(now);
    proj.enableLearning(options);
    const found = await changes(net, proj, 41 - now);
    expect(found.map(([step]) => step)).toEqual(steps);
  });

  it("stand still while learning is disabled", async () => {
    const { net, proj } = counting();
    await net.compile();
    proj.disableLearning();
    expect(await changes(net, proj, 3)).toEqual([]);
    expect(proj.update).toBe(false);
    proj.enableLearning();
    expect(await changes(net, proj, 2)).toEqual([
      [3, 1],
      [4, 1],
    ]);
  });

  it("of the whole network are enabled and disabled together", async () => {
    const { net, proj } = counting();
    await net.compile();
    net.disableLearning();
    expect(proj.update).toBe(false);
    net.enableLearning({ period: 2 });
    expect(await changes(net, proj, 4)).toEqual([
      [0, 2],
      [2, 2],
    ]);
  });

  it("keep weights while plasticity is off, and go on otherwise", async () => {
    const net = strictNetwork({ dt: 1 });
    const pre = net.create(1, { neuron: Rate });
    const post = net.create(1, { neuron: Sum });
    const synapse = new Synapse({ equations: "x += 1.0\nw += 1.0" });
    const proj = net.connect(pre, post, { target: "exc", synapse }).allToAll({ weights: 1 });
    proj.plasticity = false;
    await net.compile();
    await net.simulate(3);
    const only = proj.dendrite(0).synapse(0);
    expect([only.get("x"), only.get("w")]).toEqual([3, 1]);
    proj.plasticity = true;
    proj.update = false;
    await net.simulate(3);
    expect([only.get("x"), only.get("w")]).toEqual([3, 1]);
    proj.update = true;
    await net.step();
    expect([only.get("x"), only.get("w")]).toEqual([4, 2]);
    proj.transmission = false;
    await net.step();
    expect([only.get("x"), post.get("r")]).toMatchObject([4, { data: Float64Array.of(0) }]);
  });

  it.each([
    ["an offset alone", { offset: 1 }],
    ["an offset as long as the period", { period: 4, offset: 4 }],
    ["a period that is no multiple of the step", { period: 2.5 }],
    ["an offset that is no multiple of the step", { period: 4, offset: 0.5 }],
  ])("cannot be enabled with %s", async (_, options) => {
    const { net, proj } = counting();
    await net.compile();
    const refused = expect.objectContaining({ code: "INVALID_LEARNING" });
    expect(() => {
      proj.enableLearning(options);
    }).toThrow(refused);
  });

  it("cannot be given a period before there are any, and say so", () => {
    const warnings: string[] = [];
    const { net, proj } = counting();
    net.config({ logger: (text) => warnings.push(text) });
    proj.enableLearning({ period: 4 });
    expect(warnings).toEqual([
      'WARNING: projection "proj0".enableLearning(): no effect before compile()',
    ]);
  });
});
