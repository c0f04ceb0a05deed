import { describe, expect, it } from "vitest";

import { SimulatorError } from "../../../lib/errors.js";
import { Hebb, IBCM, Oja } from "../../../lib/models/hebbian.js";
import { STP } from "../../../lib/models/short-term-plasticity.js";
import { STDP } from "../../../lib/models/spike-timing.js";
import { analyseSynapse } from "../../../lib/model/synapse.js";
import type { SynapseModel } from "../../../lib/model/types.js";
import type { Synapse } from "../../../lib/network/synapse.js";
import { Uniform } from "../../../lib/random/distribution.js";

function analysed(synapse: Synapse): SynapseModel {
  const { type } = synapse;
  return analyseSynapse(synapse.options, { constants: ["K"], type, targets: ["exc"] });
}

describe("built-in synapses", () => {
  it.each([
    [Hebb, "Hebbian Plasticity", "eta:global w:local"],
    [Oja, "Oja plasticity", "alpha:global eta:global w:local"],
    [IBCM, "IBCM", "eta:global tau:global theta:semiglobal w:local"],
    [
      STP,
      "Short-term plasticity",
      "U:local tau_facil:global tau_rec:global u:local w:local x:local",
    ],
    [
      STDP,
      "Spike-timing dependent plasticity",
      "A_minus:global A_plus:global tau_minus:global tau_plus:global w:local w_max:global w_min:global x:local y:local",
    ],
  ])("%o is analysed without mistakes", (Model, name, attributes) => {
    const model = new Model();
    expect(model.name).toBe(name);
    const declared = analysed(model).attributes.map((item) => `${item.name}:${item.locality}`);
    expect(declared.sort().join(" ")).toBe(attributes);
  });

  it("keeps the weights of the rate-coded rules from becoming negative", () => {
    for (const model of [new Hebb(), new Oja(), new IBCM()]) {
      const rule = analysed(model).updates.find(({ name }) => name === "w");
      expect(rule).toMatchObject({ kind: "ode", method: "explicit", bounds: [{ kind: "min" }] });
    }
  });

  it("integrates traces from event to event", () => {
    expect(analysed(new STDP()).eventDriven.map(({ name }) => name)).toEqual(["x", "y"]);
    expect(analysed(new STP()).eventDriven.map(({ name }) => name)).toEqual(["x", "u"]);
  });

  it("starts facilitation at the value of its parameter", () => {
    const { attributes } = analysed(new STP({ U: 0.2 }));
    const start = new Map(attributes.map(({ name, init }) => [name, init]));
    expect([start.get("U"), start.get("u"), start.get("x")]).toEqual([0.2, { attribute: "U" }, 1]);
  });

  it.each([
    [0, "INVALID_MODEL_PARAMETER"],
    [-1, "INVALID_MODEL_PARAMETER"],
    [0.01, null],
    ["K", null],
    [new Uniform(1, 2), null],
  ])("lets facilitation last for a time above 0: %s", (tau_facil, code) => {
    let found: string | null = null;
    try {
      new STP({ tau_facil });
    } catch (error) {
      if (error instanceof SimulatorError) found = error.code;
    }
    expect(found).toBe(code);
  });
});
