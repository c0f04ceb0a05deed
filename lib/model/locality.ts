import type { Side } from "../dsl/ast.js";
import type { Span } from "../source.js";
import type { Place } from "./places.js";
import { complain, type Scope } from "./scope.js";
import type { Locality } from "./types.js";

/** From few values to many: what has few cannot depend on what has many. */
const order: { readonly [L in Locality]: number } = { global: 0, semiglobal: 1, local: 2 };

/** What there is one value of. */
const holders: { readonly [O in Scope["owner"]]: { readonly [L in Locality]: string } } = {
  neuron: { global: "population", semiglobal: "population", local: "neuron" },
  synapse: { global: "projection", semiglobal: "postsynaptic neuron", local: "synapse" },
};

/** What a part of an expression has one value of. */
export interface Reach {
  readonly locality: Locality;
  /** As messages name it: `neuron`. */
  readonly holder: string;
}

/** An attribute of the model itself. */
export function ownReach(scope: Scope, locality: Locality): Reach {
  return { locality, holder: holders[scope.owner][locality] };
}

/** Something of the neurons that a synapse connects: seen from a postsynaptic neuron, its own is one value. */
export function remoteReach(side: Side): Reach {
  return side === "pre"
    ? { locality: "local", holder: "presynaptic neuron" }
    : { locality: "semiglobal", holder: "postsynaptic neuron" };
}

/** Check that a variable with few values does not depend on something with many. */
export function checkReach(
  scope: Scope,
  name: string,
  reach: Reach,
  place: Place,
  span: Span | null,
): void {
  const { variable } = place;
  if (variable === null || order[reach.locality] <= order[variable.locality]) return;
  const holder = holders[scope.owner][variable.locality];
  const problem = { name, each: reach.holder, variable: variable.name, holder };
  complain(scope, "LOCAL_IN_GLOBAL", problem, span);
}
