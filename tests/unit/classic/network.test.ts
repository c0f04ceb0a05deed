import { afterEach, beforeEach, describe, expect, it } from "vitest";

import {
  addFunction,
  callbacksEnabled,
  clear,
  clearAllCallbacks,
  compile,
  Constant,
  disableCallbacks,
  disableLearning,
  dt,
  enableCallbacks,
  enableLearning,
  every,
  functions,
  getConstant,
  getCurrentStep,
  getPopulation,
  getProjection,
  getTime,
  magicNetwork,
  Monitor,
  monitors,
  Network,
  Neuron,
  Population,
  populations,
  Projection,
  projections,
  reset,
  setCurrentStep,
  setSeed,
  setTime,
  setup,
  simulate,
  simulateUntil,
  step,
  Synapse,
  Uniform,
} from "../../../lib/index.js";
import { Clock, Sink } from "../../support/neurons.js";

beforeEach(() => {
  const fail = (message: string): void => {
    throw new Error(`unexpected warning: ${message}`);
  };
  setup({ dt: 1, seed: 1, logger: fail });
});

afterEach(() => {
  clear();
});

const Linear = new Neuron({ equations: "r = sum(exc)" });

describe("the classic face", () => {
  it("acts on the default network", async () => {
    setup({ dt: 0.5 });
    const source = new Population({ geometry: 3, neuron: Clock, name: "source" });
    const sink = new Population({ geometry: 3, neuron: Sink });
    const proj = new Projection({ pre: source, post: sink, target: "exc" }).connectOneToOne({
      weights: 2,
    });
    const spikes = new Monitor(source, "spike");
    const found = [...populations(), ...projections(), ...monitors()];
    expect(found.every((object, i) => object === [source, sink, proj, spikes][i])).toBe(true);
    expect(getPopulation("source") === source && getProjection("proj0") === proj).toBe(true);
    await compile();
    await simulate(2);
    await step();
    expect([getTime(), getCurrentStep(), dt()]).toEqual([2.5, 5, 0.5]);
    expect(spikes.get("spike").get(0)).toEqual([2]);
    expect(String(sink.get("total"))).toBe("[2. 2. 2.]");
    setTime(10);
    expect(getCurrentStep()).toBe(20);
    setCurrentStep(3);
    expect(getTime()).toBe(1.5);
    reset();
    expect([getTime(), String(sink.get("total"))]).toEqual([0, "[0. 0. 0.]"]);
    expect([magicNetwork().id, magicNetwork().compiled]).toEqual([0, true]);
  });

  it("has the callbacks of the default network, which a run can leave out", async () => {
    new Population({ geometry: 1, neuron: Clock });
    let calls = 0;
    every({ period: 2 }, () => {
      calls += 1;
    });
    await compile();
    await simulate(4);
    await simulate(4, { callbacks: false });
    expect([calls, callbacksEnabled()]).toEqual([2, true]);
    disableCallbacks();
    await simulate(4);
    expect([calls, callbacksEnabled()]).toEqual([2, false]);
    enableCallbacks();
    clearAllCallbacks();
    await simulate(4);
    expect(calls).toBe(2);
  });

  it("ends runs by conditions, and resets what it is told to", async () => {
    const pop = new Population({ geometry: 1, neuron: Clock, stopCondition: "n >= 2.0" });
    await compile();
    expect(await simulateUntil(10, { population: pop })).toBe(2);
    reset({ populations: false });
    expect([getCurrentStep(), String(pop.get("n"))]).toEqual([0, "[2.]"]);
  });

  it("switches learning, of all projections or of some", async () => {
    const pop = new Population({ geometry: 1, neuron: Linear });
    const growing = new Synapse({ equations: "w += 1.0" });
    const connect = (): Projection =>
      new Projection({ pre: pop, post: pop, target: "exc", synapse: growing }).connectOneToOne({
        weights: 0,
      });
    const [one, other] = [connect(), connect()];
    await compile();
    disableLearning({ projections: [other] });
    await simulate(2);
    disableLearning();
    await simulate(2);
    enableLearning({ projections: [one] });
    await simulate(1);
    expect([one.dendrite(0).get("w"), other.dendrite(0).get("w")].map(String)).toEqual(["3", "0"]);
  });

  it("calls functions of the default network", async () => {
    addFunction("twice(x) = 2.0 * x");
    new Population({ geometry: 1, neuron: new Neuron({ equations: "r = twice(t)" }) });
    await compile();
    expect(functions("twice")([1, 2])).toEqual(Float64Array.of(2, 4));
  });

  it("configures the networks made later", () => {
    setup({ dt: 0.25, precision: "float" });
    expect(new Network().dt).toBe(0.25);
    expect(new Network({ dt: 2 }).dt).toBe(2);
    expect(new Network({ seed: 5 }).seed).toBe(5);
    expect(new Network().seed).toBe(1);
  });

  it("seeds the default network", () => {
    const draw = (): string => {
      const pop = new Population({ geometry: 3, neuron: Clock });
      pop.set({ n: new Uniform(0, 1) });
      const values = String(pop.get("n"));
      clear();
      return values;
    };
    setSeed(7);
    const first = draw();
    expect(draw()).toBe(first);
    setSeed(8);
    expect(draw()).not.toBe(first);
  });

  it("starts from nothing after clear, and keeps the configuration", async () => {
    setup({ dt: 0.5 });
    const pop = new Population({ geometry: 3, neuron: Clock });
    new Constant("k", 1);
    await compile();
    await simulate(5);
    clear();
    expect([populations(), getTime(), dt()]).toEqual([[], 0, 0.5]);
    expect(() => pop.get("n")).toThrow(expect.objectContaining({ code: "NETWORK_CLEARED" }));
    new Constant("k", 2);
    expect(getConstant("k")?.value).toBe(2);
    new Population({ geometry: 3, neuron: Clock });
    await compile();
  });

  it("says when an object came too late", async () => {
    new Population({ geometry: 3, neuron: Clock });
    await compile();
    new Population({ geometry: 3, neuron: Clock, name: "late" });
    await expect(simulate(1)).rejects.toThrow(
      expect.objectContaining({
        code: "ADDED_AFTER_COMPILE",
        details: { object: 'population "late"' },
      }),
    );
  });
});
