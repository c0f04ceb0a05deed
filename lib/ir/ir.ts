import type { BuiltinName, DistributionName } from "../dsl/functions.js";
import type { KernelField } from "./fields.js";

/** `int` is int32; `bool` is 0 or 1. Attributes of type int and bool are int fields, converted where they are read. */
export type IrType = "real" | "int" | "bool";

/** Operators on two reals or two ints. */
export type ArithmeticOperator = "+" | "-" | "*" | "/";
/** Comparisons of two reals or two ints. */
export type CompareOperator = "<" | "<=" | ">" | ">=" | "==" | "!=";

/**
 * A typed, resolved expression. `load` reads a field as it was when the hook began (element i of a local one,
 * the only element of a global one); later values are temporaries.
 */
export type IrExpression =
  | { readonly kind: "constant"; readonly type: IrType; readonly value: number }
  | { readonly kind: "load"; readonly type: IrType; readonly slot: number }
  | { readonly kind: "temporary"; readonly type: IrType; readonly id: number }
  | { readonly kind: "draw"; readonly draw: number }
  /** Times in ms: of the step, the `dt` of the equations, and the length of one step (kernel_abi.h, NaStep). */
  | { readonly kind: "clock"; readonly name: "t" | "dt" | "resolution" }
  /** Number of the step that is being computed, an int. */
  | { readonly kind: "step" }
  /** Whether the projection may change `w`. */
  | { readonly kind: "plasticity" }
  /** A duration [ms] as a whole number of steps, by the rule of `na_steps` in kernel_functions.h. */
  | { readonly kind: "steps"; readonly duration: IrExpression }
  | { readonly kind: "convert"; readonly to: IrType; readonly operand: IrExpression }
  | { readonly kind: "negate"; readonly operand: IrExpression }
  | { readonly kind: "not"; readonly operand: IrExpression }
  | {
      readonly kind: "arithmetic";
      readonly operator: ArithmeticOperator;
      readonly left: IrExpression;
      readonly right: IrExpression;
    }
  | {
      readonly kind: "compare";
      readonly operator: CompareOperator;
      readonly left: IrExpression;
      readonly right: IrExpression;
    }
  | {
      readonly kind: "logic";
      readonly operator: "and" | "or";
      readonly left: IrExpression;
      readonly right: IrExpression;
    }
  | {
      readonly kind: "select";
      readonly condition: IrExpression;
      readonly then: IrExpression;
      readonly otherwise: IrExpression;
    }
  | {
      readonly kind: "call";
      readonly name: BuiltinName;
      readonly operands: readonly IrExpression[];
    };

/** One statement of a hook. Temporaries are given a value once; stores are the last thing done to a field. */
export type IrStatement =
  | { readonly kind: "note"; readonly text: string }
  | {
      readonly kind: "let";
      readonly id: number;
      readonly type: IrType;
      readonly value: IrExpression;
    }
  | { readonly kind: "store"; readonly slot: number; readonly value: IrExpression }
  | IrNewton;

/**
 * Newton's method: beginning with the `start` values, subtract the `steps` from the unknowns until each is at most 1e-12
 * (1e-6 in single precision) relative to max(1, |unknown|), or until 50 iterations have passed, which is reported as a
 * failure of the first variable that still moves. Where the condition does not hold, the unknowns keep their `start`
 * values. The ids of the unknowns are temporaries: of the current iterate inside `body` and `steps`, of the
 * solution after the statement.
 *
 * Source: Ortega and Rheinboldt 1970, Iterative Solution of Nonlinear Equations in Several Variables, ch. 7.
 */
export interface IrNewton {
  readonly kind: "newton";
  /** A bool; null: it holds for every element. */
  readonly condition: IrExpression | null;
  readonly unknowns: readonly {
    readonly id: number;
    readonly start: IrExpression;
    /** Field of the variable, for the report. */
    readonly slot: number;
  }[];
  /** Worked out in every iteration; its temporaries live inside it. */
  readonly body: readonly IrStatement[];
  /** What is subtracted from each unknown. */
  readonly steps: readonly IrExpression[];
}

