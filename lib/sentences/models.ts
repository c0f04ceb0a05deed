import { didYouMean, quote, type Hints, type Sentences } from "./words.js";

/** Models (lib/model, lib/solve). */
export interface ModelProblems {
  UNKNOWN_NAME: { name: string; model: string; nearest: string | null };
  UNKNOWN_FUNCTION: { name: string; model: string; nearest: string | null };
  NOT_A_FUNCTION: { name: string; model: string };
  GRADIENT_ON_RIGHT: { name: string };
  WRONG_NUMBER_OF_OPERANDS: { name: string; least: number; most: number; given: number };
  UNKNOWN_MODEL_OPTION: { option: string; model: string; nearest: string | null };
  INVALID_MODEL_OPTION: { option: string; model: string; expected: string };
  UNKNOWN_MODEL_PARAMETER: { name: string; model: string; nearest: string | null };
  INVALID_MODEL_PARAMETER: { name: string; model: string; expected: string };
  DUPLICATE_ATTRIBUTE: { name: string; model: string };
  RESERVED_NAME: { name: string };
  DUPLICATE_FUNCTION: { name: string; owner: string | null };
  DUPLICATE_ARGUMENT: { name: string; function: string };
  NO_ARGUMENT: { name: string };
  FUNCTION_TYPES: { name: string; expected: number; given: number };
  RECURSIVE_FUNCTION: { circle: readonly string[] };
  OUTPUT_MISSING: { model: string };
  OUTPUT_DECLARED: { model: string };
  CONDUCTANCE_PARAMETER: { name: string };
  CONDUCTANCE_KIND: { name: string };
  NOTHING_TO_RESET: { option: string; model: string };
  RESET_UNDECLARED: { name: string; model: string; nearest: string | null };
  RESET_GLOBAL: { name: string };
  NOT_ALLOWED_HERE: { construct: string; where: string };
  FLAG_NOT_HERE: { flag: string; where: string };
  INVALID_INIT: { name: string };
  NOT_A_CONSTANT_VALUE: { name: string };
  LOCAL_IN_GLOBAL: { name: string; variable: string };
  RANDOM_OPERAND: { distribution: string; parameter: string };
  TOO_MANY_DRAWS: { model: string; most: number };
  NOT_AFFINE_IN_GRADIENT: { name: string };
  NOT_LINEAR: { name: string; method: string };
  NO_DERIVATIVE: { name: string; variable: string };
  METHODS_MIXED: { name: string; method: string; other: string; otherMethod: string };
  EVENT_DRIVEN_VARIABLE: { name: string; variable: string };
  UNSUPPORTED: { construct: string };
}

