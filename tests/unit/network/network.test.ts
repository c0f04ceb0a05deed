import { describe, expect, it } from "vitest";

import { Constant, Network, Neuron, Population, Projection } from "../../../lib/index.js";
import { Clock, Sink, strictNetwork } from "../../support/neurons.js";

const error = (code: string, details: object = {}): unknown =>
  expect.objectContaining({ code, details: expect.objectContaining(details) });

/** A network that keeps its warnings. */
function recording(options: object = {}): { net: Network; warnings: string[] } {
  const net = new Network(options);
  const warnings: string[] = [];
  net.config({ logger: (message) => warnings.push(message) });
  return { net, warnings };
}

/** The very objects, in this order. Not `toEqual`, which would walk through their neurons and synapses. */
function expectSame(found: readonly unknown[], wanted: readonly unknown[]): void {
  expect(found.length).toBe(wanted.length);
  expect(found.every((object, i) => object === wanted[i])).toBe(true);
}

describe("a network", () => {
  it("has a step, a seed and a number of its own", () => {
    const a = strictNetwork({ dt: 0.1, seed: 42 });
    const b = strictNetwork();
    expect([a.dt, a.seed, b.dt]).toEqual([0.1, 42, 1]);
    expect(b.id).toBeGreaterThan(a.id);
    expect(b.seed).not.toBe(strictNetwork().seed);
    expect([a.compiled, a.time, a.currentStep]).toEqual([false, 0, 0]);
    expect(() => (a.seed = 3)).toThrow(error("READ_ONLY"));
    expect(() => (a.rng = b.rng)).toThrow(error("READ_ONLY"));
    expect(() => a.config({ seed: 3 })).toThrow(error("READ_ONLY"));
    expect(a.rng.seed).toBe(42);
  });

  it.each([0, -0.1, NaN, Infinity])("cannot have the step %d, and says so", (dt) => {
    expect(() => new Network({ dt })).toThrow(
      error("INVALID_SETTING", { option: "dt", value: String(dt) }),
    );
    expect(() => new Network({ dt })).toThrow(/^dt = /);
  });

  it.each([-1, 0.5, 2 ** 32])("cannot have the seed %d", (seed) => {
    expect(() => new Network({ seed })).toThrow(error("INVALID_SEED"));
  });

  it("finds its objects by name", () => {
    const { net, warnings } = recording();
    const a = net.create(2, { neuron: Clock, name: "a" });
    const b = net.create(2, { neuron: Sink });
    const proj = net.connect(a, b, { target: "exc", name: "ab" }).allToAll({ weights: 1 });
    const other = net.connect("a", "pop1", { target: "exc" }).oneToOne();
    const monitor = net.monitor(a, "spike");
    const constant = net.constant("k", 3);
    expect(net.getPopulations()).toEqual([a, b]);
    expectSame(net.getProjections(), [proj, other]);
    expect([a.id, b.id, b.name, other.name]).toEqual([0, 1, "pop1", "proj1"]);
    expect(net.getPopulation("pop1")).toBe(b);
    expect(net.getProjection("ab")).toBe(proj);
    expect([net.getMonitor("Monitor_a"), net.getMonitors()]).toEqual([monitor, [monitor]]);
    expect([net.getConstant("k"), net.getConstants()]).toEqual([constant, [constant]]);
    const found = net.getProjections({ pre: a, post: "pop1", target: "exc" });
    expectSame(found, [proj, other]);
    expect(net.getProjections({ target: "inh", suppressError: true })).toEqual([]);
    expect(() => net.getProjections({ target: "inh" })).toThrow(error("NO_MATCH"));
    expect(warnings).toEqual([]);
    expect(net.getPopulation("c")).toBeNull();
    expect(warnings).toEqual(['WARNING: no population "c"']);
  });

  it("replaces names of the form of the default ones", () => {
    const net = strictNetwork();
    expect(net.create(1, { neuron: Sink, name: "pop7" }).name).toBe("pop0");
  });
});

describe("compile refuses a network", () => {
  it.each<[string, (net: Network) => void, string, object]>([
    [
      "with a projection that was not connected",
      (net) => {
        const pop = net.create(2, { neuron: Sink });
        net.connect(pop, pop, { target: "exc" });
      },
      "UNCONNECTED",
      { projection: 'projection "proj0"' },
    ],
    [
      "with a target that the neurons never read, naming the nearest",
      (net) => {
        const pop = net.create(2, { neuron: Sink });
        net.connect(pop, pop, { target: "ecx" }).allToAll({ weights: 1 });
      },
      "UNKNOWN_TARGET",
      { target: "ecx", nearest: "exc", neuron: 'population "pop0"' },
    ],
    [
      "with a projection from rates to conductances, naming what it needs",
      (net) => {
        const rate = net.create(2, { neuron: new Neuron({ equations: "r = 1.0" }) });
        const pop = net.create(2, { neuron: Sink });
        net.connect(rate, pop, { target: "exc" }).allToAll({ weights: 1 });
      },
      "UNSUPPORTED",
      { construct: expect.stringContaining("CurrentInjection") },
    ],
    [
      "with a projection from spikes to rates, naming what it needs",
      (net) => {
        const pop = net.create(2, { neuron: Sink });
        const rate = net.create(2, { neuron: new Neuron({ equations: "r = sum(exc)" }) });
        net.connect(pop, rate, { target: "exc" }).allToAll({ weights: 1 });
      },
      "UNSUPPORTED",
      { construct: expect.stringContaining("DecodingProjection") },
    ],
    [
      "with two populations of one name",
      (net) => {
        net.create(2, { neuron: Sink, name: "a" });
        net.create(2, { neuron: Sink, name: "a" });
      },
      "DUPLICATE_NAME",
      { kind: "population", name: "a" },
    ],
    [
      "with a population of another network",
      (net) => {
        const other = strictNetwork().create(2, { neuron: Sink });
        const pop = net.create(2, { neuron: Sink });
        net.connect(other, pop, { target: "exc" }).allToAll({ weights: 1 });
      },
      "FOREIGN_OBJECT",
      {},
    ],
  ])("%s", async (_, build, code, details) => {
    const net = strictNetwork();
    build(net);
    await expect(net.compile()).rejects.toThrow(error(code, details));
    expect(net.compiled).toBe(false);
  });
});

