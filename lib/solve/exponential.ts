import { divide, negate, subtract } from "../algebra/build.js";
import { relaxationForm } from "../algebra/equation.js";
import type { Expression } from "../dsl/ast.js";
import { InternalError } from "../errors.js";
import { arithmetic } from "../ir/build.js";
import type { Scheme } from "./scheme.js";

/**
 * Exact for dx/dt = (S − x)/τ with S and τ constant over the step: x + (1 − exp(−dt/τ))·(S − x).
 * The factor in front is worked out once per step where τ is the same for all elements.
 *
 * Source: Rotter and Diesmann 1999, Biol. Cybern. 81, 381 (exact integration of linear systems).
 */
export const exponential: Scheme = {
  accepts: (ode, form) => relaxationForm(form, ode.name) !== null,
  advance: (members, body) =>
    members.map(({ ode, form, old }) => {
      body.noteSource(ode);
      const relaxation = relaxationForm(form, ode.name);
      if (relaxation === null) throw new InternalError(`the equation of ${ode.name} is not linear`);
      const factor = body.once(relaxed(relaxation.timeConstant));
      const distance = arithmetic("-", body.real(relaxation.steadyState), old);
      return body.keep(arithmetic("+", old, arithmetic("*", factor, distance)));
    }),
};

/** 1 − exp(−dt/τ): how far x goes towards S in one step. */
function relaxed(timeConstant: Expression): Expression {
  const { span } = timeConstant;
  const dt: Expression = { kind: "name", name: "dt", span };
  const operands = [negate(divide(dt, timeConstant))];
  const decay: Expression = { kind: "call", name: "exp", operands, nameSpan: span, span };
  return subtract({ kind: "number", value: 1, span }, decay);
}
