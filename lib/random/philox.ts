/**
 * Philox4x32-10: random numbers as a function of a key and a counter.
 *
 * Source: Salmon, Moraes, Dror, Shaw (2011), "Parallel random numbers: as easy as 1, 2, 3", SC'11.
 * Bit-equal to `native/include/kernel_random.h`.
 */

const MULTIPLIER_0 = 0xd2511f53;
const MULTIPLIER_1 = 0xcd9e8d57;
const WEYL_0 = 0x9e3779b9;
const WEYL_1 = 0xbb67ae85;
const ROUNDS = 10;

/** Elements that share one row of counters, as in the engine. */
const BLOCK = 64;
const LANES = 16;

/** Two 32-bit words that choose a sequence. */
export type Key = readonly [number, number];
/** Four 32-bit words that choose a place in it. */
export type Counter = readonly [number, number, number, number];

/** Compute the four 32-bit words of a key and a counter. All numbers are taken modulo 2³². */
export function philox(key: Key, counter: Counter, words = new Uint32Array(4)): Uint32Array {
  let k0 = key[0];
  let k1 = key[1];
  let c0 = counter[0];
  let c1 = counter[1];
  let c2 = counter[2];
  let c3 = counter[3];
  for (let round = 0; round < ROUNDS; round++) {
    const high0 = multiplyHigh(MULTIPLIER_0, c0);
    const high1 = multiplyHigh(MULTIPLIER_1, c2);
    const low0 = Math.imul(MULTIPLIER_0, c0);
    const low1 = Math.imul(MULTIPLIER_1, c2);
    c0 = high1 ^ c1 ^ k0;
    c2 = high0 ^ c3 ^ k1;
    c1 = low1;
    c3 = low0;
    k0 = (k0 + WEYL_0) | 0;
    k1 = (k1 + WEYL_1) | 0;
  }
  words[0] = c0;
  words[1] = c1;
  words[2] = c2;
  words[3] = c3;
  return words;
}

/** Upper 32 bits of the unsigned product, by halves, whose products and sums stay below 2³². */
function multiplyHigh(a: number, b: number): number {
  const aHigh = a >>> 16;
  const aLow = a & 0xffff;
  const bHigh = b >>> 16;
  const bLow = b & 0xffff;
  const middle = aHigh * bLow + ((aLow * bLow) >>> 16);
  const carry = aLow * bHigh + (middle & 0xffff);
  return (aHigh * bHigh + (middle >>> 16) + (carry >>> 16)) | 0;
}

/** What a sequence of random words is for. Fourth word of the counter, so that no two uses share a word. */
export const PURPOSE = {
  /** Draws inside equations, by the engine. */
  equations: 0,
  /** Values of attributes given as distributions. */
  values: 0x76616c73,
  /** `net.rng` and distributions with a seed of their own. */
  generator: 0x67656e72,
} as const;

/**
 * The random word of one element in one step, as the engine draws it.
 *
 * Key (seed, object · 256 + draw), counter (16 · block + lane, step, step / 2³², purpose): element i of a block of 64 takes
 * word i / 16 of lane i mod 16, which lets the engine compute 16 lanes at once.
 */
export function word(
  key: Key,
  step: number,
  element: number,
  purpose: number = PURPOSE.equations,
): number {
  const block = Math.floor(element / BLOCK);
  const place = element % BLOCK;
  const counter: Counter = [
    block * LANES + (place % LANES),
    step,
    Math.floor(step / 0x1_0000_0000),
    purpose,
  ];
  return philox(key, counter)[Math.floor(place / LANES)]!;
}

/** The key of a draw: `object` numbers the populations, `draw` the draws of one of them. */
export function drawKey(seed: number, object: number, draw: number): Key {
  return [seed, object * 256 + draw];
}