describe("a projection cannot be made", () => {
  const net = strictNetwork();
  const pop = net.create(2, { neuron: Sink });

  it.each<[string, () => unknown, string]>([
    ["from nothing", () => net.connect(JSON.parse("null"), pop, { target: "exc" }), "MISSING_END"],
    ["to nothing", () => net.connect(pop, JSON.parse("{}"), { target: "exc" }), "MISSING_END"],
    ["without target", () => net.connect(pop, pop, JSON.parse("{}")), "MISSING_TARGET"],
    ["with an empty target", () => net.connect(pop, pop, { target: "" }), "MISSING_TARGET"],
    [
      "to an unknown name",
      () => net.connect(pop, "other", { target: "exc" }).allToAll({ weights: 1 }),
      "UNKNOWN_POPULATION",
    ],
    [
      "with something else than a synapse model",
      () => net.connect(pop, pop, { target: "exc", ...JSON.parse('{ "synapse": {} }') }),
      "NO_SYNAPSE_MODEL",
    ],
  ])("%s", (_, connect, code) => {
    expect(connect).toThrow(error(code));
  });
});

describe("after compile", () => {
  it("nothing can be added but monitors, and dt stays", async () => {
    const net = strictNetwork();
    const pop = net.create(2, { neuron: Sink });
    const proj = net.connect(pop, pop, { target: "exc" }).allToAll({ weights: 1 });
    await net.compile();
    expect(() => net.create(2, { neuron: Sink })).toThrow(error("COMPILED_ALREADY"));
    expect(() => net.connect(pop, pop, { target: "exc" })).toThrow(error("COMPILED_ALREADY"));
    expect(() => proj.oneToOne()).toThrow(error("COMPILED_ALREADY"));
    expect(() => (net.dt = 2)).toThrow(error("COMPILED_ALREADY"));
    net.monitor(pop, "total");
  });

  it("compile does nothing but say so", async () => {
    const { net, warnings } = recording();
    net.create(2, { neuron: Sink });
    await net.compile();
    await net.compile();
    expect(warnings).toEqual(["WARNING: compile(): the network has already been compiled"]);
  });
});

describe("the default network", () => {
  it("gives its objects to the networks that take them", async () => {
    const pop = new Population({ geometry: 3, neuron: Clock, name: "taken" });
    const proj = new Projection({ pre: "taken", post: "sink", target: "exc" });
    const net = strictNetwork({ seed: 1 });
    expect(net.create(pop)).toBe(pop);
    const sink = net.create(3, { neuron: Sink, name: "sink" });
    expect(net.connect(proj)).toBe(proj);
    proj.connectOneToOne();
    expect(net.getPopulations()).toEqual([pop, sink]);
    expect(() => strictNetwork().create(pop)).toThrow(error("NOT_TAKEN"));
    await net.compile();
    await net.simulate(4);
    expect(String(sink.get("total"))).toBe("[1. 1. 1.]");
  });
});

describe("constants", () => {
  const neuron = new Neuron({ equations: "v = k", spike: "v > 99.0", reset: "" });

  it("are read by equations and changed from the next step on", async () => {
    const net = strictNetwork();
    const k = net.constant("k", 2);
    const pop = net.create(1, { neuron });
    await net.compile();
    await net.step();
    expect(String(pop.get("v"))).toBe("[2.]");
    k.set(3);
    await net.step();
    expect(String(pop.get("v"))).toBe("[3.]");
    expect([k.value, 2 * Number(k)]).toEqual([3, 6]);
    expect(() => k.set(NaN)).toThrow(error("INVALID_CONSTANT"));
    expect(() => net.constant("k", 1)).toThrow(error("DUPLICATE_CONSTANT"));
  });

  it("at top level are copied into later networks, and set there too", async () => {
    const k = new Constant("k", 5);
    const net = strictNetwork();
    const copy = net.getConstant("k");
    expect(copy).not.toBe(k);
    const pop = net.create(1, { neuron });
    await net.compile();
    k.set(6);
    await net.step();
    expect([copy?.value, String(pop.get("v"))]).toEqual([6, "[6.]"]);
    copy?.set(7);
    expect(k.value).toBe(6);
  });
});
