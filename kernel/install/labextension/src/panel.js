import { Widget } from "@lumino/widgets";

import "./theme.css";
import { hasWebGl, usesWebGl, withoutWebGl } from "./webgl.js";

/** One figure in an output area; `node` is the element that plotly draws in, with its `data` and `layout`. */
export class PlotlyPanel extends Widget {
  #mimeType;
  #figure = null;
  #plotly = null;
  #sizeWatch = new ResizeObserver(() => void this.#fit());

  constructor(mimeType) {
    super();
    this.#mimeType = mimeType;
    this.addClass("neurarchy-plotly");
    this.node.style.overflow = "hidden";
  }

  /** Draw a figure, or another one in its place. JupyterLab calls this for each version of the output. */
  async renderModel(model) {
    this.#figure = model.data[this.#mimeType];
    if (this.#plotly === null) {
      const { default: plotly } = await import(/* webpackChunkName: "plotly" */ "./plotly.js");
      if (this.isDisposed) return;
      this.#plotly = plotly;
      // Observing tells the size at once: that draws the figure, or waits until there is room for it.
      this.#sizeWatch.observe(this.node);
    }
    await this.#draw();
  }

  dispose() {
    if (this.isDisposed) return;
    this.#sizeWatch.disconnect();
    this.#plotly?.purge(this.node);
    super.dispose();
  }

  async #draw() {
    const width = this.node.clientWidth;
    if (this.isDisposed || this.#plotly === null || width === 0) return;
    const { data, layout = {}, config = {}, frames } = this.#figure;
    const isFirst = this.node.data === undefined;
    // Neurarchy's figures ask for the colours of the theme; any other stays as its author made it.
    this.toggleClass("neurarchy-themed", layout.template?.layout?.meta?.neurarchy?.themed === true);
    // Plotly writes into what it gets; the output of the notebook is not ours to change.
    await this.#plotly.react(this.node, {
      data: structuredClone(hasWebGl() ? data : withoutWebGl(data)),
      layout: { width, ...structuredClone(layout) },
      config: { ...config, responsive: false },
      frames,
    });
    if (isFirst) this.node.on("plotly_webglcontextlost", () => void this.#drawWithoutWebGl());
  }

  /** A figure without a width of its own is as wide as the output area. */
  async #fit() {
    if (this.node.data === undefined) return this.#draw();
    const width = this.node.clientWidth;
    const isFixed = this.#figure.layout?.width !== undefined;
    if (isFixed || width === 0 || width === this.node.layout.width) return;
    await this.#plotly.relayout(this.node, { width });
  }

  /** A page may hold few WebGL figures: the browser takes the oldest one's context away, which would leave it blank. */
  async #drawWithoutWebGl() {
    if (this.isDisposed || !usesWebGl(this.#figure.data)) return;
    this.#figure = { ...this.#figure, data: withoutWebGl(this.#figure.data) };
    await this.#draw();
  }
}
