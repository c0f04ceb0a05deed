/** The mistakes of models that the specification of the language lists, row by row. */
import { describe, expect, it } from "vitest";

import type { Diagnostic } from "../../../lib/diagnostics.js";
import { checkConnected } from "../../../lib/model/connected.js";
import {
  Parameter,
  type NeuronOptions,
  type SynapseOptions,
} from "../../../lib/model/definition.js";
import { analyseNeuron } from "../../../lib/model/neuron.js";
import { analyseSynapse } from "../../../lib/model/synapse.js";
import { checkForms } from "../../../lib/solve/forms.js";
import {
  network,
  neuron,
  rates,
  rateSynapse,
  spikes,
  synapse,
  walk,
} from "../../support/mistakes.js";
import { brief } from "../../support/texts.js";

const spiking = { spike: "v > 1", reset: "v = 0" } as const;

const solvedNeuron = (definition: NeuronOptions): readonly Diagnostic[] =>
  checkForms(analyseNeuron(definition, network));
const solvedSynapse = (definition: SynapseOptions): readonly Diagnostic[] =>
  checkForms(analyseSynapse(definition, spikes));
const connected = (definition: SynapseOptions): readonly Diagnostic[] => {
  const ends = analyseNeuron({ equations: "r = sum(exc)" }, network);
  return checkConnected(analyseSynapse(definition, rates), ends, ends, ["exc"], ["exc"]);
};

describe("a constructor refuses", () => {
  walk([
    ["an unknown operation", () => synapse({ operation: "product" }), ["INVALID_MODEL_OPTION"]],
    [
      "an operation other than the sum with code for spikes",
      () => synapse({ operation: "max", preSpike: "g_target += w" }),
      ["OPERATION_OF_SPIKES"],
    ],
    [
      "an operation other than the sum between spiking neurons",
      () => synapse({ operation: "max", psp: "w*pre.v" }),
      ["OPERATION_OF_SPIKES"],
    ],
    [
      "code for axonal spikes together with code for postsynaptic ones",
      () => synapse({ preAxonSpike: "g_target += w", postSpike: "w += 1" }),
      ["AXON_AND_POST"],
    ],
  ]);
});

describe("the analysis refuses parameters:", () => {
  walk([
    [
      "neither text nor object",
      () => neuron({ parameters: 3, equations: "r = 1" }),
      ["INVALID_MODEL_OPTION"],
    ],
    [
      "not numeric",
      () => neuron({ parameters: { a: [1] }, equations: "r = 1" }),
      ["NOT_A_CONSTANT_VALUE"],
    ],
    [
      "not numeric in a text",
      () => neuron({ parameters: "a = t > 1", equations: "r = 1" }),
      ["NOT_A_CONSTANT_VALUE t > 1"],
    ],
    [
      "of an unknown locality",
      () => rateSynapse({ parameters: { a: new Parameter(1, word({ locality: "shared" })) } }),
      ["INVALID_TRAIT"],
    ],
    [
      "of an unknown type",
      () => rateSynapse({ parameters: { a: new Parameter(1, word({ type: "double" })) } }),
      ["INVALID_TRAIT"],
    ],
    [
      "with an unknown key",
      () => neuron({ parameters: "r = 'key'" }),
      ["UNKNOWN_EXTRA_VALUE r = 'key'"],
    ],
  ]);
});

/** What users of plain JavaScript can hand over. */
function word(options: object): object {
  return options;
}

describe("the analysis refuses statements:", () => {
  walk([
    [
      "neither text nor Variable",
      () => neuron({ equations: 3, parameters: "r = 1" }),
      ["INVALID_MODEL_OPTION"],
    ],
    ["without a variable", () => neuron({ equations: "r = 1\n= 2" }), ["NO_VARIABLE ="]],
    ["with two assignments", () => neuron({ equations: "r = 1 x = 2" }), ["SEVERAL_ASSIGNMENTS ="]],
    [
      "before the first assignment",
      () => neuron({ equations: "2*t\nr = 1" }),
      ["TEXT_BEFORE_ASSIGNMENT 2*t"],
    ],
    ["with an open bracket", () => neuron({ equations: "r = (1 + 2" }), ["UNCLOSED_BRACKET ("]],
    ["with a stray bracket", () => neuron({ equations: "r = 1 + 2)" }), ["UNOPENED_BRACKET )"]],
    [
      "with a sum on the left",
      () => neuron({ parameters: "r = 1; a = 1", equations: "r + a = 1" }),
      ["NO_VARIABLE r + a"],
    ],
    [
      "that declare a name twice",
      () => neuron({ parameters: "a = 1", equations: "r = 1\na = 2" }),
      ["DUPLICATE_ATTRIBUTE a"],
    ],
    [
      "that give a built-in name",
      () => neuron({ equations: "r = 1\npos = 2" }),
      ["RESERVED_NAME pos"],
    ],
    ["that declare no output", () => neuron({ equations: "x = 1" }), ["OUTPUT_MISSING"]],
    [
      "that declare the rate of spikes",
      () => neuron({ equations: "v = 1\nr = 1", ...spiking }),
      ["OUTPUT_DECLARED r"],
    ],
    [
      "with a locality of synapses in a neuron",
      () => neuron({ equations: "r = 1 : postsynaptic" }),
      ["FLAG_NOT_HERE postsynaptic"],
    ],
    [
      "with a locality of neurons in a synapse",
      () => rateSynapse({ equations: "x = 1 : population" }),
      ["FLAG_NOT_HERE population"],
    ],
  ]);
});

