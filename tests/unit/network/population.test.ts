import { inspect } from "node:util";

import { describe, expect, it } from "vitest";

import {
  Network,
  Neuron,
  Population,
  Uniform,
  type PopulationOptions,
} from "../../../lib/index.js";
import { strictNetwork } from "../../support/neurons.js";

const LIF = new Neuron({
  name: "LIF",
  parameters: "tau = 10.0 : population\nI = 0.5\nwhole = 3 : int\nflag = True",
  equations: "tau * dv/dt = -v + I + g_exc : init = -1.0",
  spike: "v > 1.0",
  reset: "v = 0.0",
});

const error = (code: string, details: object = {}): unknown =>
  expect.objectContaining({ code, details: expect.objectContaining(details) });

describe("a population", () => {
  const pop = strictNetwork().create([3, 4], { neuron: LIF, name: "exc" });

  it("knows its geometry and its attributes", () => {
    expect([pop.size, pop.dimension, pop.width, pop.height, pop.depth]).toEqual([12, 2, 3, 4, 1]);
    expect(pop.ranks).toEqual(Int32Array.from({ length: 12 }, (_, i) => i));
    expect(pop.parameters).toEqual(["tau", "I", "whole", "flag"]);
    expect(pop.attributes.slice(0, 5)).toEqual(["tau", "I", "whole", "flag", "v"]);
    expect(pop.rankFromCoordinates([1, 2])).toBe(6);
    expect(pop.coordinatesFromRank(6)).toEqual([1, 2]);
    expect(pop.normalizedCoordinatesFromRank(11, 2)).toEqual([2, 2]);
    expect(() => pop.rankFromCoordinates([3, 0])).toThrow(error("NO_SUCH_NEURON"));
    expect(() => pop.coordinatesFromRank(12)).toThrow(error("NO_SUCH_RANK", { rank: 12 }));
  });

  it("shows itself in one line", () => {
    expect(inspect(pop)).toBe('population "exc": 3 × 4 neurons, LIF');
  });

  it("yields its neurons in the order of their ranks", () => {
    expect(Array.from(pop, (neuron) => neuron.rank)).toEqual(Array.from(pop.ranks));
    expect(pop.neuron(1, 2).rank).toBe(6);
    expect(pop.neuron(6).coordinates).toEqual([1, 2]);
    expect(() => pop.neuron(12)).toThrow(error("NO_SUCH_RANK"));
    expect(() => pop.neuron(3, 0)).toThrow(error("NO_SUCH_NEURON"));
  });

  it.each<[string, () => unknown, string]>([
    ["no neuron", () => new Network().create(3, JSON.parse('{ "neuron": {} }')), "NO_NEURON"],
    ["no geometry", () => new Population(JSON.parse("{}") as PopulationOptions), "NO_NEURON"],
    ["an empty one", () => new Network().create(0, { neuron: LIF }), "INVALID_GEOMETRY"],
  ])("cannot be made with %s", (_, make, code) => {
    expect(make).toThrow(error(code));
  });
});

