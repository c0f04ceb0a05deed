import { createHash } from "node:crypto";

import type { KernelField, KernelManifest } from "../ir/fields.js";
import type { KernelIr } from "../ir/ir.js";
import { ABI_VERSION, KERNEL_SYMBOL } from "./abi.js";
import { globalsHook, resetHook, updateHook, type HookContext } from "./hooks.js";
import { Writer } from "./writer.js";

/** One C file and what the network must know of it. */
export interface CUnit {
  readonly text: string;
  readonly manifest: KernelManifest;
}

/** Choices that change the text of a unit. */
export interface EmitOptions {
  readonly precision: "double" | "float";
}

/** Stands for the hash in the text that the hash is taken of. */
const NO_HASH = "00000000";

/** Print a verified kernel as one file of C11. The same IR gives the same text. */
export function emitUnit(ir: KernelIr, options: EmitOptions): CUnit {
  const draft = emitText(ir, options, NO_HASH);
  const hash = createHash("sha256").update(draft).digest("hex").slice(0, NO_HASH.length);
  return { text: emitText(ir, options, hash), manifest: { hash, fields: ir.fields } };
}

function emitText(ir: KernelIr, { precision }: EmitOptions, hash: string): string {
  const writer = new Writer();
  const context: HookContext = { ir, precision, name: (hook) => `k_${hash}_${hook}` };
  writer.line("/* Generated from the equations of a neuron model; see kernel_abi.h. */");
  if (precision === "float") writer.line("#define NA_FLOAT32");
  writer.line('#include "kernel_functions.h"');
  const draws = [ir.globals, ir.update].some((hook) => hook !== null && hook.draws.length > 0);
  if (draws) writer.line('#include "kernel_random.h"');
  writer.line(
    `_Static_assert(NA_ABI_VERSION == ${ABI_VERSION}u, "generated for another version");`,
  );
  writer.line();
  if (ir.globals !== null) globalsHook(writer, context, ir.globals);
  updateHook(writer, context, ir.update);
  if (ir.reset !== null) resetHook(writer, context, ir.reset);
  emitTables(writer, context);
  return writer.toString();
}

/** The table of fields, and the one symbol that the engine looks for. */
function emitTables(writer: Writer, { ir, name }: HookContext): void {
  writer.line(`static const NaField ${name("fields")}[] = {`);
  for (const field of ir.fields) writer.line(`  ${emitField(field)},`);
  writer.line("};");
  writer.line();
  writer.line(`static const NaKernel ${name("kernel")} = {`);
  writer.line("  .abi_version = NA_ABI_VERSION,");
  writer.line("  .real_size = sizeof(na_real),");
  writer.line(`  .field_count = ${ir.fields.length},`);
  writer.line(`  .fields = ${name("fields")},`);
  writer.line(`  .globals = ${ir.globals === null ? "0" : name("globals")},`);
  writer.line(`  .update = ${name("update")},`);
  writer.line(`  .reset = ${ir.reset === null ? "0" : name("reset")},`);
  writer.line("};");
  writer.line();
  writer.line(`const NaKernel* ${KERNEL_SYMBOL}(void);`);
  writer.line(`NA_EXPORT const NaKernel* ${KERNEL_SYMBOL}(void) { return &${name("kernel")}; }`);
}

function emitField({ name, type, scope }: KernelField): string {
  const cType = type === "real" ? "NA_REAL" : "NA_INT32";
  return `{"${name}", ${cType}, ${scope === "local" ? "NA_LOCAL" : "NA_GLOBAL"}}`;
}
