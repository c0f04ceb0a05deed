import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { NDArray } from "../../../lib/array/ndarray.js";

const a = NDArray.from([
  [0, 1, 2, 3],
  [10, 11, 12, 13],
  [20, 21, 22, 23],
]);

const code = (code: string): unknown => expect.objectContaining({ code });

describe("an array", () => {
  it("knows its shape", () => {
    expect([a.shape, a.stride, a.size, a.dimension, a.kind]).toEqual([
      [3, 4],
      [4, 1],
      12,
      2,
      "real",
    ]);
  });

  it("is read and written by indices, also from the end", () => {
    const copy = NDArray.from(a);
    copy.set([-1, -2], 99);
    expect([copy.at(2, 2), a.at(2, 2), a.at(-3, 1)]).toEqual([99, 22, 1]);
    expect(() => a.at(3, 0)).toThrow(code("INVALID_INDEX"));
    expect(() => a.at(1)).toThrow(code("INVALID_INDEX"));
  });

  it.each([
    ["1", [10, 11, 12, 13]],
    ["-1, ::2", [20, 22]],
    [
      "1:, 1:3",
      [
        [11, 12],
        [21, 22],
      ],
    ],
    ["::-1, 0", [20, 10, 0]],
    [
      ":, ::-2",
      [
        [3, 1],
        [13, 11],
        [23, 21],
      ],
    ],
    ["5:", []],
    ["0:99, 3", [3, 13, 23]],
  ])("is sliced as by NumPy: %s", (spec, expected) => {
    expect(a.slice(spec).toArray()).toEqual(expected);
  });

  it("is sliced by any range as Python slices lists", () => {
    const bound = fc.option(fc.integer({ min: -9, max: 9 }));
    const step = fc.option(fc.integer({ min: -4, max: 4 }).filter((by) => by !== 0));
    fc.assert(
      fc.property(fc.nat(7), bound, bound, step, (length, start, stop, by) => {
        const values = NDArray.from(Int32Array.from({ length }, (_, i) => i));
        const text = (bound: number | null): string => (bound === null ? "" : String(bound));
        const spec = `${text(start)}:${text(stop)}:${text(by)}`;
        expect(values.slice(spec).toArray()).toEqual(pythonSlice(length, start, stop, by));
      }),
    );
  });

  it("slices to views of the same data", () => {
    const copy = NDArray.from(a);
    copy.slice("1:, 1:3").set([0, 0], -1);
    expect(copy.at(1, 1)).toBe(-1);
  });

  it.each(["a", "1:2:3:4", "", "1.5", "1, , 2", "1e0", "0x1", "1 2"])(
    "refuses the notation %j",
    (spec) => {
      expect(() => a.slice(spec)).toThrow(code("INVALID_SLICE"));
    },
  );

  it("refuses a step of 0 and more entries than axes", () => {
    expect(() => a.slice("::0")).toThrow(code("INVALID_SLICE"));
    expect(() => a.slice("0, 0, 0")).toThrow(code("INVALID_INDEX"));
  });

  it("is reshaped and transposed", () => {
    expect(a.reshape(2, -1).shape).toEqual([2, 6]);
    expect(a.transpose().at(3, 1)).toBe(13);
    expect(a.transpose().reshape(-1).toArray()).toEqual([
      0, 10, 20, 1, 11, 21, 2, 12, 22, 3, 13, 23,
    ]);
    expect(a.slice("1:").reshape(8).at(0)).toBe(10);
    expect(() => a.reshape(5, -1)).toThrow(code("INVALID_SHAPE"));
  });

  it("is summed up", () => {
    const b = a.slice("1:, ::3");
    expect([b.min(), b.max(), b.sum(), b.mean()]).toEqual([10, 23, 66, 16.5]);
    const nothing = new NDArray(new Float64Array(0), [0, 3]);
    expect([nothing.min(), nothing.max(), nothing.sum(), nothing.mean()]).toEqual([
      Infinity,
      -Infinity,
      0,
      NaN,
    ]);
    expect(NDArray.from([1, NaN, 2]).max()).toBeNaN();
  });

  it("is iterated along its first axis", () => {
    expect(Array.from(a, (row) => (typeof row === "number" ? row : row.at(1)))).toEqual([
      1, 11, 21,
    ]);
    expect([...NDArray.from([1, 2])]).toEqual([1, 2]);
  });

  it("of no axis has one element", () => {
    const element = a.slice("1, -1");
    expect([element.shape, element.size, element.at(), element.sum()]).toEqual([[], 1, 13, 13]);
  });

  it("keeps the kind of its elements in copies and views", () => {
    const whole = NDArray.from(Int32Array.of(1, 2, 3, 4)).reshape(2, 2);
    expect(whole.slice("::-1").flat()).toEqual(Int32Array.of(3, 4, 1, 2));
    const single = new NDArray(Float32Array.of(1, 2, 3, 4), [2, 2]);
    expect(single.transpose().flat()).toEqual(Float32Array.of(1, 3, 2, 4));
    const bools = NDArray.from([true, false]);
    expect([bools.kind, NDArray.from(bools.slice("::-1")).data]).toEqual([
      "boolean",
      Uint8Array.of(0, 1),
    ]);
  });

  it("copies in flat() and shares in reshape(), unless its elements lie apart", () => {
    const whole = NDArray.from([1, 2, 3, 4]);
    whole.flat()[0] = 9;
    expect(whole.at(0)).toBe(1);
    whole.reshape(2, 2).set([0, 0], 9);
    expect(whole.at(0)).toBe(9);
    whole.slice("::2").reshape(2, 1).set([0, 0], 5);
    expect(whole.at(0)).toBe(9);
  });

  it.each([[[5]], [[-1, -1]], [[0, -1]], [[-2, -6]], [[2.5, 4.8]]])("has no shape %j", (shape) => {
    expect(() => a.reshape(...shape)).toThrow(code("INVALID_SHAPE"));
  });

  it("must fit its data", () => {
    expect(() => new NDArray(new Float64Array(5), [2, 3])).toThrow(code("INVALID_SHAPE"));
    expect(() => new NDArray(new Float64Array(5), [2], [1], 4)).toThrow(code("INVALID_SHAPE"));
    expect(() => new NDArray(new Float64Array(5), [2], [-1], 0)).toThrow(code("INVALID_SHAPE"));
  });
});

