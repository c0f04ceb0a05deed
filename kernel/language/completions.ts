import { nameStart } from "./cell-text.js";
import type { LanguageClient, ServerCompletion } from "./language-client.js";
import { declarationText, kindOf, type CompletionKind } from "./presentation.js";

/** One thing that could stand at the cursor. */
export interface Completion {
  /** What replaces the text between `start` and `end` of the answer. */
  readonly text: string;
  readonly kind: CompletionKind;
  /** Its declaration, such as `(method) Map<string, number>.clear(): void`; empty if unknown. */
  readonly type: string;
}

/** Completions, best first, all for the same stretch of the cell: UTF-16 offsets, `end` exclusive. */
export interface Completions {
  readonly matches: readonly Completion[];
  readonly start: number;
  readonly end: number;
}

/** A cell as the language server has it before it: `shift` characters stand before its code. */
export interface OpenCell {
  readonly client: LanguageClient;
  readonly path: string;
  readonly code: string;
  readonly shift: number;
}

/** Declarations are asked for one by one: more than a user reads are left out. */
const MAX_DECLARATIONS = 60;
const KEYWORD = 14;

/** Complete the name that ends at an offset of a cell. */
export async function findCompletions(
  cell: OpenCell,
  offset: number,
  signal: AbortSignal,
): Promise<Completions> {
  const { client, path, code, shift } = cell;
  const word = nameStart(code, offset);
  const offered = (await client.complete(path, shift + offset, signal)).map((item) => ({
    ...item,
    start: item.start === null ? word : item.start - shift,
  }));
  // One stretch of text for all: `.name` after a value that may be undefined is replaced together with its dot.
  const start = offered.some((item) => item.start === word) ? word : (offered[0]?.start ?? word);
  const fitting = rank(
    offered.filter((item) => item.start === start),
    code.slice(word, offset),
  );
  const matches = fitting.map(async (item, index): Promise<Completion> => {
    const known = index < MAX_DECLARATIONS && item.kind !== KEYWORD;
    const detail = known ? await client.detail(item, signal) : null;
    const declaration = detail === null ? "" : declarationText(detail);
    return { text: item.text, kind: kindOf(item.kind, declaration), type: declaration };
  });
  return { matches: await Promise.all(matches), start, end: offset };
}

/** Those that begin with what is typed, in either case, the exact ones first; within, nearest scope first. */
function rank<T extends ServerCompletion>(items: readonly T[], typed: string): T[] {
  const lower = typed.toLowerCase();
  const misspelt = (item: T): number => (item.label.startsWith(typed) ? 0 : 1);
  return items
    .filter(({ label }) => label.toLowerCase().startsWith(lower))
    .sort((a, b) => misspelt(a) - misspelt(b) || order(a.rank, b.rank) || order(a.label, b.label));
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
