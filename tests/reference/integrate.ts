import type { Expression, Statement } from "../../lib/dsl/ast.js";
import { coefficient, expand, GRADIENT } from "./affine.js";
import { solve } from "./solve.js";
import { evaluate, NotCovered, type Scope } from "./scope.js";

/** Where statements run: one element at one moment. */
export interface Place {
  readonly scope: Scope;
  /** Store a value, unless the variable is frozen. */
  readonly write: (name: string, value: number) => void;
  /** Store a bound: also where the variable is frozen (§3.2). */
  readonly bound: (name: string, value: number) => void;
  /** [ms] */
  readonly step: number;
  /** The method of equations that name none. */
  readonly method: string;
  /** §2.4: in synapses every rk4 equation advances alone. */
  readonly coupledRungeKutta: boolean;
  /** The factors 1 − exp(−h/τ) that were computed before anything changed (§2.2). */
  readonly factors: ReadonlyMap<Statement, number>;
}

const coupled = ["implicit", "midpoint", "rk4"];

/** The method of an equation: the first of the flags in the order of precedence of §1.5. */
export function methodOf({ kind, flags, right }: Statement, otherwise: string): string {
  if (kind !== "ode") return "assignment";
  const names = flags.map(({ name }) => name);
  if (names.includes("event-driven") || names.includes("exact")) return "event-driven";
  if (right.kind === "conditional") return "explicit";
  const order = ["implicit", "semiimplicit", "exponential", "midpoint", "rk4", "runge-kutta4"];
  const found = [...order, "explicit"].find((name) => names.includes(name)) ?? otherwise;
  return found === "runge-kutta4" ? "rk4" : found;
}

/** Run the statements of one locality in the order of §2.3. */
export function runStatements(statements: readonly Statement[], place: Place): void {
  const running = statements.filter((s) => methodOf(s, place.method) !== "event-driven");
  for (let i = 0; i < running.length;) {
    const first = running[i]!;
    if (first.kind === "assignment") {
      assign(first, place);
      i++;
      continue;
    }
    let end = i;
    while (running[end]?.kind === "ode") end++;
    advanceBlock(running.slice(i, end), place);
    i = end;
  }
}

/** `x = e`, `x += e` and friends, then the bounds. */
export function assign(statement: Statement, place: Place): void {
  const { target, right } = statement;
  const value = assigned(statement, place.scope.name(target.name), evaluate(right, place.scope));
  place.write(target.name, value);
  clamp(statement, place);
}

/** The value that an assignment gives to a variable with this value. */
export function assigned({ operator }: Statement, old: number, given: number): number {
  switch (operator) {
    case "=":
      return given;
    case "+=":
      return old + given;
    case "-=":
      return old - given;
    case "*=":
      return old * given;
    case "/=":
      return old / given;
  }
}

/** §2.5 */
function clamp({ target, flags }: Statement, { scope, bound: store }: Place): void {
  const bound = (name: string): number | null => {
    const value = flags.find((flag) => flag.name === name)?.value;
    return value === undefined || value === null ? null : evaluate(value, scope);
  };
  const least = bound("min");
  if (least !== null && scope.name(target.name) < least) store(target.name, least);
  const greatest = bound("max");
  if (greatest !== null && scope.name(target.name) > greatest) store(target.name, greatest);
}

/** All increments from the values before the block, then the commits in order (§2.3). */
function advanceBlock(block: readonly Statement[], place: Place): void {
  const next = block.map((statement) => nextValue(statement, block, place));
  block.forEach((statement, i) => {
    place.write(statement.target.name, next[i]!);
    clamp(statement, place);
  });
}

/** §2.2, §2.4 */
function nextValue(statement: Statement, block: readonly Statement[], place: Place): number {
  const { scope, step: h } = place;
  const name = statement.target.name;
  const method = methodOf(statement, place.method);
  const x = scope.name(name);
  const alone = !coupled.includes(method) || (method === "rk4" && !place.coupledRungeKutta);
  const members = alone
    ? [statement]
    : block.filter((other) => methodOf(other, place.method) === method);
  const old = members.map(({ target }) => scope.name(target.name));
  const me = members.indexOf(statement);
  const slopes = (values: readonly number[]): readonly number[] => {
    const moved = replacing(members, values, scope);
    return members.map((member) => slope(member, moved));
  };
  const moved = (by: number, k: readonly number[]): readonly number[] =>
    old.map((value, i) => value + by * k[i]!);
  switch (method) {
    case "explicit":
      return x + h * slopes(old)[0]!;
    case "midpoint":
      return x + h * slopes(moved(h / 2, slopes(old)))[me]!;
    case "rk4": {
      const k1 = slopes(old);
      const k2 = slopes(moved(h / 2, k1));
      const k3 = slopes(moved(h / 2, k2));
      const k4 = slopes(moved(h, k3));
      return x + (h / 6) * (k1[me]! + 2 * k2[me]! + 2 * k3[me]! + k4[me]!);
    }
    case "exponential":
    case "semiimplicit": {
      const { tau, steady } = linearForm(statement, scope);
      if (method === "semiimplicit") return x + (h / tau / (1 + h / tau)) * (steady - x);
      const factor = place.factors.get(statement) ?? 1 - Math.exp(-h / tau);
      return x + factor * (steady - x);
    }
    case "implicit": {
      const residuals = (values: readonly number[]): readonly number[] => {
        const after = replacing(members, values, scope);
        return members.map((member, i) => {
          const form = expand(residual(member), new Set([GRADIENT]), after);
          const gradient = (values[i]! - old[i]!) / h;
          return coefficient(form, GRADIENT).value * gradient + form.constant.value;
        });
      };
      return solve(residuals, old)[me]!;
    }
    default:
      throw new NotCovered(`the method ${method}`);
  }
}

/** lhs − rhs */
function residual({ left, right, span }: Statement): Expression {
  if (right.kind !== "conditional") {
    return { kind: "binary", operator: "-", left, right, span };
  }
  const branch = (part: Expression): Expression =>
    part.kind === "conditional"
      ? { ...part, then: branch(part.then), otherwise: branch(part.otherwise) }
      : { kind: "binary", operator: "-", left, right: part, span };
  return branch(right);
}

/** The derivative −B/A of the residual A·G + B (§1.12). */
function slope(statement: Statement, scope: Scope): number {
  const form = expand(residual(statement), new Set([GRADIENT]), scope);
  return -form.constant.value / coefficient(form, GRADIENT).value;
}

/** Time constant τ = A/C and steady state S = D/C of A·G + C·x − D (§2.1), and the words in τ. */
export function linearForm(
  statement: Statement,
  scope: Scope,
): { readonly tau: number; readonly steady: number; readonly words: ReadonlySet<string> } {
  const name = statement.target.name;
  const form = expand(residual(statement), new Set([GRADIENT, name]), scope);
  const a = coefficient(form, GRADIENT);
  const c = coefficient(form, name);
  return {
    tau: a.value / c.value,
    steady: -form.constant.value / c.value,
    words: new Set([...a.words, ...c.words]),
  };
}

/** A scope in which the variables of equations have other values. */
function replacing(members: readonly Statement[], values: readonly number[], scope: Scope): Scope {
  const replaced = new Map(members.map(({ target }, i) => [target.name, values[i]!]));
  return { ...scope, name: (name) => replaced.get(name) ?? scope.name(name) };
}
