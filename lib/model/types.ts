import type { Expression, Statement } from "../dsl/ast.js";
import type { DistributionName } from "../dsl/functions.js";
import type { RandomDistribution } from "../random/distribution.js";
import type { Source, Span } from "../source.js";

/** One value per neuron, or one per population. (Semiglobal values come with plastic synapses.) */
export type Locality = "local" | "global";

export type ValueType = "float" | "int" | "bool";

export type Method = "explicit" | "exponential";

/** What an attribute starts with: a number, or one draw per element. */
export type InitialValue = number | RandomDistribution | { readonly attribute: string };

/** A parameter or variable of a model, in the order of declaration. */
export interface Attribute {
  readonly name: string;
  readonly kind: "parameter" | "variable";
  readonly locality: Locality;
  readonly type: ValueType;
  readonly init: InitialValue;
  /** Where it is declared. */
  readonly span: Span;
}

/** A draw per element and step, made before the equations: `Normal(0, 1)` inside an equation. */
export interface RandomSlot {
  readonly distribution: DistributionName;
  /** Numbers, or names of global attributes. */
  readonly parameters: readonly (number | string)[];
  readonly locality: Locality;
}

/** One statement of the equations after analysis. */
export interface Update {
  /** The variable it changes. */
  readonly name: string;
  /** `assign`: takes effect at once. `ode`: advanced by `method`, with the ODEs next to it. */
  readonly kind: "assign" | "ode";
  /** Right-hand side of the assignment (compound assignments are spelled out), or the derivative f of dx/dt = f. */
  readonly expression: Expression;
  /** The residual F = lhs − rhs with the gradient as a name, for solvers that work on it; null for assignments. */
  readonly method: Method | null;
  readonly locality: Locality;
  readonly min: Expression | null;
  readonly max: Expression | null;
  readonly statement: Statement;
}

export interface NeuronModel {
  /** Used in messages: `neuron "LIF"`. */
  readonly name: string;
  readonly type: "rate" | "spike";
  readonly sources: readonly Source[];
  readonly attributes: readonly Attribute[];
  readonly updates: readonly Update[];
  readonly random: readonly RandomSlot[];
  /** Targets read by the equations, in order of appearance: `exc` for `g_exc`. */
  readonly targets: readonly string[];
  /** Constants of the network that the texts use. */
  readonly constants: readonly string[];
  readonly spike: Expression | null;
  readonly reset: readonly Update[];
  /** [ms], a name of an attribute, or null for none. */
  readonly refractory: number | string | null;
}
