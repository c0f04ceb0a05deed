/**
 * A cell as TypeScript sees it: everything that is not TypeScript replaced by spaces, so that every offset of the
 * cell is the same offset here. Lines end in a single line feed afterwards, whatever they ended in before.
 *
 * A magic (`%name arguments` alone on a line, `%%name` at the top) is blanked as a whole; on the line of `cursor`
 * its arguments stay, because they are expressions that are completed and explained like code.
 *
 * A line that begins with `%` can also be the second half of a remainder, `total\n  % count`: a magic's name follows
 * its sign at once, as a formatted operator's operand does not.
 */
export function toTypeScript(code: string, cursor = -1): string {
  return code
    .replace(/[\r\u2028\u2029]/g, (end, at: number) =>
      end === "\r" && code[at + 1] !== "\n" ? "\n" : " ",
    )
    .replace(/^([ \t]*%%?[A-Za-z_]\w*)(.*)$/gm, (line, magic: string, rest: string, at: number) => {
      const inside = cursor > at + magic.length && cursor <= at + line.length;
      return blank(magic) + (inside ? rest : blank(rest));
    });
}

function blank(text: string): string {
  return " ".repeat(text.length);
}

/** A place in a document, both counted from 0; characters are UTF-16 code units. */
export interface Position {
  readonly line: number;
  readonly character: number;
}

/** The place of an offset in a text whose lines end in line feeds. */
export function positionAt(text: string, offset: number): Position {
  const start = text.lastIndexOf("\n", offset - 1) + 1;
  let line = 0;
  for (let at = text.indexOf("\n"); at >= 0 && at < start; at = text.indexOf("\n", at + 1)) line++;
  return { line, character: offset - start };
}

/** The offset of a place, at most the length of the text. */
export function offsetAt(text: string, { line, character }: Position): number {
  let start = 0;
  for (let n = 0; n < line; n++) {
    const end = text.indexOf("\n", start);
    if (end < 0) return text.length;
    start = end + 1;
  }
  return Math.min(start + character, text.length);
}

/** The start of the name that ends at an offset; the offset itself if no name does. */
export function nameStart(text: string, offset: number): number {
  const name = /(?:[\p{ID_Continue}$\u200c\u200d]|#)+$/u.exec(text.slice(0, offset));
  return name === null ? offset : offset - name[0].length;
}

/** The end of the callee in whose argument list an offset lies, such as that of `f` in `f(1, |)`; null outside of one. */
export function calleeEnd(text: string, offset: number): number | null {
  let depth = 0;
  for (let at = offset - 1; at >= 0; at--) {
    const character = text[at]!;
    if (")]}".includes(character)) depth++;
    else if ("([{".includes(character) && depth-- === 0 && character === "(") {
      const callee = text.slice(0, at).trimEnd().length;
      return nameStart(text, callee) < callee ? callee : null;
    }
    if (depth < 0) depth = 0;
  }
  return null;
}
