import type { Heritage } from "./state.js";

/**
 * Key under which the options of a copy or a replica carry what it has from the network it is made after. A symbol, so that
 * the constructor of a user's class passes it on with its options and otherwise does not meet it.
 */
export const heritage: unique symbol = Symbol("neurarchy heritage");

/** Options that may carry a heritage. */
export interface WithHeritage {
  readonly [heritage]?: Heritage;
}
