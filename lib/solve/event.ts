import { relaxationForm } from "../algebra/equation.js";
import { isNumber } from "../algebra/build.js";
import { walk } from "../dsl/traverse.js";
import { InternalError } from "../errors.js";
import { arithmetic, compare, constant, convert } from "../ir/build.js";
import type { IrExpression } from "../ir/ir.js";
import type { EventCode, EventDrivenOde, EventStatement, SynapseModel } from "../model/types.js";
import type { Body } from "./body.js";
import type { Forms } from "./forms.js";
import type { Held } from "./hold.js";
import type { SynapseContext, SynapseLayout } from "./synapse-layout.js";

/** What event code is lowered with. */
export interface EventContext {
  /** What happens: a spike or axonal event of the pre neuron arrives, or the post neuron spikes. */
  readonly kind: "pre" | "axon" | "post";
  readonly model: SynapseModel;
  readonly forms: Forms;
  readonly layout: SynapseLayout;
  /** Slots that `g_target` stands for, one after the other. */
  readonly targets: readonly number[];
  readonly timing: SynapseContext["eventTiming"];
  readonly held: Held;
}

/**
 * What happens to a synapse at an event: event-driven variables are brought up to date; then the statements for the
 * target, and then all others, each in their order. (Model language, spiking transmission.)
 */
export function lowerEventCode(code: EventCode, body: Body, context: EventContext): void {
  if (advances(code, context)) advanceEventDriven(code, body, context);
  for (const statement of code.targets) {
    for (const target of context.targets) {
      body.withTarget(target, () => lowerStatement(statement, body, context));
    }
  }
  for (const statement of code.statements) lowerStatement(statement, body, context);
}

/** Names of the fields of the synapse that an event changes. */
export function assignedBy(code: EventCode, { eventDriven }: SynapseModel): ReadonlySet<string> {
  return new Set([...code.statements, ...eventDriven].map(({ name }) => name));
}

/** The condition under which a statement may change a variable; null: always. */
export function permission(name: string): IrExpression | null {
  return name === "w" ? { kind: "plasticity" } : null;
}

function lowerStatement(statement: EventStatement, body: Body, { layout }: EventContext): void {
  const { name, value, bounds, unlessPost } = statement;
  body.noteSource(statement);
  const conditions = [permission(name), unlessPost ? notTogether(body, layout) : null];
  const condition = conditions.reduce((left, right) =>
    left === null || right === null
      ? (left ?? right)
      : { kind: "logic", operator: "and", left, right },
  );
  body.commit(body.slotOf(name), body.real(value), bounds, condition);
}

/** The two neurons of a synapse spiked in different steps. */
function notTogether(body: Body, layout: SynapseLayout): IrExpression {
  const pre = body.value(layout.addLastSpike("pre"));
  const post = body.value(layout.addLastSpike("post"));
  return compare("!=", pre, post);
}

/** An axonal event with code of its own leaves event-driven variables alone, unless the code asks for them. */
function advances(code: EventCode, { kind, model }: EventContext): boolean {
  const { eventDriven } = model;
  if (eventDriven.length === 0) return false;
  const named = namesIn(code);
  return kind !== "axon" || eventDriven.some(({ name }) => named.has(name));
}

/**
 * x ← S + (x − S)·exp(−Δ/τ), the solution of τ·dx/dt = S − x after Δ. A spike that arrives was emitted in the step
 * before, at the earliest; one of the post neuron happens now.
 *
 * Source: Rotter and Diesmann 1999, Biol. Cybern. 81, 381 (exact integration of linear systems).
 */
function advanceEventDriven(code: EventCode, body: Body, context: EventContext): void {
  const { kind, model, held, layout, timing } = context;
  const step: IrExpression = { kind: "step" };
  const now = kind === "post" ? step : body.keep(arithmetic("-", step, constant("int", 1)));
  const named = namesIn(code);
  for (const ode of model.eventDriven) {
    const scope = held.get(ode.name) ?? "local";
    // What is held once can wait until somebody asks.
    if (scope !== "local" && !named.has(ode.name)) continue;
    body.noteSource(ode);
    const last = layout.addLastEvent(scope);
    const value = relaxed(ode, arithmetic("-", now, body.value(last)), body, context.forms);
    const slot = layout.slotOf(ode.name);
    if (scope === "local" || scope === sideOf(kind)) body.assign(slot, value);
    else body.see(slot, value);
  }
  const after = kind === "post" || timing === "exact" ? now : step;
  if (model.eventDriven.some(({ name }) => !held.has(name))) {
    body.assign(layout.addLastEvent("local"), after);
  }
  // Also where nothing is held on this side: what is held on the other is expanded up to the last event.
  if (held.size > 0) body.assign(layout.addLastEvent(sideOf(kind)), after);
}

/** What all synapses have in common for which something happens at once. */
function sideOf(kind: EventContext["kind"]): "row" | "column" {
  return kind === "post" ? "row" : "column";
}

/** Names that event code reads or changes. */
function namesIn({ targets, statements }: EventCode): ReadonlySet<string> {
  const names = new Set<string>();
  for (const { name, value, bounds } of [...targets, ...statements]) {
    names.add(name);
    for (const expression of [value, ...bounds.map((bound) => bound.value)]) {
      walk(expression, (node) => {
        if (node.kind === "name") names.add(node.name);
      });
    }
  }
  return names;
}

/** The value of an event-driven variable some steps after the one for which it is known. */
export function relaxed(
  ode: EventDrivenOde,
  steps: IrExpression,
  body: Body,
  forms: Forms,
): IrExpression {
  const form = forms.of.get(ode);
  const relaxation = form === undefined ? null : relaxationForm(form, ode.name);
  if (relaxation === null) throw new InternalError(`the equation of ${ode.name} is not linear`);
  const { timeConstant, steadyState } = relaxation;
  const resolution: IrExpression = { kind: "clock", name: "resolution" };
  const elapsed = body.keep(arithmetic("*", resolution, convert("real", steps)));
  const exponent = arithmetic("/", { kind: "negate", operand: elapsed }, body.real(timeConstant));
  const decay = body.keep({ kind: "call", name: "exp", operands: [exponent] });
  const old = body.realValue(body.slotOf(ode.name));
  if (isNumber(steadyState, 0)) return arithmetic("*", old, decay);
  const rest = body.keep(body.real(steadyState));
  return arithmetic("+", rest, arithmetic("*", arithmetic("-", old, rest), decay));
}
