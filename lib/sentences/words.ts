/** The sentence of each problem of a table. */
export type Sentences<P> = { readonly [C in keyof P]: (problem: P[C]) => string };

/** What stands behind the caret, or after the sentence: the way out, where one is known. */
export type Hints<P> = { readonly [C in keyof P]?: (problem: P[C]) => string | null };

/** A text of the user, in quotes. */
export function quote(text: string): string {
  return JSON.stringify(text);
}

/** The hint of a name that was probably meant. */
export function didYouMean(name: string | null): string | null {
  return name === null ? null : `did you mean ${quote(name)}?`;
}
