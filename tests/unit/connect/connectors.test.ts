import { describe, expect, it } from "vitest";

import { allToAll } from "../../../lib/connect/all-to-all.js";
import { classicName, connectors } from "../../../lib/connect/connectors.js";
import { fixedProbability } from "../../../lib/connect/fixed-probability.js";
import { oneToOne } from "../../../lib/connect/one-to-one.js";
import { Projection } from "../../../lib/network/projection.js";
import { Normal } from "../../../lib/random/distribution.js";

const error = (code: string, details: object): unknown =>
  expect.objectContaining({ code, details: expect.objectContaining(details) });

describe("a connector", () => {
  it("turns options into a pattern", () => {
    expect(allToAll({ weights: 0.5, delays: 2 })).toEqual({
      kind: "allToAll",
      probability: 1,
      number: 0,
      weights: 0.5,
      delays: 2,
      singleWeight: true,
      selfConnections: "noneInPopulation",
      storage: {},
    });
    expect(fixedProbability({ weights: 1, probability: 0.25 })).toMatchObject({
      kind: "fixedProbability",
      probability: 0.25,
      delays: 0,
      selfConnections: "noneInObject",
    });
    expect(oneToOne()).toMatchObject({ kind: "oneToOne", weights: 1, selfConnections: "all" });
  });

  it("stores one weight per synapse when weights are drawn, or when told to", () => {
    expect(allToAll({ weights: new Normal(0, 1) }).singleWeight).toBe(false);
    expect(oneToOne({ forceMultipleWeights: true }).singleWeight).toBe(false);
  });

  it("names the options it has when it is given another", () => {
    const options = { weights: 1, probabilty: 0.1, probability: 0.1 };
    expect(() => fixedProbability(options)).toThrow(
      error("UNKNOWN_CONNECTOR_OPTION", {
        connector: "fixedProbability",
        option: "probabilty",
        known: [
          ...["weights", "delays", "forceMultipleWeights", "probability", "allowSelfConnections"],
          ...["storageFormat", "storageOrder"],
        ],
      }),
    );
  });

  it.each([-0.1, 1.1, NaN, "0.5"])("refuses the probability %s", (probability) => {
    const options = JSON.parse(JSON.stringify({ weights: 1 }));
    expect(() => fixedProbability({ ...options, probability })).toThrow(
      error("INVALID_CONNECTOR_OPTION", { option: "probability", value: String(probability) }),
    );
  });

  it("names the option that is missing", () => {
    const nothing = JSON.parse("{}");
    expect(() => allToAll(nothing)).toThrow(error("MISSING_OPTION", { option: "weights" }));
    expect(() => fixedProbability({ weights: 1, ...nothing })).toThrow(
      error("MISSING_OPTION", { connector: "fixedProbability", option: "probability" }),
    );
  });

  it("refuses weights, delays and flags of the wrong kind", () => {
    const wrong = JSON.parse('{ "text": "1" }');
    expect(() => allToAll({ weights: wrong.text })).toThrow(
      error("INVALID_CONNECTOR_OPTION", { option: "weights" }),
    );
    expect(() => allToAll({ weights: NaN })).toThrow(
      error("INVALID_CONNECTOR_OPTION", { option: "weights" }),
    );
    expect(() => allToAll({ weights: 1, delays: -1 })).toThrow(
      error("INVALID_CONNECTOR_OPTION", { option: "delays" }),
    );
    expect(() => allToAll({ weights: 1, allowSelfConnections: wrong.text })).toThrow(
      error("INVALID_CONNECTOR_OPTION", { option: "allowSelfConnections" }),
    );
  });
});

describe("the table of connectors", () => {
  it.each(Object.keys(connectors) as (keyof typeof connectors)[])(
    "gives projections a method for %s, in both spellings",
    (name) => {
      const members = Projection.prototype as unknown as Record<string, unknown>;
      expect(members[name]).toBeTypeOf("function");
      expect(members[classicName(name)]).toBeTypeOf("function");
    },
  );

  it("spells the classic names", () => {
    expect(classicName("fixedProbability")).toBe("connectFixedProbability");
  });
});