describe("the analysis finds mistakes of syntax in", () => {
  const expected = ["UNEXPECTED_TOKEN *"];
  walk([
    ["parameters", () => neuron({ parameters: "x = 1 + * 2", equations: "r = 1" }), expected],
    ["equations", () => neuron({ equations: "r = 1 + * 2" }), expected],
    ["flags", () => neuron({ equations: "r = 1 : min = 1 + * 2" }), expected],
    [
      "conditions of spikes",
      () => neuron({ equations: "v = 1", spike: "v > * 1", axonSpike: "v < / 1" }),
      ["UNEXPECTED_TOKEN *", "UNEXPECTED_TOKEN /"],
    ],
    ["resets", () => neuron({ equations: "v = 1", ...spiking, reset: "v = * 1" }), expected],
    ["functions", () => neuron({ equations: "r = 1", functions: "f(x) = x + * 2" }), expected],
    ["a psp", () => rateSynapse({ psp: "w * * pre.r" }), ["UNEXPECTED_TOKEN *"]],
    [
      "event code",
      () => synapse({ preSpike: "x = * 1", postSpike: "x = / 1" }),
      ["UNEXPECTED_TOKEN *", "UNEXPECTED_TOKEN /"],
    ],
    [
      "a conditional without else",
      () => neuron({ equations: "r = if t > 1: 2" }),
      ["MISSING_ELSE"],
    ],
    [
      "a conditional without a colon",
      () => neuron({ equations: "r = if t > 1: 2 else 3" }),
      ["MISSING_COLON 3"],
    ],
    [
      "a conditional inside an expression",
      () => neuron({ equations: "r = 1 + if t > 1: 2 else: 3" }),
      ["CONDITIONAL_INSIDE if"],
    ],
  ]);
});

describe("the analysis refuses equations", () => {
  walk([
    [
      "with the gradient on the right",
      () => neuron({ equations: "r = 1\ndx/dt = 1\ny = dx/dt" }),
      ["GRADIENT_ON_RIGHT dx"],
    ],
    [
      "with two gradients",
      () => neuron({ equations: "r = 1\ndx/dt + dx/dt = 1" }),
      ["SEVERAL_GRADIENTS dx/dt"],
    ],
    [
      "without the form of the method exponential",
      () => solvedNeuron({ equations: "dr/dt = r^2 : exponential" }),
      ["NOT_LINEAR dr/dt = r^2 : exponential"],
    ],
    [
      "without the form of the method semiimplicit",
      () => solvedNeuron({ equations: "dr/dt = t : semiimplicit" }),
      ["NOT_LINEAR dr/dt = t : semiimplicit"],
    ],
    [
      "without the form of event-driven integration",
      () => solvedSynapse({ equations: "dx/dt = x^2 : event-driven" }),
      ["NOT_LINEAR dx/dt = x^2 : event-driven"],
    ],
    [
      "that relax to another variable between events",
      () => solvedSynapse({ equations: "y = 1\ndx/dt = y - x : event-driven" }),
      ["EVENT_DRIVEN_VARIABLE dx/dt = y - x : event-driven"],
    ],
    [
      "of a neuron that are driven by events",
      () => neuron({ equations: "r = 1\ndx/dt = -x : event-driven" }),
      ["FLAG_NOT_HERE event-driven"],
    ],
    [
      "of rate-coded synapses that are driven by events",
      () => rateSynapse({ equations: "dx/dt = -x : event-driven" }),
      ["NEEDS_SPIKES dx/dt = -x : event-driven"],
    ],
    [
      "of several synapses together that are driven by events",
      () => synapse({ equations: "dx/dt = -x : event-driven, postsynaptic" }),
      ["EVENT_DRIVEN_SHARED dx/dt = -x : event-driven, postsynaptic"],
    ],
    [
      "that couple different methods",
      () => solvedNeuron({ equations: "dr/dt = -x : midpoint\ndx/dt = r : rk4" }),
      ["METHODS_MIXED dx/dt = r : rk4"],
    ],
  ]);
});

