import { gradientForm } from "../algebra/equation.js";
import type { Diagnostic } from "../diagnostics.js";
import { EquationError } from "../errors.js";
import { arithmetic, compare, constant, convert, select } from "../ir/build.js";
import type { IrExpression, IrHook, KernelIr } from "../ir/ir.js";
import { targetOf } from "../model/names.js";
import type { Assignment, Bound, Locality, NeuronModel, Ode, Update } from "../model/types.js";
import { Body } from "./body.js";
import { Layout } from "./layout.js";
import { schemes } from "./method.js";
import type { Member } from "./scheme.js";

/**
 * Apply the numerical methods of a model: one kernel per neuron type.
 *
 * @throws {EquationError} NOT_AFFINE_IN_GRADIENT or NOT_LINEAR, with every equation that does not have the form its
 * method needs.
 */
export function lowerNeuron(model: NeuronModel): KernelIr {
  const forms = formsOf(model);
  const layout = new Layout(model);
  const hasGlobals = model.updates.some(({ locality }) => locality === "global");
  const globals = hasGlobals ? new Body(model, layout) : null;
  const update = new Body(model, layout, globals);
  // The local body first: it may ask the global one for values from before the step.
  lowerUpdate(model, layout, update, forms);
  if (globals !== null) lowerStatements(model, "global", layout, globals, forms, null);
  const reset = model.type === "spike" ? lowerReset(model, layout) : null;
  return {
    fields: layout.fields,
    globals: globals?.finish() ?? null,
    update: update.finish(),
    reset,
  };
}

type Forms = ReadonlyMap<Ode, Member["form"]>;

/** Solve each equation for its gradient, and check that its method can advance it. */
function formsOf(model: NeuronModel): Forms {
  const forms = new Map<Ode, Member["form"]>();
  const diagnostics: Diagnostic[] = [];
  for (const ode of model.updates) {
    if (ode.kind !== "ode") continue;
    const { name, method, left, right, statement } = ode;
    const form = gradientForm(left, right);
    if (form === null) {
      diagnostics.push({ code: "NOT_AFFINE_IN_GRADIENT", problem: { name }, span: left.span });
    } else if (!schemes[method].accepts(ode, form)) {
      diagnostics.push({ code: "NOT_LINEAR", problem: { name, method }, span: statement.span });
    } else {
      forms.set(ode, form);
    }
  }
  if (diagnostics.length > 0) throw new EquationError(diagnostics);
  return forms;
}

/** Local statements, the countdown of refractory neurons, and the test for a spike on the new values. */
function lowerUpdate(model: NeuronModel, layout: Layout, body: Body, forms: Forms): void {
  const remaining = model.refractory === null ? null : layout.slotOfRole("remaining");
  const active =
    remaining === null ? null : body.keep(compare("<=", body.value(remaining), constant("int", 0)));
  lowerStatements(model, "local", layout, body, forms, active);
  if (model.spike !== null) {
    body.note("spike");
    const condition = body.condition(model.spike);
    const spiked: IrExpression =
      active === null
        ? condition
        : { kind: "logic", operator: "and", left: condition, right: active };
    body.assign(layout.slotOfRole("spiked"), convert("int", spiked));
  }
  if (remaining !== null && active !== null) {
    const left = body.value(remaining);
    const fewer = arithmetic("-", left, constant("int", 1));
    body.assign(remaining, select(active, left, fewer));
  }
}

/**
 * The statements of one locality in the order of declaration. Neighbouring equations form a block: all new values are
 * worked out from those before the block, and only then taken over, one after the other. Everything else
 * takes effect at once. (Model language, blocks and order of evaluation.)
 */
function lowerStatements(
  model: NeuronModel,
  locality: Locality,
  layout: Layout,
  body: Body,
  forms: Forms,
  active: IrExpression | null,
): void {
  const commit = (update: Update, value: IrExpression): void => {
    const slot = layout.slotOf(update.name);
    // Inputs go on decaying while a neuron is refractory; everything else stands still.
    const frozen = active !== null && targetOf(update.name) === null;
    body.assign(slot, frozen ? select(active, value, readReal(body, slot)) : value);
    for (const bound of update.bounds) applyBound(body, slot, bound);
  };
  for (const block of blocksOf(model.updates.filter((update) => update.locality === locality))) {
    if (block.kind === "assignment") {
      body.noteSource(block);
      commit(block, body.real(block.value));
      continue;
    }
    const values = advance(block.odes, layout, body, forms);
    block.odes.forEach((ode) => commit(ode, values.get(ode)!));
  }
}

type Block = Assignment | { readonly kind: "odes"; readonly odes: Ode[] };

function blocksOf(updates: readonly Update[]): readonly Block[] {
  const blocks: Block[] = [];
  for (const update of updates) {
    const last = blocks.at(-1);
    if (update.kind === "assignment") blocks.push(update);
    else if (last?.kind === "odes") last.odes.push(update);
    else blocks.push({ kind: "odes", odes: [update] });
  }
  return blocks;
}

/** New values of the equations of a block; equations of one method are advanced together. */
function advance(
  odes: readonly Ode[],
  layout: Layout,
  body: Body,
  forms: Forms,
): ReadonlyMap<Ode, IrExpression> {
  const values = new Map<Ode, IrExpression>();
  for (const method of new Set(odes.map((ode) => ode.method))) {
    const members = odes
      .filter((ode) => ode.method === method)
      .map((ode) => ({
        ode,
        form: forms.get(ode)!,
        old: readReal(body, layout.slotOf(ode.name)),
      }));
    schemes[method].advance(members, body).forEach((value, i) => {
      values.set(members[i]!.ode, value);
    });
  }
  return values;
}

/** if x < min: x = min; if x > max: x = max. A not-a-number stays one. */
function applyBound(body: Body, slot: number, { kind, value }: Bound): void {
  const bound = body.keep(body.real(value));
  const current = readReal(body, slot);
  const outside = compare(kind === "min" ? "<" : ">", current, bound);
  body.assign(slot, select(outside, bound, current));
}

/** Reset statements, each of which takes effect at once, and then the refractory period. */
function lowerReset(model: NeuronModel, layout: Layout): IrHook {
  const body = new Body(model, layout);
  for (const assignment of model.reset) {
    body.noteSource(assignment);
    body.assign(layout.slotOf(assignment.name), body.real(assignment.value));
  }
  const { refractory } = model;
  if (refractory !== null) {
    body.note("refractory");
    const steps: IrExpression =
      typeof refractory === "number"
        ? body.value(layout.slotOfRole("refractory"))
        : { kind: "steps", duration: readReal(body, layout.slotOf(refractory)) };
    body.assign(layout.slotOfRole("remaining"), steps);
  }
  return body.finish();
}

function readReal(body: Body, slot: number): IrExpression {
  return convert("real", body.value(slot));
}
