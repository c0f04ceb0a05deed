/** Maps values to pixels; linear. */
export type Scale = (value: number) => number;

/** Make the scale that maps the ends of a range to two pixels; a range of a single value is mapped to the first. */
export function linearScale(
  [from, to]: readonly [number, number],
  [start, end]: readonly [number, number],
): Scale {
  const factor = (end - start) / (to - from || 1);
  return (value) => start + (value - from) * factor;
}

/**
 * About `count` round values inside a range, a step of 1, 2 or 5 times a power of ten apart
 * (Heckbert, "Nice numbers for graph labels", Graphics Gems, 1990).
 */
export function ticks(
  [from, to]: readonly [number, number],
  count: number,
  whole = false,
): number[] {
  const step = Math.max(niceStep((to - from) / Math.max(1, count)), whole ? 1 : 0);
  if (!(step > 0) || !Number.isFinite(step)) return [from];
  // Multiples are counted in whole numbers, so that 0.1 + 0.2 is drawn as 0.3.
  const first = Math.ceil(from / step - 1e-9);
  const last = Math.floor(to / step + 1e-9);
  return Array.from({ length: last - first + 1 }, (_, i) => (first + i) * step);
}

/** The number of the form 1, 2 or 5 times a power of ten nearest to a positive one; 0 for 0. */
export function niceStep(rough: number): number {
  if (!(rough > 0)) return 0;
  const power = 10 ** Math.floor(Math.log10(rough));
  const fraction = rough / power;
  if (fraction < 1.5) return power;
  if (fraction < 3.5) return 2 * power;
  return fraction < 7.5 ? 5 * power : 10 * power;
}

/** Texts for ticks: as many decimals as the step between them needs, a real minus sign, powers of ten for the very large and small. */
export function tickTexts(values: readonly number[]): string[] {
  const step = values.length > 1 ? Math.abs(values[1]! - values[0]!) : Math.abs(values[0] ?? 1);
  const largest = Math.max(...values.map(Math.abs), 0);
  if (largest >= 1e6 || (largest > 0 && largest < 1e-3)) {
    return values.map((value) => (value === 0 ? "0" : minus(shortExponent(value))));
  }
  const decimals = Math.max(0, -Math.floor(Math.log10(step || 1) + 1e-9));
  return values.map((value) => minus(value.toFixed(decimals)));
}

/** `1.5e6` instead of `1.5e+6`. */
function shortExponent(value: number): string {
  return Number(value.toPrecision(6)).toExponential().replace("e+", "e");
}

function minus(text: string): string {
  return text.replace(/-/g, "\u2212");
}

/** Smallest and largest of the numbers in some arrays; null without any. */
export function extent(...columns: readonly ArrayLike<number>[]): [number, number] | null {
  let low = Infinity;
  let high = -Infinity;
  for (const column of columns) {
    for (let i = 0; i < column.length; i++) {
      const value = column[i]!;
      // NaN fails both comparisons; infinities have no place on an axis.
      if (value < low && value !== -Infinity) low = value;
      if (value > high && value !== Infinity) high = value;
    }
  }
  return low > high ? null : [low, high];
}

/** A range with some air at both ends, so that extremes do not lie on the frame; a single value gets a range around it. */
export function padded(range: readonly [number, number] | null, share = 0.05): [number, number] {
  if (range === null) return [0, 1];
  const [low, high] = range;
  const air = (high - low) * share || Math.abs(high) * share || 1;
  return [low - air, high + air];
}
