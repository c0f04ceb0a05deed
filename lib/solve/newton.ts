import { add, isNumber, multiply, number, subtract } from "../algebra/build.js";
import { differentiate } from "../algebra/differentiate.js";
import type { Expression } from "../dsl/ast.js";
import { arithmetic } from "../ir/build.js";
import type { IrExpression } from "../ir/ir.js";
import type { Body } from "./body.js";
import { eliminate } from "./elimination.js";
import { dt } from "./increment.js";
import type { Member } from "./scheme.js";

/** Name of x' − x in the derivatives; a dot begins no name of a text. */
const MOVED = ".moved";

/**
 * Solve the residuals R = A(x')·(x' − x) − dt·N(x') of a system for x'. Each iteration solves the linear system of the
 * Jacobian ∂R/∂x' for what to subtract: ∂R_i/∂x'_j = ∂A_i/∂x_j·(x'_i − x_i) + A_i·[i = j] − dt·∂N_i/∂x_j.
 *
 * Source: Ortega and Rheinboldt 1970, Iterative Solution of Nonlinear Equations in Several Variables, ch. 7.
 */
export function newton(system: readonly Member[], body: Body): readonly IrExpression[] {
  const unknowns = system.map(({ ode, old }) => ({ slot: body.slotOf(ode.name), start: old }));
  const jacobian = system.map((member) => system.map(({ ode }) => slopeOf(member, ode.name)));
  const [first] = system;
  // A system that nobody waits for, since its neuron is refractory, need not have a solution.
  const isOne = system.every(({ condition }) => condition === first?.condition);
  const condition = isOne ? (first?.condition ?? null) : null;
  return body.newton(unknowns, condition, (iterates) => {
    const values = new Map(system.map(({ ode }, i) => [ode.name, iterates[i]!]));
    const moves = system.map(({ old }, i) => body.keep(arithmetic("-", iterates[i]!, old)));
    const matrix = jacobian.map((row, i) => {
      const around = new Map([...values, [MOVED, moves[i]!]]);
      return row.map((slope) => (isNumber(slope, 0) ? null : body.keep(body.real(slope, around))));
    });
    const residuals = system.map(({ form: { factor, rest } }, i) => {
      const carried = isNumber(factor, 1)
        ? moves[i]!
        : arithmetic("*", body.real(factor, values), moves[i]!);
      const driven = arithmetic("*", dt, body.real(rest, values));
      return body.keep(arithmetic("-", carried, driven));
    });
    return eliminate(matrix, residuals, body);
  });
}

function slopeOf({ ode, form: { factor, rest } }: Member, name: string): Expression {
  const { span } = rest;
  const moved: Expression = { kind: "name", name: MOVED, span };
  const length: Expression = { kind: "name", name: "dt", span };
  const own = ode.name === name ? factor : number(0, span);
  const carried = add(multiply(differentiate(factor, name), moved), own);
  return subtract(carried, multiply(length, differentiate(rest, name)));
}
