import { describe, expect, it } from "vitest";
import { mimeBundle } from "../../../../kernel/display/mime.js";

const show = Symbol.for("Jupyter.display");

describe("the bundle of a value", () => {
  it.each<[string, unknown, string]>([
    ["a number", 1, "1"],
    ["a text", "a", "'a'"],
    ["null", null, "null"],
    ["an object", { a: [1] }, "{ a: [ 1 ] }"],
    ["a function", Math.max, "[Function: max]"],
  ])("is text for %s", (_, value, text) => {
    expect(mimeBundle(value)).toEqual({ "text/plain": text });
  });

  it("is what its display method returns", () => {
    const value = {
      html: "x",
      [show]: function (this: { html: string }) {
        return { "text/html": this.html };
      },
    };
    expect(mimeBundle(value)).toEqual({ "text/html": "x" });
  });

  it("may be promised", async () => {
    await expect(mimeBundle({ [show]: () => Promise.resolve({ a: 1 }) })).resolves.toEqual({
      a: 1,
    });
  });

  it("may come from a function with a display method", () => {
    expect(mimeBundle(Object.assign(() => 1, { [show]: () => ({ a: 1 }) }))).toEqual({ a: 1 });
  });

  it.each([null, "text", 5, [1]])("cannot be %j", (bundle) => {
    expect(() => mimeBundle({ [show]: () => bundle })).toThrow(TypeError);
  });

  it("is a picture for the bytes of one", () => {
    const png = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1]);
    expect(mimeBundle(png)).toMatchObject({ "image/png": Buffer.from(png).toString("base64") });
    expect(mimeBundle(png.subarray(1))).not.toHaveProperty("image/png");
  });
});
