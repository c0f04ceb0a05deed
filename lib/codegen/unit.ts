import { createHash } from "node:crypto";

import type { KernelField, KernelManifest } from "../ir/fields.js";
import type { KernelIr } from "../ir/ir.js";
import { ABI_VERSION, KERNEL_SYMBOL } from "./abi.js";
import { tableLine } from "./fields.js";
import { globalsHook, listHook, rangeHook, stopHook, type HookContext } from "./hooks.js";
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
  return hashed(ir.fields, (hash) => emitNeuron(ir, options, hash));
}

/** A text whose names carry the hash of the text. */
export function hashed(fields: readonly KernelField[], textWith: (hash: string) => string): CUnit {
  const draft = textWith(NO_HASH);
  const hash = createHash("sha256").update(draft).digest("hex").slice(0, NO_HASH.length);
  return { text: textWith(hash), manifest: { hash, fields } };
}

/** The first lines of every unit. */
export function emitHead(
  writer: Writer,
  kind: "neuron" | "synapse",
  options: { readonly definitions: readonly string[]; readonly draws: boolean },
): void {
  writer.line(`/* Generated from the equations of a ${kind} model; see kernel_abi.h. */`);
  for (const name of options.definitions) writer.line(`#define ${name}`);
  writer.line('#include "kernel_functions.h"');
  if (options.draws) writer.line('#include "kernel_random.h"');
  writer.line(
    `_Static_assert(NA_ABI_VERSION == ${ABI_VERSION}u, "generated for another version");`,
  );
  writer.line();
}

/** The table of fields. */
export function emitFields(writer: Writer, fields: readonly KernelField[], name: string): void {
  writer.line(`static const NaField ${name}[] = {`);
  for (const field of fields) writer.line(`  ${tableLine(field)},`);
  writer.line("};");
  writer.line();
}

/** The one symbol that the engine looks for. */
export function emitEntry(writer: Writer, type: string, symbol: string, table: string): void {
  writer.line(`const ${type}* ${symbol}(void);`);
  writer.line(`NA_EXPORT const ${type}* ${symbol}(void) { return &${table}; }`);
}

function emitNeuron(ir: KernelIr, { precision }: EmitOptions, hash: string): string {
  const writer = new Writer();
  const context: HookContext = { ir, precision, name: (hook) => `k_${hash}_${hook}` };
  const draws = [ir.globals, ir.update].some((hook) => hook !== null && hook.draws.length > 0);
  const definitions = precision === "float" ? ["NA_FLOAT32"] : [];
  emitHead(writer, "neuron", { definitions, draws });
  if (ir.globals !== null) globalsHook(writer, context, ir.globals);
  rangeHook(writer, context, "update", ir.update);
  if (ir.reset !== null) listHook(writer, context, "reset", ir.reset);
  if (ir.axon !== null) rangeHook(writer, context, "axon", ir.axon);
  if (ir.axonReset !== null) listHook(writer, context, "axon_reset", ir.axonReset);
  if (ir.stop !== null) stopHook(writer, context, ir.stop);
  emitKernel(writer, ir, context);
  return writer.toString();
}

function emitKernel(writer: Writer, ir: KernelIr, { name }: HookContext): void {
  emitFields(writer, ir.fields, name("fields"));
  const entry = (hook: string, present: unknown): string => (present === null ? "0" : name(hook));
  writer.line(`static const NaKernel ${name("kernel")} = {`);
  writer.line("  .abi_version = NA_ABI_VERSION,");
  writer.line("  .real_size = sizeof(na_real),");
  writer.line(`  .field_count = ${ir.fields.length},`);
  writer.line(`  .fields = ${name("fields")},`);
  writer.line(`  .globals = ${entry("globals", ir.globals)},`);
  writer.line(`  .update = ${name("update")},`);
  writer.line(`  .reset = ${entry("reset", ir.reset)},`);
  writer.line(`  .axon = ${entry("axon", ir.axon)},`);
  writer.line(`  .axon_reset = ${entry("axon_reset", ir.axonReset)},`);
  writer.line(`  .stop = ${entry("stop", ir.stop)},`);
  writer.line("};");
  writer.line();
  emitEntry(writer, "NaKernel", KERNEL_SYMBOL, name("kernel"));
}
