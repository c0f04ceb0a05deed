import { describe, expect, it } from "vitest";

import { slice } from "../../../lib/array/slices.js";
import { select, type ViewSpec } from "../../../lib/network/ranks.js";

const ranks = (spec: ViewSpec, geometry: readonly number[]): number[] =>
  Array.from(select(spec, geometry, "pop").ranks);

describe("neurons are selected", () => {
  it.each<[string, ViewSpec, readonly number[], number[]]>([
    ["by rank", 3, [10], [3]],
    ["by rank from the end", -1, [10], [9]],
    ["by rank also in two dimensions", 7, [3, 4], [7]],
    ["by a rank in text", "3", [10], [3]],
    ["by a list, in its order, with repetitions", [3, 1, 1, -2], [10], [3, 1, 1, 8]],
    ["by typed ranks", Int32Array.of(2, 0), [10], [2, 0]],
    ["by a range", ":4", [10], [0, 1, 2, 3]],
    ["by a range with a step", "1:8:3", [10], [1, 4, 7]],
    ["by a range from the end", "-3:", [10], [7, 8, 9]],
    ["by a range that reaches too far", "8:99", [10], [8, 9]],
    ["by a range of ranks in two dimensions", "10:", [3, 4], [10, 11]],
    ["by a slice", slice(2, 4), [10], [2, 3]],
    ["by an index and a range", "1, :", [3, 4], [4, 5, 6, 7]],
    ["by two ranges", "1:, ::2", [3, 4], [4, 6, 8, 10]],
    ["by indices from the end", "-1, -2:", [3, 4], [10, 11]],
    ["by a list with a slice", [0, slice(1, 3)], [3, 4], [1, 2]],
    ["by a mask", [true, false, true], [3], [0, 2]],
    [
      "by a mask of the geometry",
      [
        [true, false],
        [false, true],
      ],
      [2, 2],
      [0, 3],
    ],
    ["by a flat mask", [false, true, true, false], [2, 2], [1, 2]],
  ])("%s", (_, spec, geometry, expected) => {
    expect(ranks(spec, geometry)).toEqual(expected);
  });

  it("with a geometry where there is one", () => {
    expect(select("1:, ::2", [3, 4], "pop").geometry).toEqual([2, 2]);
    expect(select("1, :", [3, 4], "pop").geometry).toEqual([1, 4]);
    expect(select(":4", [10], "pop").geometry).toEqual([4]);
    expect(select([1, 2], [10], "pop").geometry).toBeNull();
  });
});

describe("a selection fails", () => {
  it.each<[string, ViewSpec, readonly number[]]>([
    ["NO_SUCH_RANK", 10, [10]],
    ["NO_SUCH_RANK", -11, [10]],
    ["NO_SUCH_RANK", [0, 10], [10]],
    ["NO_SUCH_RANK", 1.5, [10]],
    ["NO_SUCH_NEURON", "3, :", [3, 4]],
    ["VIEW_DIMENSIONS", "1, 2, 3", [3, 4]],
    ["VIEW_DIMENSIONS", "1:, 2", [10]],
    ["EMPTY_VIEW", "5:5", [10]],
    ["EMPTY_VIEW", [], [10]],
    ["EMPTY_VIEW", [false, false], [2]],
    ["BACKWARD_VIEW", "::-1", [10]],
    ["INVALID_VIEW", [true, false], [3]],
    ["INVALID_SLICE", "a:b", [10]],
  ])("with %s for %j of %j", (code, spec, geometry) => {
    expect(() => select(spec, geometry, "pop")).toThrow(expect.objectContaining({ code }));
  });
});