describe("the analysis refuses events:", () => {
  walk([
    [
      "a spike condition of several lines",
      () => neuron({ equations: "v = 1", spike: "v > 1\nv < 2" }),
      ["MISSING_OPERATOR 1\nv"],
    ],
    [
      "an equation in code for presynaptic spikes",
      () => synapse({ preSpike: "dw/dt = 1" }),
      ["NOT_ALLOWED_HERE dw/dt"],
    ],
    [
      "an equation in code for postsynaptic spikes",
      () => synapse({ postSpike: "dw/dt = 1" }),
      ["NOT_ALLOWED_HERE dw/dt"],
    ],
    [
      "an equation in code for axonal spikes",
      () => synapse({ preAxonSpike: "dw/dt = 1" }),
      ["NOT_ALLOWED_HERE dw/dt"],
    ],
    [
      "a reset of an undeclared variable",
      () => neuron({ equations: "v = 1", ...spiking, reset: "u = 0" }),
      ["NOT_A_VARIABLE u"],
    ],
    [
      "an axonal reset of an undeclared variable",
      () => neuron({ equations: "v = 1", ...spiking, axonSpike: "v < 0", axonReset: "u = 0" }),
      ["NOT_A_VARIABLE u"],
    ],
    [
      "a reset without a spike condition",
      () => neuron({ equations: "r = 1", reset: "r = 0" }),
      ["NOTHING_TO_RESET"],
    ],
    [
      "an axonal reset without its condition",
      () => neuron({ equations: "v = 1", ...spiking, axonReset: "v = 0" }),
      ["NOTHING_TO_RESET"],
    ],
    [
      "a reset of the rate",
      () => neuron({ equations: "v = 1", ...spiking, reset: "r = 0" }),
      ["NOT_A_VARIABLE r"],
    ],
    [
      "a change of a parameter",
      () => synapse({ parameters: "a = 1", preSpike: "a += 1" }),
      ["NOT_A_VARIABLE a"],
    ],
    [
      "a change of what several synapses share",
      () => synapse({ equations: "x = 1 : projection", postSpike: "x += 1" }),
      ["SHARED_CHANGED x"],
    ],
    [
      "the input after a postsynaptic spike",
      () => synapse({ postSpike: "g_target += w" }),
      ["NOT_ALLOWED_HERE g_target"],
    ],
    [
      "axonal code that does more than transmit",
      () => synapse({ preAxonSpike: "g_target += w\nx = 1" }),
      ["AXON_CODE x = 1"],
    ],
    [
      "code for spikes of rate-coded neurons",
      () => rateSynapse({ preSpike: "g_target += w", psp: "w" }),
      ["NEEDS_SPIKES"],
    ],
    [
      "unless_post in equations",
      () => synapse({ equations: "w = 1 : unless_post" }),
      ["FLAG_NOT_HERE unless_post"],
    ],
  ]);
});

