let available = null;

/** Whether the browser draws with WebGL at all; remote desktops and virtual machines often do not. */
export function hasWebGl() {
  available ??= document.createElement("canvas").getContext("webgl") !== null;
  return available;
}

/** Whether any trace asks for WebGL. */
export function usesWebGl(traces) {
  return traces.some(({ type }) => type === "scattergl");
}

/** The same traces, drawn as SVG: slower above some ten thousand points, but everywhere. */
export function withoutWebGl(traces) {
  return traces.map((trace) =>
    trace.type === "scattergl" ? { ...trace, type: "scatter" } : trace,
  );
}
