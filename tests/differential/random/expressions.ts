import type { Choice } from "./choice.js";

/** What expressions may be made of. */
export interface Words {
  /** Values: names, inputs, attributes of the ends. */
  readonly names: readonly string[];
  /** Conditions that are stored as such. */
  readonly flags?: readonly string[];
  /** Functions of two numbers, beside the built-in ones. */
  readonly functions?: readonly string[];
  /** Leave out what has corners, for equations that are solved. */
  readonly smooth?: boolean;
}

/** A random expression of moderate size: no poles, and no growth beyond products. */
export function expression(choice: Choice, words: Words, depth = 3): string {
  const { pick, integer, real } = choice;
  const inner = (): string => expression(choice, words, depth - 1);
  if (depth === 0 || choice.chance(0.15)) {
    return words.names.length === 0 || choice.chance(0.2)
      ? String(real(0.1, 1.9))
      : pick(words.names);
  }
  const smooth: readonly (() => string)[] = [
    () => `${inner()} + ${inner()}`,
    () => `(${inner()} - ${inner()})`,
    () => `${real(-1.5, 1.5)}*(${inner()})`,
    () => `tanh(${inner()})*(${inner()})`,
    () => `(${inner()})/(1.0 + (${inner()})^2)`,
    () => `tanh(${inner()})`,
    () => `sin(${inner()})`,
    () => `exp(-(${inner()})^2)`,
    () => `-cos(${inner()})`,
    () => `log(1.0 + (${inner()})**2)`,
    () => `pow(1.0 + tanh(${inner()})^2, ${real(-1.5, 1.5)})`,
    () => `power(tanh(${inner()}), ${integer(0, 4)})`,
    () => `atan2(${inner()}, 2.5)`,
    () => `(${inner()})*dt`,
  ];
  const cornered: readonly (() => string)[] = [
    () => `pos(${inner()})`,
    () => `neg(${inner()})`,
    () => `abs(${inner()})`,
    () => `sqrt(fabs(${inner()}))`,
    () => `clip(${inner()}, ${real(-2, -0.5)}, ${real(0.5, 2)})`,
    () => `max(${inner()}, ${inner()})`,
    () => `min(${inner()}, ${inner()}, ${real(0.2, 2)})`,
    () => `ite(${condition(choice, words, depth - 1)}, ${inner()}, ${inner()})`,
    () => `floor(3.3*tanh(${inner()}))`,
    () => `modulo(${integer(5, 20)}.7*tanh(${inner()}), ${integer(2, 5)})`,
    () => `fmod(${inner()}, ${real(0.5, 1.5)})`,
    () => `sign(${inner()})*(${inner()})`,
    () => `Heaviside(${inner()})`,
    ...(words.functions ?? []).map((name) => () => `${name}(${inner()}, ${inner()})`),
  ];
  return pick(words.smooth === true ? smooth : [...smooth, ...cornered])();
}

/** A random condition. */
export function condition(choice: Choice, words: Words, depth = 1): string {
  const { pick } = choice;
  const value = (): string => expression(choice, words, Math.max(0, depth));
  const comparison = (): string => `${value()} ${pick(["<", "<=", ">", ">="])} ${value()}`;
  const flags = words.flags ?? [];
  return pick([
    comparison,
    comparison,
    () => `(${comparison()}) and (${comparison()})`,
    () => `(${comparison()}) or not (${comparison()})`,
    () => `${choice.real(-1, 0)} < ${value()} < ${choice.real(0.5, 2)}`,
    ...flags.flatMap((flag) => [() => flag, () => `not ${flag}`, () => `${flag} == True`]),
  ])();
}

/** A right-hand side: an expression, or a conditional. */
export function rightSide(choice: Choice, words: Words, depth = 3): string {
  if (words.smooth === true || choice.chance(0.8)) return expression(choice, words, depth);
  const branch = (): string => expression(choice, words, depth - 1);
  const other = choice.chance(0.3)
    ? `if ${condition(choice, words)}: ${branch()} else: ${branch()}`
    : branch();
  return `if ${condition(choice, words)}: ${branch()} else: ${other}`;
}
