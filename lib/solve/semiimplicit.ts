import { add, divide } from "../algebra/build.js";
import type { Expression } from "../dsl/ast.js";
import { arithmetic } from "../ir/build.js";
import { checkRelaxations, relaxationOf } from "./relaxation.js";
import type { Scheme } from "./scheme.js";

/**
 * Backward Euler in the linear term of dx/dt = (S − x)/τ, with S and τ of the old values: the factor
 * (dt/τ)/(1 + dt/τ) = dt/(τ + dt) in x + dt/(τ + dt)·(S − x). Order 1, stable for every positive τ.
 *
 * Source: Press, Teukolsky, Vetterling and Flannery, Numerical Recipes, 3rd edition 2007, 17.5 (semi-implicit Euler).
 */
export const semiimplicit: Scheme = {
  couples: () => false,
  inlines: false,
  check: checkRelaxations,
  advance: (system, body) =>
    system.map((member) => {
      const { ode, old } = member;
      body.noteSource(ode);
      const { timeConstant, steadyState } = relaxationOf(member);
      const dt: Expression = { kind: "name", name: "dt", span: timeConstant.span };
      const factor = body.real(divide(dt, add(timeConstant, dt)));
      const distance = arithmetic("-", body.real(steadyState), old);
      return body.keep(arithmetic("+", old, arithmetic("*", factor, distance)));
    }),
};
