import type { Call, Expression, Gradient, ReductionOperation, Statement } from "../dsl/ast.js";
import type { DistributionName } from "../dsl/functions.js";
import type { RandomDistribution } from "../random/distribution.js";
import type { Source, Span } from "../source.js";

/** One value per neuron or synapse, one per population or projection, or, in synapses, one per post neuron. */
export type Locality = "local" | "global" | "semiglobal";

/** What a value is stored as; `int` is 32 bits wide. */
export type ValueType = "float" | "int" | "bool";

/** Numerical methods of equations that are advanced in every step (lib/solve). */
export type Method = "explicit" | "implicit" | "semiimplicit" | "exponential" | "midpoint" | "rk4";

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

/** Type of an argument or of the result of a function. */
export interface FunctionArgument {
  readonly name: string;
  readonly type: ValueType;
}

/** A function of the user, local to a model or global: one expression of its arguments, constants and other functions. */
export interface FunctionDefinition {
  readonly name: string;
  readonly parameters: readonly FunctionArgument[];
  readonly result: ValueType;
  readonly body: Expression;
}

/** A global operation on an attribute of a population. */
export interface ReductionUse {
  readonly operation: ReductionOperation;
  readonly name: string;
}

/** When `simulateUntil` ends. `spiked` is a name in it: whether the neuron spiked in the step. */
export interface StopCondition {
  readonly condition: Expression;
  /** One neuron is enough, or all must fulfil it. */
  readonly quantifier: "any" | "all";
}

/** What neurons and synapses have in common. */
interface ModelBase {
  /** Used in messages: `neuron "LIF"`. */
  readonly name: string;
  readonly type: "rate" | "spike";
  readonly sources: readonly Source[];
  readonly attributes: readonly Attribute[];
  /** Statements that are executed in every step, in the order of declaration. */
  readonly updates: readonly Update[];
  /** Draws of the equations; the position is the number in `RandomTerm.slot`. */
  readonly random: readonly RandomSlot[];
  /** Constants of the network that the texts use. */
  readonly constants: readonly string[];
  /** Functions of the user that the texts call, directly or through each other, and all local ones. */
  readonly functions: ReadonlyMap<string, FunctionDefinition>;
}

/** What the texts of a neuron mean: the result of the analysis. */
export interface NeuronModel extends ModelBase {
  /** Targets that the equations read, in order of appearance: `exc` for `g_exc` and for `sum(exc)`. */
  readonly targets: readonly string[];
  /** The equations read `sum()`, the sum over all connected targets. */
  readonly readsAllTargets: boolean;
  /** Global operations on own attributes that the equations use. */
  readonly reductions: readonly ReductionUse[];
  readonly spike: Expression | null;
  readonly reset: readonly Assignment[];
  readonly axonSpike: Expression | null;
  readonly axonReset: readonly Assignment[];
  /** [ms], a name of an attribute, or null for none. */
  readonly refractory: number | string | null;
  readonly stop: StopCondition | null;
}

/** How the contributions of the synapses of a neuron become one value. */
export type Operation = "sum" | "max" | "min" | "mean";

/** A statement of event code. */
export interface EventStatement extends Assignment {
  /** Left out when pre and post neuron spiked in the same step. */
  readonly unlessPost: boolean;
}

/** What happens to a synapse at an event. */
export interface EventCode {
  /**
   * Statements for `g_target`, before all others and in their order. The target stands as the name `g_target`, in
   * `name` and in expressions, for each of the targets of the projection in turn.
   */
  readonly targets: readonly EventStatement[];
  readonly statements: readonly EventStatement[];
}

/** An ODE that is integrated from event to event: linear, dx/dt = (S - x)/tau. */
export type EventDrivenOde = Omit<Ode, "method">;

/** A rule of structural plasticity. */
export interface Rule {
  readonly condition: Expression;
  /** Probability with which the condition counts, by a draw per candidate; null: it always does, and nothing is drawn. */
  readonly probability: number | null;
}

/** A rule by which synapses are made. */
export interface CreatingRule extends Rule {
  readonly weight: number;
  /** [ms]; null: the delay that all synapses have, or the shortest one. */
  readonly delay: number | null;
}

/** What the texts of a synapse mean, in a projection from neurons of type `type`. */
export interface SynapseModel extends ModelBase {
  /** `w` is always among the attributes. */
  readonly attributes: readonly Attribute[];
  /** In the order of declaration; not among `updates`. */
  readonly eventDriven: readonly EventDrivenOde[];
  /** Continuous contribution: `w * pre.r` where a rate-coded synapse has none; null where spikes alone transmit. */
  readonly psp: Expression | null;
  readonly operation: Operation;
  /** Never null with `type: "spike"` and no psp: without any statement for `g_target` it is `g_target += w`. */
  readonly preSpike: EventCode | null;
  readonly postSpike: EventCode | null;
  /** The very object `preSpike` where the texts are the same. */
  readonly preAxonSpike: EventCode | null;
  readonly creating: CreatingRule | null;
  readonly pruning: Rule | null;
  /** Whether any statement changes `w`. */
  readonly plastic: boolean;
}
