import type { LineMark } from "../model.js";
import { channels, tint } from "../theme.js";
import { isDrawn, pixel, type MarkPainter, type PanelArea } from "./mark.js";

/** Columns per unit of the picture, within each of which a long line is thinned. */
const COLUMN_DENSITY = 2;

/** Draws lines, thinned where they are longer than the picture is wide. */
export const linePainter: MarkPainter<LineMark> = {
  plotly: ({ color, width, filled }) => ({
    // SVG, however long: plotly thins lines, WebGL lines have no fill, and a page may hold few WebGL figures.
    type: "scatter",
    mode: "lines",
    line: { color, width },
    ...(filled
      ? { fill: "tozeroy", fillcolor: `rgba(${channels(color).join(", ")}, ${tint})` }
      : {}),
  }),

  svg: (mark, area) => {
    const runs = runsOf(mark).map((run) =>
      thinned(mark, area, run).map(
        (i) => [pixel(area.x(mark.x[i]!)), pixel(area.y(mark.y[i]!))] as const,
      ),
    );
    const paths = runs.map((points) => `M${points.map(([x, y]) => `${x} ${y}`).join("L")}`);
    const stroke =
      `<path d="${paths.join("")}" fill="none" stroke="${mark.color}" ` +
      `stroke-width="${mark.width}" stroke-linejoin="round"/>`;
    if (!mark.filled) return stroke;
    const base = pixel(area.y(0));
    const surface = runs.map((points, i) => `${paths[i]!}V${base}H${points[0]![0]}Z`).join("");
    return `<path d="${surface}" fill="${mark.color}" fill-opacity="${tint}"/>${stroke}`;
  },

  key: ({ color }) => `<path d="M-8 0h16" stroke="${color}" stroke-width="2"/>`,
};

/** Ranges [start, end) of points that hang together. */
function runsOf(mark: LineMark): [number, number][] {
  const runs: [number, number][] = [];
  let start = 0;
  for (let i = 0; i <= mark.x.length; i++) {
    if (i < mark.x.length && isDrawn(mark, i)) continue;
    if (i > start) runs.push([start, i]);
    start = i + 1;
  }
  return runs;
}

/**
 * Of the points within one column of pixels only the first, lowest, highest and last, which draw the same line
 * (Jugel et al., "M4: a visualization-oriented time series data aggregation", VLDB 2014).
 */
function thinned(
  { x, y }: LineMark,
  area: PanelArea,
  [start, end]: readonly [number, number],
): number[] {
  const kept: number[] = [];
  const columnOf = (i: number) => Math.floor(area.x(x[i]!) * COLUMN_DENSITY);
  for (let first = start; first < end;) {
    const column = columnOf(first);
    let [low, high, next] = [first, first, first + 1];
    for (; next < end && columnOf(next) === column; next++) {
      if (y[next]! < y[low]!) low = next;
      if (y[next]! > y[high]!) high = next;
    }
    const corners = new Set([first, Math.min(low, high), Math.max(low, high), next - 1]);
    kept.push(...corners);
    first = next;
  }
  return kept;
}
