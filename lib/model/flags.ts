import type { Expression, Flag } from "../dsl/ast.js";
import { complain, type Scope } from "./scope.js";
import type { Locality, Method, ValueType } from "./types.js";

/** The flags of a declaration, understood. Undefined where the user says nothing. */
export interface Traits {
  init?: Expression;
  bounds: { readonly kind: "min" | "max"; readonly value: Expression }[];
  locality?: Locality;
  type?: ValueType;
  /** Method flags in the user's words, checked where they are used: on an assignment they mean nothing. */
  methods: Flag[];
}

const methods: ReadonlySet<string> = new Set([
  ...["explicit", "implicit", "semiimplicit", "exponential", "midpoint", "rk4", "runge-kutta4"],
]);

/** Flags of synapses. */
const foreign: ReadonlySet<string> = new Set([
  ...["projection", "postsynaptic", "event-driven", "exact", "unless_post"],
]);

/** Sort the flags of a statement or parameter of a neuron. */
export function readTraits(scope: Scope, flags: readonly Flag[]): Traits {
  const traits: Traits = { bounds: [], methods: [] };
  for (const flag of flags) {
    const { name, value, span } = flag;
    if (name === "init" && value !== null) traits.init = value;
    else if ((name === "min" || name === "max") && value !== null) {
      traits.bounds.push({ kind: name, value });
    } else if (name === "population") traits.locality = "global";
    else if (name === "float" || name === "int" || name === "bool") traits.type = name;
    else if (methods.has(name)) traits.methods.push(flag);
    else if (foreign.has(name)) {
      complain(scope, "FLAG_NOT_HERE", { flag: name, where: "a neuron" }, span);
    }
    // unless_refractory is accepted and means nothing: neurons do not spike while they are refractory.
  }
  return traits;
}

/** Which one counts where an equation names several methods. */
const precedence = ["implicit", "semiimplicit", "exponential", "midpoint", "rk4", "explicit"];

/** Choose the method of an equation. A conditional is always advanced by the explicit method. */
export function methodOf(
  scope: Scope,
  flags: readonly Flag[],
  conditional: boolean,
  fallback: Method,
): Method {
  if (conditional) return "explicit";
  const named = flags.map((flag) => (flag.name === "runge-kutta4" ? "rk4" : flag.name));
  const method = precedence.find((candidate) => named.includes(candidate));
  if (method === undefined) return fallback;
  if (method === "explicit" || method === "exponential") return method;
  const span = flags[named.indexOf(method)]!.span;
  complain(scope, "UNSUPPORTED", { construct: `the method "${method}"` }, span);
  return fallback;
}
