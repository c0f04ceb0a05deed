import { seededRandom } from "../../support/seeded-random.js";

/** Random choices, the same for the same seed. */
export interface Choice {
  /** True with this probability. */
  readonly chance: (probability: number) => boolean;
  /** An integer in [least, most]. */
  readonly integer: (least: number, most: number) => number;
  /** A number in [least, most] with so many digits that no two coincide by chance. */
  readonly real: (least: number, most: number) => number;
  readonly pick: <T>(options: readonly T[]) => T;
  /** Each option with this probability, in order. */
  readonly some: <T>(options: readonly T[], probability: number) => T[];
}

/** Choices of a seed. */
export function choicesOf(seed: number): Choice {
  // Small seeds differ in few bits, and the generator needs some rounds to spread them.
  const random = seededRandom(Math.imul(seed + 1, 0x9e3779b1));
  for (let i = 0; i < 8; i++) random.below(2);
  const chance = (probability: number): boolean => random.below(1_000_000) < probability * 1e6;
  const integer = (least: number, most: number): number => least + random.below(most - least + 1);
  return {
    chance,
    integer,
    real: (least, most) => Number((least + (most - least) * (random.below(1e6) / 1e6)).toFixed(5)),
    pick: (options) => options[random.below(options.length)]!,
    some: (options, probability) => options.filter(() => chance(probability)),
  };
}
