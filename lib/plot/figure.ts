import type { FigureModel } from "./model.js";
import { paintPlotly, type PlotlyFigure } from "./plotly.js";
import { paintSvg } from "./svg.js";
import { svgToPng } from "./picture.js";

/** The symbol under which a Jupyter kernel looks for an object's own way to show itself. */
const display = Symbol.for("Jupyter.display");

/** Pixels of a picture per unit, so that it is sharp on dense screens. */
const DENSITY = 2;

/** An interactive figure above this size [bytes of JSON] would make notebooks too heavy to open: the picture stands alone. */
const MOST_JSON = 5_000_000;

/** What a notebook gets: an interactive figure, a picture of it, and a line of text. Values by MIME type. */
export interface FigureBundle {
  readonly "application/vnd.plotly.v1+json"?: PlotlyFigure;
  /** base64 */
  readonly "image/png": string;
  readonly "text/plain": string;
}

/**
 * A finished figure: a notebook shows it when it is the value of a cell. Made by the functions of `plot`.
 *
 * @example
 * const figure = plot.raster(monitor, { title: "Izhikevich (2003)" });
 * writeFileSync("raster.png", figure.toPNG());
 */
export class Figure {
  readonly #model: FigureModel;

  private constructor(model: FigureModel) {
    this.#model = model;
  }

  /** Make a figure from its description. @internal */
  static of(model: FigureModel): Figure {
    return new Figure(model);
  }

  /** Describe the figure to plotly.js 3: `Plotly.newPlot(div, figure.toPlotly())`. Arrays are typed arrays in base64. */
  toPlotly(): PlotlyFigure {
    return paintPlotly(this.#model);
  }

  /** Draw the figure as an SVG document. */
  toSVG(): string {
    return paintSvg(this.#model);
  }

  /** Draw the figure as a PNG file, `scale` pixels per unit of its width and height; default 2. */
  toPNG({ scale = DENSITY }: { scale?: number } = {}): Uint8Array {
    return svgToPng(this.toSVG(), scale);
  }

  /** One line that says what the figure shows. */
  toString(): string {
    return `Figure: ${this.#model.summary}`;
  }

  /** Show the figure in a notebook. */
  [display](): FigureBundle {
    const picture = {
      "image/png": Buffer.from(this.toPNG()).toString("base64"),
      "text/plain": this.toString(),
    };
    const plotly = this.toPlotly();
    const size = JSON.stringify(plotly).length;
    if (size <= MOST_JSON) return { "application/vnd.plotly.v1+json": plotly, ...picture };
    const note = `a picture only: ${(size / 1e6).toFixed(1)} MB are too many for an interactive figure in a notebook`;
    return { ...picture, "text/plain": `${picture["text/plain"]} (${note})` };
  }
}
