import { describe, expect, it } from "vitest";

import type { Diagnostic } from "../../../lib/diagnostics.js";
import {
  constantsOf,
  defineFunctions,
  evaluateFunction,
  functionsOfModel,
} from "../../../lib/model/functions.js";
import type { FunctionTable } from "../../../lib/model/function-checks.js";
import { brief } from "../../support/texts.js";

const none: FunctionTable = new Map();

function define(text: string | readonly string[], globals = none, owner: string | null = "n") {
  const diagnostics: Diagnostic[] = [];
  const report = (found: Diagnostic): void => void diagnostics.push(found);
  const context = { owner, globals, constants: ["gain", "pi"], report };
  const { definitions, lost } = defineFunctions(text, context);
  return { definitions, lost, mistakes: diagnostics.map(brief) };
}

/** The value of `f` for some operands, with the constant gain = 1.5. */
function value(text: string, ...operands: number[]): number {
  const { definitions, mistakes } = define(text);
  expect(mistakes).toEqual([]);
  const constants = new Map([
    ["gain", 1.5],
    ["pi", 3],
  ]);
  return evaluateFunction(definitions.get("f")!, definitions, constants, operands);
}

describe("defineFunctions", () => {
  it("takes numbers for granted as arguments and result", () => {
    const { definitions } = define("f(x, y) = x * y");
    expect(definitions.get("f")).toMatchObject({
      name: "f",
      result: "float",
      parameters: [
        { name: "x", type: "float" },
        { name: "y", type: "float" },
      ],
    });
  });

  it("reads the types of the result and the arguments", () => {
    const { definitions } = define("f(x, y) = x > y : bool, int, float");
    expect(definitions.get("f")).toMatchObject({
      result: "bool",
      parameters: [{ type: "int" }, { type: "float" }],
    });
  });

  it.each([
    ["arguments called like names of the language", "nmda(v, t, s) = v * t * s"],
    ["a call of a later function", "f(x) = g(x)\ng(x) = x"],
    ["constants, also of mathematics", "f(x) = gain * pi * E * x"],
    ["lists of lines", ["f(x) = x", "g(x) = f(x)"]],
  ])("accepts %s", (_, text) => {
    expect(define(text).mistakes).toEqual([]);
  });

  it("lets a local function hide and call global ones", () => {
    const globals = define("f(x) = x\ng(x) = 2*x", none, null).definitions;
    expect(define("f(x, y) = g(x) + y", globals).mistakes).toEqual([]);
  });

  it.each([
    ["exp(x) = x", "RESERVED_NAME exp"],
    ["sum(x) = x", "RESERVED_NAME sum"],
    ["mean(x) = x", "RESERVED_NAME mean"],
    ["Uniform(x) = x", "RESERVED_NAME Uniform"],
    ["ite(x) = x", "RESERVED_NAME ite"],
    ["f(True) = 1", "RESERVED_NAME True"],
    ["f() = 1", "NO_ARGUMENT f"],
    ["f(x, x) = x", "DUPLICATE_ARGUMENT x"],
    ["f(x) = x\nf(y) = y", "DUPLICATE_FUNCTION f"],
    ["f(x, y) = x : float, int", "FUNCTION_TYPES float"],
    ["f(x) = y", "UNKNOWN_NAME y"],
    ["f(x) = t*x", "NOT_ALLOWED_HERE t"],
    ["f(x) = x / dt", "NOT_ALLOWED_HERE dt"],
    ["f(x) = x + sum(exc)", "NOT_ALLOWED_HERE sum(exc)"],
    ["f(x) = x + pre.r", "NOT_ALLOWED_HERE pre.r"],
    ["f(x) = mean(x)", "NOT_ALLOWED_HERE mean(x)"],
    ["f(x) = Normal(0, 1)*x", "NOT_ALLOWED_HERE Normal(0, 1)"],
    ["f(x) = g(x)", "UNKNOWN_FUNCTION g"],
    ["f(x) = x(1)", "NOT_A_FUNCTION x"],
    ["f(x) = clip(x)", "WRONG_NUMBER_OF_OPERANDS clip(x)"],
    ["g(x, y) = x + y; f(x) = g(x)", "WRONG_NUMBER_OF_OPERANDS g(x)"],
    ["f(x) = f(x - 1)", "RECURSIVE_FUNCTION f"],
    ["f(x) = g(x); g(x) = h(x); h(x) = f(x)", "RECURSIVE_FUNCTION f"],
    ["f(x) = (x", "UNCLOSED_BRACKET ("],
  ])("answers %j with %s", (text, mistake) => {
    expect(define(text).mistakes).toEqual([mistake]);
  });

  it("refuses a global function that exists", () => {
    const globals = define("f(x) = x", none, null).definitions;
    expect(define("f(x) = 2*x", globals, null).mistakes).toEqual(["DUPLICATE_FUNCTION f"]);
  });

  it("does not complain about calls of a function that it could not read", () => {
    const { mistakes, lost } = define("f(x) = (x\ng(x) = f(x)");
    expect(mistakes).toEqual(["UNCLOSED_BRACKET ("]);
    expect(lost).toEqual(["f"]);
  });
});

