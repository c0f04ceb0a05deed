import { NDArray } from "../array/ndarray.js";
import { problem } from "../errors.js";
import { checkSeed, freshSeed, RandomGenerator, type RandomSource } from "./generator.js";
import { binomial, standardGamma } from "./samplers.js";

/** Names of the distributions for the engine. */
export type DistributionKind =
  "uniform" | "discreteUniform" | "normal" | "logNormal" | "exponential" | "gamma" | "binomial";

/** Option that all distributions have. */
export interface Seeded {
  /** Draw from a generator of its own with this seed, which continues from use to use. Default: the generator of the network. */
  readonly seed?: number;
}

/** Bounds to which drawn values are clamped. Default: open. */
export interface Bounded extends Seeded {
  readonly min?: number;
  readonly max?: number;
}

/** Base of all distributions: a value that says how numbers are to be drawn. */
export abstract class RandomDistribution {
  readonly kind: DistributionKind;
  /** Positional parameters, as given. */
  readonly parameters: readonly number[];
  /** Bounds of drawn values; ±Infinity where open. */
  readonly min: number;
  readonly max: number;
  /** Null: drawn from the generator of the network in which it is used. */
  readonly seed: number | null;
  #own: RandomGenerator | null;

  protected constructor(kind: DistributionKind, parameters: readonly number[], options: Bounded) {
    this.kind = kind;
    this.parameters = parameters;
    this.min = options.min ?? -Infinity;
    this.max = options.max ?? Infinity;
    this.seed = options.seed ?? null;
    parameters.forEach((value) => this.require(Number.isFinite(value), "finite parameters"));
    this.require(this.min <= this.max, "min <= max");
    if (this.seed !== null) checkSeed(this.seed);
    this.#own = this.seed === null ? null : new RandomGenerator(this.seed);
  }

  /** Draw one number before bounds are applied. */
  protected abstract sample(source: RandomSource): number;

  /** Letter that stands for the distribution in formulas. */
  protected abstract readonly symbol: string;

  /** Draw `n` numbers: from the own generator when there is a seed, else from `source`. */
  draw(n: number, source: RandomSource): Float64Array {
    const from = this.seed === null ? source : this.#generator();
    const values = new Float64Array(n);
    for (let i = 0; i < n; i++) {
      values[i] = Math.min(this.max, Math.max(this.min, this.sample(from)));
    }
    return values;
  }

