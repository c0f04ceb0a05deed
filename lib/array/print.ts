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
  const texts = formatColumn(shown, array.kind);
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

/** Put items on lines of at most LINE characters, each after the first indented by the brackets that are open. */
function wrap(items: readonly string[], depth: number): string {
  const lines: string[] = [];
  let line = "";
  for (const item of items) {
    const next = line === "" ? item : `${line} ${item}`;
    if (line !== "" && next.length + depth > LINE - 1) {
      lines.push(line);
      line = item;
    } else line = next;
  }
  lines.push(line);
  return `[${lines.join(`\n${" ".repeat(depth)}`)}]`;
}

function formatColumn(values: readonly number[], kind: Printable["kind"]): string[] {
  const texts =
    kind === "boolean"
      ? values.map((value) => (value === 0 ? "False" : "True"))
      : kind === "integer"
        ? values.map(String)
        : formatReals(values);
  const width = Math.max(...texts.map((text) => text.length));
  return texts.map((text) => text.padStart(width));
}

function formatReals(values: readonly number[]): string[] {
  const sizes = values.filter((value) => Number.isFinite(value) && value !== 0).map(Math.abs);
  const largest = Math.max(...sizes);
  const smallest = Math.min(...sizes);
  const scientific =
    sizes.length > 0 && (largest >= 1e8 || smallest < 1e-4 || largest / smallest > 1000);
  return scientific ? formatScientific(values) : formatFixed(values);
}

function formatFixed(values: readonly number[]): string[] {
  const texts = values.map((value) =>
    Number.isFinite(value) ? trim(value.toFixed(DIGITS)) : special(value),
  );
  const decimals = Math.max(...texts.map(decimalsOf));
  return texts.map((text) =>
    text.includes(".") ? text + " ".repeat(decimals - decimalsOf(text)) : text,
  );
}

/** Number of digits behind the point. */
function decimalsOf(text: string): number {
  return text.includes(".") ? text.length - 1 - text.indexOf(".") : 0;
}

function formatScientific(values: readonly number[]): string[] {
  const decimals = Math.max(
    ...values.filter(Number.isFinite).map((value) => {
      const [mantissa = ""] = value.toExponential(DIGITS).split("e");
      return decimalsOf(trim(mantissa));
    }),
  );
  return values.map((value) => {
    if (!Number.isFinite(value)) return special(value);
    const [mantissa = "", exponent = ""] = value.toExponential(decimals).split("e");
    const point = decimals === 0 ? "." : "";
    const digits = exponent.slice(1).padStart(2, "0");
    return `${mantissa}${point}e${exponent.startsWith("-") ? "-" : "+"}${digits}`;
  });
}

/** Drop trailing zeros and keep the point: `1.500` → `1.5`, `2.000` → `2.` */
function trim(text: string): string {
  return text.replace(/0+$/, "");
}

function special(value: number): string {
  return Number.isNaN(value) ? "nan" : value > 0 ? "inf" : "-inf";
}