/** The sentence of each. */
export const modelSentences: Sentences<ModelProblems> = {
  UNKNOWN_NAME: ({ name, model }) => `unknown name ${quote(name)} in ${model}`,
  UNKNOWN_FUNCTION: ({ name, model }) => `unknown function ${quote(name)} in ${model}`,
  NOT_A_FUNCTION: ({ name, model }) => `${quote(name)} is a value in ${model}, not a function`,
  GRADIENT_ON_RIGHT: ({ name }) => `the gradient d${name}/dt must stand on the left side, once`,
  WRONG_NUMBER_OF_OPERANDS: ({ name, least, most, given }) => {
    const wanted = least === most ? `${least}` : `at least ${least}`;
    return `${name}() takes ${wanted} argument${wanted === "1" ? "" : "s"}, not ${given}`;
  },
  UNKNOWN_MODEL_OPTION: ({ option, model }) => `unknown option ${quote(option)} of ${model}`,
  INVALID_MODEL_OPTION: ({ option, model, expected }) =>
    `the option ${quote(option)} of ${model} must be ${expected}`,
  UNKNOWN_MODEL_PARAMETER: ({ name, model }) => `${model} has no parameter ${quote(name)}`,
  INVALID_MODEL_PARAMETER: ({ name, model, expected }) =>
    `the parameter ${quote(name)} of ${model} must be ${expected}`,
  DUPLICATE_ATTRIBUTE: ({ name, model }) => `${quote(name)} is declared twice in ${model}`,
  RESERVED_NAME: ({ name }) => `the name ${quote(name)} is reserved`,
  DUPLICATE_FUNCTION: ({ name, owner }) =>
    `the function ${quote(name)} is defined twice${owner === null ? "" : ` in ${owner}`}`,
  DUPLICATE_ARGUMENT: ({ name, function: of }) =>
    `the function ${quote(of)} has two arguments ${quote(name)}`,
  NO_ARGUMENT: ({ name }) => `the function ${quote(name)} has no argument`,
  FUNCTION_TYPES: ({ name, expected, given }) =>
    `the function ${quote(name)} needs ${expected} types, of its result and of each argument, not ${given}`,
  RECURSIVE_FUNCTION: ({ circle }) =>
    circle.length === 1
      ? `the function ${quote(circle[0]!)} calls itself`
      : `the functions ${circle.map(quote).join(", ")} call each other in a circle`,
  OUTPUT_MISSING: ({ model }) =>
    `${model} has neither a spike condition nor a parameter or variable "r"`,
  OUTPUT_DECLARED: ({ model }) => `${model} spikes: its firing rate "r" cannot be declared`,
  CONDUCTANCE_PARAMETER: ({ name }) =>
    `${quote(name)} is the name of an input and cannot be a parameter of a spiking neuron`,
  CONDUCTANCE_KIND: ({ name }) => `the input ${quote(name)} must be local and of type float`,
  NOTHING_TO_RESET: ({ option, model }) =>
    `${model} has the option ${quote(option)} but no spike condition`,
  RESET_UNDECLARED: ({ name, model }) =>
    `the reset changes ${quote(name)}, which is not a variable of ${model}`,
  RESET_GLOBAL: ({ name }) =>
    `the reset of one neuron cannot change ${quote(name)}, which all neurons share`,
  NOT_ALLOWED_HERE: ({ construct, where }) => `${construct} cannot be used in ${where}`,
  FLAG_NOT_HERE: ({ flag, where }) => `the flag ${quote(flag)} cannot be used in ${where}`,
  INVALID_INIT: ({ name }) =>
    `the initial value of ${quote(name)} must be a number, a distribution, or the name of a parameter or constant`,
  NOT_A_CONSTANT_VALUE: ({ name }) =>
    `the value of the parameter ${quote(name)} must be made of numbers, or be the name of a constant`,
  LOCAL_IN_GLOBAL: ({ name, variable }) =>
    `${quote(variable)} has one value per population and cannot depend on ${quote(name)}, which has one per neuron`,
  RANDOM_OPERAND: ({ distribution, parameter }) =>
    `${quote(parameter)} of ${distribution} must be a number, or the name of a global attribute or constant`,
  TOO_MANY_DRAWS: ({ model, most }) => `${model} has more than ${most} random terms`,
  NOT_AFFINE_IN_GRADIENT: ({ name }) => `the equation cannot be solved for d${name}/dt`,
  NOT_LINEAR: ({ name, method }) =>
    `the method ${quote(method)} needs an equation that is linear in ${quote(name)}`,
  NO_DERIVATIVE: ({ name, variable }) =>
    `the equation of ${quote(variable)} cannot be solved: the function ${quote(name)} has no derivative`,
  METHODS_MIXED: ({ name, method, other, otherMethod }) =>
    `${quote(name)} cannot use the method ${quote(method)} beside ${quote(other)}, which uses ${quote(otherMethod)}: equations that are solved together need one method`,
  EVENT_DRIVEN_VARIABLE: ({ name, variable }) =>
    `the steady state of the event-driven variable ${quote(name)} cannot depend on ${quote(variable)}, which changes between events`,
  UNSUPPORTED: ({ construct }) => `${construct} is not supported yet`,
};

/** The hints. */
export const modelHints: Hints<ModelProblems> = {
  UNKNOWN_NAME: ({ nearest }) => didYouMean(nearest),
  UNKNOWN_FUNCTION: ({ nearest }) => didYouMean(nearest),
  UNKNOWN_MODEL_OPTION: ({ nearest }) => didYouMean(nearest),
  UNKNOWN_MODEL_PARAMETER: ({ nearest }) => didYouMean(nearest),
  RESET_UNDECLARED: ({ nearest }) => didYouMean(nearest),
  CONDUCTANCE_PARAMETER: ({ name }) => `call it for example ${quote(name.replace("_", ""))}`,
};