  /** Draw an array of this shape. Without a seed the numbers differ from process to process. */
  getValues(shape: number | readonly number[]): NDArray<Float64Array> {
    const dimensions = typeof shape === "number" ? [shape] : shape;
    const size = dimensions.reduce((product, length) => product * length, 1);
    return new NDArray(this.draw(size, this.#generator()), dimensions);
  }

  /** Draw `n` numbers. */
  getListValues(n: number): number[] {
    return Array.from(this.draw(n, this.#generator()));
  }

  /** Draw one number. */
  getValue(): number {
    return this.draw(1, this.#generator())[0]!;
  }

  /** Write the distribution as in papers: `\mathcal{N}(0, 1)`. */
  latex(): string {
    return `${this.symbol}(${this.parameters.join(", ")})`;
  }

  /** List the names that distributions have in equations. */
  keywords(): string[] {
    return Object.keys(DISTRIBUTIONS);
  }

  toString(): string {
    const bounds = [
      this.min === -Infinity ? [] : [`min: ${this.min}`],
      this.max === Infinity ? [] : [`max: ${this.max}`],
      this.seed === null ? [] : [`seed: ${this.seed}`],
    ].flat();
    const options = bounds.length === 0 ? [] : [`{ ${bounds.join(", ")} }`];
    return `${this.constructor.name}(${[...this.parameters, ...options].join(", ")})`;
  }

  protected require(condition: boolean, rule: string): void {
    if (!condition) {
      throw problem("INVALID_DISTRIBUTION", {
        distribution: this.constructor.name,
        parameters: this.parameters,
        rule,
      });
    }
  }

  #generator(): RandomGenerator {
    this.#own ??= new RandomGenerator(freshSeed());
    return this.#own;
  }
}

/** Real numbers in [min, max), all equally likely. */
export class Uniform extends RandomDistribution {
  protected readonly symbol = "\\mathcal{U}";

  /** @throws {SimulatorError} INVALID_DISTRIBUTION when min >= max. */
  constructor(min: number, max: number, options: Seeded = {}) {
    super("uniform", [min, max], options);
    this.require(min < max, "min < max");
  }

  protected sample(source: RandomSource): number {
    const [min, max] = this.parameters as readonly [number, number];
    return min + (max - min) * source.random();
  }
}

/** Integers from min to max, both included, all equally likely. */
export class DiscreteUniform extends RandomDistribution {
  protected readonly symbol = "\\mathcal{U}";

  /** @throws {SimulatorError} INVALID_DISTRIBUTION when min >= max or one is not an integer. */
  constructor(min: number, max: number, options: Seeded = {}) {
    super("discreteUniform", [min, max], options);
    this.require(
      Number.isInteger(min) && Number.isInteger(max) && min < max,
      "integers, min < max",
    );
  }

  protected sample(source: RandomSource): number {
    const [min, max] = this.parameters as readonly [number, number];
    return min + Math.floor((max - min + 1) * source.random());
  }
}

/** Normal distribution with mean mu and standard deviation sigma. */
export class Normal extends RandomDistribution {
  protected readonly symbol = "\\mathcal{N}";

  /** @throws {SimulatorError} INVALID_DISTRIBUTION when sigma < 0. */
  constructor(mu: number, sigma: number, options: Bounded = {}) {
    super("normal", [mu, sigma], options);
    this.require(sigma >= 0, "sigma >= 0");
  }

  protected sample(source: RandomSource): number {
    const [mu, sigma] = this.parameters as readonly [number, number];
    return mu + sigma * source.normal();
  }
}

/** Numbers whose logarithm is normal with mean mu and standard deviation sigma. */
export class LogNormal extends RandomDistribution {
  protected readonly symbol = "\\ln\\mathcal{N}";

  /** @throws {SimulatorError} INVALID_DISTRIBUTION when sigma < 0. */
  constructor(mu: number, sigma: number, options: Bounded = {}) {
    super("logNormal", [mu, sigma], options);
    this.require(sigma >= 0, "sigma >= 0");
  }

  protected sample(source: RandomSource): number {
    const [mu, sigma] = this.parameters as readonly [number, number];
    return Math.exp(mu + sigma * source.normal());
  }
}

/** Exponential distribution. Of host values `Lambda` is the mean; inside equations it is the rate. */
export class Exponential extends RandomDistribution {
  protected readonly symbol = "\\mathcal{E}";

  /** @throws {SimulatorError} INVALID_DISTRIBUTION when Lambda < 0. */
  constructor(Lambda: number, options: Bounded = {}) {
    super("exponential", [Lambda], options);
    this.require(Lambda >= 0, "Lambda >= 0");
  }

  protected sample(source: RandomSource): number {
    const [mean] = this.parameters as readonly [number];
    return -mean * Math.log(1 - source.random());
  }
}

/** Gamma distribution with shape alpha and scale beta (default 1). */
export class Gamma extends RandomDistribution {
  protected readonly symbol = "\\Gamma";

  /** @throws {SimulatorError} INVALID_DISTRIBUTION when alpha <= 0 or beta < 0. */
  constructor(alpha: number, beta = 1, options: Bounded = {}) {
    super("gamma", [alpha, beta], options);
    this.require(alpha > 0 && beta >= 0, "alpha > 0, beta >= 0");
  }

  protected sample(source: RandomSource): number {
    const [alpha, beta] = this.parameters as readonly [number, number];
    return beta * standardGamma(source, alpha);
  }
}

/** Number of successes in n trials, each of probability p. */
export class Binomial extends RandomDistribution {
  protected readonly symbol = "\\mathcal{B}";

  /** @throws {SimulatorError} INVALID_DISTRIBUTION when n is not a whole number >= 0 or p is not in [0, 1]. */
  constructor(n: number, p: number, options: Bounded = {}) {
    super("binomial", [n, p], options);
    this.require(Number.isInteger(n) && n >= 0 && p >= 0 && p <= 1, "n >= 0, 0 <= p <= 1");
  }

  protected sample(source: RandomSource): number {
    const [n, p] = this.parameters as readonly [number, number];
    return binomial(source, n, p);
  }
}

/** The distributions under the names they have in equations. */
export const DISTRIBUTIONS = {
  Uniform,
  DiscreteUniform,
  Normal,
  LogNormal,
  Exponential,
  Gamma,
  Binomial,
} as const;
