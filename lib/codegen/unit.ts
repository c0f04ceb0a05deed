import { InternalError } from "../errors.js";
import type { KernelManifest } from "../ir/fields.js";
import type { KernelIr } from "../ir/ir.js";

/** One C file and what the network must know of it. */
export interface CUnit {
  readonly text: string;
  readonly manifest: KernelManifest;
}

export interface EmitOptions {
  readonly precision: "double" | "float";
}

/** Print a verified kernel as one file of C11. The same IR gives the same text. */
export function emitUnit(ir: KernelIr, options: EmitOptions): CUnit {
  throw new InternalError(`emitUnit is being written ${options.precision} ${ir.fields.length}`);
}
