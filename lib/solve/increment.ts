import { divide, isNumber } from "../algebra/build.js";
import type { GradientForm } from "../algebra/equation.js";
import { arithmetic } from "../ir/build.js";
import type { IrExpression } from "../ir/ir.js";
import type { Body } from "./body.js";
import { withSharedReciprocals } from "./reciprocal.js";

/** Length of a step of the equations [ms]. */
export const dt: IrExpression = { kind: "clock", name: "dt" };

/** dt · N/A: how far an equation carries its variable in one step, with these values in the place of some names. */
export function increment(
  { factor, rest }: GradientForm,
  body: Body,
  values: ReadonlyMap<string, IrExpression> = new Map(),
): IrExpression {
  const right = withSharedReciprocals(rest, body);
  // With one A for all elements, dt/A is one division per call.
  if (!body.isShared(factor)) {
    return arithmetic("*", dt, body.real(divide(right, factor), values));
  }
  const length = isNumber(factor, 1) ? dt : arithmetic("/", dt, body.real(factor, values));
  return arithmetic("*", length, body.real(right, values));
}
