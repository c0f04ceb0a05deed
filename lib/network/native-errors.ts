import { InternalError, SimulatorError } from "../errors.js";

/**
 * Throw what the engine threw as an error of ours, with the name of the user's object that it concerns.
 *
 * @throws {SimulatorError} with the code of the engine.
 */
export function translated(error: unknown): never {
  if (error instanceof Error && "code" in error && typeof error.code === "string") {
    const object = "object" in error && typeof error.object === "string" ? error.object : null;
    const message = object === null ? error.message : `${object}: ${error.message}`;
    throw new SimulatorError(error.code, message, { object }, error);
  }
  throw error instanceof Error ? error : new InternalError(String(error));
}

/** Call the engine, its errors translated. */
export function native<T>(call: () => T): T {
  try {
    return call();
  } catch (error) {
    return translated(error);
  }
}
