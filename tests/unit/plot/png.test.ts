import { inflateSync } from "node:zlib";

import { Resvg } from "@resvg/resvg-js";
import { expect, it } from "vitest";

import { encodePng } from "../../../lib/plot/png.js";

const image = {
  width: 3,
  height: 2,
  pixels: Uint8Array.from([0, 1, 2, 2, 1, 0]),
  palette: [
    [255, 0, 0, 255],
    [0, 255, 0, 255],
    [0, 0, 255, 0],
  ],
} as const;

it("writes the chunks of the format, rows led by their filter", () => {
  const file = encodePng(image);
  expect(file.subarray(1, 4).toString()).toBe("PNG");
  const at = file.indexOf("IDAT");
  const length = file.readUInt32BE(at - 4);
  const rows = inflateSync(file.subarray(at + 4, at + 4 + length));
  expect([...rows]).toEqual([0, 0, 1, 2, 0, 2, 1, 0]);
});

it("is read by a decoder that checks sums, with its colours and opacities", () => {
  const source = `data:image/png;base64,${encodePng(image).toString("base64")}`;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="3" height="2"><image width="3" height="2" image-rendering="optimizeSpeed" href="${source}"/></svg>`;
  const { pixels } = new Resvg(svg).render();
  expect([...pixels.subarray(0, 12)]).toEqual([255, 0, 0, 255, 0, 255, 0, 255, 0, 0, 0, 0]);
});
