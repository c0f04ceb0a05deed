import { describe, expect, it } from "vitest";

import { parseFunctions } from "../../../lib/dsl/function-texts.js";
import { print } from "../../../lib/dsl/print.js";
import { brief } from "../../support/texts.js";

function functions(text: string) {
  const mistakes: string[] = [];
  const { items, lost } = parseFunctions({ name: "test", text }, (found) =>
    mistakes.push(brief(found)),
  );
  const texts = items.map(({ name, parameters, body, types }) => {
    const head = `${name.name}(${parameters.map((parameter) => parameter.name).join(", ")})`;
    return [`${head} = ${print(body)}`, ...types.map((type) => type.name)].join(" : ");
  });
  return { texts, mistakes, lost };
}

describe("parseFunctions", () => {
  it.each([
    ["f(x) = x^2", ["f(x) = x^2"]],
    ["f ( x , y )=x*y ; g(a) = f(a, a)", ["f(x, y) = x * y", "g(a) = f(a, a)"]],
    ["f(x) = if x > 0: x\n  else: -x # both", ["f(x) = if x > 0: x else: -x"]],
    ["nmda(v, t, s) = 1 / (1 + exp(-v))\n * t * s", ["nmda(v, t, s) = 1 / (1 + exp(-v)) * t * s"]],
    ["f(x) = x > 1 : bool, float", ["f(x) = x > 1 : bool : float"]],
    ["f(x) = if x: 1 else: 2 : int, bool", ["f(x) = if x: 1 else: 2 : int : bool"]],
    ["f() = 1", ["f() = 1"]],
    ["", []],
  ])("reads %j", (text, texts) => {
    expect(functions(text)).toEqual({ texts, mistakes: [], lost: [] });
  });

  it.each([
    ["f = 1", "FUNCTION_HEAD f"],
    ["2(x) = x", "FUNCTION_HEAD 2(x)"],
    ["f(x)(y) = x", "FUNCTION_HEAD f(x)(y)"],
    ["f(x y) = x", "FUNCTION_HEAD f(x y)"],
    ["f(x = x", "UNCLOSED_BRACKET ("],
    ["f(2) = 1", "UNEXPECTED_TOKEN 2"],
    ["f(x, ) = 1", "UNEXPECTED_END )"],
    ["f(x = 2) = x", "SEVERAL_ASSIGNMENTS ="],
    ["f(x) += x", "UNEXPECTED_TOKEN +="],
    ["f(x) =", "UNEXPECTED_END"],
    ["f(x)", "TEXT_BEFORE_ASSIGNMENT f(x)"],
    ["f(x) = x : flot, int", "UNKNOWN_TYPE flot"],
    ["f(x) = x : int int", "UNEXPECTED_TOKEN int"],
    ["lambda(x) = x", "FUNCTION_HEAD lambda(x)"],
    ["= x", "FUNCTION_HEAD ="],
  ])("answers %j with %s", (text, mistake) => {
    expect(functions(text).mistakes).toEqual([mistake]);
  });

  it("reads the functions around an unreadable one, whose name it remembers", () => {
    expect(functions("f(x) = x\ng(x) = (x\nh(x) = x")).toEqual({
      texts: ["f(x) = x", "h(x) = x"],
      mistakes: ["UNCLOSED_BRACKET ("],
      lost: ["g"],
    });
  });
});
