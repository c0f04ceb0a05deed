import type { Mark, MarkKinds } from "../model.js";
import { linePainter } from "./line.js";
import type { MarkPainter, PanelArea } from "./mark.js";
import { pointsPainter } from "./points.js";

/** Every kind of mark and how it is drawn. A new kind is a type in `model.ts`, one file and one line here. */
const painters: { readonly [K in keyof MarkKinds]: MarkPainter<MarkKinds[K]> } = {
  points: pointsPainter,
  line: linePainter,
};

/** What is particular to the mark in a plotly trace. */
export function plotlyTrace<K extends keyof MarkKinds>(mark: Mark<K>): object {
  return painters[mark.kind].plotly(mark);
}

/** The mark as SVG elements. */
export function svgElements<K extends keyof MarkKinds>(mark: Mark<K>, area: PanelArea): string {
  return painters[mark.kind].svg(mark, area);
}

/** The mark's symbol in a legend, as SVG around (0, 0). */
export function legendKey<K extends keyof MarkKinds>(mark: Mark<K>): string {
  return painters[mark.kind].key(mark);
}
