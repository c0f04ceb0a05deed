import { expect, it } from "vitest";

import { emitUnit } from "../../lib/codegen/unit.js";
import { lowered } from "../support/compiled.js";
import { coba, izhikevich } from "../support/definitions.js";

it.each([
  ["coba", coba],
  ["izhikevich", izhikevich],
])("writes the C of %s that was looked at", async (name, definition) => {
  const { text } = emitUnit(lowered(definition), { precision: "double" });
  await expect(text).toMatchFileSnapshot(`generated-c/${name}.c.txt`);
});
