/**
 * Special functions that JavaScript lacks, for the reference evaluator and for constant parameters. They are
 * written for agreement with a good C library, not for speed.
 */

/** Error function, 2/√π ∫₀ˣ exp(−s²) ds. Source: Abramowitz and Stegun, 7.1.6. */
export function erf(x: number): number {
  if (Number.isNaN(x)) return NaN;
  if (Math.abs(x) > 2) return Math.sign(x) * (1 - erfcPositive(Math.abs(x)));
  return erfSeries(x);
}

/** Complementary error function, 1 − erf(x), without cancellation for large x. */
export function erfc(x: number): number {
  if (Number.isNaN(x)) return NaN;
  if (x < 0.5) return 1 - erf(x);
  return erfcPositive(x);
}

/** 2/√π exp(−x²) Σ 2ⁿ x²ⁿ⁺¹ / (1·3·…·(2n+1)): all terms have one sign, so nothing cancels. */
function erfSeries(x: number): number {
  let term = x;
  let sum = x;
  for (let n = 1; Math.abs(term) > Math.abs(sum) * 1e-17; n++) {
    term *= (2 * x * x) / (2 * n + 1);
    sum += term;
  }
  return (2 / Math.sqrt(Math.PI)) * expOfMinusSquare(x) * sum;
}

/**
 * For x ≥ 0.5: the trapezoidal rule for exp(−x²)/π ∫ exp(−s²) x/(x² + s²) ds, which converges geometrically, with
 * the term for the poles at ±ix that the step passes. Source: Chiarella and Reichel 1968, Math. Comp. 22, 137.
 */
function erfcPositive(x: number): number {
  if (x > 27) return 0;
  const step = 0.5;
  let sum = 1 / (x * x);
  for (let k = 1; k <= 13; k++) {
    const s = k * step;
    sum += (2 * Math.exp(-s * s)) / (x * x + s * s);
  }
  const value = ((step * x) / Math.PI) * expOfMinusSquare(x) * sum;
  return x < Math.PI / step ? value - 2 / Math.expm1((2 * Math.PI * x) / step) : value;
}

/** exp(−x²) with the rounding error of the square put back. */
function expOfMinusSquare(x: number): number {
  const head = Math.fround(x);
  return Math.exp(-head * head) * Math.exp(-(x - head) * (x + head));
}

/** Gamma function. Source: Lanczos 1964, SIAM J. Numer. Anal. 1, 86; good to about 15 digits. */
export function gamma(x: number): number {
  if (x > 172) return Infinity;
  if (Number.isInteger(x)) {
    if (x <= 0) return x === 0 ? 1 / x : NaN;
    return factorial(x - 1);
  }
  if (x < 0.5) return Math.PI / (sineOfTurn(x) * gamma(1 - x));
  const g = 607 / 128;
  let series = lanczos[0]!;
  for (let k = 1; k < lanczos.length; k++) series += lanczos[k]! / (x - 1 + k);
  const base = x - 0.5 + g;
  // The power in two halves: it overflows before the result does.
  const half = base ** ((x - 0.5) / 2);
  return Math.sqrt(2 * Math.PI) * half * Math.exp(-base) * half * series;
}

/** sin(πx), with the whole turns taken off before they cost digits. */
function sineOfTurn(x: number): number {
  const whole = Math.round(x);
  const sine = Math.sin(Math.PI * (x - whole));
  return whole % 2 === 0 ? sine : -sine;
}

function factorial(n: number): number {
  let product = 1;
  for (let k = 2; k <= n; k++) product *= k;
  return product;
}

/** Coefficients for g = 607/128, as computed by P. Godfrey (2001). */
const lanczos: readonly number[] = [
  0.99999999999999709182, 57.156235665862923517, -59.597960355475491248, 14.136097974741747174,
  -0.49191381609762019978, 0.33994649984811888699e-4, 0.46523628927048575665e-4,
  -0.98374475304879564677e-4, 0.15808870322491248884e-3, -0.21026444172410488319e-3,
  0.2174396181152126432e-3, -0.16431810653676389022e-3, 0.84418223983852743293e-4,
  -0.2619083840158140867e-4, 0.36899182659531622704e-5,
];
