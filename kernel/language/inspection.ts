import { calleeEnd } from "./cell-text.js";
import type { OpenCell } from "./completions.js";
import { fence, hoverMarkdown, plainText } from "./presentation.js";

/** What is known about a name: signature, documentation and, if asked for, the text that defines it. */
export interface Inspection {
  readonly markdown: string;
  /** The same without markup. */
  readonly text: string;
}

/**
 * Explain the name at an offset of a cell, or the function whose arguments surround it; null if there is nothing to
 * say. `detail` 1 adds the text that defines the name.
 */
export async function findInspection(
  { client, path, code, shift }: OpenCell,
  offset: number,
  detail: 0 | 1,
  signal: AbortSignal,
): Promise<Inspection | null> {
  for (const place of [offset, calleeEnd(code, offset)]) {
    if (place === null) continue;
    const hover = await client.hover(path, shift + place, signal);
    // Of a name that does not exist the servers say that it could be anything.
    if (hover === null || hoverMarkdown(hover) === fence("any")) continue;
    const definition = detail === 1 ? await client.definition(path, shift + place, signal) : null;
    const parts = [hoverMarkdown(hover), ...(definition === null ? [] : [fence(definition)])];
    const markdown = parts.join("\n\n");
    return { markdown, text: plainText(markdown) };
  }
  return null;
}
