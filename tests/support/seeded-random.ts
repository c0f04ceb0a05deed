/** Random numbers for tests: the same for the same seed, everywhere. */
export interface SeededRandom {
  /** An integer in [0, limit). */
  below(limit: number): number;
  bytes(count: number): Buffer;
}

/** Source: Marsaglia, "Xorshift RNGs", 2003; good enough to make test cases. */
export function seededRandom(seed: number): SeededRandom {
  let state = seed | 0 || 1;
  const next = (): number => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 0;
  };
  const below = (limit: number): number => next() % limit;
  return {
    below,
    bytes: (count) => Buffer.from(Array.from({ length: count }, () => below(256))),
  };
}
