/** Elements per axis shown at each end of a long array, and from how many elements on an array is long. */
const EDGE = 3;
const LONG = 1000;
const LINE = 75;
const DIGITS = 8;

/** What is needed of an array to print it. */
export interface Printable {
  readonly shape: readonly number[];
  readonly size: number;
  readonly kind: "real" | "integer" | "boolean";
  /** Whether its reals are of single precision. */
  readonly single: boolean;
  at(...index: number[]): number;
}

/** Write an array as NumPy prints it: columns aligned, long axes shortened. */
export function printArray(array: Printable): string {
  if (array.size === 0) return "[]";
  const shorten = array.size > LONG;
  const axes = array.shape.map((length) =>
    shorten && length > 2 * EDGE
      ? [...range(0, EDGE), null, ...range(length - EDGE, length)]
      : range(0, length),
  );
  const shown: number[] = [];
  walk(axes, (index) => shown.push(array.at(...index)));
  if (axes.length === 0 && array.kind === "real") return formatScalar(shown[0]!, array.single);
  const texts = formatColumn(shown, array);
  if (axes.length === 0) return texts[0]!.trim();
  let next = 0;
  const render = (axis: number): string => {
    if (axis === axes.length) return texts[next++]!;
    const items = axes[axis]!.map((i) => (i === null ? "..." : render(axis + 1)));
    if (axis === axes.length - 1) return wrap(items, axes.length);
    const gap = "\n".repeat(axes.length - axis - 1) + " ".repeat(axis + 1);
    return `[${items.join(gap)}]`;
  };
  return render(0);
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, i) => from + i);
}

function walk(
  axes: readonly (readonly (number | null)[])[],
  visit: (index: number[]) => void,
): void {
  const step = (index: number[]): void => {
    if (index.length === axes.length) visit(index);
    else for (const i of axes[index.length]!) if (i !== null) step([...index, i]);
  };
  step([]);
}

/** Put items on lines that leave room for all brackets in LINE characters, each indented by those that are open. */
function wrap(items: readonly string[], depth: number): string {
  const lines: string[] = [];
  let line = "";
  for (const item of items) {
    const next = line === "" ? item : `${line} ${item}`;
    if (line !== "" && next.length + 2 * depth > LINE) {
      lines.push(line.trimEnd());
      line = item;
    } else line = next;
  }
  lines.push(line);
  return `[${lines.join(`\n${" ".repeat(depth)}`)}]`;
}

function formatColumn(
  values: readonly number[],
  { kind, single }: Pick<Printable, "kind" | "single">,
): string[] {
  const texts =
    kind === "boolean"
      ? values.map((value) => (value === 0 ? "False" : " True"))
      : kind === "integer"
        ? values.map(String)
        : formatReals(values, single);
  const width = Math.max(...texts.map((text) => text.length));
  return texts.map((text) => text.padStart(width));
}

function formatReals(values: readonly number[], single: boolean): string[] {
  const sizes = values.filter((value) => Number.isFinite(value) && value !== 0).map(Math.abs);
  const largest = Math.max(...sizes);
  const smallest = Math.min(...sizes);
  const [least, most] = single ? [Math.fround(1e-4), 1e6] : [1e-4, 1e8];
  const scientific =
    sizes.length > 0 && (largest >= most || smallest < least || largest / smallest > 1000);
  const shortest = values.map((value) => (single ? shortestSingle(value) : value));
  return scientific ? formatScientific(values, shortest) : formatFixed(values, shortest);
}

/** A single number, which is not rounded: `0.1`, `2.0`, `1e-07`. */
function formatScalar(value: number, single: boolean): string {
  if (!Number.isFinite(value)) return special(value);
  const shortest = single ? shortestSingle(value) : value;
  const size = Math.abs(shortest);
  const tiny = size !== 0 && Math.abs(value) < 1e-4;
  const scientific = tiny || size >= (single ? 1e6 : 1e16);
  const text = signOf(shortest) + (scientific ? size.toExponential() : String(size));
  const [mantissa = "", exponent] = text.split("e");
  if (exponent === undefined) return mantissa.includes(".") ? mantissa : `${mantissa}.0`;
  return `${mantissa}e${exponent.charAt(0)}${exponent.slice(1).padStart(2, "0")}`;
}

