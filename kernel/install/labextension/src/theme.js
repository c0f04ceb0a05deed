/**
 * Put the colours of JupyterLab's theme into the template of a figure that allows it (`meta.neurarchy.themed`, set by
 * Neurarchy's figures); any other figure stays as its author made it.
 */
export function themed(layout, element) {
  const style = layout.template?.layout;
  if (style?.meta?.neurarchy?.themed !== true) return layout;
  const css = getComputedStyle(element);
  const color = (name, fallback) => css.getPropertyValue(name).trim() || fallback;
  const ink = color("--jp-content-font-color1", style.font.color);
  const grid = color("--jp-border-color2", style.xaxis.gridcolor);
  const axis = { linecolor: ink, tickcolor: ink, gridcolor: grid };
  const clear = "rgba(0, 0, 0, 0)";
  const modebar = { bgcolor: clear, color: grid, activecolor: ink };
  Object.assign(style, { paper_bgcolor: clear, plot_bgcolor: clear, modebar });
  Object.assign(style.font, {
    color: ink,
    family: color("--jp-ui-font-family", style.font.family),
  });
  Object.assign(style.xaxis, axis);
  Object.assign(style.yaxis, axis);
  return layout;
}
