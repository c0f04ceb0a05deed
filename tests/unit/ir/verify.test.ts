import { describe, expect, it } from "vitest";

import { arithmetic, constant, convert } from "../../../lib/ir/build.js";
import type { KernelField } from "../../../lib/ir/fields.js";
import type { IrHook, IrStatement, KernelIr } from "../../../lib/ir/ir.js";
import { verify } from "../../../lib/ir/verify.js";

const fields: readonly KernelField[] = [
  { name: "v", type: "real", scope: "local", owner: "self", role: "attribute" },
  { name: "tau", type: "real", scope: "global", owner: "self", role: "attribute" },
  { name: "n", type: "int32", scope: "local", owner: "self", role: "attribute" },
  { name: "kappa", type: "real", scope: "global", owner: "self", role: "constant" },
];
const one = constant("real", 1);
const v = { kind: "load", type: "real", slot: 0 } as const;

function kernel(
  body: readonly IrStatement[],
  rest: Partial<KernelIr> = {},
  hook: Partial<IrHook> = {},
): KernelIr {
  return {
    fields,
    globals: null,
    update: { draws: [], prelude: [], body, ...hook },
    reset: null,
    axon: null,
    axonReset: null,
    stop: null,
    ...rest,
  };
}

describe("verify", () => {
  it("accepts a kernel in which everything has its place", () => {
    const t0 = { kind: "temporary", type: "real", id: 0 } as const;
    const body: IrStatement[] = [
      { kind: "note", text: "v" },
      { kind: "let", id: 0, type: "real", value: arithmetic("+", v, one) },
      { kind: "store", slot: 0, value: t0 },
      { kind: "store", slot: 2, value: convert("int", t0) },
    ];
    expect(() => verify(kernel(body))).not.toThrow();
  });

  it.each<[string, KernelIr]>([
    [
      "a temporary before its definition",
      kernel([{ kind: "store", slot: 0, value: { kind: "temporary", type: "real", id: 3 } }]),
    ],
    ["a field that is not there", kernel([{ kind: "store", slot: 9, value: one }])],
    ["a store of another type", kernel([{ kind: "store", slot: 2, value: one }])],
    [
      "two stores of a field",
      kernel([
        { kind: "store", slot: 0, value: one },
        { kind: "store", slot: 0, value: one },
      ]),
    ],
    [
      "a read after the store",
      kernel([
        { kind: "store", slot: 0, value: one },
        { kind: "let", id: 0, type: "real", value: v },
      ]),
    ],
    ["a local hook that writes a global field", kernel([{ kind: "store", slot: 1, value: one }])],
    [
      "an assigned constant",
      kernel([], {
        globals: { draws: [], prelude: [], body: [{ kind: "store", slot: 3, value: one }] },
      }),
    ],
    [
      "a sum of unlike values",
      kernel([{ kind: "let", id: 0, type: "real", value: arithmetic("+", v, constant("int", 1)) }]),
    ],
    ["a let of another type", kernel([{ kind: "let", id: 0, type: "int", value: one }])],
    [
      "a draw that is not made",
      kernel([{ kind: "store", slot: 0, value: { kind: "draw", draw: 0 } }]),
    ],
    [
      "a prelude that reads an element",
      kernel([], {}, { prelude: [{ kind: "let", id: 0, type: "real", value: v }] }),
    ],
    [
      "a function with an operand too few",
      kernel([{ kind: "store", slot: 0, value: { kind: "call", name: "atan2", operands: [v] } }]),
    ],
    [
      "a random parameter of an element",
      kernel([], {}, { draws: [{ draw: 0, distribution: "Exponential", parameters: [v] }] }),
    ],
  ])("refuses %s", (_, ir) => {
    expect(() => verify(ir)).toThrow(/malformed kernel|no field/);
  });
});
