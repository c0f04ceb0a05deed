import { describe, expect, it } from "vitest";

import { render } from "../../../lib/diagnostics.js";
import { EquationError } from "../../../lib/errors.js";
import type { NeuronOptions } from "../../../lib/model/definition.js";
import { Parameter, Variable } from "../../../lib/model/definition.js";
import { analyseNeuron, checkNeuron } from "../../../lib/model/neuron.js";
import { checkSynapse } from "../../../lib/model/synapse.js";
import { Uniform } from "../../../lib/random/distribution.js";
import { brief } from "../../support/texts.js";

const spiking = { spike: "v > 1", reset: "v = 0" } as const;

function mistakes(definition: object): string[] {
  return checkNeuron(definition, { constants: ["kappa"] }).diagnostics.map(brief);
}

describe("the mistakes of a definition", () => {
  it.each<[string, object, string[]]>([
    ["a misspelt variable", { equations: "r = 2*rr" }, ["UNKNOWN_NAME rr"]],
    ["a misspelt function", { equations: "r = epx(1)" }, ["UNKNOWN_FUNCTION epx"]],
    ["a missing bracket", { equations: "r = 2*(1 + t" }, ["UNCLOSED_BRACKET ("]],
    ["els for else", { equations: "r = if t > 1: 1 els: 2" }, ["MISSING_ELSE els"]],
    ["an unknown flag", { equations: "r = 1 : ini = 2" }, ["UNKNOWN_FLAG ini"]],
    ["a flag of synapses", { equations: "r = 1 : projection" }, ["FLAG_NOT_HERE projection"]],
    ["no output", { equations: "x = 1" }, ["OUTPUT_MISSING"]],
    ["a declared rate", { equations: "dv/dt = 1\nr = 1", ...spiking }, ["OUTPUT_DECLARED r"]],
    [
      "a variable declared twice",
      { parameters: "r = 1", equations: "r = 2" },
      ["DUPLICATE_ATTRIBUTE r"],
    ],
    ["a reserved name", { parameters: "dt = 1", equations: "r = 1" }, ["RESERVED_NAME dt"]],
    ["a keyword as a name", { parameters: { lambda: 1 }, equations: "r = 1" }, ["RESERVED_NAME"]],
    [
      "a reset without a name",
      { equations: "dv/dt = 1", spike: "v > 1", reset: "= 0" },
      ["NO_VARIABLE ="],
    ],
    [
      "a reset of nothing known",
      { equations: "dv/dt = 1", spike: "v > 1", reset: "V = 0" },
      ["NOT_A_VARIABLE V"],
    ],
    [
      "a reset of a parameter",
      { parameters: "c = 1", equations: "dv/dt = 1", spike: "v > 1", reset: "c = 0" },
      ["NOT_A_VARIABLE c"],
    ],
    [
      "a reset of a shared variable",
      { equations: "dv/dt = 1\nm = 1 : population", spike: "v > 1", reset: "m = 0" },
      ["SHARED_CHANGED m"],
    ],
    [
      "an equation in the reset",
      { equations: "dv/dt = 1", spike: "v > 1", reset: "dv/dt = 0" },
      ["NOT_ALLOWED_HERE dv/dt"],
    ],
    ["a reset without spikes", { equations: "r = 1", reset: "r = 0" }, ["NOTHING_TO_RESET"]],
    [
      "an assignment as condition",
      { equations: "dv/dt = 1", spike: "v = 1" },
      ["UNKNOWN_OPERATOR ="],
    ],
    [
      "a conditional as condition",
      { equations: "dv/dt = 1", spike: "if v: 1 else: 0" },
      ["NOT_ALLOWED_HERE if v: 1 else: 0"],
    ],
    [
      "a random condition",
      { equations: "dv/dt = 1", spike: "v > Uniform(0, 1)" },
      ["NOT_ALLOWED_HERE Uniform(0, 1)"],
    ],
    [
      "a random term without enough",
      { equations: "r = Normal(0)" },
      ["WRONG_NUMBER_OF_OPERANDS Normal(0)"],
    ],
    [
      "a random term of an expression",
      { equations: "r = Normal(0, 1 + 1)" },
      ["RANDOM_OPERAND 1 + 1"],
    ],
    [
      "a random term of a local",
      { parameters: "s = 1", equations: "r = Normal(0, s)" },
      ["RANDOM_OPERAND s"],
    ],
    ["too few operands", { equations: "r = clip(t, 1)" }, ["WRONG_NUMBER_OF_OPERANDS clip(t, 1)"]],
    [
      "a gradient on the right",
      { equations: "r = 1\ndx/dt = 1\ny = dx/dt" },
      ["GRADIENT_ON_RIGHT dx"],
    ],
    [
      "a value that is called",
      { parameters: "gamma = 1", equations: "r = gamma(2)" },
      ["NOT_A_FUNCTION gamma"],
    ],
    [
      "a shared value of a local one",
      { parameters: "a = 1", equations: "r = 1\nm = a : population" },
      ["LOCAL_IN_GLOBAL a"],
    ],
    [
      "an input as parameter",
      { parameters: "g_exc = 1", equations: "dv/dt = g_exc", ...spiking },
      ["CONDUCTANCE_PARAMETER g_exc"],
    ],
    [
      "a shared input",
      { equations: "dv/dt = g_exc\ng_exc = 0 : population", ...spiking },
      ["CONDUCTANCE_KIND g_exc"],
    ],
    [
      "a parameter of another one",
      { parameters: "a = 1; b = 2*a", equations: "r = 1" },
      ["NOT_A_CONSTANT_VALUE 2*a"],
    ],
    [
      "a drawn value for all",
      { parameters: { a: new Uniform(0, 1) }, equations: "r = 1" },
      ["NOT_A_CONSTANT_VALUE"],
    ],
    [
      "an initial value of a variable",
      { equations: "r = 1\nx = 1 : init = r" },
      ["INVALID_INIT r"],
    ],
    [
      "an initial expression",
      { parameters: "a = 1", equations: "r = 1 : init = 2*a" },
      ["INVALID_INIT 2*a"],
    ],
    ["an unknown initial name", { equations: "r = 1 : init = start" }, ["UNKNOWN_NAME start"]],
    ["an unknown option", { equation: "r = 1" }, ["UNKNOWN_MODEL_OPTION", "OUTPUT_MISSING"]],
    ["an option of another type", { equations: "r = 1", parameters: 3 }, ["INVALID_MODEL_OPTION"]],
    [
      "a negative refractory period",
      { equations: "dv/dt = 1", ...spiking, refractory: -1 },
      ["INVALID_MODEL_OPTION"],
    ],
    [
      "an unknown refractory name",
      { equations: "dv/dt = 1", ...spiking, refractory: "tref" },
      ["UNKNOWN_NAME tref"],
    ],
    ["an unknown constant", { parameters: { tau: "kapa" }, equations: "r = 1" }, ["UNKNOWN_NAME"]],
  ])("are found: %s", (_, definition, expected) => {
    expect(mistakes(definition)).toEqual(expected);
  });

  it("are reported all at once, with the first as the code of the error", () => {
    const definition: NeuronOptions = {
      name: "LIF",
      parameters: "tau = 10",
      equations: "tau*dv/dt = -v / tua + g_exc\nx = (1\ny = x + 2a",
      spike: "v > Vt",
      reset: "v = 0",
    };
    const analyse = (): unknown => analyseNeuron(definition, { constants: [] });
    expect(analyse).toThrow(EquationError);
    try {
      analyse();
    } catch (error) {
      if (!(error instanceof EquationError)) throw error;
      expect(error.diagnostics.map(brief)).toEqual([
        "UNCLOSED_BRACKET (",
        "MISSING_OPERATOR 2a",
        "UNKNOWN_NAME tua",
        "UNKNOWN_NAME Vt",
      ]);
      expect(error.code).toBe("UNCLOSED_BRACKET");
      expect(error.message).toContain("did you mean");
    }
  });

  it("stand under a caret with the nearest known name", () => {
    const { diagnostics } = checkNeuron(
      {
        name: "LIF",
        parameters: "tau = 10",
        equations: "tau * dv/dt = -v / tua + g_exc",
        ...spiking,
      },
      { constants: [] },
    );
    expect(render(diagnostics[0]!)).toBe(
      [
        'unknown name "tua" in neuron "LIF"',
        "  1 | tau * dv/dt = -v / tua + g_exc",
        '    |                    ^^^ did you mean "tau"?',
      ].join("\n"),
    );
  });

  it.each<[string, string | null]>([
    ["r = g_exc", "sum(exc)"],
    ["r = tt", "t"],
    ["r = kapa", "kappa"],
    ["r = unlike", null],
  ])("name what was probably meant: %s", (equations, nearest) => {
    const { diagnostics } = checkNeuron({ equations }, { constants: ["kappa"] });
    expect(diagnostics).toMatchObject([{ code: "UNKNOWN_NAME", problem: { nearest } }]);
  });

  it.each<[string, string | null]>([
    ["w * g_exc", "post.g_exc"],
    ["w * t_pree", "t_pre"],
  ])("of synapses name what was probably meant: %s", (psp, nearest) => {
    const context = { constants: [], type: "spike", targets: ["exc"] } as const;
    const { diagnostics } = checkSynapse({ psp }, context);
    expect(diagnostics).toMatchObject([{ code: "UNKNOWN_NAME", problem: { nearest } }]);
  });

  it("of a Variable are found in its own text", () => {
    const definition = {
      parameters: { tau: new Parameter(10) },
      equations: ["r = v", new Variable("tau*dv/dt = -v + x", { min: "lo" })],
    };
    expect(mistakes(definition)).toEqual(["UNKNOWN_NAME lo", "UNKNOWN_NAME x"]);
  });
});
