import { describe, expect, it } from "vitest";

import {
  Binomial,
  DiscreteUniform,
  Exponential,
  Gamma,
  LogNormal,
  Normal,
  Uniform,
  type RandomDistribution,
} from "../../../lib/random/distribution.js";
import { RandomGenerator } from "../../../lib/random/generator.js";

const COUNT = 100_000;

function moments(values: Float64Array): { mean: number; variance: number } {
  const mean = values.reduce((sum, x) => sum + x, 0) / values.length;
  const variance = values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / values.length;
  return { mean, variance };
}

describe("distributions", () => {
  // Means and variances of the textbooks; e.g. Johnson, Kotz & Balakrishnan, "Continuous univariate distributions".
  it.each<[RandomDistribution, number, number]>([
    [new Uniform(-1, 3), 1, 16 / 12],
    [new DiscreteUniform(1, 6), 3.5, 35 / 12],
    [new Normal(2, 3), 2, 9],
    [new LogNormal(0, 0.5), Math.exp(0.125), (Math.exp(0.25) - 1) * Math.exp(0.25)],
    [new Exponential(4), 4, 16],
    [new Gamma(2.5, 2), 5, 10],
    [new Gamma(0.5), 0.5, 0.5],
    [new Binomial(10, 0.3), 3, 2.1],
    [new Binomial(1000, 0.9), 900, 90],
  ])("%s has its mean and variance", (distribution, mean, variance) => {
    const drawn = moments(distribution.draw(COUNT, new RandomGenerator(5)));
    // Five standard errors of the mean; 5 % of the variance, more than five of its standard errors in these cases.
    expect(Math.abs(drawn.mean - mean)).toBeLessThan(5 * Math.sqrt(variance / COUNT));
    expect(Math.abs(drawn.variance / variance - 1)).toBeLessThan(0.05);
  });

  it("draw within their range", () => {
    const source = new RandomGenerator(1);
    const uniform = new Uniform(2, 3).draw(1000, source);
    expect(uniform.every((x) => x >= 2 && x < 3)).toBe(true);
    const dice = new DiscreteUniform(1, 6).draw(1000, source);
    expect([...new Set(dice)].sort()).toEqual([1, 2, 3, 4, 5, 6]);
    const heads = new Binomial(3, 0.5).draw(1000, source);
    expect([...new Set(heads)].sort()).toEqual([0, 1, 2, 3]);
  });

  it("clamp to their bounds", () => {
    const values = new Normal(0, 1, { min: -0.5, max: 0.25 }).draw(1000, new RandomGenerator(1));
    expect(Math.min(...values)).toBe(-0.5);
    expect(Math.max(...values)).toBe(0.25);
  });

  it("with a seed draw from a generator of their own, which continues from use to use", () => {
    const source = new RandomGenerator(1);
    const a = new Uniform(0, 1, { seed: 9 });
    const b = new Uniform(0, 1, { seed: 9 });
    const both = [...a.draw(3, source), ...a.draw(3, source)];
    expect(Array.from(b.draw(6, new RandomGenerator(2)))).toEqual(both);
    expect(b.getListValues(2)).toEqual(a.getListValues(2));
  });

  it("give arrays, lists and numbers", () => {
    const distribution = new Uniform(0, 1, { seed: 1 });
    expect(distribution.getValues([2, 3]).shape).toEqual([2, 3]);
    expect(distribution.getValues(4).shape).toEqual([4]);
    expect(distribution.getListValues(5)).toHaveLength(5);
    expect(typeof distribution.getValue()).toBe("number");
  });

  it("write themselves", () => {
    expect(new Normal(0, 1).latex()).toBe("\\mathcal{N}(0, 1)");
    expect(String(new Normal(0, 1, { min: -1, seed: 3 }))).toBe(
      "Normal(0, 1, { min: -1, seed: 3 })",
    );
    expect(new Uniform(0, 1).keywords()).toContain("Binomial");
  });

  it.each<[string, () => RandomDistribution]>([
    ["Uniform", () => new Uniform(1, 1)],
    ["DiscreteUniform", () => new DiscreteUniform(0.5, 2)],
    ["Normal", () => new Normal(0, -1)],
    ["Normal", () => new Normal(NaN, 1)],
    ["LogNormal", () => new LogNormal(0, -1)],
    ["Exponential", () => new Exponential(-1)],
    ["Gamma", () => new Gamma(0)],
    ["Binomial", () => new Binomial(3, 1.5)],
    ["Normal", () => new Normal(0, 1, { min: 2, max: 1 })],
  ])("refuse parameters that make no %s", (distribution, make) => {
    expect(make).toThrow(
      expect.objectContaining({
        code: "INVALID_DISTRIBUTION",
        details: expect.objectContaining({ distribution }),
      }),
    );
  });
});
