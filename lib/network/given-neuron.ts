import type { NeuronModel } from "../model/types.js";
import { Neuron } from "./neuron.js";

/** Slot of the output of given neurons: attributes come first among the fields of a neuron type, and it is the only one. */
export const OUTPUT_SLOT = 0;

/** A neuron type without equations: spikes or values come from outside. */
export class GivenNeuron extends Neuron {
  readonly #type: "rate" | "spike";

  constructor(name: string, type: "rate" | "spike") {
    super({ name });
    this.#type = type;
  }

  override get type(): "rate" | "spike" {
    return this.#type;
  }

  override analyse(): NeuronModel {
    const output = { name: "r", kind: "variable", locality: "local", type: "float" } as const;
    return {
      name: `neuron "${this.name}"`,
      type: this.#type,
      sources: [],
      attributes: [{ ...output, init: 0, span: null }],
      updates: [],
      random: [],
      constants: [],
      functions: new Map(),
      targets: [],
      readsAllTargets: false,
      reductions: [],
      spike: null,
      reset: [],
      axonSpike: null,
      axonReset: [],
      refractory: null,
      stop: null,
    };
  }
}
