import { mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import type { Locator } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";

import { choose, kernelIs, startJupyterLab, type JupyterLab } from "./jupyterlab.js";

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");

/** `NEURARCHY_SCREENSHOT=docs` makes the picture of the README again; a plain run leaves docs alone. */
const pictures = process.env["NEURARCHY_SCREENSHOT"] === "docs" ? "docs" : ".results";

let lab: JupyterLab;
beforeAll(async () => {
  lab = await startJupyterLab();
});
afterAll(async () => {
  await lab.close();
});

it("draws a raster with as many points as spikes when the notebook is run by its menu", async () => {
  const page = await lab.open("izhikevich.ipynb");
  await choose(page, "Run", "Run All Cells");
  const plot = page.locator(".jp-OutputArea .js-plotly-plot");
  await plot.waitFor();
  const rates = page.locator(".jp-OutputArea-output", { hasText: /\d+ spikes/ });
  await rates.waitFor();
  await kernelIs(page, "Idle");

  const spikes = Number(/(\d+) spikes/.exec(await rates.innerText())![1]);
  expect(spikes).toBeGreaterThan(5000);
  expect(await page.locator(".jp-RenderedText[data-mime-type*='stderr']").count()).toBe(0);
  expect(await pointsIn(plot)).toBe(spikes);

  await plot.scrollIntoViewIfNeeded();
  await mkdir(join(root, pictures), { recursive: true });
  await page.screenshot({ path: join(root, pictures, "jupyterlab-raster.png") });
});

/** The part of a plotly element that holds what it drew. */
interface PlotlyElement {
  readonly _fullData: readonly { readonly x: { readonly length: number } }[];
}

/** Points that plotly drew, over all its traces. */
function pointsIn(plot: Locator): Promise<number> {
  return plot.evaluate((element) =>
    (element as unknown as PlotlyElement)._fullData.reduce((sum, trace) => sum + trace.x.length, 0),
  );
}
