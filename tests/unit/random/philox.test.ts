import { describe, expect, it } from "vitest";

import { drawKey, philox, word } from "../../../lib/random/philox.js";

const hex = (words: Uint32Array): string =>
  Array.from(words, (w) => w.toString(16).padStart(8, "0")).join(" ");

describe("philox", () => {
  // Known answers of the authors' library, Random123: philox4x32-10.
  it.each([
    [[0, 0], [0, 0, 0, 0], "6627e8d5 e169c58d bc57ac4c 9b00dbd8"],
    [
      [0xffffffff, 0xffffffff],
      [0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff],
      "408f276d 41c83b0e a20bc7c6 6d5451fd",
    ],
    [
      [0xa4093822, 0x299f31d0],
      [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344],
      "d16cfe09 94fdcceb 5001e420 24126ea1",
    ],
  ] as const)("gives the published words for key %j", (key, counter, expected) => {
    expect(hex(philox(key, counter))).toBe(expected);
  });

  it("spreads the elements of a block over the words of 16 counters", () => {
    const key = drawKey(7, 3, 2);
    expect(key).toEqual([7, 770]);
    const step = 5;
    for (const [element, lane, place] of [
      [0, 0, 0],
      [15, 15, 0],
      [16, 0, 1],
      [63, 15, 3],
      [64, 16, 0],
      [130, 34, 0],
    ] as const) {
      expect(word(key, step, element)).toBe(philox(key, [lane, step, 0, 0])[place]);
    }
  });

  it("counts steps beyond 32 bits", () => {
    const key = drawKey(1, 0, 0);
    expect(word(key, 2 ** 32 + 3, 0)).toBe(philox(key, [0, 3, 1, 0])[0]);
  });
});
