/** Plotly with the trace types that Neurarchy draws (`scatter` is part of the core): a third of the whole library. */
import Plotly from "plotly.js/lib/core";
import bar from "plotly.js/lib/bar";
import contour from "plotly.js/lib/contour";
import heatmap from "plotly.js/lib/heatmap";
import histogram from "plotly.js/lib/histogram";
import image from "plotly.js/lib/image";
import scattergl from "plotly.js/lib/scattergl";

Plotly.register([bar, contour, heatmap, histogram, image, scattergl]);

export default Plotly;
