import { relaxationForm } from "../algebra/equation.js";
import type { Expression } from "../dsl/ast.js";
import { some } from "../dsl/traverse.js";
import type { EventCode, EventDrivenOde, EventStatement, SynapseModel } from "../model/types.js";
import type { Forms } from "./forms.js";
import type { SynapseContext } from "./synapse-layout.js";

/** Event-driven variables that all synapses of a pre neuron share (column), or all of a post neuron (row). */
export type Held = ReadonlyMap<string, "row" | "column">;

/**
 * Find the event-driven variables that are the same for all synapses of one neuron, so that one value for it suffices,
 * which is brought up to date when somebody asks: those that events of that side alone change, by what is the same for all
 * its synapses, and that relax with parameters of the projection. That their initial values are the same as well is up to
 * the caller.
 *
 * Source: Morrison, Diesmann and Gerstner 2008, Biol. Cybern. 98, 459 (spike-timing dependent plasticity by traces).
 */
export function heldVariables(model: SynapseModel, forms: Forms, context: SynapseContext): Held {
  const { hoist, delays, eventTiming } = context;
  if (!hoist || delays !== "uniform" || eventTiming !== "exact") return new Map();
  const { preSpike, preAxonSpike, postSpike } = model;
  if (preAxonSpike !== null && preAxonSpike !== preSpike) return new Map();
  const pre = candidates(model, forms, preSpike, postSpike);
  const post = candidates(model, forms, postSpike, preSpike);
  return new Map([
    ...settle(model, preSpike, pre, "pre").map((name) => [name, "column"] as const),
    ...settle(model, postSpike, post, "post").map((name) => [name, "row"] as const),
  ]);
}

/** Variables that one kind of event changes and the other does not, and that nothing but event code reads. */
function candidates(
  model: SynapseModel,
  forms: Forms,
  code: EventCode | null,
  other: EventCode | null,
): readonly string[] {
  return model.eventDriven
    .filter((ode) => relaxesAlike(ode, model, forms))
    .map(({ name }) => name)
    .filter((name) => {
      const attribute = model.attributes.find((candidate) => candidate.name === name);
      if (attribute?.locality !== "local" || attribute.type !== "float") return false;
      if (statementsFor(code, name).length === 0 || statementsFor(other, name).length > 0) {
        return false;
      }
      return !readBetweenEvents(model, name);
    });
}

/** Leave out what depends on anything that differs among the synapses of a neuron, until nothing does. */
function settle(
  model: SynapseModel,
  code: EventCode | null,
  names: readonly string[],
  side: "pre" | "post",
): readonly string[] {
  const known = new Set(names);
  const alike = (node: Expression): boolean => {
    if (node.kind === "remote" || node.kind === "input") return node.side === side;
    if (node.kind !== "name") return true;
    if (node.name === "t_pre" || node.name === "t_post") return node.name === `t_${side}`;
    if (node.name === "g_target") return false;
    const attribute = model.attributes.find(({ name }) => name === node.name);
    return attribute === undefined || attribute.locality === "global" || known.has(node.name);
  };
  const kept = names.filter((name) =>
    statementsFor(code, name).every(
      ({ value, bounds, unlessPost }) =>
        !unlessPost &&
        [value, ...bounds.map((bound) => bound.value)].every(
          (expression) => !some(expression, (node) => !alike(node)),
        ),
    ),
  );
  return kept.length === names.length ? kept : settle(model, code, kept, side);
}

function statementsFor(code: EventCode | null, name: string): readonly EventStatement[] {
  return code?.statements.filter((statement) => statement.name === name) ?? [];
}

/** Time constant and steady state are parameters of the projection, which stand still from event to event. */
function relaxesAlike(ode: EventDrivenOde, model: SynapseModel, forms: Forms): boolean {
  const form = forms.of.get(ode);
  const relaxation = form === undefined ? null : relaxationForm(form, ode.name);
  if (relaxation === null || ode.bounds.length > 0) return false;
  return [relaxation.timeConstant, relaxation.steadyState].every(
    (expression) =>
      !some(expression, (node) => {
        if (["remote", "input", "reduction", "random"].includes(node.kind)) return true;
        if (node.kind !== "name") return false;
        if (["t", "t_pre", "t_post"].includes(node.name)) return true;
        const attribute = model.attributes.find(({ name }) => name === node.name);
        return attribute !== undefined && !isSharedParameter(attribute);
      }),
  );
}

function isSharedParameter({ kind, locality }: SynapseModel["attributes"][number]): boolean {
  return kind === "parameter" && locality === "global";
}

/** Continuous statements and the psp see the value of the last event of each synapse. */
function readBetweenEvents({ updates, psp }: SynapseModel, name: string): boolean {
  const expressions = updates.flatMap((update) => [
    ...(update.kind === "ode" ? [update.left, update.right] : [update.value]),
    ...update.bounds.map(({ value }) => value),
  ]);
  return [...expressions, ...(psp === null ? [] : [psp])].some((expression) =>
    some(expression, (node) => node.kind === "name" && node.name === name),
  );
}
