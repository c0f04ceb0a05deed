import { createRequire } from "node:module";
import { dirname, join } from "node:path";

const require = createRequire(import.meta.url);

/** Rasterise a picture, `scale` pixels per unit. Text is set in the bundled font, so that it looks the same everywhere. */
export function svgToPng(svg: string, scale: number): Uint8Array {
  // Loaded with the first picture: a program that draws none does not pay for it.
  const { Resvg } = require("@resvg/resvg-js") as typeof import("@resvg/resvg-js");
  const picture = new Resvg(svg, {
    font: { fontFiles: fontFiles(), loadSystemFonts: false, defaultFontFamily: "Inter" },
    fitTo: { mode: "zoom", value: scale },
  });
  return picture.render().asPng();
}

/** The fonts lie in the package's `lib/plot/fonts`, wherever this file was compiled to. */
function fontFiles(): string[] {
  const root = dirname(require.resolve("neurarchy/package.json"));
  return ["Inter-Regular.ttf", "Inter-SemiBold.ttf"].map((name) =>
    join(root, "lib", "plot", "fonts", name),
  );
}