describe("functionsOfModel", () => {
  const globals = define("f(x) = h(x)\ng(x) = x\nh(x) = gain*x", none, null).definitions;

  it("chooses all local functions, and the global ones that are called, also through others", () => {
    const local = define("p(x) = x").definitions;
    expect([...functionsOfModel(local, globals, ["f", "exp"]).keys()]).toEqual(["p", "f", "h"]);
  });

  it("keeps the meaning of a global function when the model hides what it calls", () => {
    const local = define("h(x) = 100*x").definitions;
    const functions = functionsOfModel(local, globals, ["f", "h"]);
    const constants = new Map([["gain", 2]]);
    expect(evaluateFunction(functions.get("f")!, functions, constants, [1])).toBe(2);
    expect(evaluateFunction(functions.get("h")!, functions, constants, [1])).toBe(100);
  });

  it("finds the constants that bodies use", () => {
    expect([...constantsOf(globals, ["gain", "other"])]).toEqual(["gain"]);
    const hidden = define("f(gain) = gain").definitions;
    expect([...constantsOf(hidden, ["gain"])]).toEqual([]);
  });
});

describe("evaluateFunction", () => {
  it.each([
    ["f(x) = power(x, 3)", [2], 8],
    ["f(x) = gain * x", [2], 3],
    ["f(x) = floor(pi * x)", [1], 3],
    ["f(x) = pi - x", [3], Math.PI - 3],
    ["f(pi) = pi", [7], 7],
    ["f(v, x) = if v > x: v - x else: 0.0", [1.5, 0.5], 1],
    ["f(v, x) = if v > x: v - x else: 0.0", [0.5, 1.5], 0],
    ["f(x) = ite(x is not 0, 1/x, 5)", [0], 5],
    ["f(x) = 0 < x <= 1", [1], 1],
    ["f(x) = not (x > 0 and x < 2) or x == 1", [1], 1],
    ["f(x) = max(x, 2, 3) - min(1, x)", [0], 3],
    ["g(x) = 2*x; f(x) = g(g(x))", [1], 4],
    ["f(x) = x/2 : int, float", [-5], -2],
    ["f(x) = x/2 : float, int", [5.9], 2.5],
    ["f(x) = x : int, float", [1e20], 2147483647],
    ["f(x) = x : int, float", [NaN], 0],
    ["f(x) = x + x : float, bool", [0.25], 2],
    ["f(x) = x : bool, float", [-3], 1],
    ["f(x) = -2^2 * x", [1], -4],
    ["f(x) = 2^3^2 * x", [1], 512],
    ["f(x) = neg(x) + modulo(7, 4) + clip(12, 0, 5) + round(2.5)", [-1], 10],
  ])("computes %s of %j as %d", (text, operands, expected) => {
    expect(value(text, ...operands)).toBe(expected);
  });
});
