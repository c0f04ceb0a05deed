import { describe, expect, it } from "vitest";

import { RandomGenerator, Stream } from "../../../lib/random/generator.js";

describe("a generator", () => {
  it("gives the same numbers for the same seed, and again after reset", () => {
    const a = new RandomGenerator(42);
    const b = new RandomGenerator(42);
    const first = a.random(10);
    expect(b.random(10)).toEqual(first);
    expect(a.random(10)).not.toEqual(first);
    a.reset();
    expect(a.random(10)).toEqual(first);
    expect(new RandomGenerator(43).random(10)).not.toEqual(first);
  });

  it("draws one number as it draws many", () => {
    const a = new RandomGenerator(1);
    const b = new RandomGenerator(1);
    expect([a.random(), a.random(), a.random()]).toEqual(Array.from(b.random(3)));
  });

  it("draws numbers in [0, 1) with mean 1/2 and variance 1/12", () => {
    const values = new RandomGenerator(3).random(100_000);
    const mean = values.reduce((sum, x) => sum + x, 0) / values.length;
    const variance = values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / values.length;
    expect(values.every((x) => x >= 0 && x < 1)).toBe(true);
    // Five standard errors: 5 · sqrt(1/12) / sqrt(1e5) = 0.0046.
    expect(Math.abs(mean - 0.5)).toBeLessThan(0.0046);
    expect(Math.abs(variance - 1 / 12)).toBeLessThan(0.0012);
  });

  it("draws integers without the upper end", () => {
    const values = new RandomGenerator(3).integers(-2, 3, 1000);
    expect([...new Set(values)].sort((a, b) => a - b)).toEqual([-2, -1, 0, 1, 2]);
  });

  it("chooses without replacement", () => {
    const values = Float64Array.from([10, 11, 12, 13, 14]);
    const chosen = new RandomGenerator(3).choice(values, 5);
    expect(chosen).not.toEqual(Array.from(values));
    expect(chosen.toSorted((a, b) => a - b)).toEqual(Array.from(values));
    expect(new RandomGenerator(3).choice([1, 2], 0)).toEqual([]);
  });

  it("refuses what it cannot do", () => {
    const rng = new RandomGenerator(0);
    for (const seed of [-1, 1.5, 2 ** 32, NaN]) {
      expect(() => new RandomGenerator(seed)).toThrow(
        expect.objectContaining({ code: "INVALID_SEED" }),
      );
    }
    expect(() => rng.integers(3, 3)).toThrow(expect.objectContaining({ code: "INVALID_RANGE" }));
    expect(() => rng.choice([1], 2)).toThrow(expect.objectContaining({ code: "TOO_MANY_CHOICES" }));
  });
});

describe("streams", () => {
  it("of different number, key or purpose share no words", () => {
    const words = [
      new Stream([1, 0], 0, 1),
      new Stream([1, 0], 1, 1),
      new Stream([1, 1], 0, 1),
      new Stream([1, 0], 0, 2),
    ].flatMap((stream) => Array.from({ length: 8 }, () => stream.word()));
    expect(new Set(words).size).toBe(words.length);
  });
});
