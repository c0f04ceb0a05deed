import type { NeuronOptions } from "../model/definition.js";
import { analyseNeuron } from "../model/neuron.js";
import type { NeuronModel } from "../model/types.js";
import { analysisContext } from "./analysis-context.js";
import type { AttributesOf } from "./inference.js";
import type { NetworkState } from "./state.js";
import { unowned } from "./unowned.js";

/**
 * A neuron model, given by its equations.
 *
 * Nothing is analysed before a population is made of it; one definition may serve any number of populations.
 *
 * @example
 * const LIF = new Neuron({
 *   parameters: "tau = 20.0 : population",
 *   equations: "tau * dv/dt = -v + g_exc",
 *   spike: "v > 1.0",
 *   reset: "v = 0.0",
 *   refractory: 5.0,
 * });
 */
export class Neuron<
  const O extends NeuronOptions = NeuronOptions,
  A extends string = NeuronOptions extends O ? string : AttributesOf<O>,
> {
  readonly options: O;

  constructor(options: O) {
    this.options = options;
  }

  /** Name in messages. Default: by the type. */
  get name(): string {
    return this.options.name ?? (this.type === "spike" ? "Spiking neuron" : "Rate-coded neuron");
  }

  get description(): string {
    return this.options.description ?? "";
  }

  get type(): "rate" | "spike" {
    return this.options.spike === undefined ? "rate" : "spike";
  }

  /**
   * Names of parameters and variables, in the order of declaration.
   *
   * @throws {EquationError} when the equations have a mistake.
   */
  get attributes(): readonly A[] {
    return this.analyse(unowned).attributes.map(({ name }) => name as A);
  }

  /** @internal What the model means in a network. @throws {EquationError} when a text has a mistake. */
  analyse(state: NetworkState): NeuronModel {
    return analyseNeuron(this.options, analysisContext(state));
  }
}

/** Names of the attributes of a model of neurons or synapses, as far as the types know them. */
export type NamesOf<M> = M extends { readonly attributes: readonly (infer A extends string)[] }
  ? A
  : never;
