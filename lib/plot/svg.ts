import type { PanelArea } from "./marks/mark.js";
import { legendKey, svgElements } from "./marks/table.js";
import type { Axis, FigureModel, Mark, Panel } from "./model.js";
import { linearScale, tickTexts, ticks } from "./scale.js";
import { escapeXml, textWidth } from "./text.js";
import { font, gridLine, ink, paper } from "./theme.js";

/** Distances [px]. */
const margin = { top: 14, right: 20, bottom: 48, left: 6 };
const labelRoom = 22;
const headline = 30;
const panelGap = 16;
const tickLength = 5;
const tickGap = 5;

/** One tick for so many pixels. */
const tickSpacing = { x: 90, y: 38 };

/** A panel with the place and the ticks it got. */
interface PlacedPanel {
  readonly panel: Panel;
  readonly area: PanelArea;
  readonly yTicks: readonly Tick[];
}

interface Tick {
  readonly value: number;
  readonly text: string;
}

/** Paint a figure as an SVG document that needs nothing beside it. */
export function paintSvg(figure: FigureModel): string {
  const { width, height, x, panels } = figure;
  const named = panels.flatMap((panel) => panel.marks).filter((mark) => mark.name !== null);
  const top = margin.top + (figure.title !== null || named.length > 0 ? headline : 0);

  // Heights first: they decide the ticks, whose texts decide where the panels begin.
  const gaps = panelGap * (panels.length - 1);
  const free = Math.max(panels.length, height - top - margin.bottom - gaps);
  const shares = panels.reduce((sum, panel) => sum + panel.share, 0);
  const sized = panels.map((panel) => {
    const panelHeight = (free * panel.share) / shares;
    return { panel, panelHeight, yTicks: ticksOf(panel.y, panelHeight / tickSpacing.y) };
  });
  const texts = sized.flatMap(({ yTicks }) => yTicks.map(({ text }) => textWidth(text, font.tick)));
  const label = panels.some((panel) => panel.y.label !== "") ? labelRoom : 0;
  const left = Math.round(margin.left + label + Math.max(0, ...texts) + tickGap + tickLength);

  const inner = { left, width: Math.max(1, width - left - margin.right) };
  const xScale = linearScale(x.range, [inner.left, inner.left + inner.width]);
  let y = top;
  const placed = sized.map(({ panel, panelHeight, yTicks }): PlacedPanel => {
    const area = {
      ...inner,
      top: y,
      height: panelHeight,
      x: xScale,
      y: linearScale(panel.y.range, [y + panelHeight, y]),
    };
    y += panelHeight + panelGap;
    return { panel, area, yTicks };
  });
  const xTicks = ticksOf(x, inner.width / tickSpacing.x);

  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" ` +
      `viewBox="0 0 ${width} ${height}" font-family="${font.family}" fill="${ink}">`,
    `<rect width="${width}" height="${height}" fill="${paper}"/>`,
    headlineOf(figure.title, named, inner),
    ...placed.map((one, i) => panelOf(one, i, x, xTicks, i === placed.length - 1)),
    xLabel(x, inner, height),
    "</svg>",
    "",
  ]
    .filter((part, i, parts) => part !== "" || i === parts.length - 1)
    .join("\n");
}

function ticksOf(axis: Axis, count: number): Tick[] {
  const values = ticks(axis.range, count, axis.whole);
  const texts = tickTexts(values);
  return values.map((value, i) => ({ value, text: texts[i]! }));
}

/** Title at the left, legend at the right. */
function headlineOf(title: string | null, named: readonly Mark[], inner: Inner): string {
  const baseline = margin.top + 12;
  const parts: string[] = [];
  if (title !== null) {
    parts.push(
      `<text x="${inner.left}" y="${baseline}" font-size="${font.title}" font-weight="600">${escapeXml(title)}</text>`,
    );
  }
  let x = inner.left + inner.width;
  for (const mark of [...named].reverse()) {
    const name = mark.name ?? "";
    x -= textWidth(name, font.tick);
    parts.push(
      `<g transform="translate(${Math.round(x - 14)} ${baseline - 4})">${legendKey(mark)}</g>`,
      text(name, Math.round(x), baseline, "start"),
    );
    x -= 38;
  }
  return parts.join("\n");
}

interface Inner {
  readonly left: number;
  readonly width: number;
}

function panelOf(
  { panel, area, yTicks }: PlacedPanel,
  index: number,
  x: Axis,
  xTicks: readonly Tick[],
  isLowest: boolean,
): string {
  const { left, top, width, height } = area;
  const [right, bottom] = [left + width, round(top + height)];
  const lines: string[] = [];
  const grid = [
    ...(panel.y.grid ? yTicks.map(({ value }) => `M${left} ${crisp(area.y(value))}H${right}`) : []),
    ...(x.grid
      ? xTicks.map(({ value }) => `M${crisp(area.x(value))} ${round(top)}V${bottom}`)
      : []),
  ];
  if (grid.length > 0) lines.push(`<path d="${grid.join("")}" stroke="${gridLine}"/>`);

  lines.push(
    `<clipPath id="panel${index}"><rect x="${left}" y="${round(top)}" width="${width}" height="${round(height)}"/></clipPath>`,
    `<g clip-path="url(#panel${index})">`,
    ...panel.marks.map((mark) => svgElements(mark, area)),
    "</g>",
  );

  const axes = [
    `M${crisp(left)} ${round(top)}V${crisp(bottom)}H${right}`,
    ...yTicks.map(({ value }) => `M${left} ${crisp(area.y(value))}h${-tickLength}`),
    ...xTicks.map(({ value }) => `M${crisp(area.x(value))} ${bottom}v${tickLength}`),
  ];
  lines.push(`<path d="${axes.join("")}" fill="none" stroke="${ink}"/>`);
  for (const tick of yTicks) {
    lines.push(text(tick.text, left - tickLength - tickGap, round(area.y(tick.value) + 4), "end"));
  }
  if (isLowest) {
    for (const tick of xTicks) {
      lines.push(text(tick.text, round(area.x(tick.value)), bottom + tickLength + 14, "middle"));
    }
  }
  if (panel.y.label !== "") {
    const middle = round(top + height / 2);
    lines.push(
      `<text transform="translate(${margin.left + 12} ${middle}) rotate(-90)" font-size="${font.label}" text-anchor="middle">${escapeXml(panel.y.label)}</text>`,
    );
  }
  return lines.join("\n");
}

function xLabel(x: Axis, { left, width }: Inner, height: number): string {
  if (x.label === "") return "";
  return `<text x="${round(left + width / 2)}" y="${height - 10}" font-size="${font.label}" text-anchor="middle">${escapeXml(x.label)}</text>`;
}

function text(content: string, x: number, y: number, anchor: "start" | "middle" | "end"): string {
  return `<text x="${x}" y="${y}" font-size="${font.tick}" text-anchor="${anchor}">${escapeXml(content)}</text>`;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}

/** The middle of a pixel: a line of width 1 there is one pixel wide, not two grey ones. */
function crisp(value: number): number {
  return Math.floor(value) + 0.5;
}
