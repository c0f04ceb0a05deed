import type { Expression } from "../dsl/ast.js";
import { walk } from "../dsl/traverse.js";
import { placeOf } from "./places.js";
import { complain, type Scope } from "./scope.js";
import type { AnalysedUpdate } from "./statements.js";
import type { EventDrivenOde, Update } from "./types.js";

/** Tell whether a statement is executed in every step. */
export function isContinuous(update: AnalysedUpdate): update is Update {
  return update.kind === "assignment" || update.method !== "event-driven";
}

/** Check an equation that is integrated from event to event; none for any other statement. */
export function eventDrivenOde(scope: Scope, update: AnalysedUpdate): EventDrivenOde[] {
  if (isContinuous(update)) return [];
  const { method, ...ode } = update;
  const { span } = ode.statement;
  if (scope.type === "rate") {
    const problem = { what: `the method "${method}"`, model: scope.model, side: "pre" } as const;
    complain(scope, "NEEDS_SPIKES", problem, span);
  } else if (ode.locality !== "local") {
    complain(scope, "EVENT_DRIVEN_SHARED", { name: ode.name }, span);
  }
  return [ode];
}

/** Warn of what reads event-driven variables between events: they have the value they had after the last one. */
export function warnOfStaleValues(
  scope: Scope,
  eventDriven: readonly EventDrivenOde[],
  updates: readonly Update[],
  psp: Expression | null,
): void {
  const names = new Set(eventDriven.map(({ name }) => name));
  const check = (expression: Expression, where: string): void =>
    walk(expression, (node) => {
      if (node.kind !== "name" || !names.has(node.name)) return;
      const problem = { name: node.name, where };
      scope.warn({ code: "STALE_VALUE", problem, span: node.span });
    });
  for (const update of updates) {
    const where = `the equation of "${update.name}"`;
    const values = update.kind === "ode" ? [update.left, update.right] : [update.value];
    for (const value of [...values, ...update.bounds.map((bound) => bound.value)]) {
      check(value, where);
    }
  }
  if (psp !== null) check(psp, placeOf("psp").where);
}
