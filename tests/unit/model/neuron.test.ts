import { describe, expect, it } from "vitest";

import { print } from "../../../lib/dsl/print.js";
import { Parameter, Variable, type NeuronOptions } from "../../../lib/model/definition.js";
import { defineFunctions } from "../../../lib/model/functions.js";
import { analyseNeuron } from "../../../lib/model/neuron.js";
import { Exponential, RandomDistribution, Uniform } from "../../../lib/random/distribution.js";

function analyse(definition: NeuronOptions, constants: readonly string[] = []) {
  return analyseNeuron(definition, { constants });
}

function attributes(definition: NeuronOptions, constants: readonly string[] = []): string[] {
  return analyse(definition, constants).attributes.map(({ name, kind, locality, type, init }) => {
    const value = init instanceof RandomDistribution ? String(init) : JSON.stringify(init);
    return `${name}: ${locality} ${type} ${kind} = ${value}`;
  });
}

describe("analyseNeuron", () => {
  it("declares the parameters of a text as local, those of an object as global", () => {
    expect(
      attributes({ parameters: "r = 1/2; a = 2 : population; n = 3.7 : int; flag = False; z" }),
    ).toEqual([
      "r: local float parameter = 0.5",
      "a: global float parameter = 2",
      "n: local int parameter = 3",
      "flag: local bool parameter = 0",
      "z: local float parameter = 0",
    ]);
    const local = new Parameter(new Uniform(0, 1), { locality: "local" });
    const parameters = {
      r: 1,
      flag: true,
      n: new Parameter(3.9, { type: "int" }),
      u: local,
      c: "kappa",
    };
    expect(attributes({ parameters }, ["kappa"])).toEqual([
      "r: global float parameter = 1",
      "flag: global float parameter = 1",
      "n: global int parameter = 3",
      "u: local float parameter = Uniform(0, 1)",
      'c: global float parameter = {"attribute":"kappa"}',
    ]);
  });

  it("reads the forms of initial values", () => {
    const equations = `
      r = 1 : init = -65.5
      a = 1 : init = v0
      b = r > 1 : init = True, bool
      c = 1 : init = kappa, population
      d = 1 : init = Exponential(4)
      e = 1 : init = 2.9, int`;
    expect(attributes({ parameters: "v0 = 3", equations }, ["kappa"]).slice(1)).toEqual([
      "r: local float variable = -65.5",
      'a: local float variable = {"attribute":"v0"}',
      "b: local bool variable = 1",
      'c: global float variable = {"attribute":"kappa"}',
      `d: local float variable = ${String(new Exponential(0.25))}`,
      "e: local int variable = 2",
    ]);
  });

  it("finds the inputs of a spiking neuron, and clears those without an equation last", () => {
    const model = analyse({
      equations: "dv/dt = g_exc - g_inh - v\ndg_inh/dt = -g_inh",
      spike: "v > 1",
      reset: "g_gap = 0",
    });
    expect(model.targets).toEqual(["exc", "inh", "gap"]);
    expect(model.updates.map(({ name, kind }) => `${name} ${kind}`)).toEqual([
      "v ode",
      "g_inh ode",
      "g_exc assignment",
      "g_gap assignment",
    ]);
  });

  it("lets an attribute hide a constant and a symbol of the same name", () => {
    const model = analyse({ parameters: "E = 3; kappa = 2", equations: "r = E*kappa*lambda0" }, [
      "kappa",
      "lambda0",
    ]);
    expect(model.constants).toEqual(["lambda0"]);
  });

  it("spells out compound assignments", () => {
    const [update] = analyse({ equations: "r += if t > 1: 2 else: 3" }).updates;
    expect(update?.kind === "assignment" && print(update.value)).toBe("r + (if t > 1: 2 else: 3)");
  });

  it("makes equal random terms separate draws", () => {
    const model = analyse({
      equations: "m = Uniform(0, 1) : population\nr = Normal(0, m) + Normal(0, m) + Exponential(2)",
    });
    expect(
      model.random.map(({ distribution, parameters, locality }) => [
        distribution,
        parameters,
        locality,
      ]),
    ).toEqual([
      ["Uniform", [0, 1], "global"],
      ["Normal", [0, "m"], "local"],
      ["Normal", [0, "m"], "local"],
      ["Exponential", [2], "local"],
    ]);
  });

  it("advances a conditional by the explicit method, whatever is asked for", () => {
    const equations =
      "r = 1\ndx/dt = if r > 0: 1 else: 2 : exponential\ndy/dt = -y : exponential, explicit";
    const methods = analyse({ equations }).updates.flatMap((update) =>
      update.kind === "ode" ? [update.method] : [],
    );
    expect(methods).toEqual(["explicit", "exponential"]);
  });

  it("takes the method of the network where an equation names none", () => {
    const { updates } = analyseNeuron(
      { equations: "r = 1\ndx/dt = -x" },
      { constants: [], method: "exponential" },
    );
    expect(updates[1]).toMatchObject({ method: "exponential" });
  });

  it("takes statements as texts, lists and Variables", () => {
    const variable = new Variable("dv/dt = if r > 0:\n 1\nelse:\n 2\n", {
      init: 3,
      min: "-hi",
      max: "hi",
      locality: "local",
    });
    const model = analyse({
      parameters: { hi: 4 },
      equations: ["r = v # comment", "a = 1\nb = a", variable],
    });
    expect(model.updates.map(({ name }) => name)).toEqual(["r", "a", "b", "v"]);
    expect(model.updates[3]!.bounds.map(({ kind, value }) => `${kind} ${print(value)}`)).toEqual([
      "min -hi",
      "max hi",
    ]);
    expect(model.attributes.find(({ name }) => name === "v")).toMatchObject({ init: 3 });
  });

  it("accepts an empty reset and flags without a meaning", () => {
    const model = analyse({
      equations: "dv/dt = 1",
      spike: "# threshold\n v > 1\n",
      reset: ["# nothing", ""],
    });
    expect(model.reset).toEqual([]);
    expect(
      analyse({ equations: "dv/dt = 1", spike: "v > 1", reset: "v = 0 : unless_refractory" }).reset,
    ).toHaveLength(1);
  });

  it("takes a refractory period of zero for none", () => {
    expect(
      analyse({ equations: "dv/dt = 1", spike: "v > 1", refractory: 0 }).refractory,
    ).toBeNull();
    expect(
      analyse({
        parameters: "tref = 2",
        equations: "dv/dt = 1",
        spike: "v > 1",
        refractory: "tref",
      }).refractory,
    ).toBe("tref");
  });

  it("gives every spiking neuron a firing rate that no equation changes", () => {
    const model = analyse({ equations: "dv/dt = -v + r", spike: "v > 1", reset: "v = r" });
    expect(model.attributes.at(-1)).toEqual({
      name: "r",
      kind: "variable",
      locality: "local",
      type: "float",
      init: 0,
      span: null,
    });
    expect(model.updates.map(({ name }) => name)).toEqual(["v"]);
  });

  it("finds the inputs of a rate-coded neuron in order of appearance", () => {
    const equations = "x = sum(inh) + sum( exc )\nr = sum(in) : max = sum(top)";
    const model = analyse({ equations });
    expect(model.targets).toEqual(["inh", "exc", "top", "in"]);
    expect(model.readsAllTargets).toBe(false);
    expect(analyse({ equations: "r = sum() - sum(inh)" })).toMatchObject({
      targets: ["inh"],
      readsAllTargets: true,
    });
  });

  it("reads inputs of rates in a spiking neuron that is made for them", () => {
    const definition = { equations: "v = sum(exc) + g_inh", spike: "v > 1" };
    const model = analyseNeuron(definition, { constants: [], rateInputs: true });
    expect(model.targets).toEqual(["inh", "exc"]);
  });

  it("lists each operation over the population once", () => {
    const equations = "r = mean(r) + max(r) + mean(r)*norm2(a)\na = max(r, 2)";
    expect(analyse({ equations }).reductions).toEqual([
      { operation: "mean", name: "r" },
      { operation: "max", name: "r" },
      { operation: "norm2", name: "a" },
    ]);
  });

  it("understands axonal events and the time of the last spike", () => {
    const model = analyse({
      equations: "dv/dt = t - t_last",
      spike: "v > 1 and t_last < t",
      reset: "v = if t - t_last > 1: 0 else: 1",
      axonSpike: "v > 0.5",
      axonReset: "v -= t_last",
    });
    expect(model.axonSpike && print(model.axonSpike)).toBe("v > 0.5");
    expect(model.axonReset.map(({ name, value }) => `${name} = ${print(value)}`)).toEqual([
      "v = v - t_last",
    ]);
  });

  it("calls functions of its own and of the network, with those that they call", () => {
    const report = (): never => {
      throw new Error("a mistake in the global functions");
    };
    const globals = defineFunctions("f(x) = 2*x\ng(x) = f(x) + kappa\nh(x) = x", {
      owner: null,
      globals: new Map(),
      constants: ["kappa"],
      report,
    }).definitions;
    const { functions, constants } = analyseNeuron(
      { functions: ["f(x) = x^2"], equations: "r = f(g(t))" },
      { constants: ["kappa", "other"], functions: globals },
    );
    expect([...functions.keys()]).toEqual(["f", "g", "global f"]);
    expect(constants).toEqual(["kappa"]);
  });

  it("takes values of parameters from extraValues", () => {
    const parameters = "tau = 'tau_key'; n = \"n_key\" : int, population";
    const extraValues = { tau_key: 1.5, n_key: 2.5 };
    expect(attributes({ parameters, equations: "r = tau", extraValues }).slice(0, 2)).toEqual([
      "tau: local float parameter = 1.5",
      "n: global int parameter = 2",
    ]);
  });

  it.each<[string, string]>([
    ["explicit, rk4, midpoint, exponential, semiimplicit, implicit", "implicit"],
    ["explicit, rk4, midpoint, exponential, semiimplicit", "semiimplicit"],
    ["explicit, rk4, midpoint, exponential", "exponential"],
    ["explicit, rk4, midpoint", "midpoint"],
    ["explicit, runge-kutta4", "rk4"],
    ["event-driven, explicit", "explicit"],
  ])("chooses among several methods: %s", (flags, method) => {
    expect(analyse({ equations: `dr/dt = -r : ${flags}` }).updates).toMatchObject([{ method }]);
  });

  it("takes no notice of a method of an assignment", () => {
    expect(analyse({ equations: "r = 1 : exponential, event-driven" }).updates).toMatchObject([
      { kind: "assignment" },
    ]);
  });

  it("draws with numbers, global attributes, constants and pi", () => {
    const parameters = "a = 1 : population";
    const equations = "g = 2*a : population, init = 1\nr = Normal(a, g) + Gamma(kappa, pi)";
    const { random } = analyse({ parameters, equations }, ["kappa"]);
    expect(random.map((slot) => slot.parameters)).toEqual([
      ["a", "g"],
      ["kappa", Math.PI],
    ]);
  });
});
