import type { Series } from "../model.js";
import type { Scale } from "../scale.js";

/** Where a picture's panel lies [px], y downwards, and how values get there. */
export interface PanelArea {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  readonly x: Scale;
  readonly y: Scale;
}

/** How one kind of mark is drawn, by each of the two painters. */
export interface MarkPainter<M extends Series> {
  /** What is particular to the kind in a plotly trace; axes, name and coordinates are the same for all. */
  readonly plotly: (mark: M) => object;
  /** SVG elements; the caller clips them to the panel. */
  readonly svg: (mark: M, area: PanelArea) => string;
  /** SVG of the legend's symbol, within 16 × 10 px around (0, 0). */
  readonly key: (mark: M) => string;
}

/** A coordinate in a picture, to a twentieth of a pixel: finer is not seen, and would make the file longer. */
export function pixel(value: number): number {
  return Math.round(value * 20) / 20;
}

/** Whether a point has a place. */
export function isDrawn({ x, y }: Series, i: number): boolean {
  return Number.isFinite(x[i]) && Number.isFinite(y[i]);
}
