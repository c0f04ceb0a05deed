/** Steps of a time (network-api §0.3): the nearest whole step within 1e-9, else what the operation says. */
export function steps(time: number, dt: number, operation: (x: number) => number): number {
  const quotient = time / dt;
  const nearest = Math.round(quotient);
  const close = Math.abs(quotient - nearest) < 1e-9 * Math.max(1, Math.abs(quotient));
  return close ? nearest : operation(quotient);
}

/** Round to the nearest whole number, halves to the even one. */
export function halfToEven(x: number): number {
  const below = Math.floor(x);
  const rest = x - below;
  if (rest !== 0.5) return rest < 0.5 ? below : below + 1;
  return below % 2 === 0 ? below : below + 1;
}
