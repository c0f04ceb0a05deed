import type { Settings } from "./config.js";
import type { NetworkState } from "./state.js";

/**
 * Key under which the options of a copy or a replica carry what it has from the network it is made after. A symbol, so that
 * the constructor of a user's class passes it on with its options and otherwise does not meet it.
 */
export const heritage: unique symbol = Symbol("neurarchy heritage");

/** What a copy or a replica has from the network it is made after. */
export interface Heritage {
  readonly parent: NetworkState;
  /** Its whole configuration, with its seed. */
  readonly config: Settings;
  /** Ends its runs after their current step; null for a copy, which lives on its own. */
  readonly lifeline: AbortSignal | null;
}

/** Options that may carry a heritage. */
export interface WithHeritage {
  readonly [heritage]?: Heritage;
}
