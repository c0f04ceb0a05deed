import type { Expression, Flag } from "../dsl/ast.js";
import type { LocalityName, MethodName, ValueTypeName } from "./definition.js";
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
  /** Checked where statements are understood: it means something in one kind of text only. */
  unlessPost?: Flag;
}

/** Types of values, as flags and as options. */
const types: ReadonlyMap<string, ValueType> = new Map<ValueTypeName, ValueType>([
  ["float", "float"],
  ["int", "int"],
  ["bool", "bool"],
]);

/** Words for localities, as options. */
const localities: ReadonlyMap<string, Locality> = new Map<LocalityName, Locality>([
  ["local", "local"],
  ["global", "global"],
  ["population", "global"],
  ["projection", "global"],
  ["semiglobal", "semiglobal"],
  ["postsynaptic", "semiglobal"],
]);

/** Words for localities, as flags: which models have them, and what they mean there. */
const localityFlags = new Map<
  string,
  { readonly owner: Scope["owner"]; readonly locality: Locality }
>([
  ["population", { owner: "neuron", locality: "global" }],
  ["projection", { owner: "synapse", locality: "global" }],
  ["postsynaptic", { owner: "synapse", locality: "semiglobal" }],
  ["semiglobal", { owner: "synapse", locality: "semiglobal" }],
]);

/** Words for methods, as flags and as options. */
const methods: ReadonlyMap<string, MethodName> = new Map<string, MethodName>([
  ["implicit", "implicit"],
  ["semiimplicit", "semiimplicit"],
  ["exponential", "exponential"],
  ["midpoint", "midpoint"],
  ["rk4", "rk4"],
  ["runge-kutta4", "rk4"],
  ["explicit", "explicit"],
  ["event-driven", "event-driven"],
  ["exact", "event-driven"],
]);

/** Which method counts where an equation names several. Source: model language, flags. */
const precedence: readonly MethodName[] = [
  ...(["implicit", "semiimplicit", "exponential", "midpoint"] as const),
  ...(["rk4", "explicit", "event-driven"] as const),
];

/** Sort the flags of a statement or parameter. */
export function readTraits(scope: Scope, flags: readonly Flag[]): Traits {
  const traits: Traits = { bounds: [], methods: [] };
  for (const flag of flags) {
    const { name, value, span } = flag;
    const shared = localityFlags.get(name);
    const type = types.get(name);
    if (name === "init" && value !== null) traits.init = value;
    else if ((name === "min" || name === "max") && value !== null) {
      traits.bounds.push({ kind: name, value });
    } else if (type !== undefined) traits.type = type;
    else if (methods.has(name)) traits.methods.push(flag);
    else if (name === "unless_post") traits.unlessPost = flag;
    else if (shared?.owner === scope.owner) traits.locality = shared.locality;
    else if (shared !== undefined) {
      complain(scope, "FLAG_NOT_HERE", { flag: name, where: `a ${scope.owner}` }, span);
    }
    // unless_refractory is accepted and means nothing: neurons do not spike while they are refractory.
  }
  return traits;
}

/** Choose the method of an equation. A conditional is always advanced by the explicit method. */
export function methodOf(
  scope: Scope,
  flags: readonly Flag[],
  conditional: boolean,
  fallback: Method,
): MethodName {
  const exact = flags.find(({ name }) => name === "exact");
  if (exact !== undefined) {
    const problem = { flag: "exact", instead: "event-driven" };
    scope.warn({ code: "DEPRECATED_FLAG", problem, span: exact.span });
  }
  if (conditional) return "explicit";
  const named = flags.map(({ name }) => methods.get(name));
  return precedence.find((candidate) => named.includes(candidate)) ?? fallback;
}

/** Understand the option `locality`; undefined, and reported, when there is no such word. */
export function localityOf(scope: Scope, owner: string, name: string): Locality | undefined {
  const locality = localities.get(name);
  if (locality === undefined) {
    complainTrait(scope, owner, "locality", name, [...localities.keys()]);
  }
  // Between the values of a population and those of its neurons there is nothing.
  return scope.owner === "neuron" && locality === "semiglobal" ? "global" : locality;
}

/** Understand the option `type`; undefined, and reported, when there is no such word. */
export function typeOf(scope: Scope, owner: string, name: string): ValueType | undefined {
  const type = types.get(name);
  if (type === undefined) complainTrait(scope, owner, "type", name, [...types.keys()]);
  return type;
}

/** Understand the option `method`: the same as a flag. Null, and reported, when there is no such word. */
export function methodFlag(scope: Scope, owner: string, name: string): Flag | null {
  if (methods.has(name)) {
    const source = { name: `${scope.model}, method of "${owner}"`, text: name };
    return { name, value: null, span: { source, start: 0, end: name.length } };
  }
  complainTrait(scope, owner, "method", name, precedence);
  return null;
}

function complainTrait(
  scope: Scope,
  owner: string,
  option: string,
  value: unknown,
  allowed: readonly string[],
): void {
  complain(scope, "INVALID_TRAIT", { option, owner, value: String(value), allowed }, null);
}
