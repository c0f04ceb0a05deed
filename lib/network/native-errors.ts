import { InternalError, problem, SimulatorError } from "../errors.js";
import type { Divergence, NativeError } from "../native/binding.js";

/** Codes of the engine that a user's network or machine can cause. All others are mistakes of ours. */
const CAUSED_OUTSIDE: ReadonlySet<string> = new Set(["OUT_OF_MEMORY", "LIBRARY_NOT_LOADED"]);

/**
 * Throw what the engine threw as an error of ours, with the name of the user's object that it concerns.
 *
 * @throws {SimulatorError} NETWORK_CLEARED, OUT_OF_MEMORY, LIBRARY_NOT_LOADED.
 * @throws {InternalError} for everything that our own checks should have found before.
 */
export function translated(error: unknown, asked: string | null = null): never {
  if (!(error instanceof Error && "code" in error && typeof error.code === "string")) {
    throw error instanceof Error ? error : new InternalError(String(error));
  }
  const object = "object" in error && typeof error.object === "string" ? error.object : asked;
  if (error.code === "CLOSED") throw problem("NETWORK_CLEARED", { object: object ?? "the object" });
  const message = object === null ? error.message : `${object}: ${error.message}`;
  if (!CAUSED_OUTSIDE.has(error.code)) throw new InternalError(`${error.code}: ${message}`);
  throw new SimulatorError(error.code, message, { object }, error);
}

/** Call the engine, its errors translated. `object` is named where the engine names none. */
export function native<T>(call: () => T, object: string | null = null): T {
  try {
    return call();
  } catch (error) {
    return translated(error, object);
  }
}

/** Where the engine could not solve an equation, and the name of the object; null for every other error. */
export function divergenceOf(error: unknown): (Divergence & { readonly object: string }) | null {
  if (!isNativeError(error) || error.code !== "NOT_CONVERGED") return null;
  const { details, object } = error;
  return details === undefined || object === undefined ? null : { ...details, object };
}

function isNativeError(error: unknown): error is NativeError {
  return error instanceof Error && "code" in error && typeof error.code === "string";
}
