import { describe, expect, it } from "vitest";

import type { Expression } from "../../../lib/dsl/ast.js";
import { print } from "../../../lib/dsl/print.js";
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
    case "remote":
    case "input":
    case "reduction":
      return `<${node.kind} ${print(node)}>`;
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
    ["sum(in)", "<input sum(in)>"],
    ["sum( exc ) - sum (inh)", "(<input sum(exc)> - <input sum(inh)>)"],
    ["sum()", "<input sum()>"],
    ["pre.sum(lambda)", "<input pre.sum(lambda)>"],
    ["post . sum ( exc ) * sum", "(<input post.sum(exc)> * sum)"],
    ["pre.r * (post.r)^2", "(<remote pre.r> * (<remote post.r> ^ 2))"],
    ["pre . r", "<remote pre.r>"],
    ["post.sum + pre + post", "((<remote post.sum> + pre) + post)"],
    ["mean(r)", "<reduction mean(r)>"],
    [
      "norm1 ( pre . r ) + norm2((post.v))",
      "(<reduction norm1(pre.r)> + <reduction norm2(post.v)>)",
    ],
    ["max(r) + min(post.r)", "(<reduction max(r)> + <reduction min(post.r)>)"],
    ["max(a, b)", "max(a, b)"],
    ["Max(a) + Min(pre.a)", "(Max(a) + Min(<remote pre.a>))"],
    ["max(pre.a, mean(post.a))", "max(<remote pre.a>, <reduction mean(post.a)>)"],
    ["mean + max", "(mean + max)"],
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
    ["prev.r * 2", "UNKNOWN_SIDE prev"],
    ["neuron.r", "UNKNOWN_SIDE neuron"],
    ["pre.", "UNEXPECTED_END"],
    ["pre.2", "MISSING_OPERATOR pre.2"],
    ["pre.else", "UNEXPECTED_TOKEN else"],
    ["pre.mean(r)", "REMOTE_CALL pre.mean"],
    ["post.exp(r)", "REMOTE_CALL post.exp"],
    ["pre.sum()", "UNEXPECTED_TOKEN )"],
    ["sum(exc, inh)", "UNEXPECTED_TOKEN ,"],
    ["sum(2)", "UNEXPECTED_TOKEN 2"],
    ["sum(pre.r)", "UNEXPECTED_TOKEN ."],
    ["mean(2*v)", "REDUCTION_OPERAND 2*v"],
    ["mean(a, b)", "REDUCTION_OPERAND b"],
    ["norm1()", "REDUCTION_OPERAND norm1()"],
    ["max(-v)", "REDUCTION_OPERAND -v"],
    ["mean(pre.sum(exc))", "REDUCTION_OPERAND pre.sum(exc)"],
    ["'key' + 1", "UNEXPECTED_TOKEN 'key'"],
  ])("answers %j with %s", (text, expected) => {
    expect(read(text).diagnostics.map(brief)).toEqual([expected]);
  });

  it.each([
    ["brackets", "(".repeat(300) + "a" + ")".repeat(300), "TOO_DEEP ("],
    ["signs", `${"-".repeat(300)}a`, "TOO_DEEP -"],
    ["powers", "a".padEnd(601, "^a"), "TOO_DEEP a"],
    ["branches", `${"if a: b else: ".repeat(300)}c`, "TOO_DEEP a"],
    ["sums", "a".padEnd(4001, "+a"), "TOO_LONG a"],
  ])("refuses %s without end", (_, text, expected) => {
    expect(read(text).diagnostics.map(brief)).toEqual([expected]);
  });
});
