import { InternalError } from "../errors.js";
import type { IrHook, KernelIr } from "./ir.js";
import { Machine, type Clock, type EvaluateOptions } from "./machine.js";

/** Values of a kernel: one array per field, of one element for a global field. Ints are whole numbers. */
export type KernelState = readonly Float64Array[];

/**
 * Run one step of a kernel by the meaning of its IR: globals, update of all elements, reset of those that spiked, and
 * the axonal events.
 * This is the test oracle of generated code, written for clarity and not for speed. Changes `state`.
 *
 * @param size Number of elements of local fields.
 * @returns the elements that spiked, ascending.
 */
export function evaluateStep(
  ir: KernelIr,
  state: KernelState,
  size: number,
  clock: Clock,
  options: EvaluateOptions = {},
): readonly number[] {
  const elements = Array.from({ length: size }, (_, element) => element);
  const run = runner(ir, state, clock, options);
  const marked = (role: "spiked" | "axon"): number[] => {
    const slot = ir.fields.findIndex((field) => field.role === role);
    return slot < 0 ? [] : elements.filter((element) => state[slot]![element] === 1);
  };
  run(ir.globals, [0]);
  run(ir.update, elements);
  const spikes = marked("spiked");
  run(ir.reset, spikes);
  run(ir.axon, elements);
  run(ir.axonReset, ir.axon === null ? [] : marked("axon"));
  return spikes;
}

/** Count the elements for which the stop condition of a kernel holds. */
export function evaluateStop(
  ir: KernelIr,
  state: KernelState,
  size: number,
  clock: Clock,
  options: EvaluateOptions = {},
): number {
  const { stop } = ir;
  if (stop === null) return 0;
  let count = 0;
  const elements = Array.from({ length: size }, (_, element) => element);
  runner(
    ir,
    state,
    clock,
    options,
  )(stop, elements, (machine) => {
    count += machine.value(stop.condition);
  });
  return count;
}

type Runner = (
  hook: IrHook | null,
  elements: readonly number[],
  after?: (machine: Machine) => void,
) => void;

function runner(ir: KernelIr, state: KernelState, clock: Clock, options: EvaluateOptions): Runner {
  let element = 0;
  const locate = (slot: number): readonly [Float64Array, number] => {
    const field = state[slot];
    if (field === undefined) throw new InternalError(`no values for the field in slot ${slot}`);
    return [field, ir.fields[slot]!.scope === "global" ? 0 : element];
  };
  const machine = new Machine({ locate }, clock, options);
  return (hook, elements, after) => {
    if (hook === null) return;
    machine.begin(hook.prelude);
    for (const one of elements) {
      element = one;
      machine.within(one, hook.draws, () => {
        machine.execute(hook.body);
        after?.(machine);
      });
    }
  };
}
