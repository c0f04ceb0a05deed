import type { Call, Expression, Gradient, Statement } from "../dsl/ast.js";
import type { DistributionName } from "../dsl/functions.js";
import type { RandomDistribution } from "../random/distribution.js";
import type { Source, Span } from "../source.js";

/** One value per neuron, or one per population. (Semiglobal values come with plastic synapses.) */
export type Locality = "local" | "global";

/** What a value is stored as; `int` is 32 bits wide. */
export type ValueType = "float" | "int" | "bool";

/** Numerical methods that can be applied (lib/solve). */
export type Method = "explicit" | "exponential";

/** What an attribute starts with: a number, one draw per element, or the value of another attribute or constant. */
export type InitialValue = number | RandomDistribution | { readonly attribute: string };

/** A parameter or variable of a model, in the order of declaration. */
export interface Attribute {
  readonly name: string;
  readonly kind: "parameter" | "variable";
  readonly locality: Locality;
  readonly type: ValueType;
  readonly init: InitialValue;
  /** Where it is declared; null where no text does: the dictionary form, and inputs without an equation. */
  readonly span: Span | null;
}

/** A draw per element and step, made before the equations: `Normal(0, 1)` inside an equation. */
export interface RandomSlot {
  readonly distribution: DistributionName;
  /** Numbers, or names of global attributes or constants. */
  readonly parameters: readonly (number | string)[];
  readonly locality: Locality;
  readonly call: Call;
}

/** A clamp after each update: `min` raises the value to the bound, `max` lowers it. */
export interface Bound {
  readonly kind: "min" | "max";
  readonly value: Expression;
}

interface UpdateBase {
  /** The variable it changes. */
  readonly name: string;
  readonly locality: Locality;
  /** In the order in which they are applied. */
  readonly bounds: readonly Bound[];
  /** What the user wrote; null for an input that is cleared because it has no equation. */
  readonly statement: Statement | null;
}

/** Takes effect at once; compound assignments are spelled out. */
export interface Assignment extends UpdateBase {
  readonly kind: "assignment";
  readonly value: Expression;
}

/** Advanced by `method`, together with the ODEs next to it. */
export interface Ode extends UpdateBase {
  readonly kind: "ode";
  /** The equation `left = right`; the left side contains the gradient once. */
  readonly left: Expression;
  readonly right: Expression;
  readonly gradient: Gradient;
  readonly method: Method;
  readonly statement: Statement;
}

/** One statement of the equations after analysis. */
export type Update = Assignment | Ode;

/** What the texts of a neuron mean: the result of the analysis. */
export interface NeuronModel {
  /** Used in messages: `neuron "LIF"`. */
  readonly name: string;
  readonly type: "rate" | "spike";
  readonly sources: readonly Source[];
  readonly attributes: readonly Attribute[];
  readonly updates: readonly Update[];
  /** Draws of the equations; the position is the number in `RandomTerm.slot`. */
  readonly random: readonly RandomSlot[];
  /** Targets read by the equations, in order of appearance: `exc` for `g_exc`. */
  readonly targets: readonly string[];
  /** Constants of the network that the texts use. */
  readonly constants: readonly string[];
  readonly spike: Expression | null;
  readonly reset: readonly Assignment[];
  /** [ms], a name of an attribute, or null for none. */
  readonly refractory: number | string | null;
}