describe.each(["before", "after"])("attributes %s compile", (when) => {
  async function make(): Promise<Population<typeof LIF> & Record<"v" | "I" | "tau", unknown>> {
    const net = strictNetwork({ seed: 4 });
    const pop = net.create([2, 3], { neuron: LIF, name: "exc" });
    if (when === "after") await net.compile();
    return pop;
  }

  it("are read in the shape of the geometry, global ones as numbers", async () => {
    const pop = await make();
    expect(pop.v).toMatchObject({ shape: [2, 3], data: new Float64Array(6).fill(-1) });
    expect(pop.get("whole")).toMatchObject({ data: new Int32Array(6).fill(3) });
    expect(pop.get("flag")).toMatchObject({ data: new Uint8Array(6).fill(1) });
    expect(pop.tau).toBe(10);
  });

  it("are written by numbers, arrays, and distributions", async () => {
    const pop = await make();
    pop.v = 2;
    expect(String(pop.v)).toBe("[[2. 2. 2.]\n [2. 2. 2.]]");
    pop.v = [
      [1, 2, 3],
      [4, 5, 6],
    ];
    expect(String(pop.v)).toBe("[[1. 2. 3.]\n [4. 5. 6.]]");
    pop.v = Float32Array.of(6, 5, 4, 3, 2, 1);
    expect(String(pop.v)).toBe("[[6. 5. 4.]\n [3. 2. 1.]]");
    pop.v = new Uniform(2, 3);
    const drawn = pop.get("v");
    if (typeof drawn === "number") throw new Error("v is local");
    expect([drawn.min() >= 2, drawn.max() < 3, new Set(drawn.data).size]).toEqual([true, true, 6]);
    expect(pop.get("v")).toEqual(drawn);
    pop.tau = 5;
    expect(pop.tau).toBe(5);
    pop.set({ whole: 2.9, flag: [0, 1, 0, -2, 0, 0] });
    expect(pop.get("whole")).toMatchObject({ data: new Int32Array(6).fill(2) });
    expect(pop.get("flag")).toMatchObject({ data: Uint8Array.of(0, 1, 0, 1, 0, 0) });
  });

  it("are written through views and neurons", async () => {
    const pop = await make();
    const view = pop.view("1, :");
    view.set({ v: [7, 8, 9] });
    expect(String(pop.v)).toBe("[[-1. -1. -1.]\n [ 7.  8.  9.]]");
    expect(String(view.get("v"))).toBe("[7. 8. 9.]");
    pop.view([5, 0]).set({ v: [50, 10] });
    pop.neuron(0, 1).v = 20;
    expect(String(pop.v)).toBe("[[10. 20. -1.]\n [ 7.  8. 50.]]");
    expect([pop.neuron(5).get("v"), view.get("tau")]).toEqual([50, 10]);
  });

  it("are copies when read", async () => {
    const pop = await make();
    const copy = pop.get("v");
    if (typeof copy === "number") throw new Error("v is local");
    copy.set([0, 0], 99);
    expect(String(pop.v)).toBe("[[-1. -1. -1.]\n [-1. -1. -1.]]");
  });

  it("have one clear error for each mistake, with the name of the object", async () => {
    const pop = await make();
    const object = 'population "exc"';
    const view = pop.view(":2");
    expect(() => (pop.v = [1, 2])).toThrow(
      error("WRONG_LENGTH", { object, attribute: "v", shape: [2], size: 6 }),
    );
    expect(
      () =>
        (pop.v = [
          [1, 2],
          [3, 4],
          [5, 6],
        ]),
    ).toThrow(error("WRONG_LENGTH"));
    expect(() => (pop.tau = [1, 2, 3, 4, 5, 6])).toThrow(error("GLOBAL_ATTRIBUTE", { object }));
    expect(() => (pop.v = "1")).toThrow(error("INVALID_VALUE", { object, value: "1" }));
    expect(() => (pop.v = undefined)).toThrow(error("INVALID_VALUE"));
    expect(() => pop.set({ vv: 1 })).toThrow(error("UNKNOWN_ATTRIBUTE", { nearest: "v" }));
    expect(() => pop.get("Tau")).toThrow(error("UNKNOWN_ATTRIBUTE", { nearest: "tau" }));
    expect(() => Object.assign(pop, { vv: 1 })).toThrow(error("UNKNOWN_ATTRIBUTE", { object }));
    expect(() => view.set({ v: [1, 2, 3] })).toThrow(
      error("WRONG_LENGTH", { object: 'a view of population "exc"' }),
    );
    expect(() => view.set({ tau: 1 })).toThrow(error("GLOBAL_THROUGH_VIEW"));
    expect(() => Object.assign(view, { vv: 1 })).toThrow(error("UNKNOWN_ATTRIBUTE"));
    expect("vv" in pop).toBe(false);
  });
});

describe("the live view of an attribute", () => {
  it("is what the next step sees", async () => {
    const net = strictNetwork();
    const pop = net.create(2, { neuron: LIF });
    expect(() => pop.buffer("v")).toThrow(error("NOT_COMPILED"));
    await net.compile();
    pop.buffer("v").set([1], 0.5);
    expect(String(pop.get("v"))).toBe("[-1.   0.5]");
    expect(pop.buffer("tau").shape).toEqual([1]);
  });
});

