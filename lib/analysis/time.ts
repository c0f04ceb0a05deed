/** How a time between two steps is brought to a whole number of steps. */
export type Rounding = "floor" | "ceil" | "even";

/**
 * Convert a time to whole steps. A quotient within 1e-9 of a whole number is that number, so that 0.3 ms at 0.1 ms are
 * 3 steps; else it is rounded as asked (`even`: to the nearest, halves to the even one).
 *
 * @param duration - [ms]
 * @param dt - [ms]
 */
export function toSteps(duration: number, dt: number, rounding: Rounding): number {
  const quotient = duration / dt;
  const nearest = Math.round(quotient);
  if (Math.abs(quotient - nearest) < 1e-9 * Math.max(1, Math.abs(quotient))) return nearest;
  switch (rounding) {
    case "floor":
      return Math.floor(quotient);
    case "ceil":
      return Math.ceil(quotient);
    case "even":
      return Math.abs(quotient % 1) === 0.5 ? 2 * Math.round(quotient / 2) : nearest;
  }
}
