import { describe, expect, it } from "vitest";

import type { Expression } from "../../../lib/dsl/ast.js";
import { brief, parsed, read } from "../../support/texts.js";

/** The tree with all its brackets. */
function tree(node: Expression): string {
  switch (node.kind) {
    case "number":
    case "boolean":
      return String(node.value);
    case "name":
      return node.name;
    case "gradient":
      return `d${node.name}/dt`;
    case "unary":
      return `(${node.operator} ${tree(node.operand)})`;
    case "binary":
      return `(${tree(node.left)} ${node.operator} ${tree(node.right)})`;
    case "comparison":
      return `(${node.operands.map((x, i) => (i === 0 ? tree(x) : `${node.operators[i - 1]!} ${tree(x)}`)).join(" ")})`;
    case "call":
      return `${node.name}(${node.operands.map(tree).join(", ")})`;
    case "conditional":
      return `[${tree(node.condition)} ? ${tree(node.then)} : ${tree(node.otherwise)}]`;
    case "random":
      return "random";
  }
}

describe("parseExpression", () => {
  it.each([
    ["-a^b", "(- (a ^ b))"],
    ["-a**2", "(- (a ^ 2))"],
    ["a^b^c", "(a ^ (b ^ c))"],
    ["a^-b", "(a ^ (- b))"],
    ["2^-3*4", "((2 ^ (- 3)) * 4)"],
    ["a-b-c", "((a - b) - c)"],
    ["a/b/c", "((a / b) / c)"],
    ["a/b*c", "((a / b) * c)"],
    ["-a*b", "((- a) * b)"],
    ["a*-b", "(a * (- b))"],
    ["+a", "a"],
    ["a + b*c", "(a + (b * c))"],
    ["(a + b)*c", "((a + b) * c)"],
    ["not a and b", "((not a) and b)"],
    ["not a == b", "(not (a == b))"],
    ["not(a) or b", "((not a) or b)"],
    ["a or b and c", "(a or (b and c))"],
    ["a | b & c", "(a or (b and c))"],
    ["a<b and b<c", "((a < b) and (b < c))"],
    ["0 < a <= 1", "(0 < a <= 1)"],
    ["a is b", "(a == b)"],
    ["a is not b", "(a != b)"],
    ["a + 1 > b*2", "((a + 1) > (b * 2))"],
    ["a and not b", "(a and (not b))"],
    ["exp (a, b)", "exp(a, b)"],
    ["f()", "f()"],
    ["True == flag", "(true == flag)"],
    ["if a: b else: c", "[a ? b : c]"],
    ["if not(a): b else: -c", "[(not a) ? b : (- c)]"],
    ["if a: if b: c else: d else: e", "[a ? [b ? c : d] : e]"],
    ["if a: b else: if c: d else: e", "[a ? b : [c ? d : e]]"],
    ["if a: b elif c: d else: e", "[a ? b : [c ? d : e]]"],
    ["if t < 200.0 : 2000.0 else : 0.0", "[(t < 200) ? 2000 : 0]"],
    ["sum(in)", "sum(in)"],
    ["a\n + b", "(a + b)"],
  ])("reads %j as %s", (text, expected) => {
    expect(tree(parsed(text))).toBe(expected);
  });

  it.each([
    ["2a", "MISSING_OPERATOR 2a"],
    ["2(a + b)", "MISSING_OPERATOR 2("],
    ["(a)(b)", "MISSING_OPERATOR (a)("],
    ["a b", "MISSING_OPERATOR a b"],
    ["(a + b", "UNCLOSED_BRACKET ("],
    ["a + b)", "UNOPENED_BRACKET )"],
    ["exp(a", "UNCLOSED_BRACKET ("],
    ["a +", "UNEXPECTED_END"],
    ["a + * b", "UNEXPECTED_TOKEN *"],
    ["* a", "UNEXPECTED_TOKEN *"],
    ["", "UNEXPECTED_END"],
    ["f(a,)", "UNEXPECTED_TOKEN )"],
    ["a && b", "UNKNOWN_OPERATOR &&"],
    ["a || b", "UNKNOWN_OPERATOR ||"],
    ["a % 2", "UNKNOWN_OPERATOR %"],
    ["a // 2", "UNKNOWN_OPERATOR //"],
    ["v = 30", "UNKNOWN_OPERATOR ="],
    ["if a: b els: c", "MISSING_ELSE els"],
    ["if a: b", "MISSING_ELSE"],
    ["if a b else: c", "MISSING_OPERATOR a b"],
    ["if a > 1 : b else c", "MISSING_COLON c"],
    ["if a", "MISSING_COLON"],
    ["1 + if a: b else: c", "CONDITIONAL_INSIDE if"],
    ["a if b else c", "CONDITIONAL_INSIDE if"],
    ["a == not b", "UNEXPECTED_TOKEN not"],
    ["lambda + 1", "UNEXPECTED_TOKEN lambda"],
    ["pre.r * 2", "UNSUPPORTED pre"],
  ])("answers %j with %s", (text, expected) => {
    expect(read(text).diagnostics.map(brief)).toEqual([expected]);
  });
});
