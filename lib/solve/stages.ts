import { arithmetic, constant } from "../ir/build.js";
import type { IrExpression } from "../ir/ir.js";
import type { Body } from "./body.js";
import { increment } from "./increment.js";
import type { Member } from "./scheme.js";

/**
 * Increments dt·f of all equations of a system where each variable stands a fraction of its previous increment away from
 * its old value: one stage of a Runge-Kutta method. Time, inputs and draws are those of the step.
 */
export function stage(
  system: readonly Member[],
  body: Body,
  fraction: number,
  previous: readonly IrExpression[] | null,
): readonly IrExpression[] {
  const values = new Map(
    previous === null
      ? []
      : system.map(({ ode, old }, i) => {
          const moved = arithmetic("+", old, scaled(fraction, previous[i]!));
          return [ode.name, body.keep(moved)] as const;
        }),
  );
  return system.map(({ ode, form }) => {
    if (previous === null) body.noteSource(ode);
    return body.keep(increment(form, body, values));
  });
}

/** A multiple of a value. */
export function scaled(factor: number, value: IrExpression): IrExpression {
  return factor === 1 ? value : arithmetic("*", constant("real", factor), value);
}
