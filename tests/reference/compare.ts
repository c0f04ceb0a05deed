import type { Tolerance } from "../golden-runner/schema.js";

/** Say where two nested lists of numbers differ first; null when they agree. */
export function differenceOf(
  where: string,
  wanted: unknown,
  got: unknown,
  tolerance: Tolerance,
): string | null {
  if (Array.isArray(wanted)) {
    if (!Array.isArray(got) || got.length !== wanted.length) {
      const found = Array.isArray(got) ? `${got.length}` : String(got);
      return `${where}: expected ${wanted.length} values, got ${found}`;
    }
    for (const [i, entry] of wanted.entries()) {
      const difference = differenceOf(`${where}[${i}]`, entry, got[i], tolerance);
      if (difference !== null) return difference;
    }
    return null;
  }
  const [a, b] = [Number(wanted ?? NaN), Number(got)];
  const { rel, abs } = tolerance;
  const close = Math.abs(a - b) <= abs + rel * Math.max(Math.abs(a), Math.abs(b));
  if (Object.is(a, b) || a === b || close) return null;
  return `${where}: expected ${String(wanted)}, got ${String(got)}`;
}
