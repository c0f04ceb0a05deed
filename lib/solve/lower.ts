import { InternalError } from "../errors.js";
import type { KernelIr } from "../ir/ir.js";
import type { NeuronModel } from "../model/types.js";

/**
 * Apply the numerical methods of a model: one kernel per neuron type.
 *
 * @throws {EquationError} when an equation does not have the form that its method needs.
 */
export function lowerNeuron(model: NeuronModel): KernelIr {
  throw new InternalError(`lowerNeuron is being written ${model.name}`);
}
