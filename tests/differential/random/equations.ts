import type { Choice } from "./choice.js";
import { condition, expression, rightSide, type Words } from "./expressions.js";

/** What a model says about its equations as a whole. */
export interface Style {
  /** §2.4: all equations of a model that use a coupled method use the same one. */
  readonly coupled: "implicit" | "midpoint" | "rk4";
}

/** A style for one model. */
export function styleOf(choice: Choice): Style {
  return { coupled: choice.pick(["implicit", "midpoint", "rk4"]) };
}

/** Bounds of a variable that stays around zero. */
function bounds(choice: Choice): string[] {
  return [
    ...(choice.chance(0.2) ? [`min = ${choice.real(-0.9, -0.2)}`] : []),
    ...(choice.chance(0.2) ? [`max = ${choice.pick([String(choice.real(0.3, 1.5)), "top"])}`] : []),
  ];
}

/** A differential equation of `name`; `names` must not hold the variable itself. */
export function differential(
  choice: Choice,
  name: string,
  tau: string,
  words: Words,
  style: Style,
  flags: readonly string[] = [],
): string {
  const { pick } = choice;
  const method = pick([
    "",
    "explicit",
    "exponential",
    "semiimplicit",
    style.coupled,
    style.coupled,
  ]);
  const made: Words = { ...words, smooth: method === "implicit" };
  const own: Words = { ...made, names: [...words.names, name] };
  const linear = method === "exponential" || method === "semiimplicit";
  const e = (): string => expression(choice, made, 2);
  const forms: readonly (() => string)[] = [
    () => `${tau}*d${name}/dt + ${name} = ${e()}`,
    () => `d${name}/dt = (${e()} - ${name})/${tau}`,
    () => `${tau} * d${name}/dt + ${name} - (${e()}) = 0`,
    () => `(d${name}/dt)*${tau} = ${e()} - 1.5*${name}`,
    () => `${tau}*d${name}/dt = (${e()} - ${name}) + tanh(${e()})^2*(${e()} - ${name})`,
    () => `${tau}*d${name}/dt = -${name} + tanh(0.5*${name}) + ${e()}`,
    ...(linear
      ? []
      : [
          () => `d${name}/dt = tanh(${expression(choice, own, 2)}) - 0.3*${name}`,
          () => `${tau}*d${name}/dt = -${name}^3 - ${name} + tanh(${expression(choice, own, 2)})`,
        ]),
    ...(method === "implicit"
      ? []
      : [
          () =>
            `${tau}*d${name}/dt = if ${condition(choice, words)}: ${e()} - ${name} else: -${name}`,
        ]),
  ];
  const all = [
    ...(method === "" ? [] : [method]),
    ...(choice.chance(0.5) ? [`init = ${choice.real(-0.5, 0.9)}`] : []),
    ...bounds(choice),
    ...flags,
  ];
  return `${pick(forms)()}${all.length === 0 ? "" : ` : ${all.join(", ")}`}`;
}

/** An assignment to `name`, plain or compound. */
export function assignment(
  choice: Choice,
  name: string,
  words: Words,
  flags: readonly string[] = [],
): string {
  const e = (): string => expression(choice, words, 2);
  const text = choice.pick([
    () => `${name} = ${rightSide(choice, words)}`,
    () => `${name} = ${rightSide(choice, words)}`,
    () => `${name} = 0.7*${name} + tanh(${e()})`,
    () => `${name} += 0.1*tanh(${e()})`,
    () => `${name} -= 0.1*sin(${e()}) + 0.1*${name}`,
    () => `${name} *= 0.9 + 0.1*tanh(${e()})`,
    () => `${name} /= 1.0 + (${e()})^2`,
  ])();
  const all = [
    ...(choice.chance(0.4) ? [`init = ${choice.real(0.1, 0.9)}`] : []),
    ...bounds(choice),
    ...flags,
  ];
  return `${text}${all.length === 0 ? "" : ` : ${all.join(", ")}`}`;
}

/** An integer or a condition. */
export function discrete(choice: Choice, name: string, words: Words): string {
  return choice.pick([
    () => `${name} = ${choice.real(2, 6)}*tanh(${expression(choice, words, 2)}) : int`,
    () => `${name} += ${choice.real(0.3, 2.7)} : int, init = ${choice.integer(-3, 3)}, max = 9`,
    () => `${name} = ${condition(choice, words)} : bool`,
  ])();
}
