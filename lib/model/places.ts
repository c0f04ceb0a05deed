/** The texts of neurons and synapses in which expressions stand. */
export type PlaceKind =
  | "neuron equations"
  | "spike"
  | "axonSpike"
  | "reset"
  | "axonReset"
  | "stop"
  | "synapse equations"
  | "psp"
  | "preSpike"
  | "preAxonSpike"
  | "postSpike"
  | "creating"
  | "pruning";

/** What can be written in some of these texts only. Values, operators, functions, `t` and `dt` can stand in all. */
export type Construct =
  /** An equation with a gradient. */
  | "ode"
  | "conditional"
  | "random"
  /** A global operation on an own attribute: `mean(r)`. */
  | "reduction"
  /** A global operation on an attribute of a connected population: `mean(pre.r)`. */
  | "remoteReduction"
  /** `pre.r` */
  | "remote"
  /** `sum(exc)` */
  | "input"
  /** `pre.sum(exc)` */
  | "remoteInput"
  /** `t_last` */
  | "ownSpikeTime"
  /** `t_pre`, `t_post` */
  | "spikeTimes"
  /** `g_target` */
  | "target"
  /** `spiked` */
  | "spiked"
  /** The flag `unless_post`. */
  | "unlessPost";

const EQUATIONS = ["neuron equations", "synapse equations"] as const;
const CONDITIONS = ["spike", "axonSpike"] as const;
const RESETS = ["reset", "axonReset"] as const;
const EVENTS = ["preSpike", "preAxonSpike", "postSpike"] as const;
const RULES = ["creating", "pruning"] as const;

/**
 * What is allowed where. Source: model language, the table of that name; a conditional in a reset is its permitted
 * extension. Functions have rules of their own, in functions.ts.
 */
const table: { readonly [C in Construct]: readonly PlaceKind[] } = {
  ode: EQUATIONS,
  conditional: [...EQUATIONS, "psp", ...EVENTS, ...RESETS],
  random: [...EQUATIONS, ...RULES],
  reduction: ["neuron equations"],
  remoteReduction: ["synapse equations", "psp"],
  remote: ["synapse equations", "psp", ...EVENTS, ...RULES],
  input: ["neuron equations"],
  remoteInput: ["synapse equations", "psp"],
  ownSpikeTime: ["neuron equations", ...CONDITIONS, ...RESETS, "stop"],
  spikeTimes: ["synapse equations", "psp", ...EVENTS, ...RULES],
  target: ["preSpike", "preAxonSpike"],
  spiked: ["stop"],
  unlessPost: ["preSpike"],
};

/** Not in the value of `min` and `max`, wherever the statement stands. */
const notInBounds: ReadonlySet<Construct> = new Set(["conditional", "random"]);

/** Where an expression stands. */
export interface Place {
  readonly kind: PlaceKind;
  /** As messages name it: `the spike condition`. */
  readonly where: string;
  /** The value of a bound of a statement in this place. */
  readonly bound: boolean;
  /** The variable that the expression determines; null for a condition. */
  readonly variable: PlaceVariable | null;
}

/** The variable that a statement changes. */
export interface PlaceVariable {
  readonly name: string;
  readonly locality: "local" | "semiglobal" | "global";
}

/** Tell whether something can be written in a place. */
export function allows(place: Place, construct: Construct): boolean {
  if (place.bound && notInBounds.has(construct)) return false;
  return table[construct].includes(place.kind);
}

/** What messages call the places that are not told apart by a variable. */
const names: { readonly [K in PlaceKind]: string } = {
  "neuron equations": "the equations",
  spike: "the spike condition",
  axonSpike: "the axonal spike condition",
  reset: "the reset",
  axonReset: "the axonal reset",
  stop: "the stop condition",
  "synapse equations": "the equations",
  psp: "the psp",
  preSpike: "the code for presynaptic spikes",
  preAxonSpike: "the code for axonal spikes",
  postSpike: "the code for postsynaptic spikes",
  creating: "the rule for new synapses",
  pruning: "the rule for pruning",
};

/** A text that is one expression, or the statements of a text taken together. */
export function placeOf(kind: PlaceKind): Place {
  return { kind, where: names[kind], bound: false, variable: null };
}

/** The value of a statement. */
export function statementOf(kind: PlaceKind, variable: PlaceVariable): Place {
  const equation = kind === "neuron equations" || kind === "synapse equations";
  const where = equation ? `the equation of "${variable.name}"` : names[kind];
  return { kind, where, bound: false, variable };
}

/** The value of a flag `min` or `max` of a statement. */
export function boundOf(kind: PlaceKind, variable: PlaceVariable): Place {
  return { kind, where: `the bound of "${variable.name}"`, bound: true, variable };
}
