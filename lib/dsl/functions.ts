/** Random distributions that equations may draw from. Positional parameters, all of them given. */
export const distributions = {
  Uniform: { parameters: ["min", "max"], c: "na_draw_uniform" },
  DiscreteUniform: { parameters: ["min", "max"], c: "na_draw_discrete_uniform" },
  Normal: { parameters: ["mu", "sigma"], c: "na_draw_normal" },
  LogNormal: { parameters: ["mu", "sigma"], c: "na_draw_lognormal" },
  /** `lambda` is a rate: the mean is 1/lambda. */
  Exponential: { parameters: ["lambda"], c: "na_draw_exponential" },
  /** Shape alpha, scale beta. */
  Gamma: { parameters: ["alpha", "beta"], c: "na_draw_gamma" },
  Binomial: { parameters: ["n", "p"], c: "na_draw_binomial" },
} as const satisfies Record<string, { parameters: readonly string[]; c: string }>;

export type DistributionName = keyof typeof distributions;

export function isDistribution(name: string): name is DistributionName {
  return Object.hasOwn(distributions, name);
}
