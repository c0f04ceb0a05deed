import { gradientForm, relaxationForm, type GradientForm } from "../algebra/equation.js";
import { inline } from "../algebra/inline.js";
import type { Diagnostic } from "../diagnostics.js";
import { some } from "../dsl/traverse.js";
import { EquationError } from "../errors.js";
import type { EventDrivenOde, NeuronModel, Ode, SynapseModel } from "../model/types.js";
import { blocksOf, systemsOf } from "./blocks.js";
import { schemes } from "./method.js";
import { withClosedFunctions } from "./functions.js";
import type { ElementKind } from "./scheme.js";

/** The equations of a model, each solved for its gradient. */
export interface Forms {
  readonly kind: ElementKind;
  readonly of: ReadonlyMap<Ode | EventDrivenOde, GradientForm>;
}

type Model = NeuronModel | SynapseModel;

/**
 * Solve each equation for its gradient, and check that its method can advance it.
 *
 * @throws {EquationError} NOT_AFFINE_IN_GRADIENT, NOT_LINEAR, NO_DERIVATIVE, METHODS_MIXED or EVENT_DRIVEN_VARIABLE, with
 * every equation that does not have the form its method needs.
 */
export function formsOf(model: Model): Forms {
  const { forms, diagnostics } = solve(model);
  if (diagnostics.length > 0) throw new EquationError(diagnostics);
  return forms;
}

/** Refuse a model with an equation that its method cannot advance. @throws {EquationError} as `formsOf`. */
export function requireForms(model: Model): void {
  formsOf(model);
}

/** List what keeps the equations of a model from being advanced by their methods. */
export function checkForms(model: Model): readonly Diagnostic[] {
  return solve(model).diagnostics;
}

function solve(given: Model): {
  readonly forms: Forms;
  readonly diagnostics: readonly Diagnostic[];
} {
  const model = withClosedFunctions(given);
  const odes = model.updates.filter((update) => update.kind === "ode");
  const eventDriven = "eventDriven" in model ? model.eventDriven : [];
  const forms = new Map<Ode | EventDrivenOde, GradientForm>();
  const diagnostics: Diagnostic[] = [];
  for (const ode of [...odes, ...eventDriven]) {
    const { name, left, right } = ode;
    const form = gradientForm(left, right);
    if (form !== null) forms.set(ode, form);
    else diagnostics.push({ code: "NOT_AFFINE_IN_GRADIENT", problem: { name }, span: left.span });
  }
  const kind: ElementKind = "eventDriven" in model ? "synapse" : "neuron";
  diagnostics.push(...checkMixture(odes, kind));
  for (const system of systemsIn(model, kind)) {
    const names = system.map(({ name }) => name);
    const equations = system.flatMap((ode) => {
      const solved = forms.get(ode);
      if (solved === undefined) return [];
      const form = schemes[ode.method].inlines ? inlined(solved, model, names) : solved;
      forms.set(ode, form);
      return [{ ode, form }];
    });
    diagnostics.push(...schemes[system[0]!.method].check(equations));
  }
  if ("eventDriven" in model) {
    for (const ode of eventDriven)
      diagnostics.push(...checkEventDriven(ode, forms.get(ode), model));
  }
  diagnostics.sort((a, b) => (a.span?.start ?? 0) - (b.span?.start ?? 0));
  return { forms: { kind, of: forms }, diagnostics };
}

function systemsIn(model: Model, kind: ElementKind): readonly (readonly Ode[])[] {
  return (["global", "semiglobal", "local"] as const).flatMap((locality) =>
    blocksOf(model.updates.filter((update) => update.locality === locality)).flatMap((block) =>
      block.kind === "odes" ? systemsOf(block, kind) : [],
    ),
  );
}

function inlined(
  { factor, rest }: GradientForm,
  { functions }: Model,
  names: readonly string[],
): GradientForm {
  return { factor: inline(factor, functions, names), rest: inline(rest, functions, names) };
}

/** All coupled equations of a model use the same method; the first one decides which. */
function checkMixture(odes: readonly Ode[], kind: ElementKind): readonly Diagnostic[] {
  const [first, ...others] = odes.filter(({ method }) => schemes[method].couples(kind));
  if (first === undefined) return [];
  return others
    .filter(({ method }) => method !== first.method)
    .map(({ name, method, statement }) => ({
      code: "METHODS_MIXED",
      problem: { name, method, other: first.name, otherMethod: first.method },
      span: statement.span,
    }));
}

/** A variable that is integrated from event to event relaxes to a state that does not change in between. */
function checkEventDriven(
  { name, statement }: EventDrivenOde,
  form: GradientForm | undefined,
  model: SynapseModel,
): readonly Diagnostic[] {
  if (form === undefined) return [];
  const { span } = statement;
  const relaxation = relaxationForm(form, name);
  if (relaxation === null) {
    return [{ code: "NOT_LINEAR", problem: { name, method: "event-driven" }, span }];
  }
  const variables = model.attributes.filter((attribute) => attribute.kind === "variable");
  const variable = variables.find((attribute) =>
    some(relaxation.steadyState, (node) => node.kind === "name" && node.name === attribute.name),
  );
  if (variable === undefined) return [];
  const problem = { name, variable: variable.name };
  return [{ code: "EVENT_DRIVEN_VARIABLE", problem, span }];
}
