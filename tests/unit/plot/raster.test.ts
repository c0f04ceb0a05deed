import { describe, expect, it } from "vitest";

import type { SpikeDict } from "../../../lib/analysis/spikes.js";
import { plot } from "../../../lib/plot/plot.js";
import { axis, goldenPath, numbers, traces } from "./reading.js";

const spikes: SpikeDict = new Map([
  [0, [0, 4, 8, 19]],
  [1, [2, 3, 6]],
  [2, []],
  [3, [14]],
]);

const monitor = {
  name: "m",
  variables: ["v", "spike"],
  dt: 0.5,
  period: 0.5,
  periodOffset: 0,
  keeps: [] as unknown[],
  get(_variable: string, options: { keep: true }) {
    this.keeps.push(options.keep);
    return spikes;
  },
  times: () => ({ spike: { start: [0], stop: [40] } }),
};

describe("plot.raster", () => {
  it("draws one point per spike, time in ms over rank", () => {
    const [points, ...rest] = traces(plot.raster(spikes, { dt: 0.5 }));
    expect(numbers(points!.x)).toEqual([0, 2, 4, 9.5, 1, 1.5, 3, 7]);
    expect(numbers(points!.y)).toEqual([0, 0, 0, 0, 1, 1, 1, 3]);
    expect(rest).toEqual([]);
  });

  it("accepts what monitor.get() returns for all variables", () => {
    expect(plot.raster({ spike: spikes }).toSVG()).toBe(plot.raster(spikes).toSVG());
  });

  it("reads a monitor without emptying it, and shows all the time it recorded", () => {
    const figure = plot.raster(monitor);
    expect(monitor.keeps).toEqual([true]);
    expect(axis(figure, "xaxis").range).toEqual([0, 20]);
    expect(numbers(traces(figure)[0]!.x)).toContain(9.5);
  });

  it("ends spikes without a monitor with the step of the last one", () => {
    expect(axis(plot.raster(spikes, { dt: 0.5 }), "xaxis").range).toEqual([0, 10]);
  });

  it("gives silent neurons their line", () => {
    const [low, high] = axis(plot.raster(new Map([...spikes, [9, []]])), "yaxis").range;
    expect(low).toBeLessThan(0);
    expect(high).toBeGreaterThan(9);
  });

  it("shows the part that from, to and ranks ask for", () => {
    const figure = plot.raster(spikes, { from: 3, to: 10, ranks: [0, 1] });
    const [points] = traces(figure);
    expect(numbers(points!.x)).toEqual([4, 8, 3, 6]);
    expect(axis(figure, "xaxis").range).toEqual([3, 10]);
  });

  it("colours groups of neurons, by ranks or by view, and names them", () => {
    const groups = { first: { ranks: Int32Array.of(0) }, second: [1, 2] };
    const [first, second, other] = traces(plot.raster(spikes, { groups }));
    expect([first, second, other].map((trace) => trace!.name)).toEqual([
      "first",
      "second",
      "other",
    ]);
    expect(numbers(second!.y)).toEqual([1, 1, 1]);
    expect(numbers(other!.y)).toEqual([3]);
    expect(new Set([first, second, other].map((trace) => trace!.legendgroup)).size).toBe(3);
  });

  it("draws the rate of the neurons in Hz under the spikes", () => {
    const busy = new Map([
      [0, Array.from({ length: 1000 }, (_, t) => t)],
      [1, []],
    ]);
    const figure = plot.raster(busy, { rate: true });
    const [, rate] = traces(figure);
    expect(rate!.yaxis).toBe("y2");
    expect(new Set(numbers(rate!.y))).toEqual(new Set([500]));
    expect(axis(figure, "yaxis2").title.text).toBe("rate [Hz]");
  });

  it("is empty, not broken, when nothing fired", () => {
    const figure = plot.raster(new Map([[0, []]]));
    expect(figure.toString()).toContain("0 spikes of 1 neurons");
    expect(plot.raster(new Map(), { rate: true }).toSVG()).toContain("</svg>");
  });

  it("says in a line of text what it shows", () => {
    expect(plot.raster(spikes, { dt: 0.1 }).toString()).toBe(
      "Figure: raster of 8 spikes of 4 neurons, 0 to 2 ms",
    );
  });

  it("refuses a monitor that does not record spikes", () => {
    const deaf = { ...monitor, variables: ["v"] };
    expect(() => plot.raster(deaf)).toThrow(expect.objectContaining({ code: "NOT_RECORDED" }));
  });

  it.each([[42], ["spikes"], [null], [[1, 2, 3]]])("refuses %j", (value) => {
    expect(() => plot.raster(value as never)).toThrow(
      expect.objectContaining({ code: "NOT_DRAWABLE" }),
    );
  });

  it("refuses a range of times that is empty", () => {
    expect(() => plot.raster(spikes, { from: 5, to: 5 })).toThrow(
      expect.objectContaining({ code: "EMPTY_TIME_RANGE" }),
    );
  });

  it("draws the picture that was looked at", async () => {
    const groups = { excitatory: [0, 1, 2], inhibitory: [3] };
    const figure = plot.raster(spikes, { title: "Four neurons", groups, width: 480, height: 240 });
    await expect(figure.toSVG()).toMatchFileSnapshot(goldenPath("raster.svg"));
  });
});
