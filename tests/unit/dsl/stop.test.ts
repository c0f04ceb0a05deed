import { describe, expect, it } from "vitest";

import { print } from "../../../lib/dsl/print.js";
import { parseStopCondition } from "../../../lib/dsl/stop.js";
import { brief } from "../../support/texts.js";

function stop(text: string) {
  const mistakes: string[] = [];
  const found = parseStopCondition({ name: "test", text }, (mistake) =>
    mistakes.push(brief(mistake)),
  );
  return {
    text: found === null ? null : `${print(found.condition)} : ${found.quantifier}`,
    mistakes,
  };
}

describe("parseStopCondition", () => {
  it.each([
    ["r > 3.0", "r > 3 : any"],
    ["r > 3.0 : any", "r > 3 : any"],
    ["(r > 3.0) and\n (v < 2) :all", "r > 3 and v < 2 : all"],
    ["spiked:all", "spiked : all"],
  ])("reads %j as %s", (text, expected) => {
    expect(stop(text)).toEqual({ text: expected, mistakes: [] });
  });

  it.each([
    ["", "UNEXPECTED_END"],
    ["r > 3 : some", "UNEXPECTED_TOKEN some"],
    ["r > 3 :", "UNEXPECTED_END"],
    ["r > 3 : any all", "UNEXPECTED_TOKEN all"],
    ["if a: b else: c", "CONDITIONAL_INSIDE if"],
    ["r = 3", "UNKNOWN_OPERATOR ="],
  ])("answers %j with %s", (text, mistake) => {
    expect(stop(text)).toEqual({ text: null, mistakes: [mistake] });
  });
});
