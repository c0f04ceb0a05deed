/** A text the user wrote, with the name it has in messages: `neuron "LIF", equations`. */
export interface Source {
  readonly name: string;
  readonly text: string;
}

/** A half-open range of offsets (UTF-16 code units) in a source. */
export interface Span {
  readonly source: Source;
  readonly start: number;
  readonly end: number;
}

/** Place of an offset, counted from 1 as editors do. */
export function position(source: Source, offset: number): { line: number; column: number } {
  const before = source.text.slice(0, offset).split("\n");
  return { line: before.length, column: before[before.length - 1]!.length + 1 };
}

/** The smallest span that covers both. */
export function cover(a: Span, b: Span): Span {
  return { source: a.source, start: Math.min(a.start, b.start), end: Math.max(a.end, b.end) };
}
