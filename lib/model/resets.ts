import { nearest } from "../diagnostics.js";
import { placeOf, type PlaceKind } from "./places.js";
import { complain, type Scope } from "./scope.js";
import { refuseOde, refuseShared, valueOf } from "./statements.js";
import type { Assignment } from "./types.js";
import type { ParsedStatement } from "./variables.js";

/** Understand what happens to a variable of a neuron at a spike or an axonal event. Flags mean nothing here. */
export function analyseReset(
  scope: Scope,
  { statement }: ParsedStatement,
  kind: PlaceKind,
): Assignment[] {
  const { name, span } = statement.target;
  const place = placeOf(kind);
  if (!refuseOde(scope, statement, place)) return [];
  const attribute = scope.attributes.get(name);
  // The firing rate is nobody's to change.
  const changeable = attribute?.kind === "variable" && !(scope.type === "spike" && name === "r");
  if (changeable) refuseShared(scope, place, name, span);
  else if (!scope.lost.has(name)) {
    const variables = [...scope.attributes.values()].filter(({ kind }) => kind === "variable");
    const near = nearest(
      name,
      variables.map((variable) => variable.name).filter((known) => known !== name),
    );
    const problem = { name, model: scope.model, where: place.where, nearest: near };
    complain(scope, "NOT_A_VARIABLE", problem, span);
  }
  const value = valueOf(scope, statement, place);
  return [{ kind: "assignment", name, locality: "local", bounds: [], value, statement }];
}
