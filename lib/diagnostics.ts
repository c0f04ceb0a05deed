import { dataHints, dataSentences, type DataProblems } from "./sentences/data.js";
import { modelHints, modelSentences, type ModelProblems } from "./sentences/models.js";
import { networkHints, networkSentences, type NetworkProblems } from "./sentences/networks.js";
import { replicaHints, replicaSentences, type ReplicaProblems } from "./sentences/replicas.js";
import { textHints, textSentences, type TextProblems } from "./sentences/texts.js";
import type { Hints, Sentences } from "./sentences/words.js";
import { position, type Span } from "./source.js";

/**
 * Everything that can be wrong with what a user wrote: a stable code, and the facts of the case. The sentences stand in
 * the tables of lib/sentences and nowhere else.
 */
export interface Problems
  extends TextProblems, ModelProblems, DataProblems, NetworkProblems, ReplicaProblems {}

/** The stable name of a problem. */
export type Code = keyof Problems;

const sentences: Sentences<Problems> = {
  ...textSentences,
  ...modelSentences,
  ...dataSentences,
  ...networkSentences,
  ...replicaSentences,
};

const hints: Hints<Problems> = {
  ...textHints,
  ...modelHints,
  ...dataHints,
  ...networkHints,
  ...replicaHints,
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
