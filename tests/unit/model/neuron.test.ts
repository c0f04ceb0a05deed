import { describe, expect, it } from "vitest";

import { print } from "../../../lib/dsl/print.js";
import { Parameter, Variable, type NeuronOptions } from "../../../lib/model/definition.js";
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
});
