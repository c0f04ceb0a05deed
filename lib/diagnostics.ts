import { position, type Span } from "./source.js";

/**
 * Everything that can be wrong with what a user wrote: a stable code, and the facts of the case.
 * The sentence for each code stands in `sentences` below and nowhere else.
 */
export interface Problems {
  // Equations (lib/dsl, lib/model, lib/solve)
  UNKNOWN_NAME: { name: string; model: string; nearest: string | null };
  // Analysis and figures (lib/analysis, lib/plot)
  BIN_BELOW_STEP: { bins: number; dt: number };
  NOT_DRAWABLE: { call: string; expected: string };
  NOT_RECORDED: { monitor: string; variable: string; variables: readonly string[] };
  COLUMN_OUT_OF_RANGE: { call: string; column: number; columns: number };
  EMPTY_TIME_RANGE: { call: string; from: number; to: number };
  // Networks (lib/network)
  NOT_COMPILED: { call: string };
  // Arrays and random numbers (lib/array, lib/random)
  INVALID_SEED: { seed: string };
  INVALID_RANGE: { call: string; min: number; max: number };
  TOO_MANY_CHOICES: { wanted: number; available: number };
  INVALID_DISTRIBUTION: { distribution: string; parameters: readonly number[]; rule: string };
  INVALID_SLICE: { text: string };
  INVALID_INDEX: { index: string; shape: readonly number[] };
  INVALID_SHAPE: { shape: readonly number[]; size: number };
  INVALID_ARRAY: { what: string };
  RAGGED_ARRAY: Record<never, never>;
}

export type Code = keyof Problems;

const sentences: { readonly [C in Code]: (problem: Problems[C]) => string } = {
  UNKNOWN_NAME: ({ name, model }) => `unknown name ${quote(name)} in ${model}`,
  NOT_COMPILED: ({ call }) => `${call}(): the network is not compiled yet, call compile() first`,
  BIN_BELOW_STEP: ({ bins, dt }) => `bins of ${bins} ms are narrower than a step of ${dt} ms`,
  NOT_DRAWABLE: ({ call, expected }) => `${call}(): cannot draw this value, give ${expected}`,
  NOT_RECORDED: ({ monitor, variable, variables }) =>
    `monitor ${quote(monitor)} does not record ${quote(variable)}, it records ${variables.map(quote).join(", ")}`,
  COLUMN_OUT_OF_RANGE: ({ call, column, columns }) =>
    `${call}(): there is no neuron ${column} in data of ${columns} neuron(s)`,
  EMPTY_TIME_RANGE: ({ call, from, to }) =>
    `${call}(): the range from ${from} ms to ${to} ms is empty`,
  // Arrays and random numbers (lib/array, lib/random)
  INVALID_SEED: ({ seed }) => `seed: ${seed} is not a whole number from 0 to 4294967295`,
  INVALID_RANGE: ({ call, min, max }) =>
    `${call}(): ${min} to ${max} is not a range of whole numbers`,
  TOO_MANY_CHOICES: ({ wanted, available }) =>
    `choice(): cannot draw ${wanted} of ${available} values without replacement`,
  INVALID_DISTRIBUTION: ({ distribution, parameters, rule }) =>
    `${distribution}(${parameters.join(", ")}): must have ${rule}`,
  INVALID_SLICE: ({ text }) =>
    `${quote(text)} is not an index or a range, write for example "3", "1:5" or "::2"`,
  INVALID_INDEX: ({ index, shape }) =>
    `no element ${quote(index)} in an array of shape (${shape.join(", ")})`,
  INVALID_SHAPE: ({ shape, size }) => `${size} values cannot have the shape (${shape.join(", ")})`,
  INVALID_ARRAY: ({ what }) => `not an array of numbers: ${what}`,
  RAGGED_ARRAY: () => "the rows of an array must have one length",
};

/** What stands behind the caret: the way out, where one is known. */
const hints: { readonly [C in Code]?: (problem: Problems[C]) => string | null } = {
  UNKNOWN_NAME: ({ nearest }) => (nearest === null ? null : `did you mean ${quote(nearest)}?`),
};

/** One mistake, with its place when it came from a text. */
export interface Diagnostic<C extends Code = Code> {
  readonly code: C;
  readonly problem: Problems[C];
  readonly span: Span | null;
}

/** The sentence of a problem, without place. */
export function sentence<C extends Code>(code: C, problem: Problems[C]): string {
  return sentences[code](problem);
}

/** The sentence, and under it the line of the text with a caret and the hint. */
export function render<C extends Code>(diagnostic: Diagnostic<C>): string {
  const { code, problem, span } = diagnostic;
  const text = sentence(code, problem);
  const hint = hints[code]?.(problem) ?? null;
  if (span === null) return hint === null ? text : `${text}; ${hint}`;
  return `${text}\n${caretFrame(span, hint)}`;
}

/**
 * ```
 *   1 | tau * dv/dt = -v / tua + g_exc
 *     |                    ^^^ did you mean "tau"?
 * ```
 */
function caretFrame(span: Span, hint: string | null): string {
  const { line, column } = position(span.source, span.start);
  const text = span.source.text.split("\n")[line - 1] ?? "";
  const width = Math.max(1, Math.min(span.end - span.start, text.length - column + 1));
  const gutter = String(line);
  const underline = `${" ".repeat(column - 1)}${"^".repeat(width)}${hint === null ? "" : ` ${hint}`}`;
  return `  ${gutter} | ${text}\n  ${" ".repeat(gutter.length)} | ${underline}`;
}

function quote(text: string): string {
  return JSON.stringify(text);
}

/** The candidate with the smallest edit distance, if it is near enough to be a slip of the pen. */
export function nearest(name: string, candidates: Iterable<string>): string | null {
  let best: string | null = null;
  let bestDistance = Math.max(1, Math.floor(name.length / 3)) + 1;
  for (const candidate of candidates) {
    const distance = editDistance(name.toLowerCase(), candidate.toLowerCase());
    if (distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

/** Damerau–Levenshtein distance, optimal string alignment: a transposition counts one. */
function editDistance(a: string, b: string): number {
  const rows: number[][] = Array.from({ length: a.length + 1 }, (_, i) => [i]);
  for (let j = 0; j <= b.length; j++) rows[0]![j] = j;
  for (let i = 1; i <= a.length; i++) {
    for (let j = 1; j <= b.length; j++) {
      const change = a[i - 1] === b[j - 1] ? 0 : 1;
      let least = Math.min(
        rows[i - 1]![j]! + 1,
        rows[i]![j - 1]! + 1,
        rows[i - 1]![j - 1]! + change,
      );
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        least = Math.min(least, rows[i - 2]![j - 2]! + 1);
      }
      rows[i]![j] = least;
    }
  }
  return rows[a.length]![b.length]!;
}
