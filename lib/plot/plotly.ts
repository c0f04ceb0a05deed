import { plotlyTrace } from "./marks/table.js";
import type { Axis, Coordinates, FigureModel } from "./model.js";
import { font, gridLine, ink, paper, palette } from "./theme.js";

/** A figure in the schema of plotly.js 3; ready for JSON. */
export interface PlotlyFigure {
  readonly data: object[];
  readonly layout: object;
  readonly config: object;
}

/** An array as plotly reads it from JSON: little-endian bytes in base64, a quarter of the size of the digits. */
interface PackedArray {
  readonly dtype: "f8" | "f4" | "i4" | "i2";
  readonly bdata: string;
}

/** Share of the height between two panels. */
const panelGap = 0.05;

/** Paint a figure as plotly JSON. How it looks stands in the template, apart from what it shows. */
export function paintPlotly(figure: FigureModel): PlotlyFigure {
  const { panels, title } = figure;
  const named = panels.flatMap((panel) => panel.marks).filter((mark) => mark.name !== null);
  const data = panels.flatMap((panel, i) =>
    panel.marks.map((mark) => ({
      ...plotlyTrace(mark),
      x: packed(mark.x),
      y: packed(mark.y),
      xaxis: "x",
      yaxis: axisName("y", i),
      name: mark.name ?? panel.y.label,
      showlegend: mark.name !== null,
      // Marks of one colour are of one group of neurons: they are switched on and off together.
      legendgroup: mark.color,
      hovertemplate: `${figure.x.label} %{x}<br>${panel.y.label} %{y}<extra>${mark.name ?? ""}</extra>`,
    })),
  );
  const domains = domainsOf(panels.map((panel) => panel.share));
  const yAxes = panels.map((panel, i) => [
    axisName("yaxis", i),
    axisOf(panel.y, { domain: domains[i]!, anchor: "x" }),
  ]);
  return {
    data,
    layout: {
      ...(title === null ? {} : { title: { text: title } }),
      ...(figure.widthFixed ? { width: figure.width } : { autosize: true }),
      height: figure.height,
      margin: { l: 64, r: 28, t: title !== null || named.length > 0 ? 44 : 16, b: 52 },
      xaxis: axisOf(figure.x, { anchor: axisName("y", panels.length - 1) }),
      ...(Object.fromEntries(yAxes) as Record<string, object>),
      // Dots of two pixels would be lost in the legend.
      legend: { itemsizing: named.some(({ kind }) => kind === "points") ? "constant" : "trace" },
      template,
    },
    config: {
      responsive: true,
      displaylogo: false,
      modeBarButtonsToRemove: ["select2d", "lasso2d"],
    },
  };
}

/** How figures look. `meta` tells our renderer to show paper and ink in the colours of its theme. */
const axisStyle = {
  showline: true,
  linecolor: ink,
  zeroline: false,
  ticks: "outside",
  tickcolor: ink,
  gridcolor: gridLine,
};
const template = {
  layout: {
    meta: { neurarchy: { themed: true } },
    paper_bgcolor: paper,
    plot_bgcolor: paper,
    colorway: palette,
    font: { family: font.family, size: font.tick, color: ink },
    title: { font: { size: font.title, weight: 600 }, x: 0, xref: "paper", xanchor: "left" },
    legend: {
      orientation: "h",
      x: 1,
      xanchor: "right",
      y: 1.01,
      yanchor: "bottom",
    },
    hovermode: "closest",
    dragmode: "zoom",
    // Beside the axes, where it covers neither legend nor title.
    modebar: { orientation: "v" },
    xaxis: axisStyle,
    yaxis: axisStyle,
  },
};

function axisOf(axis: Axis, place: object): object {
  return {
    ...place,
    title: { text: axis.label },
    range: axis.range,
    showgrid: axis.grid,
    ...(axis.whole ? { tickformat: "d" } : {}),
  };
}

/** `y`, `y2`, `y3`, … */
function axisName(prefix: string, index: number): string {
  return index === 0 ? prefix : `${prefix}${index + 1}`;
}

/** Lower and upper end of each panel, from 0 at the bottom to 1 at the top. */
function domainsOf(shares: readonly number[]): [number, number][] {
  const free = 1 - panelGap * (shares.length - 1);
  const sum = shares.reduce((a, b) => a + b, 0);
  let top = 1;
  return shares.map((share) => {
    const bottom = top - (free * share) / sum;
    const domain: [number, number] = [Math.max(0, bottom), top];
    top = bottom - panelGap;
    return domain;
  });
}

/** Pack numbers; whole ones that fit into 16 bits take two bytes each. */
function packed(values: Coordinates): PackedArray {
  if (values instanceof Float64Array) return { dtype: "f8", bdata: base64(values) };
  if (values instanceof Float32Array) return { dtype: "f4", bdata: base64(values) };
  const fits = values.every((value) => value >= -0x8000 && value < 0x8000);
  return fits
    ? { dtype: "i2", bdata: base64(Int16Array.from(values)) }
    : { dtype: "i4", bdata: base64(values) };
}

function base64(values: NodeJS.TypedArray): string {
  return Buffer.from(values.buffer, values.byteOffset, values.byteLength).toString("base64");
}
