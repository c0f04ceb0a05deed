import { linearSystem } from "../algebra/linear.js";
import { divide, isNumber, multiply, number, subtract } from "../algebra/build.js";
import { dependsOn, findUnderivable } from "../algebra/differentiate.js";
import type { Diagnostic } from "../diagnostics.js";
import type { Expression } from "../dsl/ast.js";
import { arithmetic } from "../ir/build.js";
import type { IrExpression } from "../ir/ir.js";
import type { Body } from "./body.js";
import { eliminate } from "./elimination.js";
import { dt } from "./increment.js";
import { newton } from "./newton.js";
import { withSharedReciprocals } from "./reciprocal.js";
import type { Equation, Member, Scheme } from "./scheme.js";

/**
 * Backward Euler: A·(x' − x)/dt = N with the new values x' of all equations of the system in A and N, inside functions as
 * well. Order 1, stable wherever the solution is.
 *
 * Where A does not depend on the x and N is linear in them, N = J·x + c, the increment is the exact solution of
 * (A − dt·J)·(x' − x) = dt·N(x). Otherwise x' is found by Newton's method, beginning with x.
 *
 * Source: Hairer and Wanner, Solving Ordinary Differential Equations II, IV.3 (implicit Euler) and IV.8 (Newton's method).
 */
export const implicit: Scheme = {
  couples: () => true,
  inlines: true,
  check: (system) => {
    const names = system.map(({ ode }) => ode.name);
    if (slopesOf(system) !== null) return [];
    return system.flatMap(({ ode, form }): readonly Diagnostic[] => {
      const call = findUnderivable(form.factor, names) ?? findUnderivable(form.rest, names);
      if (call === null) return [];
      const problem = { name: call.name, variable: ode.name };
      return [{ code: "NO_DERIVATIVE", problem, span: call.nameSpan }];
    });
  },
  advance: (system, body) => {
    for (const { ode } of system) body.noteSource(ode);
    const slopes = slopesOf(system);
    if (slopes === null) return newton(system, body);
    const moves =
      system.length === 1
        ? [moveAlone(system[0]!, slopes[0]![0]!, body)]
        : moveTogether(system, slopes, body);
    return system.map(({ old }, i) => body.keep(arithmetic("+", old, moves[i]!)));
  },
};

/** J: slope of each N over each variable of the system. Null when it depends on the variables, or an A does. */
function slopesOf(system: readonly Equation[]): readonly (readonly Expression[])[] | null {
  const names = system.map(({ ode }) => ode.name);
  const isFree = (expression: Expression): boolean =>
    names.every((name) => !dependsOn(expression, name));
  if (!system.every(({ form }) => isFree(form.factor))) return null;
  const rests = system.map(({ form }) => form.rest);
  return linearSystem(rests, names)?.coefficients ?? null;
}

/** dt/(A − dt·J)·N: a factor that compilers take out of the loop where it is the same for all elements. */
function moveAlone({ form }: Member, slope: Expression, body: Body): IrExpression {
  const { factor, rest } = form;
  const length: Expression = { kind: "name", name: "dt", span: factor.span };
  const gain = divide(length, subtract(factor, multiply(length, slope)));
  return arithmetic("*", body.real(gain), body.real(withSharedReciprocals(rest, body)));
}

function moveTogether(
  system: readonly Member[],
  slopes: readonly (readonly Expression[])[],
  body: Body,
): readonly IrExpression[] {
  const matrix = system.map(({ form }, i) =>
    slopes[i]!.map((slope, j) => {
      const { span } = slope;
      const length: Expression = { kind: "name", name: "dt", span };
      const entry = subtract(i === j ? form.factor : number(0, span), multiply(length, slope));
      return isNumber(entry, 0) ? null : body.keep(body.real(entry));
    }),
  );
  const right = system.map(({ form }) => body.keep(arithmetic("*", dt, body.real(form.rest))));
  return eliminate(matrix, right, body);
}
