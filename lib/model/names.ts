import { keywords } from "../dsl/token.js";

/** Names that mean something else to the language or to a simulation; no attribute can have them. */
const reserved: ReadonlySet<string> = new Set([
  ...["pos", "positive", "neg", "negative", "modulo", "fabs", "ite", "clip", "power", "round"],
  ...["True", "False", "true", "false"],
  ...["t", "dt", "t_pre", "t_post", "t_last", "last_spike", "rk_post", "rk_pre"],
  ...["i", "j", "active", "refractory", "size"],
]);

/** Tell whether an attribute may have this name. */
export function isAttributeName(name: string): boolean {
  return /^[\p{L}_][\p{L}\p{N}\p{M}_]*$/u.test(name) && !reserved.has(name) && !keywords.has(name);
}

/** Stands in event code for the input of the post neuron, whatever the target of the projection. */
export const TARGET = "g_target";

const INPUT = /^g_(.+)$/u;

/** The target whose input a name stands for in a spiking neuron: `exc` for `g_exc`; null for other names. */
export function targetOf(name: string): string | null {
  return INPUT.exec(name)?.[1] ?? null;
}