/**
 * Random numbers of a hook, drawn for each of its elements before its body. Parameters do not depend on the element.
 */
export interface IrDraw {
  /** Number of the draw within the model; part of the random key. */
  readonly draw: number;
  readonly distribution: DistributionName;
  readonly parameters: readonly IrExpression[];
}

/** One hook of kernel_abi.h. */
export interface IrHook {
  readonly draws: readonly IrDraw[];
  /** Once per call: reads global fields only. */
  readonly prelude: readonly IrStatement[];
  /** Once per element. */
  readonly body: readonly IrStatement[];
}

/** The number of elements for which a condition on their fields holds. */
export interface IrCount extends IrHook {
  readonly condition: IrExpression;
}

/** The hooks of one neuron type; see kernel_abi.h for when each is called. */
export interface KernelIr {
  readonly fields: readonly KernelField[];
  /** Null when the model has no population-wide statement. */
  readonly globals: IrHook | null;
  readonly update: IrHook;
  /** Null for a rate-coded neuron. */
  readonly reset: IrHook | null;
  /** Null when the model has no axonal events. */
  readonly axon: IrHook | null;
  /** Null when nothing happens at an axonal event. */
  readonly axonReset: IrHook | null;
  /** Null when the model has no stop condition. */
  readonly stop: IrCount | null;
}

/**
 * What a loop of a synapse type goes through: the rows of a part; or its synapses, row by row or column by column; or,
 * row by row, all neurons that a synapse could come from. The elements are the rows, the synapses or these pairs.
 */
export type IrLoop = "rows" | "synapsesByRow" | "synapsesByColumn" | "candidates";

/** A loop of a synapse type. */
export interface IrSynapseHook extends IrHook {
  readonly loop: IrLoop;
  /** Once per row or column whose synapses are gone through; stores what these have in common. */
  readonly outer: readonly IrStatement[];
}

/** The psp of every synapse, reduced over its row and added to the target fields of the post neuron. */
export interface IrTransmission extends IrSynapseHook {
  /** Begins with the first synapse; `mean` divides the sum by the number of synapses of the row. */
  readonly operation: "sum" | "max" | "min" | "mean";
  readonly psp: IrExpression;
  /** Slots of the target fields. */
  readonly targets: readonly number[];
}

/** A variable that is held once per row or column, as every synapse of it saw it at its own last event. */
export interface IrExpansion extends IrSynapseHook {
  /** Field of the variable. */
  readonly slot: number;
  readonly value: IrExpression;
}

/** A rule of structural plasticity: which pairs of neurons get a synapse, or which synapses go. */
export interface IrRule extends IrSynapseHook {
  readonly condition: IrExpression;
  /** A draw of its own, uniform in [0, 1), which must be below the probability; null: the condition alone counts. */
  readonly chance: { readonly draw: number; readonly probability: number } | null;
}

/** The hooks of one synapse type; see kernel_abi.h for when each is called. Null where nothing is to be done. */
export interface SynapseIr {
  readonly fields: readonly KernelField[];
  /** Order in which local fields are stored. */
  readonly storage: "rows" | "columns";
  /** Each synapse has a delay: `transmit` and `update` find local fields of the pre population through it. */
  readonly delayed: boolean;
  readonly globals: IrHook | null;
  readonly transmit: IrTransmission | null;
  /** One loop after the other: semiglobal statements, then local ones. */
  readonly update: readonly IrSynapseHook[];
  readonly onPre: IrSynapseHook | null;
  /** The very object `onPre` where the same happens. */
  readonly onAxon: IrSynapseHook | null;
  readonly onPost: IrSynapseHook | null;
  readonly expand: readonly IrExpansion[];
  readonly creating: IrRule | null;
  readonly pruning: IrRule | null;
}
