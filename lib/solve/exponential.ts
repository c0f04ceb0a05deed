import { call, divide, negate, number, subtract } from "../algebra/build.js";
import type { Expression } from "../dsl/ast.js";
import { arithmetic } from "../ir/build.js";
import { checkRelaxations, relaxationOf } from "./relaxation.js";
import type { Scheme } from "./scheme.js";

/**
 * Exact for dx/dt = (S − x)/τ with S and τ constant over the step: x + (1 − exp(−dt/τ))·(S − x).
 * The factor in front is worked out once per step where τ is the same for all elements.
 *
 * Source: Rotter and Diesmann 1999, Biol. Cybern. 81, 381 (exact integration of linear systems).
 */
export const exponential: Scheme = {
  couples: () => false,
  inlines: false,
  check: checkRelaxations,
  advance: (system, body) =>
    system.map((member) => {
      const { ode, old } = member;
      body.noteSource(ode);
      const { timeConstant, steadyState } = relaxationOf(member);
      const factor = body.once(relaxed(timeConstant));
      const distance = arithmetic("-", body.real(steadyState), old);
      return body.keep(arithmetic("+", old, arithmetic("*", factor, distance)));
    }),
};

/** 1 − exp(−dt/τ): how far x goes towards S in one step. */
function relaxed(timeConstant: Expression): Expression {
  const { span } = timeConstant;
  const dt: Expression = { kind: "name", name: "dt", span };
  return subtract(number(1, span), call("exp", [negate(divide(dt, timeConstant))], span));
}
