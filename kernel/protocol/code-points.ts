/**
 * Positions in messages count Unicode code points (protocol 5.2); JavaScript strings count UTF-16 units.
 * A position behind the end of the text means the end.
 */

/** UTF-16 offset of a position in code points. */
export function utf16Offset(text: string, codePoints: number): number {
  let offset = 0;
  for (let left = codePoints; left > 0 && offset < text.length; left--) {
    offset += width(text, offset);
  }
  return offset;
}

/** Position in code points of a UTF-16 offset; inside a surrogate pair, that behind the pair. */
export function codePointOffset(text: string, utf16: number): number {
  let count = 0;
  for (let offset = 0; offset < utf16 && offset < text.length; offset += width(text, offset)) {
    count += 1;
  }
  return count;
}

function width(text: string, offset: number): 1 | 2 {
  return text.codePointAt(offset)! > 0xffff ? 2 : 1;
}
