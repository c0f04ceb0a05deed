import { describe, expect, it } from "vitest";

import { codePointOffset, utf16Offset } from "../../../../kernel/protocol/code-points.js";

describe("positions in code points", () => {
  it.each([
    ["abc", 2, 2],
    ["🎉b", 1, 2],
    ["🎉🎉b", 2, 4],
    ["é🎉x", 3, 4],
    ["abc", 9, 3],
    ["", 0, 0],
  ])("%s: position %i is UTF-16 offset %i", (text, codePoints, utf16) => {
    expect(utf16Offset(text, codePoints)).toBe(utf16);
    expect(codePointOffset(text, utf16)).toBe(Math.min(codePoints, Array.from(text).length));
  });
});