describe("values of any form", () => {
  it.each([
    [
      "nested lists",
      [
        [1, 2],
        [3, 4],
      ],
      [2, 2],
      Float64Array.of(1, 2, 3, 4),
    ],
    ["booleans", [true, false], [2], Uint8Array.of(1, 0)],
    ["booleans among numbers", [true, 2], [2], Float64Array.of(1, 2)],
    ["floats", Float32Array.of(1, 2), [2], Float32Array.of(1, 2)],
    ["bytes, which are numbers", Uint8Array.of(7, 8), [2], Int32Array.of(7, 8)],
    ["short integers", Int16Array.of(-7, 8), [2], Int32Array.of(-7, 8)],
    ["single bytes", Int8Array.of(-1), [1], Int32Array.of(-1)],
    ["clamped bytes", Uint8ClampedArray.of(255), [1], Int32Array.of(255)],
    ["unsigned short integers", Uint16Array.of(65535), [1], Int32Array.of(65535)],
    ["large unsigned numbers", Uint32Array.of(4e9), [1], Float64Array.of(4e9)],
    ["data and shape", { data: [1, 2, 3, 4], shape: [2, 2] }, [2, 2], Float64Array.of(1, 2, 3, 4)],
    ["a view", a.slice("1:, ::-3"), [2, 2], Float64Array.of(13, 10, 23, 20)],
    ["nothing", [], [0], new Float64Array(0)],
  ])("become arrays: %s", (_, values, shape, data) => {
    expect(NDArray.from(values)).toMatchObject({ shape, data });
  });

  it("are refused when ragged or no numbers", () => {
    expect(() => NDArray.from([[1, 2], [3]])).toThrow(code("RAGGED_ARRAY"));
    expect(() => NDArray.from([1, [2]])).toThrow(code("RAGGED_ARRAY"));
    expect(() => NDArray.from(JSON.parse('["a"]'))).toThrow(code("INVALID_ARRAY"));
    expect(() => NDArray.from({ data: [1, 2, 3], shape: [2, 2] })).toThrow(code("INVALID_ARRAY"));
  });
});

