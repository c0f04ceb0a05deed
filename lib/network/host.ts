import type { HostedRun } from "./config.js";
import type { Network } from "./network.js";

/** A run that has begun, as an environment sees it. */
export interface RunHandle extends HostedRun {
  readonly network: Network;
}

/**
 * What an environment, such as a notebook kernel, wants to know of networks: `setup({ host })` gives it to all networks made
 * later.
 */
export interface NetworkHost {
  created?(network: Network): void;
  started?(run: RunHandle): void;
}
