import { describe, expect, it } from "vitest";

import type { NeuronOptions } from "../../../lib/model/definition.js";
import { analyseNeuron } from "../../../lib/model/neuron.js";
import { analyseSynapse } from "../../../lib/model/synapse.js";
import { blocksOf, systemsOf } from "../../../lib/solve/blocks.js";
import { checkForms, formsOf } from "../../../lib/solve/forms.js";
import { EquationError } from "../../../lib/errors.js";
import type { ElementKind } from "../../../lib/solve/scheme.js";
import { brief } from "../../support/texts.js";

function analysed(definition: NeuronOptions) {
  return analyseNeuron(definition, { constants: [] });
}

function mistakes(definition: NeuronOptions): readonly string[] {
  return checkForms(analysed(definition)).map(brief);
}

describe("the check of equations", () => {
  it.each([
    ["(dr/dt)^2 = 1", ["NOT_AFFINE_IN_GRADIENT (dr/dt)^2"]],
    ["dr/dt = r^2 : exponential", ["NOT_LINEAR dr/dt = r^2 : exponential"]],
    ["dr/dt = 1 : semiimplicit", ["NOT_LINEAR dr/dt = 1 : semiimplicit"]],
    ["dr/dt = gamma(r) : implicit", ["NO_DERIVATIVE gamma"]],
    ["gamma(r)*dr/dt = 1 : implicit", ["NO_DERIVATIVE gamma"]],
    ["dr/dt = y : implicit\ndy/dt = gamma(r) : implicit", ["NO_DERIVATIVE gamma"]],
    ["dr/dt = -r : implicit\ndy/dt = gamma(r)", []],
    ["dr/dt = gamma(2) - r : implicit", []],
    ["dr/dt = -r : rk4\ndy/dt = r : midpoint", ["METHODS_MIXED dy/dt = r : midpoint"]],
    [
      "dr/dt = -r : implicit\nm = r\ndy/dt = r : rk4\ndz/dt = r : implicit\ndu/dt = r : midpoint",
      ["METHODS_MIXED dy/dt = r : rk4", "METHODS_MIXED du/dt = r : midpoint"],
    ],
    ["dr/dt = if r > 1: -r else: r : rk4\ndy/dt = r : midpoint", []],
    ["dr/dt = -r : rk4\ndy/dt = -y : exponential\ndz/dt = r\ndu/dt = -u : semiimplicit", []],
  ])("of %j finds %j", (equations, expected) => {
    expect(mistakes({ equations: `${equations}\nr0 = 0` })).toEqual(expected);
  });

  it("reports every mistake, in the order of the text", () => {
    const equations = `r = 1
      dx/dt = x^2 : exponential
      (dy/dt)^2 = 1
      dz/dt = 1 : semiimplicit
      du/dt = gamma(u) : implicit
      dw/dt = 1 : rk4`;
    const expected = ["NOT_LINEAR", "NOT_AFFINE_IN_GRADIENT", "NOT_LINEAR", "NO_DERIVATIVE"];
    const model = analysed({ equations });
    expect(checkForms(model).map(({ code }) => code)).toEqual([...expected, "METHODS_MIXED"]);
    expect(() => formsOf(model)).toThrow(EquationError);
  });
});

describe("the check of the equations of a synapse", () => {
  it.each([
    ["tau*dx/dt = -x : event-driven", []],
    ["tau*dx/dt + x = 2*tau : event-driven\ndy/dt = x", []],
    ["dx/dt = x^2 : event-driven", ["NOT_LINEAR dx/dt = x^2 : event-driven"]],
    ["1/(dx/dt) = x : event-driven", ["NOT_AFFINE_IN_GRADIENT 1/(dx/dt)"]],
    [
      "tau*dx/dt = y - x : event-driven\ndy/dt = -y",
      ["EVENT_DRIVEN_VARIABLE tau*dx/dt = y - x : event-driven"],
    ],
    ["tau*dx/dt = exp(x) - x : event-driven", ["EVENT_DRIVEN_VARIABLE tau*dx/dt = exp(x) - x"]],
    ["dx/dt = y : midpoint\ndy/dt = -x : rk4", []],
    ["dx/dt = y : midpoint\ndy/dt = -x : implicit", ["METHODS_MIXED dy/dt = -x : implicit"]],
  ])("of %j finds %j", (equations, expected) => {
    const context = { constants: [], type: "spike", targets: ["exc"] } as const;
    const model = analyseSynapse({ parameters: "tau = 10.0", equations }, context);
    const found = checkForms(model).map(brief);
    expect(found.map((text, i) => text.slice(0, expected[i]?.length))).toEqual(expected);
  });
});

describe("the systems of a block", () => {
  const equations = `
    dr/dt = 1 : rk4
    da/dt = 1
    db/dt = 1 : rk4
    dc/dt = 1
    m = 1
    dd/dt = 1 : rk4`;

  const systems = (kind: ElementKind): readonly (readonly string[])[] =>
    blocksOf(analysed({ equations }).updates).flatMap((block) =>
      block.kind === "odes"
        ? systemsOf(block, kind).map((system) => system.map(({ name }) => name))
        : [],
    );

  it("join the equations of a coupled method in a neuron", () => {
    expect(systems("neuron")).toEqual([["r", "b"], ["a"], ["c"], ["d"]]);
  });

  it("leave rk4 alone in a synapse", () => {
    expect(systems("synapse")).toEqual([["r"], ["a"], ["b"], ["c"], ["d"]]);
  });
});
