/**
 * Keys of the reference that mean nothing to this engine, which decides these things itself: their values are checked, and
 * they have no effect, with one warning.
 */
export interface IgnoredConfig {
  visibleCores: readonly number[];
  paradigm: "openmp" | "cuda";
  onlyIntIdxType: boolean;
  showTime: boolean;
  traceCalls: "init" | "simulate" | "both" | null;
  debug: boolean;
  disableParallelRng: boolean;
  useSeedSeq: boolean;
  useCppConnectors: boolean;
  disableSplitMatrix: boolean;
  disableSIMDSpMV: boolean;
  disableSIMDEq: boolean;
  disableBitmask: boolean;
  disableSharedLibraryTimeOffset: boolean;
}

/** What a key can be. */
export interface Key {
  readonly expected: string;
  readonly accepts: (value: unknown) => boolean;
}

/** A key that is true or false. */
export const flag: Key = {
  expected: "true or false",
  accepts: (value) => typeof value === "boolean",
};

/** A key that is one of some words. */
export function oneOf(...words: readonly string[]): Key {
  return { expected: words.join(" or "), accepts: (value) => words.includes(String(value)) };
}

/** What each of them can be. */
export const ignoredKeys: { readonly [K in keyof IgnoredConfig]: Key } = {
  visibleCores: {
    expected: "a list of numbers of cores",
    accepts: (value) =>
      Array.isArray(value) && value.every((core) => Number.isInteger(core) && Number(core) >= 0),
  },
  // There is no engine for graphics cards: this must not look as if there were.
  paradigm: oneOf("openmp"),
  onlyIntIdxType: flag,
  showTime: flag,
  traceCalls: {
    expected: "init or simulate or both or null",
    accepts: (value) => value === null || oneOf("init", "simulate", "both").accepts(value),
  },
  debug: flag,
  disableParallelRng: flag,
  useSeedSeq: flag,
  useCppConnectors: flag,
  disableSplitMatrix: flag,
  disableSIMDSpMV: flag,
  disableSIMDEq: flag,
  disableBitmask: flag,
  disableSharedLibraryTimeOffset: flag,
};