/** The number of fewest digits that is nearest to the same number of single precision. */
function shortestSingle(value: number): number {
  if (!Number.isFinite(value) || value === 0) return value;
  for (let digits = 1; digits < 9; digits++) {
    const candidate = Math.sign(value) * Number(exponential(Math.abs(value), digits - 1).join("e"));
    if (Math.fround(candidate) === value) return candidate;
  }
  return Number(value.toPrecision(9));
}

function formatFixed(values: readonly number[], shortest: readonly number[]): string[] {
  const texts = values.map((value, i) =>
    Number.isFinite(value) ? fixed(value, shortest[i]!) : special(value),
  );
  const decimals = Math.max(...texts.map(decimalsOf));
  return texts.map((text) =>
    text.includes(".") ? text + " ".repeat(decimals - decimalsOf(text)) : text,
  );
}

/** The digits that tell a number from its neighbours, DIGITS behind the point at most: `0.1`, `2.` */
function fixed(value: number, shortest: number): string {
  const sign = signOf(value);
  const size = Math.abs(value);
  const digits = String(Math.abs(shortest));
  // Below 1e-6 there is an exponent; then more than DIGITS are behind the point.
  const short = !digits.includes("e") && decimalsOf(digits) <= DIGITS;
  if (short) return sign + (digits.includes(".") ? digits : `${digits}.`);
  return sign + trim(halfToEven(size.toFixed(DIGITS), size.toFixed(100)));
}

/** The sign that JavaScript does not write of a negative zero. */
function signOf(value: number): string {
  return value < 0 || Object.is(value, -0) ? "-" : "";
}

/** Number of digits behind the point. */
function decimalsOf(text: string): number {
  return text.includes(".") ? text.length - 1 - text.indexOf(".") : 0;
}

/** All with as many digits as the longest of the `shortest` needs; the others get more of their own, not zeros. */
function formatScientific(values: readonly number[], shortest: readonly number[]): string[] {
  const decimals = Math.max(
    ...shortest.filter(Number.isFinite).map((value) => {
      const [mantissa = ""] = value.toExponential(DIGITS).split("e");
      return decimalsOf(trim(mantissa));
    }),
  );
  return values.map((value) => {
    if (!Number.isFinite(value)) return special(value);
    const [mantissa = "", exponent = ""] = exponential(Math.abs(value), decimals);
    const point = decimals === 0 ? "." : "";
    const digits = exponent.slice(1).padStart(2, "0");
    return `${signOf(value)}${mantissa}${point}e${exponent.startsWith("-") ? "-" : "+"}${digits}`;
  });
}

function exponential(size: number, decimals: number): string[] {
  const [rounded = "", exponent = ""] = size.toExponential(decimals).split("e");
  const [exact = ""] = size.toExponential(100).split("e");
  return [halfToEven(rounded, exact), exponent];
}

/** Mend what was rounded up from the very middle of two: NumPy takes the even one. */
function halfToEven(rounded: string, exact: string): string {
  const isMiddle = /^\.?50*$/.test(exact.slice(rounded.length));
  const last = Number(rounded.slice(-1));
  return isMiddle && last % 2 === 1 ? rounded.slice(0, -1) + String(last - 1) : rounded;
}

/** Drop trailing zeros and keep the point: `1.500` → `1.5`, `2.000` → `2.` */
function trim(text: string): string {
  return text.replace(/0+$/, "");
}

function special(value: number): string {
  return Number.isNaN(value) ? "nan" : value > 0 ? "inf" : "-inf";
}
