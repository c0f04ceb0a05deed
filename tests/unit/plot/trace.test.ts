import { describe, expect, it } from "vitest";

import { NDArray } from "../../../lib/array/ndarray.js";
import { plot } from "../../../lib/plot/plot.js";
import { axis, goldenPath, numbers, traces } from "./reading.js";

/** Three records of two neurons. */
const data = [
  [1, 10],
  [2, 20],
  [3, 30],
];

const monitor = {
  name: "m",
  variables: ["v", "u", "spike"],
  dt: 0.5,
  period: 1,
  periodOffset: 0,
  get: (variable: string) =>
    variable === "v" ? NDArray.from([[1], [2], [3]]) : NDArray.from([[4], [5], [6]]),
  times: (variable: string) => ({ [variable]: { start: [0, 10], stop: [4, null] } }),
};

describe("plot.trace", () => {
  it("draws one line per column of an array", () => {
    const lines = traces(plot.trace(data, { dt: 0.1 }));
    expect(lines.map((line) => numbers(line.y))).toEqual([
      [1, 2, 3],
      [10, 20, 30],
    ]);
    expect(lines.map((line) => line.name)).toEqual(["neuron 0", "neuron 1"]);
    expect(numbers(lines[0]!.x)).toEqual([0, 0.1, 0.2]);
  });

  it("accepts a list, a typed array and an NDArray that is a view", () => {
    const expected = numbers(traces(plot.trace([1, 2, 3]))[0]!.y);
    for (const form of [Float32Array.of(1, 2, 3), NDArray.from(data).slice(":, 0")]) {
      expect(numbers(traces(plot.trace(form))[0]!.y)).toEqual(expected);
    }
  });

  it("draws the neurons asked for, else the first six", () => {
    const wide = [Array.from({ length: 10 }, (_, i) => i)];
    expect(traces(plot.trace(wide)).length).toBe(6);
    const lines = traces(plot.trace(wide, { neurons: [9, 0] }));
    expect(lines.map((line) => numbers(line.y))).toEqual([[9], [0]]);
  });

  it("flattens the geometry of a population", () => {
    const space = NDArray.from([
      [
        [1, 2],
        [3, 4],
      ],
    ]);
    expect(traces(plot.trace(space)).length).toBe(4);
  });

  it("draws each variable of a monitor in its panel, at the times it was recorded", () => {
    const figure = plot.trace(monitor);
    const [v, u] = traces(figure);
    expect([v!.yaxis, u!.yaxis]).toEqual(["y", "y2"]);
    expect([axis(figure, "yaxis").title.text, axis(figure, "yaxis2").title.text]).toEqual([
      "v",
      "u",
    ]);
    expect(axis(figure, "xaxis").range).toEqual([0, 6]);
  });

  it("interrupts the line where the recording paused", () => {
    const [v] = traces(plot.trace(monitor, { variables: "v" }));
    expect(numbers(v!.x)).toEqual([0, 1, 2, 5]);
    expect(numbers(v!.y)).toEqual([1, 2, NaN, 3]);
  });

  it("places records by the monitor's period, its offset and where it counts from", () => {
    const sparse = {
      ...monitor,
      period: 2.5,
      periodOffset: 0.5,
      origin: 2,
      times: () => ({ v: { start: [4, 17], stop: [10, null] } }),
    };
    const [v] = traces(plot.trace(sparse, { variables: "v", dt: 1 }));
    // Every fifth step from 3 on: 8 in the first segment, 18 and 23 in the second.
    expect(numbers(v!.x).filter((_, i) => !Number.isNaN(numbers(v!.y)[i]!))).toEqual([8, 18, 23]);
  });

  it("fits the vertical axis to what the range of times shows", () => {
    const [low, high] = axis(plot.trace([0, 0, 100, 0, 1], { from: 3, to: 4 }), "yaxis").range;
    expect([low, high]).toEqual([-0.05, 1.05]);
  });

  it("keeps the extremes of a line that is longer than the picture is wide", () => {
    const long = new Float64Array(200_000).fill(1);
    long[123_456] = 5;
    long[123_460] = -5;
    const svg = plot.trace(long).toSVG();
    expect(svg.length).toBeLessThan(100_000);
    const ys = Array.from(svg.matchAll(/L[\d.]+ ([\d.]+)/g), ([, y]) => Number(y));
    const base = ys[0]!;
    expect(Math.min(...ys)).toBeLessThan(base - 50);
    expect(Math.max(...ys)).toBeGreaterThan(base + 50);
  });

  it("refuses variables that the monitor does not record", () => {
    expect(() => plot.trace(monitor, { variables: "w" })).toThrow(
      expect.objectContaining({
        code: "NOT_RECORDED",
        details: expect.objectContaining({ variable: "w" }),
      }),
    );
  });

  it("refuses a monitor of spikes alone", () => {
    expect(() => plot.trace({ ...monitor, variables: ["spike"] })).toThrow(
      expect.objectContaining({ code: "NOT_DRAWABLE" }),
    );
  });

  it("refuses a neuron that the data does not have", () => {
    expect(() => plot.trace(data, { neurons: [2] })).toThrow(
      expect.objectContaining({ code: "COLUMN_OUT_OF_RANGE" }),
    );
  });

  it.each([["v"], [3], [new Map()]])("refuses %j", (value) => {
    expect(() => plot.trace(value as never)).toThrow(
      expect.objectContaining({ code: "NOT_DRAWABLE" }),
    );
  });

  it("draws the picture that was looked at", async () => {
    const wave = Array.from({ length: 60 }, (_, t) => [Math.sin(t / 8), Math.cos(t / 8)]);
    const figure = plot.trace(wave, {
      title: "Two <waves>",
      yLabel: "v [mV]",
      width: 480,
      height: 240,
    });
    await expect(figure.toSVG()).toMatchFileSnapshot(goldenPath("trace.svg"));
  });
});
