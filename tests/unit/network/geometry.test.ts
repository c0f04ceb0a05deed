import fc from "fast-check";
import { describe, expect, it } from "vitest";

import {
  coordinatesOf,
  dimensionsOf,
  normalized,
  rankOf,
  sizeOf,
} from "../../../lib/network/geometry.js";

describe("a geometry", () => {
  it("is a number or a list of numbers", () => {
    expect(dimensionsOf(5)).toEqual([5]);
    expect(dimensionsOf(5.9)).toEqual([5]);
    expect(dimensionsOf([2, 3])).toEqual([2, 3]);
  });

  it.each([0, -1, NaN, "10", [], [2, 0], [2.5], null])("is not %j", (geometry) => {
    const given = JSON.parse(JSON.stringify([geometry]))[0];
    expect(() => dimensionsOf(given)).toThrow(
      expect.objectContaining({ code: "INVALID_GEOMETRY" }),
    );
  });

  it("counts ranks row by row", () => {
    expect(rankOf([2, 3, 4], [1, 2, 3])).toBe(23);
    expect(coordinatesOf([2, 3, 4], 23)).toEqual([1, 2, 3]);
    expect(coordinatesOf([2, 3], 5)).toEqual([1, 2]);
  });

  it("turns every rank into coordinates and back", () => {
    const dimensions = fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(dimensions, fc.nat(), (geometry, n) => {
        const rank = n % sizeOf(geometry);
        expect(rankOf(geometry, coordinatesOf(geometry, rank)!)).toBe(rank);
      }),
    );
  });

  it("has nothing outside", () => {
    expect(rankOf([2, 3], [2, 0])).toBeNull();
    expect(rankOf([2, 3], [-1, 0])).toBeNull();
    expect(rankOf([2, 3], [1])).toBeNull();
    expect(coordinatesOf([2, 3], 6)).toBeNull();
    expect(coordinatesOf([2, 3], 0.5)).toBeNull();
  });

  it("is brought to the unit cube, a dimension of one neuron to 0", () => {
    expect(normalized([3, 1], [1, 0], 1)).toEqual([0.5, 0]);
    expect(normalized([3, 5], [2, 1], 2)).toEqual([2, 0.5]);
  });
});
