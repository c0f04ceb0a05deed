import { PlotlyPanel } from "./panel.js";

/** The MIME type of plotly figures: `{ data, layout, config }` as JSON. */
const MIME_TYPE = "application/vnd.plotly.v1+json";

/**
 * Rank among the renderers of the type: after that of plotly's own Python package (2), so that where both are
 * installed, figures look as that package draws them.
 */
const RANK = 3;

/**
 * The extension: JupyterLab makes a panel per output. `safe: false`: a figure can carry links and HTML, so a notebook
 * that is not trusted shows the picture which stands in the same bundle.
 */
export default {
  id: "neurarchy-plotly:renderer",
  description: "Shows plotly figures",
  rendererFactory: {
    safe: false,
    mimeTypes: [MIME_TYPE],
    createRenderer: () => new PlotlyPanel(MIME_TYPE),
  },
  rank: RANK,
  dataType: "json",
};
