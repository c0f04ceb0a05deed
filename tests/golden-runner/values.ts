import {
  Binomial,
  DiscreteUniform,
  Exponential,
  Gamma,
  LogNormal,
  NDArray,
  Normal,
  RandomDistribution,
  Uniform,
  type RandomGenerator,
  type ValueInput,
} from "../../lib/index.js";
import type { Generated } from "./schema.js";

/** Distributions with positional parameters and bounds. */
const distributions: Readonly<
  Record<string, new (a: number, b: number, options: object) => RandomDistribution>
> = { Uniform, DiscreteUniform, Normal, LogNormal, Gamma, Binomial };

type Rule = Exclude<Generated, number | boolean | null | readonly Generated[]>;

/** The value that a rule stands for; anything else is taken as it is. */
export function generate(value: unknown, rng: RandomGenerator): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  const rule = value as Rule;
  if ("distribution" in rule) {
    const { distribution, args, min, max, count } = rule;
    const bounds = { ...(min === undefined ? {} : { min }), ...(max === undefined ? {} : { max }) };
    const [a = 0, b = 1] = args;
    const type = distributions[distribution];
    const drawn =
      distribution === "Exponential"
        ? new Exponential(a, bounds)
        : new (type ?? unknownDistribution(distribution))(a, b, bounds);
    return count === undefined ? drawn : Array.from(drawn.draw(count, rng));
  }
  if ("ramp" in rule) {
    const [from, to] = rule.ramp;
    const { count, power = 1 } = rule;
    const point = (_: unknown, k: number): number =>
      from + (to - from) * ((k + 0.5) / count) ** power;
    return Array.from({ length: count }, point);
  }
  return rule.concat.flatMap((part) => generate(part, rng) as number | number[]);
}

function unknownDistribution(name: string): never {
  throw new Error(`unsupported: there is no distribution ${name}`);
}

/** A value of a file as an argument of the API: the library checks it. */
export function inputOf(value: unknown): ValueInput {
  return value as ValueInput;
}

/** A value of the API as it would stand in a file. */
export function plain(value: unknown): unknown {
  if (value instanceof NDArray) return plain(value.toArray());
  if (typeof value === "boolean") return Number(value);
  if (ArrayBuffer.isView(value)) return Array.from(value as unknown as ArrayLike<number>);
  if (Array.isArray(value)) return value.map(plain);
  return value;
}
