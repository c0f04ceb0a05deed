import type { GradientForm } from "../algebra/equation.js";
import type { IrExpression } from "../ir/ir.js";
import type { Ode } from "../model/types.js";
import type { Body } from "./body.js";

/** An equation that can be advanced: A · dx/dt = N. */
export interface Member {
  readonly ode: Ode;
  readonly form: GradientForm;
  /** x as it is before the block of equations. */
  readonly old: IrExpression;
}

/** A numerical method. A new one is one file, one line of the table in method.ts and its tests. */
export interface Scheme {
  /** Tell whether the method can advance this equation. */
  accepts(ode: Ode, form: GradientForm): boolean;
  /**
   * New values of the equations of a block that use this method, from the values before the block. Each value is
   * kept, and the equation noted above it.
   */
  advance(members: readonly Member[], body: Body): readonly IrExpression[];
}