describe("printing", () => {
  // Expected texts are those of NumPy 2 for the same arrays.
  it.each([
    [[1, 2.5, 3], "[1.  2.5 3. ]"],
    [[0.1, -20], "[  0.1 -20. ]"],
    [[1e-10, 1.5], "[1.0e-10 1.5e+00]"],
    [[1e-10, 1], "[1.e-10 1.e+00]"],
    [[123456789, 1], "[1.23456789e+08 1.00000000e+00]"],
    [[1 / 3, 1], "[0.33333333 1.        ]"],
    [[NaN, 1, Infinity], "[nan  1. inf]"],
    [[true, false], "[ True False]"],
    [Int32Array.of(1, 20, -3), "[ 1 20 -3]"],
    [[], "[]"],
    [[0.001953125, 1], "[0.00195312 1.        ]"],
    [[-0, 1.5], "[-0.   1.5]"],
    [[1.5, -Infinity], "[ 1.5 -inf]"],
    [[1000, 1], "[1000.    1.]"],
    [[1001, 1], "[1.001e+03 1.000e+00]"],
    [[99999999.9, 1], "[9.99999999e+07 1.00000000e+00]"],
    [[true, true], "[ True  True]"],
    [Float32Array.of(0.1, 2.5, 16777216), "[1.0000000e-01 2.5000000e+00 1.6777216e+07]"],
    [Float32Array.of(28953.0625, 1000.5), "[28953.062  1000.5  ]"],
    [Float32Array.of(1588680.1, 25647.541), "[1.5886801e+06 2.5647541e+04]"],
    [Float32Array.of(0.1, 0.7), "[0.1 0.7]"],
    [[0, 0], "[0. 0.]"],
    [
      [
        [1, 2],
        [3, 4],
      ],
      "[[1. 2.]\n [3. 4.]]",
    ],
    [
      [
        [[1], [2]],
        [[3], [4]],
      ],
      "[[[1.]\n  [2.]]\n\n [[3.]\n  [4.]]]",
    ],
  ])("writes %j as NumPy does", (values, expected) => {
    expect(String(NDArray.from(values))).toBe(expected);
  });

  it.each([
    [new NDArray(Float64Array.of(2), []), "2.0"],
    [new NDArray(Float64Array.of(1e-7), []), "1e-07"],
    [new NDArray(Float32Array.of(0.1), []), "0.1"],
    [new NDArray(Uint8Array.of(1), []), "True"],
    [new NDArray(Int32Array.of(-3), []), "-3"],
  ])("writes a single element as NumPy does", (element, expected) => {
    expect(String(element)).toBe(expected);
  });

  it("leaves room for the brackets of all axes", () => {
    const row = Array.from({ length: 12 }, (_, i) => [123.5, 7.25, -1][i % 3]!);
    const line = "[123.5    7.25  -1.   123.5    7.25  -1.   123.5    7.25  -1.   123.5";
    const rest = "    7.25  -1.  ]";
    expect(String(NDArray.from([row, row]))).toBe(`[${line}\n${rest}\n ${line}\n${rest}]`);
  });

  it("shortens long axes and breaks long lines", () => {
    const long = NDArray.from(Float64Array.from({ length: 1001 }, (_, i) => i));
    expect(String(long)).toBe("[   0.    1.    2. ...  998.  999. 1000.]");
    const lines = String(NDArray.from(Float64Array.from({ length: 30 }, (_, i) => i))).split("\n");
    expect(lines).toHaveLength(2);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(75);
  });
});

/** The indices of a slice, by the definition of Python: `start + i * step` as long as it is before `stop`. */
function pythonSlice(
  length: number,
  start: number | null,
  stop: number | null,
  step: number | null,
): number[] {
  const by = step ?? 1;
  const inside = (index: number): number => (index < 0 ? index + length : index);
  const indices: number[] = [];
  let at = start === null ? (by > 0 ? 0 : length - 1) : inside(start);
  if (start !== null) at = by > 0 ? Math.max(at, 0) : Math.min(at, length - 1);
  const end = stop === null ? null : inside(stop);
  for (; by > 0 ? at < length : at >= 0; at += by) {
    if (end !== null && (by > 0 ? at >= end : at <= end)) break;
    indices.push(at);
  }
  return indices;
}
