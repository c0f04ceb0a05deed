import { divide } from "../algebra/build.js";
import type { Expression } from "../dsl/ast.js";
import { arithmetic } from "../ir/build.js";
import type { IrExpression } from "../ir/ir.js";
import type { Body } from "./body.js";
import type { Scheme } from "./scheme.js";
import { withSharedReciprocals } from "./reciprocal.js";

const dt: IrExpression = { kind: "clock", name: "dt" };

/**
 * Forward Euler, x + dt·N/A. Order 1.
 *
 * Source: Euler 1768; Hairer, Nørsett and Wanner, Solving Ordinary Differential Equations I, II.1.
 */
export const explicit: Scheme = {
  accepts: () => true,
  advance: (members, body) =>
    members.map(({ ode, form, old }) => {
      body.noteSource(ode);
      const { factor, rest } = form;
      const right = withSharedReciprocals(rest, body);
      // With one A for all elements, dt/A is one division per call.
      const increment = body.isShared(factor)
        ? arithmetic("*", stepOver(factor, body), body.real(right))
        : arithmetic("*", dt, body.real(divide(right, factor)));
      return body.keep(arithmetic("+", old, increment));
    }),
};

function stepOver(factor: Expression, body: Body): IrExpression {
  const isOne = factor.kind === "number" && factor.value === 1;
  return isOne ? dt : arithmetic("/", dt, body.real(factor));
}
