import { describe, expect, it } from "vitest";

import { escapeXml, textWidth } from "../../../lib/plot/text.js";

describe("escapeXml", () => {
  it("keeps the user's text from being markup", () => {
    expect(escapeXml(`a < b & "c" > d`)).toBe("a &lt; b &amp; &quot;c&quot; &gt; d");
  });

  it("drops characters that XML forbids", () => {
    expect(escapeXml("a\u0000b\u001bc\nd")).toBe("abc\nd");
  });
});

describe("textWidth", () => {
  it("adds the widths of the letters", () => {
    expect(textWidth("ii", 100)).toBeLessThan(textWidth("W", 100));
    expect(textWidth("000", 12)).toBeCloseTo(3 * textWidth("0", 12), 10);
  });

  it("knows no letter narrower than nothing", () => {
    expect(textWidth("τ−µ", 10)).toBeGreaterThan(15);
    expect(textWidth("\n", 10)).toBeGreaterThan(0);
  });
});
