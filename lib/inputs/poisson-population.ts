import type { ArrayInput } from "../array/input.js";
import type { NDArray } from "../array/ndarray.js";
import { problem } from "../errors.js";
import type { Geometry } from "../network/geometry.js";
import { again } from "../network/internals.js";
import { Neuron } from "../network/neuron.js";
import { RateDrivenNeuron } from "../network/rate-driven-neuron.js";
import { withLocalParameter, type ModelParameters } from "../network/parameters.js";
import { Population } from "../network/population.js";
import type { ValueInput } from "../network/values.js";

/** What a population of Poisson neurons is made of. */
export interface PoissonOptions {
  readonly geometry: Geometry;
  readonly name?: string;
  /** Rates [Hz]: a number, an array of the shape of the geometry, or an equation such as `10.0 * (1.0 + sin(t / 100.0))`. */
  readonly rates?: number | ArrayInput | string;
  /** Target of rate-coded projections whose weighted sum is the rate [Hz], instead of `rates`. */
  readonly target?: string;
  /** Parameters that an equation for the rates may use. */
  readonly parameters?: ModelParameters;
  /** Refractory period. [ms] Default: none. */
  readonly refractory?: number;
}

/**
 * Neurons that spike at random with given rates: in every step with the probability rate · dt / 1000, independently of each
 * other and of the past.
 *
 * @example const noise = net.create(new PoissonPopulation({ geometry: 100, rates: 30.0 }));
 */
export class PoissonPopulation extends Population {
  readonly #options: PoissonOptions;

  /** @throws {SimulatorError} NO_RATES, INVALID_GEOMETRY; {EquationError} when the equation for the rates has a mistake. */
  constructor(options: PoissonOptions) {
    const { rates, target, geometry, name } = options;
    if (rates === undefined && target === undefined) {
      throw problem("NO_RATES", { input: "PoissonPopulation", options: "rates or target" });
    }
    super({ geometry, neuron: poissonNeuron(options), ...(name === undefined ? {} : { name }) });
    this.#options = options;
    if (rates !== undefined && typeof rates !== "string") this.rates = rates;
  }

  /** @internal */
  override [again](): PoissonPopulation {
    return new PoissonPopulation({ ...this.#options, name: this.name });
  }

  /** Rates of the neurons [Hz], of the shape of the geometry. To be assigned unless an equation or a target gives them. */
  get rates(): number | NDArray {
    return this.get("rates");
  }

  set rates(rates: ValueInput) {
    this.set({ rates });
  }
}

/** A neuron that spikes when a uniform random number, of the range of rates that a step can follow, is below its rate. */
function poissonNeuron(options: PoissonOptions): Neuron {
  const { rates, target = "", parameters = "", refractory } = options;
  const given = rates !== undefined && typeof rates !== "string";
  const equation = rates === undefined ? `sum(${target})` : rates;
  const texts = {
    name: "PoissonPopulation",
    parameters: given ? withLocalParameter(parameters, "rates", 0) : parameters,
    equations: [
      ...(typeof equation === "string" ? [`rates = ${equation}`] : []),
      "p = Uniform(0.0, 1.0) * 1000.0 / dt",
    ],
    spike: "p < rates",
    ...(refractory === undefined ? {} : { refractory }),
  };
  return rates === undefined ? new RateDrivenNeuron(texts) : new Neuron(texts);
}
