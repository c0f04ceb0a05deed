import fc from "fast-check";

import { builtins } from "../../lib/dsl/functions.js";

/** The numerical methods, as flags. */
export const methods = ["explicit", "implicit", "semiimplicit", "exponential", "midpoint", "rk4"];

/** Texts of expressions that are right but for what they mean, made of these leaves. */
export function expressionOf(...leaves: readonly string[]): fc.Arbitrary<string> {
  const { expression } = fc.letrec<{ expression: string }>((tie) => {
    const part = tie("expression");
    const infix = fc.constantFrom(..."+ - * / ^ < <= > >= == != and or".split(" "));
    const call = fc
      .constantFrom(...Object.entries(builtins))
      .chain(([name, { arity }]) =>
        fc
          .tuple(...Array.from({ length: arity }, () => part))
          .map((parts) => `${name}(${parts.join(", ")})`),
      );
    return {
      expression: fc.oneof(
        { depthSize: "small", withCrossShrink: true },
        { weight: 4, arbitrary: fc.constantFrom(...leaves) },
        { weight: 3, arbitrary: fc.tuple(part, infix, part).map((x) => `(${x.join(" ")})`) },
        fc.tuple(fc.constantFrom("-", "not "), part).map((x) => `(${x.join("")})`),
        fc.tuple(part, part, part).map((x) => `ite(${x.join(", ")})`),
        part.map((x) => `f(${x})`),
        call,
      ),
    };
  });
  return expression;
}

/** What a random statement is made of. */
export interface StatementParts {
  readonly variable: string;
  readonly right: fc.Arbitrary<string>;
  /** For `min`, which is no place for draws. */
  readonly bound: fc.Arbitrary<string>;
  /** Stands in for constants of equations. */
  readonly factor: string;
  /** A flag, or nothing. */
  readonly locality: string;
}

/** One statement: an assignment or an equation in one of its layouts, to be completed by a method. */
export function statementOf({
  variable,
  right,
  bound,
  factor,
  locality,
}: StatementParts): fc.Arbitrary<(method: string) => string> {
  const layouts = [
    `dV/dt = R`,
    `${factor} * dV/dt + V = R`,
    `dV/dt = (${factor} - V) * ${factor} + R`,
    `dV/dt + ${factor} * V = R`,
  ];
  const left = fc.constantFrom(...layouts, ...layouts, "V = R", "V += R", "V *= R");
  const conditional = fc.tuple(right, right, right).map(([a, b, c]) => `if ${a}: ${b} else: ${c}`);
  const value = fc.oneof({ weight: 5, arbitrary: right }, { weight: 1, arbitrary: conditional });
  const limit = fc.oneof(
    fc.constant(""),
    bound.map((least) => `min=${least}`),
  );
  return fc.tuple(left, value, limit).map(([layout, given, least]) => {
    const text = layout.replaceAll("V", variable).replace("R", () => given);
    return (method) => `${text} : ${[method, least, locality].filter((flag) => flag).join(", ")}`;
  });
}
