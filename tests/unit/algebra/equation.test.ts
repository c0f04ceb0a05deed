import { describe, expect, it } from "vitest";

import { gradientForm, relaxationForm } from "../../../lib/algebra/equation.js";
import { polynomial } from "../../../lib/algebra/polynomial.js";
import { print } from "../../../lib/dsl/print.js";
import { parseEquations } from "../../../lib/dsl/statements.js";
import { parsed } from "../../support/texts.js";

function equation(text: string) {
  const { items } = parseEquations({ name: "test", text }, ({ code }) => {
    throw new Error(code);
  });
  return items[0]!;
}

describe("polynomial", () => {
  it.each([
    ["a + b*x", ["a", "b"]],
    ["(a - x)/tau", ["a / tau", "-1 / tau"]],
    ["(E - v) + g*(Ee - x)", ["E - v + g * Ee", "-g"]],
    ["-(x - a)*2", ["a * 2", "-2"]],
    ["(x + 1)^2", ["1", "2", "1"]],
    ["x*x - x^2 + 3*x", ["0", "3"]],
    ["(x - 1)*(x + 1) - x*x", ["-1"]],
    ["a*x - a*x + b", ["b"]],
    ["exp(x) + c*x", ["exp(x)", "c"]],
    ["2^x", ["2^x"]],
    ["ite(x > 1, a, b)", ["ite(x > 1, a, b)"]],
  ])("collects %j", (text, coefficients) => {
    const terms = polynomial(parsed(text), (node) => node.kind === "name" && node.name === "x");
    expect(terms?.map(print)).toEqual(coefficients);
  });

  it.each(["1/x", "x^0.5", "x^a", "x^-1", "a/(x + 1)"])("refuses %j", (text) => {
    expect(
      polynomial(parsed(text), (node) => node.kind === "name" && node.name === "x"),
    ).toBeNull();
  });
});

describe("gradientForm", () => {
  it.each([
    ["tau * dv/dt = a - v", "tau", "a - v"],
    ["tau * dv/dt + v = a", "tau", "a - v"],
    ["tau * dv/dt + v - a = 0", "tau", "-(v - a)"],
    ["dv/dt = (a - v)/tau", "1", "(a - v) / tau"],
    ["(dv/dt) * tau = a - v", "tau", "a - v"],
    ["C * dv/dt / g = a", "C / g", "a"],
    ["-dv/dt = v", "-1", "v"],
    ["2*(dv/dt + v) = a", "2", "a - 2 * v"],
  ])("solves %j", (text, factor, rest) => {
    const { left, right } = equation(text);
    const form = gradientForm(left, right);
    const turned = rest === "-(v - a)" ? "a - v" : rest;
    expect([form && print(form.factor), form && print(form.rest)]).toEqual([factor, turned]);
  });

  it.each(["(dv/dt)^2 = v", "2^(dv/dt) = v", "1/(dv/dt) = v"])("refuses %j", (text) => {
    const { left, right } = equation(text);
    expect(gradientForm(left, right)).toBeNull();
  });
});

describe("relaxationForm", () => {
  it.each([
    ["tau*dv/dt = -v", "tau", "0"],
    ["tau*dv/dt + v = a", "tau", "a"],
    ["tau*dv/dt = (E - v) + g*(Ee - v)", "tau / (g + 1)", "(E + g * Ee) / (g + 1)"],
    ["dv/dt = (a - v)/tau", "tau", "a"],
    ["dv/dt = a*(1 - v) - b*v", "1 / (b + a)", "a / (b + a)"],
    ["tau*dv/dt = -v + exp(v)", "tau", "exp(v)"],
  ])("finds time constant and steady state of %j", (text, timeConstant, steadyState) => {
    const { left, right } = equation(text);
    const relaxation = relaxationForm(gradientForm(left, right)!, "v");
    expect(relaxation && [print(relaxation.timeConstant), print(relaxation.steadyState)]).toEqual([
      timeConstant,
      steadyState,
    ]);
  });

  it.each(["dv/dt = u", "dv/dt = v^2 - v", "dv/dt = v*(v - 1)", "v*dv/dt = -v", "dv/dt = 1/v"])(
    "refuses %j",
    (text) => {
      const { left, right } = equation(text);
      expect(relaxationForm(gradientForm(left, right)!, "v")).toBeNull();
    },
  );
});
