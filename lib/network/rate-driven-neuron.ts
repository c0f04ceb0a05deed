import { analyseNeuron } from "../model/neuron.js";
import type { NeuronModel } from "../model/types.js";
import { analysisContext } from "./analysis-context.js";
import { Neuron } from "./neuron.js";
import type { NetworkState } from "./state.js";

/** A spiking neuron whose equations read `sum(target)`: it is driven by rate-coded neurons. */
export class RateDrivenNeuron extends Neuron {
  override analyse(state: NetworkState): NeuronModel {
    return analyseNeuron(this.options, { ...analysisContext(state), rateInputs: true });
  }
}
