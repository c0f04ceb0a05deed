import { NetworkState, type Member } from "./state.js";

/**
 * What no network owns yet: objects made by their constructors, constants, and the configuration of `setup`.
 *
 * It is the state of the default network, on which `lib/classic` acts. `net.create` and `net.connect` take objects off it;
 * each new network gets a copy of its configuration and constants. The only state of a module in `lib`.
 */
export const unowned = new NetworkState(0);

let networks = 0;

/** Number of a new network; 0 is the default one. */
export function nextNetworkId(): number {
  networks += 1;
  return networks;
}

/** The lists of objects that a network has. */
export type Kind = "populations" | "projections" | "monitors";

/** Move an object to the network that takes it. Returns false when it is not there to be taken. */
export function take(kind: Kind, member: Member, taker: NetworkState): boolean {
  const place = unowned[kind].indexOf(member);
  if (place < 0) return false;
  unowned[kind].splice(place, 1);
  taker[kind].push(member);
  return true;
}
