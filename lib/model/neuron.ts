import { InternalError } from "../errors.js";
import type { NeuronOptions } from "./definition.js";
import type { Method, NeuronModel } from "./types.js";

/** What a definition may refer to beyond itself. */
export interface AnalysisContext {
  /** Names of the constants of the network. */
  readonly constants: Iterable<string>;
  /** Method of equations that name none. Default `explicit`. */
  readonly method?: Method;
}

/**
 * Turn the definition of a neuron into a typed model.
 *
 * @throws {EquationError} with every mistake of the definition; the code is that of the first.
 */
export function analyseNeuron(definition: NeuronOptions, context: AnalysisContext): NeuronModel {
  throw new InternalError(`analyseNeuron is being written ${definition.name ?? ""} ${context.method ?? ""}`);
}
