import { describe, expect, it } from "vitest";

import { arithmetic, constant } from "../../../lib/ir/build.js";
import type { KernelField } from "../../../lib/ir/fields.js";
import type { IrExpression, IrStatement, IrSynapseHook, SynapseIr } from "../../../lib/ir/ir.js";
import { verifySynapse } from "../../../lib/ir/verify.js";

const attribute = { type: "real", role: "attribute", owner: "self" } as const;
const remote = { type: "real", role: "remote" } as const;
const fields: readonly KernelField[] = [
  { ...attribute, name: "w", scope: "local" },
  { ...attribute, name: "theta", scope: "row" },
  { ...attribute, name: "x", scope: "column" },
  { ...attribute, name: "eta", scope: "global" },
  { ...remote, name: "r", scope: "local", owner: "pre" },
  { ...remote, name: "r", scope: "local", owner: "post" },
  { ...remote, name: "g_exc", scope: "local", owner: "post", role: "target" },
];
const slot = { w: 0, theta: 1, x: 2, eta: 3, pre: 4, post: 5, target: 6 } as const;

function load(name: keyof typeof slot): IrExpression {
  return { kind: "load", type: "real", slot: slot[name] };
}

function store(name: keyof typeof slot, value: IrExpression = constant("real", 1)): IrStatement {
  return { kind: "store", slot: slot[name], value };
}

function define(id: number, value: IrExpression): IrStatement {
  return { kind: "let", id, type: "real", value };
}

const temporary = (id: number): IrExpression => ({ kind: "temporary", type: "real", id });

function hook(loop: IrSynapseHook["loop"], parts: Partial<IrSynapseHook>): IrSynapseHook {
  return { loop, draws: [], prelude: [], outer: [], body: [], ...parts };
}

function synapse(parts: Partial<SynapseIr>): SynapseIr {
  return {
    fields,
    ...{ storage: "columns", delayed: false, globals: null, transmit: null, update: [] },
    ...{ onPre: null, onAxon: null, onPost: null, expand: [], creating: null, pruning: null },
    ...parts,
  };
}

const psp = {
  ...hook("synapsesByRow", {}),
  operation: "sum",
  psp: load("w"),
  targets: [slot.target],
} as const;

describe("verifySynapse", () => {
  it("accepts values that are worked out as seldom as they change", () => {
    const onPre = hook("synapsesByColumn", {
      prelude: [define(0, load("eta"))],
      outer: [define(1, arithmetic("+", temporary(0), load("x"))), store("x", temporary(1))],
      body: [define(2, arithmetic("+", temporary(1), load("post"))), store("target", temporary(2))],
    });
    const onPost = hook("synapsesByRow", {
      outer: [store("theta", load("post"))],
      body: [store("w", load("x"))],
    });
    expect(() => verifySynapse(synapse({ onPre, onAxon: onPre, onPost }))).not.toThrow();
    expect(() => verifySynapse(synapse({ storage: "rows", transmit: psp }))).not.toThrow();
  });

  it.each<[string, Partial<SynapseIr>]>([
    [
      "a value of a column that depends on rows",
      { onPre: hook("synapsesByColumn", { outer: [define(0, load("post"))] }) },
    ],
    [
      "a value of a row that depends on columns",
      { onPost: hook("synapsesByRow", { outer: [define(0, load("x"))] }) },
    ],
    [
      "a value of a row that changes from synapse to synapse",
      {
        onPost: hook("synapsesByRow", {
          outer: [define(0, load("theta"))],
          body: [store("theta")],
        }),
      },
    ],
    [
      "a preparation of all synapses that depends on one neuron",
      { onPre: hook("synapsesByColumn", { prelude: [define(0, load("pre"))] }) },
    ],
    [
      "a column that stores what is a row's",
      { onPre: hook("synapsesByColumn", { outer: [store("theta")] }) },
    ],
    [
      "a store into another population",
      { onPre: hook("synapsesByColumn", { body: [store("pre")] }) },
    ],
    ["an event that changes all", { onPre: hook("synapsesByColumn", { body: [store("eta")] }) }],
    ["an update of a target", { update: [hook("synapsesByColumn", { body: [store("target")] })] }],
    [
      "an update of rows by columns",
      { update: [hook("synapsesByColumn", { body: [store("theta")] })] },
    ],
    ["an update out of the order of storage", { update: [hook("synapsesByRow", {})] }],
    [
      "a row that reads a synapse",
      { update: [hook("rows", { body: [store("theta", load("w"))] })] },
    ],
    ["a psp of columns", { transmit: psp }],
    ["a psp that stores", { storage: "rows", transmit: { ...psp, body: [store("w")] } }],
    [
      "a psp for something that is no target",
      { storage: "rows", transmit: { ...psp, targets: [slot.post] } },
    ],
    [
      "an event that draws",
      {
        onPre: hook("synapsesByColumn", {
          draws: [{ draw: 0, distribution: "Uniform", parameters: [load("eta"), load("eta")] }],
        }),
      },
    ],
    [
      "pre neurons as of now in a loop along delayed ones",
      {
        delayed: true,
        update: [hook("synapsesByColumn", { outer: [define(0, load("pre"))] })],
      },
    ],
    [
      "an iteration that stores",
      {
        onPost: hook("synapsesByRow", {
          body: [
            {
              kind: "newton",
              condition: null,
              unknowns: [{ id: 0, start: load("w"), slot: slot.w }],
              body: [store("w")],
              steps: [temporary(0)],
            },
          ],
        }),
      },
    ],
    [
      "an iteration under a condition that is a number",
      {
        onPost: hook("synapsesByRow", {
          body: [
            {
              kind: "newton",
              condition: load("w"),
              unknowns: [{ id: 0, start: load("w"), slot: slot.w }],
              body: [],
              steps: [temporary(0)],
            },
          ],
        }),
      },
    ],
    [
      "a value of an iteration after it",
      {
        onPost: hook("synapsesByRow", {
          body: [
            {
              kind: "newton",
              condition: null,
              unknowns: [{ id: 0, start: load("w"), slot: slot.w }],
              body: [define(1, temporary(0))],
              steps: [temporary(1)],
            },
            store("w", temporary(1)),
          ],
        }),
      },
    ],
    ["two fields of one name and owner", { fields: [...fields, fields[0]!] }],
  ])("refuses %s", (_, parts) => {
    expect(() => verifySynapse(synapse(parts))).toThrow(/malformed kernel|no field/);
  });
});
