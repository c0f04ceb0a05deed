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
  NOTHING_TO_RESET: { option: string; condition: string; model: string };
  NOT_A_VARIABLE: { name: string; model: string; where: string; nearest: string | null };
  SHARED_CHANGED: { name: string; where: string };
  NOT_ALLOWED_HERE: { construct: string; where: string };
  FLAG_NOT_HERE: { flag: string; where: string };
  DEPRECATED_FLAG: { flag: string; instead: string };
  INVALID_TRAIT: { option: string; owner: string; value: string; allowed: readonly string[] };
  INVALID_INIT: { name: string };
  UNKNOWN_EXTRA_VALUE: { key: string; model: string; nearest: string | null };
  NOT_A_CONSTANT_VALUE: { name: string };
  LOCAL_IN_GLOBAL: { name: string; each: string; variable: string; holder: string };
  RANDOM_OPERAND: { distribution: string; parameter: string };
  NEEDS_SPIKES: { what: string; model: string; side: "pre" | "post" | null };
  SUM_OF_SPIKES: { text: string; instead: string | null };
  REDUCTION_NOT_LOCAL: { operation: string; name: string };
  REDUCTION_OF_SYNAPSES: { operation: string; name: string };
  WEIGHT_KIND: { model: string };
  OPERATION_OF_SPIKES: { operation: string; model: string };
  AXON_AND_POST: { model: string };
  AXON_CODE: { model: string };
  EVENT_DRIVEN_SHARED: { name: string };
  STALE_VALUE: { name: string; where: string };
  INPUT_NOT_MEANT: { name: string; model: string };
  UNKNOWN_REMOTE: { side: string; name: string; model: string; nearest: string | null };
  UNCONNECTED_INPUT: { side: string; target: string; model: string; nearest: string | null };
  TOO_MANY_DRAWS: { model: string; most: number };
  RULE_DRAWS: { rule: string };
  RULE_SETTING: { rule: string; setting: string; expected: string };
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
  NOTHING_TO_RESET: ({ option, condition, model }) =>
    `${model} has the option ${quote(option)} but no ${quote(condition)}`,
  NOT_A_VARIABLE: ({ name, model, where }) =>
    `${where} changes ${quote(name)}, which is not a variable of ${model}`,
  SHARED_CHANGED: ({ name, where }) =>
    `${where} is about one element and cannot change ${quote(name)}, which several share`,
  NOT_ALLOWED_HERE: ({ construct, where }) => `${construct} cannot be used in ${where}`,
  FLAG_NOT_HERE: ({ flag, where }) => `the flag ${quote(flag)} cannot be used in ${where}`,
  DEPRECATED_FLAG: ({ flag }) => `the flag ${quote(flag)} is an old name`,
  INVALID_TRAIT: ({ option, owner, value, allowed }) =>
    `the ${option} of ${quote(owner)} must be one of ${allowed.map(quote).join(", ")}, not ${quote(value)}`,
  INVALID_INIT: ({ name }) =>
    `the initial value of ${quote(name)} must be a number, a distribution, or the name of a parameter or constant`,
  UNKNOWN_EXTRA_VALUE: ({ key, model }) =>
    `the option "extraValues" of ${model} has no entry ${quote(key)}`,
  NOT_A_CONSTANT_VALUE: ({ name }) =>
    `the value of the parameter ${quote(name)} must be made of numbers, or be the name of a constant`,
  LOCAL_IN_GLOBAL: ({ name, each, variable, holder }) =>
    `${quote(variable)} has one value per ${holder} and cannot depend on ${quote(name)}, which has one per ${each}`,
  RANDOM_OPERAND: ({ distribution, parameter }) =>
    `${quote(parameter)} of ${distribution} must be a number, or the name of a global attribute or constant`,
  NEEDS_SPIKES: ({ what, model, side }) =>
    side === null
      ? `${what} needs spikes, and ${model} has none`
      : `${what} of ${model} needs spikes, and the ${side}synaptic neurons have none`,
  SUM_OF_SPIKES: ({ text }) =>
    `${quote(text)} is the input of rate-coded neurons, not of spiking ones`,
  REDUCTION_NOT_LOCAL: ({ operation, name }) =>
    `${operation}() over all neurons needs a local attribute, and ${quote(name)} has one value for all`,
  REDUCTION_OF_SYNAPSES: ({ operation, name }) =>
    `${operation}() is over neurons and cannot take ${quote(name)} of a synapse`,
  WEIGHT_KIND: ({ model }) => `the weight "w" of ${model} must be local and of type float`,
  OPERATION_OF_SPIKES: ({ operation, model }) =>
    `${model} transmits spikes: its operation must be "sum", not ${quote(operation)}`,
  AXON_AND_POST: ({ model }) =>
    `${model} cannot have both of the options "preAxonSpike" and "postSpike"`,
  AXON_CODE: ({ model }) =>
    `the option "preAxonSpike" of ${model} must be the same as "preSpike", or one statement for "g_target"`,
  EVENT_DRIVEN_SHARED: ({ name }) =>
    `${quote(name)} is integrated from event to event and must have one value per synapse`,
  STALE_VALUE: ({ name, where }) =>
    `${quote(name)} is integrated from event to event: ${where} reads its value after the last event`,
  INPUT_NOT_MEANT: ({ name, model }) =>
    `${quote(name)} is a new variable of ${model}, not the input of the postsynaptic neuron`,
  UNKNOWN_REMOTE: ({ side, name, model }) =>
    `unknown attribute ${quote(`${side}.${name}`)}: ${model} has no ${quote(name)}`,
  UNCONNECTED_INPUT: ({ side, target, model }) =>
    `${quote(`${side}.sum(${target})`)}: no projection with this target arrives at ${model}`,
  TOO_MANY_DRAWS: ({ model, most }) => `${model} has more than ${most} random terms`,
  RULE_DRAWS: ({ rule }) =>
    `the rule ${quote(rule)} can have one random term, with numbers as its arguments`,
  RULE_SETTING: ({ rule, setting, expected }) =>
    `${quote(setting)} of the rule ${quote(rule)} must be ${expected}`,
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
  NOT_A_VARIABLE: ({ nearest }) => didYouMean(nearest),
  DEPRECATED_FLAG: ({ instead }) => `write ${quote(instead)}`,
  UNKNOWN_EXTRA_VALUE: ({ nearest }) => didYouMean(nearest),
  UNKNOWN_REMOTE: ({ nearest }) => didYouMean(nearest),
  UNCONNECTED_INPUT: ({ nearest }) => didYouMean(nearest),
  SUM_OF_SPIKES: ({ instead }) => (instead === null ? null : `write ${quote(instead)}`),
  INPUT_NOT_MEANT: () => 'write "g_target"',
  CONDUCTANCE_PARAMETER: ({ name }) => `call it for example ${quote(name.replace("_", ""))}`,
};
