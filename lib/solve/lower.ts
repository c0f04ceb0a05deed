import { arithmetic, compare, constant, convert, select } from "../ir/build.js";
import type { IrCount, IrExpression, IrHook, KernelIr } from "../ir/ir.js";
import { targetOf } from "../model/names.js";
import type { Assignment, Locality, NeuronModel, Update } from "../model/types.js";
import { Body, type BodyContext } from "./body.js";
import { CALL, ELEMENT } from "./sections.js";
import { NeuronLayout, type NeuronContext } from "./neuron-layout.js";
import { formsOf, type Forms } from "./forms.js";
import { withClosedFunctions } from "./functions.js";
import { lowerStatements } from "./statements.js";

/**
 * Apply the numerical methods of a model: one kernel per neuron type as a network uses it.
 *
 * @throws {EquationError} for every equation that does not have the form its method needs (formsOf).
 */
export function lowerNeuron(
  given: NeuronModel,
  context: NeuronContext = { targets: [], reductions: [] },
): KernelIr {
  const model = withClosedFunctions(given);
  const forms = formsOf(model);
  const layout = new NeuronLayout(model, context);
  const newBody = (earlier: Body | null = null): Body => {
    const levelOf: BodyContext["levelOf"] = ({ scope }) => (scope === "global" ? CALL : ELEMENT);
    return new Body({ layout, model, levelOf, hoists: false, earlier });
  };
  const hasGlobals = model.updates.some(({ locality }) => locality === "global");
  const globals = hasGlobals ? newBody() : null;
  const update = newBody(globals);
  // The local body first: it may ask the global one for values from before the step.
  lowerUpdate(model, layout, update, forms);
  if (globals !== null) lowerLocality(model, "global", globals, forms, null);
  return {
    fields: layout.fields,
    globals: globals?.finish() ?? null,
    update: update.finish(),
    reset: model.type === "spike" ? lowerReset(model, layout, newBody()) : null,
    axon: lowerAxon(model, layout, newBody()),
    axonReset: lowerAxonReset(model, newBody()),
    stop: lowerStop(model, layout, newBody()),
  };
}

/** Local statements, the countdown of refractory neurons, and the test for a spike on the new values. */
function lowerUpdate(model: NeuronModel, layout: NeuronLayout, body: Body, forms: Forms): void {
  const remaining = model.refractory === null ? null : layout.slotOfRole("remaining");
  const active =
    remaining === null ? null : body.keep(compare("<=", body.value(remaining), constant("int", 0)));
  lowerLocality(model, "local", body, forms, active);
  if (model.spike !== null) {
    body.note("spike");
    const condition = body.condition(model.spike);
    const spiked = active === null ? condition : both(condition, active);
    body.assign(layout.slotOfRole("spiked"), convert("int", spiked));
  }
  if (model.axonSpike !== null) {
    body.assign(layout.slotOfRole("ready"), convert("int", active ?? constant("bool", 1)));
  }
  if (remaining !== null && active !== null) {
    const left = body.value(remaining);
    const fewer = arithmetic("-", left, constant("int", 1));
    body.assign(remaining, select(active, left, fewer));
  }
}

/** The statements of one locality; a refractory neuron takes over nothing but its inputs. */
function lowerLocality(
  model: NeuronModel,
  locality: Locality,
  body: Body,
  forms: Forms,
  active: IrExpression | null,
): void {
  const updates = model.updates.filter((update) => update.locality === locality);
  // Inputs go on decaying while a neuron is refractory; everything else stands still.
  const condition = ({ name }: Update): IrExpression | null =>
    targetOf(name) === null ? active : null;
  const commit = (update: Update, value: IrExpression): void => {
    const slot = body.slotOf(update.name);
    body.assign(slot, value, condition(update));
    // Bounds hold what stands still as well.
    for (const bound of update.bounds) body.bound(slot, bound);
  };
  lowerStatements(updates, body, { forms, condition, commit });
}

/** Reset statements, each of which takes effect at once; then the time of the spike and the refractory period. */
function lowerReset(model: NeuronModel, layout: NeuronLayout, body: Body): IrHook {
  lowerEvent(model.reset, body);
  body.assign(layout.slotOfRole("lastSpike"), { kind: "step" });
  const { refractory } = model;
  if (refractory !== null) {
    body.note("refractory");
    const steps: IrExpression =
      typeof refractory === "number"
        ? body.value(layout.slotOfRole("refractory"))
        : { kind: "steps", duration: body.realValue(layout.slotOf(refractory)) };
    body.assign(layout.slotOfRole("remaining"), steps);
  }
  return body.finish();
}

/** The neurons that were not refractory, and fulfil the condition for axonal events but not that for spikes. */
function lowerAxon(model: NeuronModel, layout: NeuronLayout, body: Body): IrHook | null {
  if (model.axonSpike === null) return null;
  body.note("axon spike");
  const ready = convert("bool", body.value(layout.slotOfRole("ready")));
  const condition = both(body.condition(model.axonSpike), ready);
  const event =
    model.spike === null
      ? condition
      : both(condition, { kind: "not", operand: body.condition(model.spike) });
  body.assign(layout.slotOfRole("axon"), convert("int", event));
  return body.finish();
}

function lowerAxonReset(model: NeuronModel, body: Body): IrHook | null {
  if (model.axonReset.length === 0) return null;
  lowerEvent(model.axonReset, body);
  return body.finish();
}

function lowerEvent(statements: readonly Assignment[], body: Body): void {
  for (const assignment of statements) {
    body.noteSource(assignment);
    body.assign(body.slotOf(assignment.name), body.real(assignment.value));
  }
}

function lowerStop(model: NeuronModel, layout: NeuronLayout, body: Body): IrCount | null {
  if (model.stop === null) return null;
  const spiked: [string, IrExpression][] =
    model.type === "spike" ? [["spiked", body.value(layout.slotOfRole("spiked"))]] : [];
  const condition = body.condition(model.stop.condition, new Map(spiked));
  return { ...body.finish(), condition };
}

function both(left: IrExpression, right: IrExpression): IrExpression {
  return { kind: "logic", operator: "and", left, right };
}
