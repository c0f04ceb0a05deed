import { problem } from "../errors.js";
import { translated } from "./native-errors.js";

/** Let the engine check a state. @throws {SimulatorError} FILE_MISMATCH with what it says. */
export function checkedState(file: string, object: string, check: () => void): void {
  try {
    check();
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "BAD_STATE")) {
      translated(error, object);
    }
    throw problem("FILE_MISMATCH", { file, object, reason: error.message }, error);
  }
}
