import type { PointsMark } from "../model.js";
import { encodePng } from "../png.js";
import { channels } from "../theme.js";
import { isDrawn, pixel, type MarkPainter, type PanelArea } from "./mark.js";

/** Up to here plotly draws SVG, of which a page may hold any number of figures; above, WebGL, of which it holds few. */
const MOST_SVG_POINTS = 4000;

/** Up to here a picture has a path through every point; above, an embedded image, whose size is bounded. */
const MOST_PATH_POINTS = 20_000;

/** Pixels of the embedded image per unit of the picture. */
const IMAGE_DENSITY = 2;

/** Width of a stroke [px]. */
const STROKE = 1.8;

/** Opacity (0 to 255) of a pixel that no, one, two, … points cover; more than the last count as the last. */
const OPACITIES = Array.from({ length: 16 }, (_, count) => Math.round(255 * (1 - 0.3 ** count)));

/** Draws points; very many become an image of how many cover each pixel. */
export const pointsPainter: MarkPainter<PointsMark> = {
  plotly: ({ x, shape, size, color }) => ({
    type: x.length > MOST_SVG_POINTS ? "scattergl" : "scatter",
    mode: "markers",
    marker:
      shape === "dot"
        ? { color, size }
        : { color, size, symbol: "line-ns", line: { color, width: STROKE } },
  }),

  svg: (mark, area) =>
    mark.x.length > MOST_PATH_POINTS ? imageOfPoints(mark, area) : pathOfPoints(mark, area),

  key: ({ shape, color }) =>
    shape === "dot"
      ? `<circle r="3.5" fill="${color}"/>`
      : `<path d="M0-5v10" stroke="${color}" stroke-width="2"/>`,
};

/** One path for all points: a line of no length with round ends is a dot. */
function pathOfPoints(mark: PointsMark, area: PanelArea): string {
  const { x, y, shape, size, color } = mark;
  const half = pixel(size / 2);
  const segments: string[] = [];
  for (let i = 0; i < x.length; i++) {
    if (!isDrawn(mark, i)) continue;
    const [px, py] = [pixel(area.x(x[i]!)), pixel(area.y(y[i]!))];
    segments.push(shape === "dot" ? `M${px} ${py}h0` : `M${px} ${pixel(py - half)}v${2 * half}`);
  }
  const pen =
    shape === "dot" ? `stroke-width="${size}" stroke-linecap="round"` : `stroke-width="${STROKE}"`;
  return `<path d="${segments.join("")}" fill="none" stroke="${color}" ${pen}/>`;
}

/** How many points cover each pixel, as an image of one colour in as many opacities. */
function imageOfPoints(mark: PointsMark, area: PanelArea): string {
  const { x, y, color } = mark;
  const width = Math.round(area.width * IMAGE_DENSITY);
  const height = Math.round(area.height * IMAGE_DENSITY);
  const pixels = new Uint8Array(width * height);
  for (let i = 0; i < x.length; i++) {
    if (!isDrawn(mark, i)) continue;
    const column = Math.floor((area.x(x[i]!) - area.left) * IMAGE_DENSITY);
    const row = Math.floor((area.y(y[i]!) - area.top) * IMAGE_DENSITY);
    if (column < 0 || column >= width || row < 0 || row >= height) continue;
    const at = row * width + column;
    if (pixels[at]! < OPACITIES.length - 1) pixels[at]! += 1;
  }
  const [red, green, blue] = channels(color);
  const palette = OPACITIES.map((opacity) => [red, green, blue, opacity] as const);
  const image = encodePng({ width, height, pixels, palette }).toString("base64");
  return (
    `<image x="${area.left}" y="${area.top}" width="${area.width}" height="${area.height}" ` +
    `preserveAspectRatio="none" href="data:image/png;base64,${image}"/>`
  );
}
