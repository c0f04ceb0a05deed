import type { NDArray } from "../array/ndarray.js";
import type { Geometry } from "../network/geometry.js";
import { GivenNeuron } from "../network/given-neuron.js";
import { again } from "../network/internals.js";
import { Population } from "../network/population.js";
import type { ValueInput } from "../network/values.js";

/**
 * Rate-coded neurons whose rates `r` the user assigns; nothing else changes them. What is assigned before a run acts from its
 * first step on.
 *
 * @example
 * const input = net.create(new InputArray({ geometry: [2, 2] }));
 * input.r = [[0, 1], [1, 0]];
 */
export class InputArray extends Population {
  /** @throws {SimulatorError} INVALID_GEOMETRY. */
  constructor(options: { readonly geometry: Geometry; readonly name?: string }) {
    super({ ...options, neuron: new GivenNeuron("InputArray", "rate") });
  }

  /** Output of the neurons, of the shape of the geometry. */
  get r(): NDArray {
    return this.get("r") as NDArray;
  }

  set r(value: ValueInput) {
    this.set({ r: value });
  }

  /** @internal */
  override [again](): InputArray {
    return new InputArray({ geometry: this.geometry, name: this.name });
  }
}
