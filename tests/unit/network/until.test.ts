import { describe, expect, it } from "vitest";

import { InvalidConfiguration, Network, Neuron, type Population } from "../../../lib/index.js";
import { Clock, strictNetwork } from "../../support/neurons.js";

const Ramp = new Neuron({ parameters: "k = 1.0", equations: "r += k" });

const error = (code: string): unknown => expect.objectContaining({ code });

/** Two populations whose conditions hold from steps 6 and 8 on, at a step of half a ms. */
async function ramps(): Promise<{ net: Network; a: Population; b: Population }> {
  const net = strictNetwork({ dt: 0.5 });
  const a = net.create(2, { neuron: Ramp, stopCondition: "r >= 6.0" });
  const b = net.create(2, { neuron: Ramp, stopCondition: "r >= 4.0 : all" });
  a.set({ k: [0, 1] });
  b.set({ k: [0.5, 1] });
  await net.compile();
  return { net, a, b };
}

describe("simulateUntil", () => {
  it("ends with the step after which the condition holds, and tells the time simulated", async () => {
    const { net, a } = await ramps();
    expect(await net.simulateUntil(100, { population: a })).toBe(3);
    expect(net.currentStep).toBe(6);
  });

  it.each([
    ["and", 4],
    ["or", 3],
  ] as const)("joins the conditions of several populations by %s", async (operator, time) => {
    const { net, a, b } = await ramps();
    expect(await net.simulateUntil(100, { population: [a, b], operator })).toBe(time);
  });

  it("asks for all conditions by default, and runs for the time given at most", async () => {
    const { net, a, b } = await ramps();
    expect(await net.simulateUntil(3.2, { population: [a, b] })).toBe(3.5);
    expect(await net.simulateUntil(100, { population: [a, b] })).toBe(0.5);
  });

  it("leaves out populations without a condition, and says so", async () => {
    const warnings: string[] = [];
    const net = new Network();
    net.config({ logger: (text) => warnings.push(text) });
    const pop = net.create(1, { neuron: Ramp });
    await net.compile();
    expect(await net.simulateUntil(5, { population: pop })).toBe(5);
    expect(warnings).toEqual([
      'WARNING: simulateUntil(): population "pop0" has no stop condition, it does not end the run',
    ]);
  });

  it("knows whether neurons spiked", async () => {
    const net = strictNetwork();
    const pop = net.create(3, { neuron: Clock, stopCondition: "spiked : any" });
    pop.set({ at: [9, 5, 7] });
    await net.compile();
    expect(await net.simulateUntil(100, { population: pop })).toBe(5);
  });

  it("refuses populations of other networks and unknown operators", async () => {
    const { net, a } = await ramps();
    const other = strictNetwork().create(1, { neuron: Ramp });
    await expect(net.simulateUntil(1, { population: other })).rejects.toThrow(
      error("FOREIGN_OBJECT"),
    );
    const operator = JSON.parse('"xor"');
    await expect(net.simulateUntil(1, { population: a, operator })).rejects.toThrow(
      InvalidConfiguration,
    );
    await expect(net.simulateUntil(-1, { population: a })).rejects.toThrow(
      error("INVALID_DURATION"),
    );
  });
});

describe("a stop condition", () => {
  it("can be changed until compile, and removed", async () => {
    const net = strictNetwork();
    const pop = net.create(1, { neuron: Ramp, stopCondition: "r > 1.0" });
    pop.stopCondition = "r > 2.0";
    expect(pop.stopCondition).toBe("r > 2.0");
    await net.compile();
    expect(await net.simulateUntil(10, { population: pop })).toBe(3);
    expect(() => {
      pop.stopCondition = null;
    }).toThrow(error("COMPILED_ALREADY"));
  });

  it("with a mistake leaves the one before", () => {
    const pop = strictNetwork().create(1, { neuron: Ramp, stopCondition: "r > 1.0" });
    expect(() => {
      pop.stopCondition = "rr > 1.0";
    }).toThrow(error("UNKNOWN_NAME"));
    expect(pop.stopCondition).toBe("r > 1.0");
  });
});
