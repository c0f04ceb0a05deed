import type { RandomDistribution } from "../random/distribution.js";

/** The options of `new Neuron({...})`: plain data, nothing is analysed yet. */
export interface NeuronOptions {
  readonly parameters?: Parameters;
  readonly equations?: Statements;
  /** Condition of a spike; its presence makes the neuron a spiking one. */
  readonly spike?: string;
  /** What happens to the variables of a neuron that spiked. */
  readonly reset?: Statements;
  /** Time during which the variables of a neuron that spiked are frozen. [ms], or the name of an attribute. */
  readonly refractory?: number | string;
  /** Condition of an axonal event, tested after a possible reset. */
  readonly axonSpike?: string;
  /** What happens to the variables of a neuron at an axonal event. */
  readonly axonReset?: Statements;
  /** Local functions, one per line: `f(x) = x^2`. */
  readonly functions?: string | readonly string[];
  readonly name?: string;
  readonly description?: string;
  /** Values of parameters that a text gives as a quoted key. */
  readonly extraValues?: Readonly<Record<string, number>>;
}

/** The options of `new Synapse({...})`: plain data, nothing is analysed yet. */
export interface SynapseOptions {
  readonly parameters?: Parameters;
  readonly equations?: Statements;
  /** Continuous contribution of one synapse; of rate-coded synapses `w * pre.r` by default. */
  readonly psp?: string;
  /** How the contributions of the synapses of a neuron become one value. Default `sum`. */
  readonly operation?: "sum" | "max" | "min" | "mean";
  /** What happens when a spike of the pre neuron arrives. */
  readonly preSpike?: Statements;
  /** What happens when the post neuron spikes. */
  readonly postSpike?: Statements;
  /** What happens when an axonal event of the pre neuron arrives. */
  readonly preAxonSpike?: Statements;
  /** Local functions, one per line: `f(x) = x^2`. */
  readonly functions?: string | readonly string[];
  /** Structural plasticity: when a synapse is removed. */
  readonly pruning?: string | Pruning;
  /** Structural plasticity: when a synapse is made. */
  readonly creating?: string | Creating;
  readonly name?: string;
  readonly description?: string;
  /** Values of parameters that a text gives as a quoted key. */
  readonly extraValues?: Readonly<Record<string, number>>;
}

/** A condition for new synapses between neurons that have none. */
export class Creating {
  readonly equation: string;
  /** Probability with which the condition counts. Default 1. */
  readonly proba: number;
  /** Weight of the new synapse. Default 0. */
  readonly w: number;
  /** Delay of the new synapse [ms]; null: that of the projection. */
  readonly d: number | null;

  constructor(
    equation: string,
    options: { readonly proba?: number; readonly w?: number; readonly d?: number } = {},
  ) {
    this.equation = equation;
    this.proba = options.proba ?? 1;
    this.w = options.w ?? 0;
    this.d = options.d ?? null;
  }
}

/** A condition under which synapses are removed. */
export class Pruning {
  readonly equation: string;
  /** Probability with which the condition counts. Default 1. */
  readonly proba: number;

  constructor(equation: string, options: { readonly proba?: number } = {}) {
    this.equation = equation;
    this.proba = options.proba ?? 1;
  }
}

/** Text, lines of text (then local unless flagged), or values by name (then global unless stated). */
export type Parameters =
  string | readonly string[] | Readonly<Record<string, ParameterValue | Parameter>>;

/** A text is the name of a constant. */
export type ParameterValue = number | boolean | string | ConstantLike | RandomDistribution;

/** A constant of a network, as far as a model needs to know it. */
export interface ConstantLike {
  readonly name: string;
  valueOf(): number;
}

/** Statements as text, as values, or mixed in a list. */
export type Statements = string | Variable | readonly (string | Variable)[];

/** Localities as users write them: `population` stands for `global`. */
export type LocalityName =
  "global" | "semiglobal" | "local" | "population" | "projection" | "postsynaptic";

/** Types as users write them. */
export type ValueTypeName = "float" | "int" | "bool";

/** Numerical methods as users write them. */
export type MethodName =
  "explicit" | "implicit" | "semiimplicit" | "exponential" | "midpoint" | "rk4" | "event-driven";

/**
 * A parameter with its locality and type, as a value of the dictionary form.
 *
 * @example new Neuron({ parameters: { tau: new Parameter(10.0, { locality: "local" }) }, … })
 */
export class Parameter {
  readonly value: ParameterValue;
  /** Default `global`. */
  readonly locality: LocalityName;
  /** Default `float`. */
  readonly type: ValueTypeName;

  constructor(
    value: ParameterValue,
    options: { readonly locality?: LocalityName; readonly type?: ValueTypeName } = {},
  ) {
    this.value = value;
    this.locality = options.locality ?? "global";
    this.type = options.type ?? "float";
  }
}

/** The flags of a statement as options. */
export interface VariableOptions {
  readonly init?: number | boolean | string | ConstantLike | RandomDistribution;
  readonly min?: number | string;
  readonly max?: number | string;
  readonly method?: MethodName;
  /** Default `local`. */
  readonly locality?: LocalityName;
  /** Default `float`. */
  readonly type?: ValueTypeName;
}

/** One statement with its flags as options, in place of a line of text. */
export class Variable {
  readonly equation: string;
  readonly options: VariableOptions;

  constructor(equation: string, options: VariableOptions = {}) {
    this.equation = equation;
    this.options = options;
  }
}
