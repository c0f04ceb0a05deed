import { describe, expect, it } from "vitest";

import type { Diagnostic } from "../../../lib/diagnostics.js";
import { print, printStatement } from "../../../lib/dsl/print.js";
import { parseEquations, parseParameters } from "../../../lib/dsl/statements.js";
import { brief } from "../../support/texts.js";

function equations(text: string) {
  const mistakes: string[] = [];
  const { items, lost } = parseEquations({ name: "test", text }, (found) =>
    mistakes.push(brief(found)),
  );
  const statements = items.map((item) => {
    const flags = item.flags.map(({ name, value }) =>
      value === null ? name : `${name}=${print(value)}`,
    );
    return `${item.target.name}: ${printStatement(item)}${flags.length > 0 ? ` : ${flags.join(", ")}` : ""}`;
  });
  return { statements, mistakes, lost };
}

/** For texts without mistakes. */
function fail({ code }: Diagnostic): never {
  throw new Error(code);
}

function parameters(text: string) {
  const mistakes: string[] = [];
  const { items } = parseParameters({ name: "test", text }, (found) => mistakes.push(brief(found)));
  const declarations = items.map(({ target, value, flags }) =>
    [target.name, value === null ? "" : print(value), ...flags.map(({ name }) => name)].join(" "),
  );
  return { declarations, mistakes };
}

describe("parseEquations", () => {
  it.each([
    ["tau*dv/dt = -v", ["v: tau * dv/dt = -v"]],
    ["tau * d v / dt + v = a", ["v: tau * dv/dt + v = a"]],
    ["(dv/dt) * tau = a - v", ["v: dv/dt * tau = a - v"]],
    ["dv = 1\ndv/dt = dv", ["dv: dv = 1", "v: dv/dt = dv"]],
    [
      "x = 1; y += 2; z -= x; w *= 2; u /= 3",
      ["x: x = 1", "y: y += 2", "z: z -= x", "w: w *= 2", "u: u /= 3"],
    ],
    ["r=sum(exc): min=0.0", ["r: r = sum(exc) : min=0"]],
    ["v = a : init = -65., min=-70, max=f(a, b)", ["v: v = a : init=-65, min=-70, max=f(a, b)"]],
    ["dx/dt = -x : event-driven, population", ["x: dx/dt = -x : event-driven, population"]],
    ["dv/dt = a\n  + b\n  - c : exponential", ["v: dv/dt = a + b - c : exponential"]],
    ["x = if a > 0:\n  1.0\nelse:\n  2.0 : init=3", ["x: x = if a > 0: 1 else: 2 : init=3"]],
    [
      "x = if a == 0.0: b else: c\n: init = 1, max = name",
      ["x: x = if a == 0: b else: c : init=1, max=name"],
    ],
    ["w += if t >= a: b else: - c", ["w: w += if t >= a: b else: -c"]],
    ["p = Uniform(0, 1) < f/1000.", ["p: p = Uniform(0, 1) < f / 1000"]],
    ["# only a comment\n\n x = 1 # and another = one", ["x: x = 1"]],
    ["flag = a <= b", ["flag: flag = a <= b"]],
    ["x = 1 : init = 3, whatever, label = x", ["x: x = 1 : init=3"]],
    ["dv/dt = a : init = 2\n + b : min = 0", ["v: dv/dt = a + b : init=2, min=0"]],
    ["g_target += w : max = 1.5, unless_post", ["g_target: g_target += w : max=1.5, unless_post"]],
    [
      "theta = post.sum(exc) : postsynaptic, runge-kutta4, exact, semiglobal",
      ["theta: theta = post.sum(exc) : postsynaptic, runge-kutta4, exact, semiglobal"],
    ],
    ["", []],
  ])("reads %j", (text, statements) => {
    expect(equations(text)).toEqual({ statements, mistakes: [], lost: [] });
  });

  it.each([
    ["x + 1", "TEXT_BEFORE_ASSIGNMENT x + 1"],
    ["r + a = 1", "NO_VARIABLE r + a"],
    ["= c", "NO_VARIABLE ="],
    ["f(x) = 1", "NO_VARIABLE f(x)"],
    ["dv/dt + du/dt = 1", "SEVERAL_GRADIENTS du/dt"],
    ["x = y = 1", "SEVERAL_ASSIGNMENTS ="],
    ["dv/dt += 1", "ODE_OPERATOR +="],
    ["x ^= 2", "UNKNOWN_OPERATOR ^="],
    ["x %= 2", "UNKNOWN_OPERATOR %="],
    ["tau dv/dt = -v", "MISSING_OPERATOR tau dv"],
    ["pre.x = 1", "REMOTE_ASSIGNED pre.x"],
    ["post.sum(exc) += 1", "REMOTE_ASSIGNED post.sum(exc)"],
    ["sum(exc) = 1", "NO_VARIABLE sum(exc)"],
    ["x = 1 : min", "FLAG_VALUE min"],
    ["x = 1 : population = 2", "FLAG_VALUE population"],
    ["x = if a: b els: c", "MISSING_ELSE els"],
    ["x = if a: b esle: c : init=2", "MISSING_ELSE esle"],
  ])("answers %j with %s", (text, mistake) => {
    expect(equations(text).mistakes).toEqual([mistake]);
  });

  it.each([
    ["x = 1 : ini = 3", "UNKNOWN_FLAG ini"],
    ["dx/dt = -x : exponental", "UNKNOWN_FLAG exponental"],
    ["x = 1 : init = 3, maxi = 4", "UNKNOWN_FLAG maxi"],
    ["x = 1 : whatever", "UNKNOWN_FLAG whatever"],
  ])("keeps the statement when a flag is unknown: %j", (text, mistake) => {
    const { statements, mistakes } = equations(text);
    expect(mistakes).toEqual([mistake]);
    expect(statements).toHaveLength(1);
  });

  it("reports every statement that it cannot read, and reads the others", () => {
    const { statements, mistakes, lost } = equations("a = (1\nb = 2\ndc/dt = 3 3\nd = 4");
    expect(statements).toEqual(["b: b = 2", "d: d = 4"]);
    expect(mistakes).toEqual(["UNCLOSED_BRACKET (", "MISSING_OPERATOR 3 3"]);
    expect(lost).toEqual(["a", "dc", "c", "dt", "t"]);
  });
});

describe("parseParameters", () => {
  it("reads one definition per line", () => {
    const text = "tau = 10.0 ; v0 = 1.05: population # volts\nflag = True : bool\nn : int\nk";
    const declarations = ["tau 10", "v0 1.05 population", "flag True bool", "n  int", "k "];
    expect(parameters(text)).toEqual({ declarations, mistakes: [] });
  });

  it("reads keys in quotes in place of a value", () => {
    const source = { name: "test", text: "tau = 'tau_m' : population\nk = \"K\"" };
    const { items } = parseParameters(source, fail);
    expect(items.map(({ target, key, value }) => [target.name, key, value])).toEqual([
      ["tau", "tau_m", null],
      ["k", "K", null],
    ]);
  });

  it.each([
    ["10 = tau", "UNEXPECTED_TOKEN 10"],
    ["tau += 1", "UNEXPECTED_TOKEN +="],
    ["tau = ", "UNEXPECTED_END"],
    ["tau = 1 : populaton", "UNKNOWN_FLAG populaton"],
  ])("answers %j with %s", (text, mistake) => {
    expect(parameters(text).mistakes).toEqual([mistake]);
  });
});
