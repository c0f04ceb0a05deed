import { describe, expect, it } from "vitest";

import {
  extent,
  linearScale,
  niceStep,
  padded,
  ticks,
  tickTexts,
} from "../../../lib/plot/scale.js";

describe("ticks", () => {
  it.each([
    [[0, 1000], 8, [0, 100, 200, 300, 400, 500, 600, 700, 800, 900, 1000]],
    [[-0.5, 9.5], 5, [0, 2, 4, 6, 8]],
    [[0, 0.3], 3, [0, 0.1, 0.2, 0.3]],
    [[-72, -48], 3, [-70, -60, -50]],
  ] as const)("puts round values into %j", (range, count, expected) => {
    const values = ticks(range, count);
    expect(values.map((value) => Number(value.toFixed(9)))).toEqual(expected);
  });

  it("stays on whole numbers when asked to", () => {
    expect(ticks([-0.5, 2.5], 10, true)).toEqual([0, 1, 2]);
  });

  it("survives a range of a single value", () => {
    expect(ticks([3, 3], 5)).toEqual([3]);
  });
});

describe("niceStep", () => {
  it.each([
    [0.9, 1],
    [1.6, 2],
    [4, 5],
    [80, 100],
    [0.003, 0.002],
  ])("rounds %f to %f", (rough, nice) => {
    expect(niceStep(rough)).toBeCloseTo(nice, 12);
  });
});

describe("tickTexts", () => {
  it("gives all ticks of an axis the decimals of their step", () => {
    expect(tickTexts([0, 0.1, 0.2, 0.1 + 0.2])).toEqual(["0.0", "0.1", "0.2", "0.3"]);
    expect(tickTexts([0, 500, 1000])).toEqual(["0", "500", "1000"]);
  });

  it("writes a real minus sign", () => {
    expect(tickTexts([-60, -40])).toEqual(["\u221260", "\u221240"]);
  });

  it("writes very large and very small values as powers of ten", () => {
    expect(tickTexts([0, 2e6])).toEqual(["0", "2e6"]);
    expect(tickTexts([0, 5e-5])).toEqual(["0", "5e\u22125"]);
  });
});

describe("extent", () => {
  it("leaves out what is not a number or not finite", () => {
    expect(extent([NaN, 2, -Infinity], [7, Infinity])).toEqual([2, 7]);
    expect(extent([NaN], [])).toBeNull();
  });
});

describe("padded", () => {
  it("makes room around a single value and around nothing", () => {
    expect(padded([0, 0])).toEqual([-1, 1]);
    expect(padded(null)).toEqual([0, 1]);
    expect(padded([0, 100])).toEqual([-5, 105]);
  });
});

describe("linearScale", () => {
  it("maps the ends of the range to the ends of the pixels", () => {
    const scale = linearScale([10, 20], [300, 100]);
    expect([scale(10), scale(15), scale(20)]).toEqual([300, 200, 100]);
  });

  it("maps a range of one value to its start", () => {
    expect(linearScale([5, 5], [0, 100])(5)).toBe(0);
  });
});