describe("reset", () => {
  it("comes back to what was assigned before compile", async () => {
    const net = strictNetwork();
    const pop = net.create(3, { neuron: LIF });
    pop.view("1:").set({ v: [5, 6] });
    expect(String(pop.init["v"])).toBe("[-1.  5.  6.]");
    await net.compile();
    pop.set({ v: 100, I: 7, tau: 3 });
    await net.simulate(3);
    net.reset();
    expect(["v", "I", "tau"].map((name) => String(pop.get(name)))).toEqual([
      "[-1.  5.  6.]",
      "[0.5 0.5 0.5]",
      "10",
    ]);
  });
});

describe("views", () => {
  const pop = strictNetwork().create([2, 5], { neuron: LIF });

  it("know their neurons", () => {
    const view = pop.view("1, 1:4");
    expect([view.size, view.offsets, view.geometry, view.name]).toEqual([
      3,
      [6, 9],
      [1, 3],
      "pop0",
    ]);
    expect(Array.from(view, ({ rank }) => rank)).toEqual([6, 7, 8]);
    expect(view.rankFromCoordinates([1, 2])).toBe(7);
    expect(view.rankFromCoordinates([0, 2], { local: true })).toBe(2);
    expect(view.coordinatesFromRank(7)).toEqual([1, 2]);
    expect(view.coordinatesFromRank(2, { local: true })).toEqual([0, 2]);
    expect(() => view.rankFromCoordinates([0, 0])).toThrow(error("NO_SUCH_NEURON"));
    expect(() => view.coordinatesFromRank(0)).toThrow(error("NO_SUCH_RANK"));
  });

  it("are united in the order of ranks, without repetitions", () => {
    expect(pop.view([7, 3]).union(pop.view("3:5")).ranks).toEqual(Int32Array.of(3, 4, 7));
    const other = strictNetwork().create(3, { neuron: LIF });
    expect(() => pop.view([0]).union(other.view([0]))).toThrow(error("UNRELATED_VIEWS"));
  });
});

describe("names of attributes that are names of members", () => {
  it("are reached by get and set, with a warning", () => {
    const warnings: string[] = [];
    const net = new Network();
    net.config({ logger: (message) => warnings.push(message) });
    const neuron = new Neuron({
      parameters: "width = 2.0",
      equations: "v = width",
      spike: "v > 99.0",
      reset: "",
    });
    const pop = net.create([3, 1], { neuron });
    expect([pop.get("width"), pop.width]).toMatchObject([{ data: Float64Array.of(2, 2, 2) }, 3]);
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toContain('get("width")');
  });
});

describe("weighted sums", () => {
  it("are those of the last step, in the shape of the geometry, of views and of neurons", async () => {
    const net = strictNetwork();
    const source = net.create(2, { neuron: new Neuron({ equations: "r = 2.0" }) });
    const sink = net.create([2, 2], { neuron: new Neuron({ equations: "r = sum(exc)" }) });
    net.connect(source, sink, { target: "exc" }).allToAll({ weights: 3 });
    await net.compile();
    await net.simulate(2);
    expect(sink.sum("exc")).toMatchObject({ shape: [2, 2], data: new Float64Array(4).fill(12) });
    expect(String(sink.view([3, 0]).sum("exc"))).toBe("[12. 12.]");
    expect(sink.neuron(1, 1).sum("exc")).toBe(12);
  });

  it("are zeros where nothing arrives, and before compile, with a warning", async () => {
    const warnings: string[] = [];
    const net = new Network();
    net.config({ logger: (text) => warnings.push(text) });
    const pop = net.create([1, 2], { neuron: new Neuron({ equations: "r = sum(exc)" }) });
    expect(String(pop.sum("exc"))).toBe("[[0. 0.]]");
    await net.compile();
    expect(String(pop.sum("exc"))).toBe("[[0. 0.]]");
    expect(warnings).toHaveLength(2);
  });
});
