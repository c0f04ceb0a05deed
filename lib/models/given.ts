import { nearest } from "../diagnostics.js";
import { problem } from "../errors.js";
import type { Value } from "../network/built-in.js";

/** Values for parameters of a model, in place of the published ones. */
export type Given<Name extends string> = { readonly [Key in Name]?: Value };

/** The published values of all parameters of a model. */
export type Published<Name extends string> = { readonly [Key in Name]: number };

/** What a model works with: one value for each of its parameters. */
export type Values<Name extends string> = { readonly [Key in Name]: Value };

/**
 * Put given values in the place of published ones.
 *
 * @param model Name of the class, for messages.
 * @throws {SimulatorError} UNKNOWN_MODEL_PARAMETER when the model has no parameter of a given name.
 */
export function override<P extends object, G extends { readonly [Key in keyof P]?: unknown }>(
  model: string,
  published: P,
  given: G,
): { readonly [Key in keyof P]: P[Key] | Exclude<G[Key], undefined> } {
  const names = Object.keys(published);
  for (const name of Object.keys(given)) {
    if (names.includes(name)) continue;
    throw problem("UNKNOWN_MODEL_PARAMETER", { name, model, nearest: nearest(name, names) });
  }
  const chosen = Object.entries(given).filter(([, value]) => value !== undefined);
  return { ...published, ...Object.fromEntries(chosen) };
}

/**
 * The number that a parameter has from the start, where a model computes with it before any network exists.
 *
 * @throws {SimulatorError} INVALID_MODEL_PARAMETER when it is a distribution or the name of a constant.
 */
export function numberOf(model: string, name: string, value: Value): number {
  const number = typeof value === "object" ? value.valueOf() : value;
  if (typeof number === "number" && !Number.isNaN(number)) return number;
  throw problem("INVALID_MODEL_PARAMETER", { name, model, expected: "a number" });
}
