import { describe, expect, it } from "vitest";

import {
  addFunction,
  Constant,
  functions,
  Network,
  Neuron,
  type HostFunction,
} from "../../../lib/index.js";
import { strictNetwork } from "../../support/neurons.js";

const error = (code: string, details: object = {}): unknown =>
  expect.objectContaining({ code, details: expect.objectContaining(details) });

const gain = new Constant("gain", 3);
addFunction("double(x) = 2.0 * x");
addFunction("scaled(x, y) = gain * double(x) + y");

async function compiled(): Promise<Network> {
  const net = strictNetwork();
  net.create(1, { neuron: new Neuron({ equations: "r = scaled(t, 1.0)" }) });
  await net.compile();
  return net;
}

describe("a global function", () => {
  it("is called by models, with the constants of their network", async () => {
    const net = await compiled();
    await net.simulate(3);
    expect(String(net.getPopulations()[0]!.get("r"))).toBe("[13.]");
  });

  it("is called from outside: of numbers, and element by element of lists", async () => {
    const net = await compiled();
    const scaled = functions("scaled", net);
    expect(scaled(2, 1)).toBe(13);
    expect(scaled([1, 2], Float64Array.of(1, 0))).toEqual(Float64Array.of(7, 12));
    expect(scaled([1, 2], 0)).toEqual(Float64Array.of(6, 12));
    gain.set(1);
    expect(scaled(2, 1)).toBe(5);
    gain.set(3);
  });

  it("serves models of networks that were there before it", () => {
    const net = strictNetwork();
    addFunction("later(x) = x + 1.0");
    const pop = net.create(1, { neuron: new Neuron({ equations: "r = later(r)" }) });
    expect(pop.functions).toEqual([]);
  });

  it.each<[string, (f: HostFunction) => unknown, string]>([
    ["too few arguments", (f) => f(1), "WRONG_NUMBER_OF_OPERANDS"],
    ["lists of several lengths", (f) => f([1, 2], [1]), "UNEQUAL_ARGUMENTS"],
    ["something else than numbers", (f) => f(1, JSON.parse('"a"')), "INVALID_ARGUMENT"],
  ])("refuses %s", async (_, call, code) => {
    const scaled = functions("scaled", await compiled());
    expect(() => call(scaled)).toThrow(error(code, { name: "scaled" }));
  });

  it("cannot be called before compile, nor when there is none", () => {
    expect(() => functions("double", strictNetwork())(1)).toThrow(
      error("NOT_COMPILED", { call: "double" }),
    );
    expect(() => functions("triple", strictNetwork())).toThrow(
      error("NO_SUCH_FUNCTION", { name: "triple" }),
    );
  });

  it("is added once", () => {
    expect(() => {
      addFunction("double(x) = x");
    }).toThrow(error("DUPLICATE_FUNCTION"));
  });
});

describe("a function of a model", () => {
  it("is a method of its populations", async () => {
    const net = strictNetwork();
    const pop = net.create(1, {
      neuron: new Neuron({
        equations: "r = double(t)",
        functions: "double(x) = x + x\nhalf(x) = double(x) / 4.0",
      }),
    });
    expect(pop.functions).toEqual(["double", "half"]);
    const half = (pop as unknown as { half: HostFunction }).half;
    expect(() => half(1)).toThrow(error("NOT_COMPILED"));
    await net.compile();
    expect(half([2, 4])).toEqual(Float64Array.of(1, 2));
  });
});
