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
  readonly name?: string;
  readonly description?: string;
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
