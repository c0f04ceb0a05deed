import { problem } from "../errors.js";
import { drawKey, philox, PURPOSE, type Key } from "./philox.js";

/** A source of random numbers, one after the other. */
export interface RandomSource {
  /** Draw a number from [0, 1). */
  random(): number;
  /** Draw a number from the standard normal distribution. */
  normal(): number;
}

/** One sequence of numbers: the words of a key, a stream and a purpose, in the order of the counter. */
export class Stream implements RandomSource {
  readonly #key: Key;
  readonly #stream: number;
  readonly #purpose: number;
  readonly #words = new Uint32Array(4);
  #counter = 0;
  #next = 4;
  #spare: number | null = null;

  constructor(key: Key, stream: number, purpose: number) {
    this.#key = key;
    this.#stream = stream;
    this.#purpose = purpose;
  }

  /** Draw the next 32-bit word. */
  word(): number {
    if (this.#next === 4) {
      const high = Math.floor(this.#counter / 0x1_0000_0000);
      philox(this.#key, [this.#counter, this.#stream, high, this.#purpose], this.#words);
      this.#counter += 1;
      this.#next = 0;
    }
    return this.#words[this.#next++]!;
  }

  /** Draw from [0, 1) with 53 random bits. */
  random(): number {
    const high = this.word() >>> 5;
    const low = this.word() >>> 6;
    return (high * 0x400_0000 + low) * 2 ** -53;
  }

  /**
   * Draw from the standard normal distribution: two numbers from two words, of which one is kept for the next call.
   *
   * Source: Box & Muller (1958), "A note on the generation of random normal deviates". A word w stands for (w + 1) 2⁻³², which
   * is never 0.
   */
  normal(): number {
    const spare = this.#spare;
    if (spare !== null) {
      this.#spare = null;
      return spare;
    }
    const radius = Math.sqrt(-2 * Math.log((this.word() + 1) * 2 ** -32));
    const angle = 2 * Math.PI * this.word() * 2 ** -32;
    this.#spare = radius * Math.sin(angle);
    return radius * Math.cos(angle);
  }
}

/** The stream from which the `use`-th distribution given to an attribute draws. */
export function valueStream(seed: number, object: number, attribute: number, use: number): Stream {
  return new Stream(drawKey(seed, object, attribute), use, PURPOSE.values);
}

/**
 * A generator of random numbers with a seed.
 *
 * The numbers are those of Philox4x32-10 and depend on the seed and on how many were drawn before, on nothing else.
 */
export class RandomGenerator implements RandomSource {
  readonly seed: number;
  #stream: Stream;

  /** @throws {SimulatorError} INVALID_SEED when the seed is not an integer in [0, 2³²). */
  constructor(seed: number) {
    checkSeed(seed);
    this.seed = seed;
    this.#stream = start(seed);
  }

  /** Draw from [0, 1): one number, or `n` of them. */
  random(): number;
  random(n: number): Float64Array;
  random(n?: number): number | Float64Array {
    if (n === undefined) return this.#stream.random();
    return fill(new Float64Array(n), () => this.#stream.random());
  }

  /** Draw integers from [min, max). */
  integers(min: number, max: number): number;
  integers(min: number, max: number, n: number): Int32Array;
  integers(min: number, max: number, n?: number): number | Int32Array {
    if (!(Number.isInteger(min) && Number.isInteger(max) && min < max)) {
      throw problem("INVALID_RANGE", { call: "integers", min, max });
    }
    const draw = (): number => min + Math.floor(this.#stream.random() * (max - min));
    return n === undefined ? draw() : fill(new Int32Array(n), draw);
  }

  /** Draw from the normal distribution with mean `mu` (default 0) and standard deviation `sigma` (default 1). */
  normal(mu?: number, sigma?: number): number;
  normal(mu: number, sigma: number, n: number): Float64Array;
  normal(mu = 0, sigma = 1, n?: number): number | Float64Array {
    const draw = (): number => mu + sigma * this.#stream.normal();
    return n === undefined ? draw() : fill(new Float64Array(n), draw);
  }

  /**
   * Draw `n` of the values without replacement, in random order.
   *
   * @throws {SimulatorError} TOO_MANY_CHOICES when there are fewer than `n` values.
   */
  choice(values: ArrayLike<number>, n: number): number[] {
    if (!(Number.isInteger(n) && n >= 0 && n <= values.length)) {
      throw problem("TOO_MANY_CHOICES", { wanted: n, available: values.length });
    }
    // The first n steps of a Fisher–Yates shuffle.
    const rest = Array.from(values);
    for (let i = 0; i < n; i++) {
      const j = i + Math.floor(this.#stream.random() * (rest.length - i));
      const taken = rest[j]!;
      rest[j] = rest[i]!;
      rest[i] = taken;
    }
    return rest.slice(0, n);
  }

  /** Start again with the first number. */
  reset(): void {
    this.#stream = start(this.seed);
  }
}

function start(seed: number): Stream {
  return new Stream([seed, 0], 0, PURPOSE.generator);
}

function fill<A extends Float64Array | Int32Array>(array: A, draw: () => number): A {
  for (let i = 0; i < array.length; i++) array[i] = draw();
  return array;
}

/** @throws {SimulatorError} INVALID_SEED when the seed is not an integer in [0, 2³²). */
export function checkSeed(seed: number): void {
  if (!(Number.isInteger(seed) && seed >= 0 && seed < 2 ** 32)) {
    throw problem("INVALID_SEED", { seed: String(seed) });
  }
}

/** Draw a seed that no run before had, from the random numbers of the operating system. */
export function freshSeed(): number {
  return crypto.getRandomValues(new Uint32Array(1))[0]!;
}
