import { fileURLToPath } from "node:url";

import type { Figure } from "../../../lib/plot/figure.js";

/** What the tests read of a plotly trace. */
export interface PlotlyTrace {
  readonly type: string;
  readonly name: string;
  readonly legendgroup: string;
  readonly yaxis: string;
  readonly x: PackedArray;
  readonly y: PackedArray;
}

interface PackedArray {
  readonly dtype: string;
  readonly bdata: string;
}

interface PlotlyAxis {
  readonly range: readonly [number, number];
  readonly title: { readonly text: string };
}

/** Traces of a figure as a reader of its JSON sees them. */
export function traces(figure: Figure): readonly PlotlyTrace[] {
  return JSON.parse(JSON.stringify(figure.toPlotly().data)) as PlotlyTrace[];
}

export function axis(figure: Figure, name: string): PlotlyAxis {
  return (figure.toPlotly().layout as Record<string, PlotlyAxis>)[name]!;
}

const arrays = { f8: Float64Array, f4: Float32Array, i4: Int32Array, i2: Int16Array };

/** Numbers of an array in plotly's packed form. */
export function numbers({ dtype, bdata }: PackedArray): number[] {
  const bytes = Uint8Array.from(Buffer.from(bdata, "base64"));
  return Array.from(new arrays[dtype as keyof typeof arrays](bytes.buffer));
}

export function goldenPath(name: string): string {
  return fileURLToPath(new URL(`../../golden/plot/${name}`, import.meta.url));
}
