import { describe, expect, it } from "vitest";

import type { Figure, FigureBundle } from "../../../lib/plot/figure.js";
import { plot } from "../../../lib/plot/plot.js";
import { numbers, traces } from "./reading.js";

const PLOTLY = "application/vnd.plotly.v1+json";

/** Spikes of `neurons` neurons, each firing at `count` steps. */
function busy(neurons: number, count: number): Map<number, number[]> {
  const steps = (rank: number) => Array.from({ length: count }, (_, i) => i * 10 + (rank % 10));
  return new Map(Array.from({ length: neurons }, (_, rank) => [rank, steps(rank)]));
}

function shown(figure: Figure): FigureBundle {
  const show = Reflect.get(figure, Symbol.for("Jupyter.display")) as () => FigureBundle;
  return show.call(figure);
}

/** Width and height in the header of a PNG file. */
function sizeOf(png: Uint8Array): [number, number] {
  const file = Buffer.from(png);
  expect(file.subarray(1, 4).toString()).toBe("PNG");
  return [file.readUInt32BE(16), file.readUInt32BE(20)];
}

describe("a figure in a notebook", () => {
  it("is an interactive figure, a picture and a line of text, and no HTML", () => {
    const bundle = shown(plot.raster(busy(100, 10)));
    expect(Object.keys(bundle).sort()).toEqual([PLOTLY, "image/png", "text/plain"]);
    expect(bundle["text/plain"]).toContain("1000 spikes of 100 neurons");
    expect(sizeOf(Buffer.from(bundle["image/png"], "base64"))).toEqual([1520, 800]);
    expect(JSON.parse(JSON.stringify(bundle))).toEqual(bundle);
  });

  it("has as many points as there were spikes, drawn by WebGL when they are many", () => {
    const few = traces(plot.raster(busy(100, 10)));
    const many = traces(plot.raster(busy(1000, 9)));
    expect(few.map(({ type }) => type)).toEqual(["scatter"]);
    expect(many.map(({ type }) => type)).toEqual(["scattergl"]);
    expect(numbers(many[0]!.x).length).toBe(9000);
  });

  it("is a picture with a note when the interactive figure would weigh more than 5 MB", () => {
    const bundle = shown(plot.raster(busy(4000, 100)));
    expect(Object.keys(bundle).sort()).toEqual(["image/png", "text/plain"]);
    expect(bundle["text/plain"]).toMatch(/picture only: 5\.\d MB/);
  });

  it("has a height, and the width of its cell unless one is given", () => {
    expect(plot.raster(busy(5, 5)).toPlotly().layout).toMatchObject({
      autosize: true,
      height: 400,
    });
    const { layout } = plot.raster(busy(5, 5), { width: 300, height: 200 }).toPlotly();
    expect(layout).toMatchObject({ width: 300, height: 200 });
  });
});

describe("toPNG", () => {
  it("has two pixels per unit, or as many as asked for", () => {
    const figure = plot.raster(busy(5, 5), { width: 300, height: 200 });
    expect(sizeOf(figure.toPNG())).toEqual([600, 400]);
    expect(sizeOf(figure.toPNG({ scale: 1 }))).toEqual([300, 200]);
  });

  it("sets text in the bundled font", () => {
    const size = { width: 300, height: 200 };
    const [plain, titled] = ["", "Title"].map((title) =>
      plot.raster(busy(5, 5), { title, ...size }),
    );
    expect(Buffer.from(titled!.toPNG()).equals(plain!.toPNG())).toBe(false);
  });
});

describe("toSVG", () => {
  it("binds the size of the picture whatever the number of points", () => {
    const svg = plot.raster(busy(1000, 200)).toSVG();
    expect(svg).toContain("data:image/png;base64,");
    expect(svg.length).toBeLessThan(600_000);
  });

  it("shows the user's text as text", () => {
    const svg = plot.raster(busy(2, 2), { title: `<script>"&` }).toSVG();
    expect(svg).toContain("&lt;script&gt;&quot;&amp;</text>");
  });
});
