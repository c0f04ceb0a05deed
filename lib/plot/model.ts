/**
 * A figure as plain data, in the units of the user. Two painters draw it: `plotly.ts` for the browser, `svg.ts` for
 * pictures. Whatever both need to know stands here, so that both show the same.
 */
export interface FigureModel {
  readonly title: string | null;
  /** Width of the picture [px]; in a notebook a figure is as wide as its cell unless `widthFixed`. */
  readonly width: number;
  readonly widthFixed: boolean;
  /** Height [px]. */
  readonly height: number;
  /** The horizontal axis, shared by all panels. */
  readonly x: Axis;
  /** From top to bottom. */
  readonly panels: readonly Panel[];
  /** What the figure shows, in one line, for viewers without pictures. */
  readonly summary: string;
}

/** Marks over one vertical axis. */
export interface Panel {
  readonly y: Axis;
  /** Painted in this order. */
  readonly marks: readonly Mark[];
  /** Share of the height, relative to the other panels. */
  readonly share: number;
}

/** What runs along one side of a panel. */
export interface Axis {
  /** Title with unit; an empty text draws none. */
  readonly label: string;
  /** First and last value that the axis shows. */
  readonly range: readonly [number, number];
  /** Ticks at whole numbers only. */
  readonly whole: boolean;
  /** Lines across the panel at the ticks. */
  readonly grid: boolean;
}

/** The kinds of marks: what each draws beside the points that all of them have. */
export interface MarkKinds {
  points: PointsMark;
  line: LineMark;
}

/** A mark of one kind, or of any. */
export type Mark<K extends keyof MarkKinds = keyof MarkKinds> = {
  [P in K]: { readonly kind: P } & MarkKinds[P];
}[K];

/** What every mark has. */
export interface Series {
  /** Entry in the legend; null has none. */
  readonly name: string | null;
  /** `#rrggbb` */
  readonly color: string;
  /** (points) */
  readonly x: Coordinates;
  /** (points) */
  readonly y: Coordinates;
}

/** One symbol per point: a dot, or an upright stroke as in a raster of few neurons. */
export interface PointsMark extends Series {
  readonly shape: "dot" | "stroke";
  /** Diameter of a dot, length of a stroke [px]. */
  readonly size: number;
}

/** A line through the points in their order; a point that is not a number interrupts it. */
export interface LineMark extends Series {
  /** [px] */
  readonly width: number;
  /** Tint the area between the line and zero. */
  readonly filled: boolean;
}

/** Values of the points along one axis, in the units of that axis. */
export type Coordinates = Float64Array | Float32Array | Int32Array;
