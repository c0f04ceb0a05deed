import { describe, expect, it } from "vitest";

import { print } from "../../../lib/dsl/print.js";
import { EquationError } from "../../../lib/errors.js";
import type { NeuronOptions } from "../../../lib/model/definition.js";
import { analyseNeuron } from "../../../lib/model/neuron.js";
import { analyseStop } from "../../../lib/model/stop.js";
import type { NeuronModel } from "../../../lib/model/types.js";
import { brief } from "../../support/texts.js";

const rate: NeuronOptions = { equations: "r = 1", functions: "f(x) = kappa*x" };
const spiking: NeuronOptions = { equations: "dv/dt = g_exc - v", spike: "v > 1" };
const context = { constants: ["kappa", "theta"] };

function stop(neuron: NeuronOptions, text: string): NeuronModel {
  return analyseStop(analyseNeuron(neuron, context), text, context);
}

function mistakes(neuron: NeuronOptions, text: string): string[] {
  try {
    stop(neuron, text);
  } catch (error) {
    if (error instanceof EquationError) return error.diagnostics.map(brief);
    throw error;
  }
  return [];
}

describe("analyseStop", () => {
  it.each<[NeuronOptions, string, string, string]>([
    [rate, "r > theta", "r > theta", "any"],
    [rate, "r > 1 and t > 10 : all", "r > 1 and t > 10", "all"],
    [spiking, "spiked : any", "spiked", "any"],
    [spiking, "v > 30 and t - t_last > dt : all", "v > 30 and t - t_last > dt", "all"],
  ])("understands conditions: %j %s", (neuron, text, condition, quantifier) => {
    const found = stop(neuron, text).stop;
    expect(found && [print(found.condition), found.quantifier]).toEqual([condition, quantifier]);
  });

  it("adds what the condition uses to the model", () => {
    const model = stop(rate, "f(r) > theta");
    expect(model.constants).toEqual(["kappa", "theta"]);
    expect([...model.functions.keys()]).toEqual(["f"]);
  });

  it.each<[string, NeuronOptions, string, string[]]>([
    ["unknown names", rate, "rr > 1", ["UNKNOWN_NAME rr"]],
    ["spikes of rate-coded neurons", rate, "spiked : all", ["NEEDS_SPIKES spiked"]],
    ["random terms", rate, "r > Uniform(0, 1)", ["NOT_ALLOWED_HERE Uniform(0, 1)"]],
    ["inputs", rate, "sum(exc) > 1", ["NOT_ALLOWED_HERE sum(exc)"]],
    ["operations over the population", rate, "mean(r) > 1", ["NOT_ALLOWED_HERE mean(r)"]],
    ["words other than any and all", rate, "r > 1 : some", ["UNEXPECTED_TOKEN some"]],
  ])("refuses %s", (_, neuron, text, expected) => {
    expect(mistakes(neuron, text)).toEqual(expected);
  });
});
