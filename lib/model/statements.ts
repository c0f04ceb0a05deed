import type { Expression, Gradient, Statement } from "../dsl/ast.js";
import { children, some } from "../dsl/traverse.js";
import { methodOf, type Traits } from "./flags.js";
import {
  allows,
  boundOf,
  statementOf,
  type Place,
  type PlaceKind,
  type PlaceVariable,
} from "./places.js";
import { demand, resolve } from "./resolve.js";
import { complain, type Scope } from "./scope.js";
import type { Bound, EventDrivenOde, Method, Update } from "./types.js";
import type { FlaggedStatement } from "./variables.js";

/** A statement of the equations: executed in every step, or integrated from event to event. */
export type AnalysedUpdate = Update | (EventDrivenOde & { readonly method: "event-driven" });

/** Understand a statement of the equations. Its variable has been declared. */
export function analyseUpdate(
  scope: Scope,
  { statement, traits }: FlaggedStatement,
  kind: PlaceKind,
  fallback: Method,
): AnalysedUpdate {
  const { name } = statement.target;
  const locality = traits.locality ?? "local";
  const variable = { name, locality };
  const place = statementOf(kind, variable);
  refuseUnlessPost(scope, traits, place);
  const bounds = boundsOf(scope, traits, kind, variable);
  if (statement.kind === "assignment") {
    const value = valueOf(scope, statement, place);
    return { kind: "assignment", name, locality, bounds, value, statement };
  }
  const left = resolve(scope, statement.left, place);
  const right = resolve(scope, statement.right, place);
  const method = methodOf(scope, traits.methods, right.kind === "conditional", fallback);
  const gradient = gradientOf(left);
  return { kind: "ode", name, locality, bounds, left, right, gradient, method, statement };
}

/** Understand the flags `min` and `max` of a statement. */
export function boundsOf(
  scope: Scope,
  traits: Traits,
  kind: PlaceKind,
  variable: PlaceVariable,
): readonly Bound[] {
  const place = boundOf(kind, variable);
  return traits.bounds.map((bound) => ({
    kind: bound.kind,
    value: resolve(scope, bound.value, place),
  }));
}

/** Understand the value of an assignment. A compound one is spelled out: x += e is x = x + e. */
export function valueOf(scope: Scope, statement: Statement, place: Place): Expression {
  const right = resolve(scope, statement.right, place);
  if (statement.operator === "=") return right;
  const operator = compound[statement.operator];
  return { kind: "binary", operator, left: statement.target, right, span: statement.span };
}

const compound = { "+=": "+", "-=": "-", "*=": "*", "/=": "/" } as const;

/** Report an equation where only assignments can stand; tell whether the statement is an assignment. */
export function refuseOde(scope: Scope, statement: Statement, place: Place): boolean {
  if (statement.kind === "assignment") return true;
  return demand(scope, place, "ode", "an equation with a gradient", statement.left.span);
}

/** Report the flag `unless_post` where it means nothing. */
export function refuseUnlessPost(scope: Scope, { unlessPost }: Traits, place: Place): void {
  if (unlessPost === undefined || allows(place, "unlessPost")) return;
  complain(scope, "FLAG_NOT_HERE", { flag: "unless_post", where: place.where }, unlessPost.span);
}

/** Report a change of something that all or several elements share, from what happens to one of them. */
export function refuseShared(
  scope: Scope,
  place: Place,
  name: string,
  span: Statement["span"],
): void {
  const locality = scope.attributes.get(name)?.locality ?? "local";
  if (locality !== "local") complain(scope, "SHARED_CHANGED", { name, where: place.where }, span);
}

function gradientOf(left: Expression): Gradient {
  if (left.kind === "gradient") return left;
  const part = children(left).find((child) => some(child, (node) => node.kind === "gradient"));
  return gradientOf(part!);
}
