import { describe, expect, it } from "vitest";

import { latex, latexStatement } from "../../../lib/dsl/latex.js";
import { escapeLatex, latexName } from "../../../lib/dsl/latex-names.js";
import { parseEquations } from "../../../lib/dsl/statements.js";
import { parsed } from "../../support/texts.js";

const context = {
  variables: new Set(["v", "u", "g_exc"]),
  attributes: new Set(["v", "u", "g_exc", "tau", "a", "b"]),
};
const written = (text: string, event = false): string => latex(parsed(text), { ...context, event });

describe("a name", () => {
  it.each([
    ["x", "x"],
    ["tau", "\\tau"],
    ["Gamma", "\\Gamma"],
    ["rate", "\\text{rate}"],
    ["tau_exc", "\\tau_{\\text{exc}}"],
    ["w_0", "w_{0}"],
    ["v_m", "v_{m}"],
    ["E_rev_exc", "\\text{E-rev-exc}"],
    ["_v", "\\text{v}"],
    ["v_", "\\text{v}"],
  ])("%s is %s", (name, expected) => {
    expect(latexName(name)).toBe(expected);
  });
});

describe("an expression", () => {
  it.each([
    ["v", "v(t)"],
    ["a", "a"],
    ["dt", "\\Delta t"],
    ["t_pre", "t_{\\text{pre}}"],
    ["t", "t"],
    ["pi", "\\pi"],
    ["E", "e"],
    ["1e-5", "10^{-5}"],
    ["0.001", "0.001"],
    ["1e12", "1000000000000"],
    ["-(a + b) / tau", "-\\frac{a + b}{\\tau}"],
    ["a - -v / tau", "a - \\left( -\\frac{v(t)}{\\tau} \\right)"],
    ["2.5e-8", "2.5 \\cdot 10^{-8}"],
    ["a + b - v", "a + b - v(t)"],
    ["a - (b - v)", "a - \\left( b - v(t) \\right)"],
    ["a * (b + v)", "a \\cdot \\left( b + v(t) \\right)"],
    ["a * b / tau", "\\frac{a \\cdot b}{\\tau}"],
    ["(a / b)^2", "\\left( \\frac{a}{b} \\right)^{2}"],
    ["a / b * v", "\\frac{a}{b} \\cdot v(t)"],
    ["-a^2", "-a^{2}"],
    ["(-a)^2", "\\left( -a \\right)^{2}"],
    ["a * -b", "a \\cdot \\left( -b \\right)"],
    ["-(a + b)", "-\\left( a + b \\right)"],
    ["exp(-v / tau)", "\\exp\\left( -\\frac{v(t)}{\\tau} \\right)"],
    ["sqrt(abs(v))", "\\sqrt{\\left\\lvert v(t) \\right\\rvert}"],
    ["pow(a + b, 2)", "\\left( a + b \\right)^{2}"],
    ["pos(v - a)", "\\left( v(t) - a \\right)^{+}"],
    ["negative(v)^2", "\\left( \\left( v(t) \\right)^{-} \\right)^{2}"],
    ["modulo(a + b, 2)", "\\left( a + b \\right) \\bmod 2"],
    ["clip(v, a, b)", "\\text{clip}\\left( v(t), a, b \\right)"],
    ["f_x(v)", "f_{x}\\left( v(t) \\right)"],
    ["sum(exc)", "\\sum_{\\text{exc}} w \\cdot r^{\\text{pre}}(t-d)"],
    ["a * sum(exc)", "a \\cdot \\left( \\sum_{\\text{exc}} w \\cdot r^{\\text{pre}}(t-d) \\right)"],
    ["g_exc", "g_{\\text{exc}}(t)"],
    ["pre.r * post.v", "r^{\\text{pre}}(t-d) \\cdot v^{\\text{post}}(t)"],
    ["mean(v)", "\\text{mean}\\left( v(t) \\right)"],
    ["max(pre.r)", "\\max\\left( r^{\\text{pre}}(t-d) \\right)"],
    ["norm2(v)", "\\left\\lVert v(t) \\right\\rVert_{2}"],
    ["Normal(0, 1)", "\\mathcal{N}\\left( 0, 1 \\right)"],
    ["LogNormal(0, 1)", "\\ln\\mathcal{N}\\left( 0, 1 \\right)"],
    ["Exponential(a)", "\\exp\\left( a \\right)"],
    ["Binomial(4, a)", "\\mathcal{B}\\left( 4, a \\right)"],
    ["0 < v <= 1 and not a == b", "0 < v(t) \\leq 1 \\text{ and } \\text{not } a = b"],
    [
      "ite(v > 1, a, b)",
      "\\begin{cases} a & \\text{if } v(t) > 1 \\\\ b & \\text{otherwise.} \\end{cases}",
    ],
    [
      "2 * ite(v > 1, a, b)",
      "2 \\cdot \\left( \\begin{cases} a & \\text{if } v(t) > 1 \\\\ b & \\text{otherwise.} \\end{cases} \\right)",
    ],
  ])("%s is %s", (text, expected) => {
    expect(written(text)).toBe(expected);
  });

  it("has no delay in the code of events", () => {
    expect(written("pre.r", true)).toBe("r^{\\text{pre}}(t)");
  });
});

describe("a statement", () => {
  const statement = (text: string): string => {
    const { items } = parseEquations({ name: "test", text }, (diagnostic) => {
      throw new Error(diagnostic.code);
    });
    return latexStatement(items[0]!, context);
  };

  it.each([
    ["tau * dv/dt + v = a : init = 0.5", "\\tau \\cdot \\frac{dv(t)}{dt} + v(t) = a"],
    ["v += b", "v(t) \\mathrel{+}= b"],
    ["v *= b", "v(t) \\mathrel{\\times}= b"],
    ["g_target += w", "g_{\\text{target}} \\mathrel{+}= w"],
    [
      "v = if u > 1: a else: if u > 0: b else: 0",
      "v(t) = \\begin{cases} a & \\text{if } u(t) > 1 \\\\ b & \\text{if } u(t) > 0 \\\\ 0 & \\text{otherwise.} \\end{cases}",
    ],
  ])("%s is %s", (text, expected) => {
    expect(statement(text)).toBe(expected);
  });
});

it("text is escaped", () => {
  expect(escapeLatex("50% of a_b & {c} \\d~^")).toBe(
    "50\\% of a\\_b \\& \\{c\\} \\textbackslash{}d\\textasciitilde{}\\textasciicircum{}",
  );
});
