import { relaxationForm, type RelaxationForm } from "../algebra/equation.js";
import type { Diagnostic } from "../diagnostics.js";
import { InternalError } from "../errors.js";
import type { Equation } from "./scheme.js";

/** NOT_LINEAR for each equation that is no relaxation dx/dt = (S − x)/τ. */
export function checkRelaxations(system: readonly Equation[]): readonly Diagnostic[] {
  return system.flatMap(({ ode, form }) => {
    const { name, method, statement } = ode;
    if (relaxationForm(form, name) !== null) return [];
    return [{ code: "NOT_LINEAR", problem: { name, method }, span: statement.span }];
  });
}

/** Time constant and steady state of an equation that passed the check. */
export function relaxationOf({ ode, form }: Equation): RelaxationForm {
  const relaxation = relaxationForm(form, ode.name);
  if (relaxation === null) throw new InternalError(`the equation of ${ode.name} is not linear`);
  return relaxation;
}
