import { expect, it } from "vitest";

import { emitSynapse } from "../../lib/codegen/synapse-unit.js";
import { emitUnit } from "../../lib/codegen/unit.js";
import type { SynapseOptions } from "../../lib/model/definition.js";
import { IBCM } from "../../lib/models/hebbian.js";
import { STDP } from "../../lib/models/spike-timing.js";
import { loweredSynapse, spiking, type Use } from "../support/compiled-synapses.js";
import { lowered } from "../support/compiled.js";
import { coba, izhikevich } from "../support/definitions.js";

it.each([
  ["coba", coba],
  ["izhikevich", izhikevich],
])("writes the C of %s that was looked at", async (name, definition) => {
  const { text } = emitUnit(lowered(definition), { precision: "double" });
  await expect(text).toMatchFileSnapshot(`generated-c/${name}.c.txt`);
});

it.each<[string, SynapseOptions, Use]>([
  ["stdp", new STDP().options, { pre: spiking, hoist: true }],
  ["ibcm", new IBCM().options, {}],
])("writes the C of %s that was looked at", async (name, definition, use) => {
  const ir = loweredSynapse(definition, use);
  const { text } = emitSynapse(ir, { precision: "double", narrow: true });
  await expect(text).toMatchFileSnapshot(`generated-c/${name}.c.txt`);
});
