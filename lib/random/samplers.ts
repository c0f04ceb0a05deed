import type { RandomSource } from "./generator.js";

/**
 * Draw from the gamma distribution with shape `alpha` and scale 1.
 *
 * Source: Marsaglia & Tsang (2000), "A simple method for generating gamma variables"; below shape 1 by the identity
 * Γ(α) = Γ(α + 1) · U^(1/α).
 */
export function standardGamma(source: RandomSource, alpha: number): number {
  if (alpha < 1) {
    const boost = Math.pow(1 - source.random(), 1 / alpha);
    return standardGamma(source, alpha + 1) * boost;
  }
  const d = alpha - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = source.normal();
    const v = Math.pow(1 + c * x, 3);
    if (v <= 0) continue;
    const u = 1 - source.random();
    if (Math.log(u) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v;
  }
}

/** Trials up to which a binomial number is drawn trial by trial. */
const DIRECT_TRIALS = 32;

/**
 * Draw the number of successes in `n` trials of probability `p`.
 *
 * Large n are halved by the order statistic of the middle trial until few trials are left.
 * Source: Devroye (1986), "Non-uniform random variate generation", §X.4.
 */
export function binomial(source: RandomSource, n: number, p: number): number {
  let successes = 0;
  let trials = n;
  let probability = p;
  while (trials > DIRECT_TRIALS) {
    // The i-th smallest of `trials` uniform numbers is beta distributed (i, trials + 1 − i).
    const i = Math.floor((trials + 1) / 2);
    const a = standardGamma(source, i);
    const middle = a / (a + standardGamma(source, trials + 1 - i));
    if (middle <= probability) {
      successes += i;
      trials -= i;
      probability = (probability - middle) / (1 - middle);
    } else {
      trials = i - 1;
      probability /= middle;
    }
  }
  for (let trial = 0; trial < trials; trial++) if (source.random() < probability) successes += 1;
  return successes;
}
