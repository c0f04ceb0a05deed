import type { GradientForm } from "../algebra/equation.js";
import type { Diagnostic } from "../diagnostics.js";
import type { IrExpression } from "../ir/ir.js";
import type { Ode } from "../model/types.js";
import type { Body } from "./body.js";

/** Whose equations they are. */
export type ElementKind = "neuron" | "synapse";

/** An equation solved for its gradient: A · dx/dt = N. */
export interface Equation {
  readonly ode: Ode;
  readonly form: GradientForm;
}

/** An equation that can be advanced. */
export interface Member extends Equation {
  /** x as it is before the block of equations. */
  readonly old: IrExpression;
  /** The condition under which x takes over its new value; null: always. */
  readonly condition: IrExpression | null;
}

/** A numerical method. A new one is one file, one line of the table in method.ts and its tests. */
export interface Scheme {
  /** Tell whether the equations of a block that use the method are advanced as one system. */
  couples(kind: ElementKind): boolean;
  /** Tell whether the method works on what the functions of the user return, so that they must be written out. */
  readonly inlines: boolean;
  /** Say why the method cannot advance these equations together. */
  check(system: readonly Equation[]): readonly Diagnostic[];
  /**
   * New values of the equations of a system, from the values before the block. Each value is kept, and the equation
   * noted above it.
   */
  advance(system: readonly Member[], body: Body): readonly IrExpression[];
}

/** For methods that can advance any equation. */
export const nothingToCheck = (): readonly Diagnostic[] => [];