describe("the analysis refuses", () => {
  walk([
    [
      "a random term with too few arguments",
      () => neuron({ equations: "r = Normal(0)" }),
      ["WRONG_NUMBER_OF_OPERANDS Normal(0)"],
    ],
    [
      "a random term of an expression",
      () => neuron({ equations: "r = Normal(0, 1 + 1)" }),
      ["RANDOM_OPERAND 1 + 1"],
    ],
    [
      "a random term of a local attribute",
      () => neuron({ parameters: "s = 1", equations: "r = Normal(0, s)" }),
      ["RANDOM_OPERAND s"],
    ],
    [
      "a random term of a semiglobal attribute",
      () => rateSynapse({ parameters: "s = 1 : postsynaptic", equations: "x = Normal(0, s)" }),
      ["RANDOM_OPERAND s"],
    ],
    [
      "a random term that cannot be drawn",
      () => neuron({ equations: "r = Normal(0, -1)" }),
      ["INVALID_DISTRIBUTION Normal(0, -1)"],
    ],
    [
      "a random term of which the known half cannot be",
      () => neuron({ parameters: "m = 0 : population", equations: "r = Normal(m, -1)" }),
      ["INVALID_DISTRIBUTION Normal(m, -1)"],
    ],
    [
      "a rate that cannot be",
      () => neuron({ equations: "r = Exponential(0)" }),
      ["INVALID_DISTRIBUTION Exponential(0)"],
    ],
    [
      "an initial value that cannot be drawn",
      () => neuron({ equations: "r = 1 : init = Uniform(1, 0)" }),
      ["INVALID_DISTRIBUTION Uniform(1, 0)"],
    ],
    [
      "an operation on what all neurons share",
      () => neuron({ parameters: "a = 1 : population", equations: "r = mean(a)" }),
      ["REDUCTION_NOT_LOCAL mean(a)"],
    ],
    [
      "an operation on nothing known",
      () => neuron({ equations: "r = mean(a)" }),
      ["UNKNOWN_NAME mean(a)"],
    ],
    [
      "an operation on an expression",
      () => neuron({ equations: "r = mean(2*r)" }),
      ["REDUCTION_OPERAND 2*r"],
    ],
    [
      "an operation on a synaptic variable",
      () => rateSynapse({ equations: "x = mean(w)" }),
      ["REDUCTION_OF_SYNAPSES mean(w)"],
    ],
    [
      "an input without a target",
      () => rateSynapse({ psp: "w*pre.sum()" }),
      ["UNEXPECTED_TOKEN )"],
    ],
    [
      "the sum of a spiking neuron",
      () => neuron({ equations: "v = sum(exc)", ...spiking }),
      ["SUM_OF_SPIKES sum(exc)"],
    ],
    [
      "a function with a reserved name",
      () => neuron({ equations: "r = 1", functions: "exp(x) = x" }),
      ["RESERVED_NAME exp"],
    ],
    [
      "a function with too few types",
      () => neuron({ equations: "r = 1", functions: "f(x, y) = x : float, int" }),
      ["FUNCTION_TYPES float"],
    ],
    [
      "a function of nothing known",
      () => neuron({ equations: "r = 1", functions: "f(x) = y" }),
      ["UNKNOWN_NAME y"],
    ],
    [
      "rules of structural plasticity",
      () => synapse({ creating: "pre.v > x : proba = 0.5", pruning: "w < 0 : prob = 1" }),
      ["UNKNOWN_NAME x", "UNKNOWN_FLAG prob"],
    ],
  ]);
});

describe("before a network is compiled, the analysis refuses", () => {
  walk([
    [
      "a reserved name",
      () => neuron({ parameters: "t_last = 1", equations: "r = 1" }),
      ["RESERVED_NAME t_last"],
    ],
    [
      "the name of the input in a synapse",
      () => synapse({ parameters: "g_target = 1" }),
      ["RESERVED_NAME g_target"],
    ],
    [
      "an unknown attribute of a presynaptic neuron",
      () => connected({ psp: "w*pre.x" }),
      ["UNKNOWN_REMOTE pre.x"],
    ],
    [
      "an unknown attribute of a postsynaptic neuron",
      () => connected({ equations: "w += post.x" }),
      ["UNKNOWN_REMOTE post.x"],
    ],
    [
      "the input of a target that is not connected",
      () => connected({ psp: "w*pre.sum(inh)" }),
      ["UNCONNECTED_INPUT pre.sum(inh)"],
    ],
    [
      "an unknown refractory period",
      () => neuron({ equations: "v = 1", ...spiking, refractory: "tref" }),
      ["UNKNOWN_NAME tref"],
    ],
  ]);
});

describe("a definition with several mistakes", () => {
  it("is refused with all of them in one report", () => {
    const diagnostics = synapse({
      parameters: "tau = 10 : population",
      equations: "tau*dx/dt = -y : event-driven\nz = (1\nm = w : projection",
      psp: "w*mean(w)",
      preSpike: "g_target += ww\ndx/dt = 1",
      pots: "w += 1",
    });
    expect(diagnostics.map(brief)).toEqual([
      "UNKNOWN_MODEL_OPTION",
      "FLAG_NOT_HERE population",
      "UNCLOSED_BRACKET (",
      "UNKNOWN_NAME y",
      "LOCAL_IN_GLOBAL w",
      "REDUCTION_OF_SYNAPSES mean(w)",
      "UNKNOWN_NAME ww",
      "NOT_ALLOWED_HERE dx/dt",
    ]);
  });
});
