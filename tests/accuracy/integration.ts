import type { KernelIr } from "../../lib/ir/ir.js";
import type { NeuronOptions } from "../../lib/model/definition.js";
import {
  lowered,
  runCompiled,
  runEvaluated,
  type State,
  type Values,
} from "../support/compiled.js";

/** Equations with the values that they begin with, and how long they are integrated. */
export interface Problem {
  readonly definition: NeuronOptions;
  readonly values: Values;
  /** [ms] */
  readonly duration: number;
}

/** Values of a variable of one neuron at the end of each step, by the reference evaluator. */
export function trace(
  definition: NeuronOptions,
  name: string,
  values: Values,
  steps: number,
  dt = 1,
): readonly number[] {
  const ir = lowered(definition);
  return runEvaluated(ir, values, { size: 1, steps, dt }).map((state) => valueOf(ir, state, name));
}

/** Last value of a variable of one neuron, by the reference evaluator. */
export function final(problem: Problem, name: string, dt: number): number {
  const { definition, values, duration } = problem;
  return trace(definition, name, values, Math.round(duration / dt), dt).at(-1)!;
}

/** The same, by compiled C. */
export async function finalCompiled(problem: Problem, name: string, dt: number): Promise<number> {
  const ir = lowered(problem.definition);
  const steps = Math.round(problem.duration / dt);
  const states = await runCompiled(ir, problem.values, { size: 1, steps, dt });
  return valueOf(ir, states.at(-1)!, name);
}

/** How the error shrinks when the step is halved: the order of the method. */
export function order(error: (dt: number) => number, dt: number): number {
  return Math.log2(error(dt) / error(dt / 2));
}

function valueOf(ir: KernelIr, state: State, name: string): number {
  const slot = ir.fields.findIndex((field) => field.name === name);
  return state[slot]![0]!;
}
