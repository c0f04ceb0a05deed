import { describe, expect, it } from "vitest";

import type { StorageFormat, StorageOrder } from "../../../lib/connect/options.js";
import { isExperimental, refusal, type Stored } from "../../../lib/connect/storage.js";

/** Default rate-coded synapses, with a weight each. */
const plain: Stored = {
  type: "rate",
  defaultModel: true,
  continuous: true,
  singleWeight: false,
  ownDelays: false,
  structural: false,
  oneToOne: false,
  postIsView: false,
  preSize: 4,
  postSize: 4,
};
const spiking: Partial<Stored> = { type: "spike", continuous: false };

const refused = (
  changes: Partial<Stored>,
  format: StorageFormat,
  order: StorageOrder = "post_to_pre",
): boolean => refusal({ ...plain, ...changes }, { format, order }) !== null;

const EVERY: readonly StorageFormat[] = [
  ...(["default", "auto", "lil", "csr", "csr_scalar", "csr_vector", "dense"] as const),
  ...(["ell", "ellr", "sell", "coo", "bsr", "hyb", "dia"] as const),
];

describe("a storage format", () => {
  it.each<[what: string, changes: Partial<Stored>, refusedOnes: readonly StorageFormat[]]>([
    ["default rate-coded synapses", {}, []],
    ["spiking synapses", spiking, ["ell", "ellr", "coo", "hyb", "dia"]],
    ["other rate-coded synapses", { defaultModel: false }, ["sell", "coo", "bsr", "hyb", "dia"]],
    ["a single weight", { singleWeight: true }, ["bsr"]],
    ["one-to-one connections", { oneToOne: true }, ["dense"]],
    ["a delay for each synapse", { ownDelays: true }, ["ellr"]],
    ["a view as post", { postIsView: true }, ["dia"]],
    ["fewer pre neurons than post neurons", { preSize: 3 }, ["dia"]],
    [
      "structural plasticity",
      { structural: true },
      EVERY.filter((format) => !["default", "auto", "lil"].includes(format)),
    ],
  ])("is refused as the sanity rules say: %s", (_, changes, refusedOnes) => {
    const never = ["csr_scalar", "csr_vector"];
    const expected = EVERY.filter(
      (format) => never.includes(format) || refusedOnes.includes(format),
    );
    expect(EVERY.filter((format) => refused(changes, format))).toEqual(expected);
  });

  it("is refused in the order pre_to_post for spiking synapses with a psp", () => {
    expect(refused({ ...spiking, continuous: true }, "csr", "pre_to_post")).toBe(true);
    expect(refused(spiking, "csr", "pre_to_post")).toBe(false);
    expect(refused({}, "csr", "pre_to_post")).toBe(false);
  });

  it("is called experimental where the reference does so", () => {
    const found = EVERY.filter((format) =>
      isExperimental({ type: "rate" }, { format, order: "post_to_pre" }),
    );
    expect(found).toEqual(["ell", "ellr", "sell", "coo", "bsr", "hyb", "dia"]);
    const dense = { format: "dense", order: "post_to_pre" } as const;
    expect(isExperimental({ type: "spike" }, dense)).toBe(true);
    const columns = { format: "csr", order: "pre_to_post" } as const;
    expect(isExperimental({ type: "spike" }, columns)).toBe(true);
  });
});
