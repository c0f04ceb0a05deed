import type { IrHook, SynapseIr } from "../ir/ir.js";
import { storageLoop } from "../ir/loops.js";
import { SYNAPSE_SYMBOL } from "./abi.js";
import type { SynapseHookContext } from "./loop-writer.js";
import { creatingHook, pruningHook } from "./rule-hooks.js";
import {
  eventHook,
  expandHook,
  synapseGlobalsHook,
  synapseUpdateHook,
  transmitHook,
} from "./synapse-hooks.js";
import { emitEntry, emitFields, emitHead, hashed, type CUnit, type EmitOptions } from "./unit.js";
import { Writer } from "./writer.js";

/** Choices that change the text of the unit of a synapse type. */
export interface EmitSynapseOptions extends EmitOptions {
  /** Ranks and rows are 16 bits wide: for populations of at most 65536 neurons. */
  readonly narrow: boolean;
}

/** Print a verified synapse type as one file of C11. The same IR gives the same text. */
export function emitSynapse(ir: SynapseIr, options: EmitSynapseOptions): CUnit {
  return hashed(ir.fields, (hash) => emitText(ir, options, hash));
}

function emitText(ir: SynapseIr, { precision, narrow }: EmitSynapseOptions, hash: string): string {
  const writer = new Writer();
  const context: SynapseHookContext = { ir, precision, name: (part) => `k_${hash}_${part}` };
  const definitions = [
    ...(precision === "float" ? ["NA_FLOAT32"] : []),
    ...(narrow ? ["NA_NARROW"] : []),
  ];
  const hooks: readonly (IrHook | null)[] = [ir.globals, ...ir.update];
  const rules = [ir.creating, ir.pruning].filter((rule) => rule !== null);
  const draws =
    hooks.some((hook) => hook !== null && hook.draws.length > 0) ||
    rules.some((rule) => rule.draws.length > 0 || rule.chance !== null);
  emitHead(writer, "synapse", { definitions, draws });
  if (ir.globals !== null) synapseGlobalsHook(writer, context, ir.globals);
  if (ir.transmit !== null) transmitHook(writer, context, ir.transmit);
  if (ir.update.length > 0) synapseUpdateHook(writer, context, ir.update);
  if (ir.onPre !== null) eventHook(writer, context, "on_pre", ir.onPre);
  if (ir.onAxon !== null && ir.onAxon !== ir.onPre) {
    eventHook(writer, context, "on_axon", ir.onAxon);
  }
  if (ir.onPost !== null) eventHook(writer, context, "on_post", ir.onPost);
  if (ir.expand.length > 0) expandHook(writer, context, ir.expand);
  if (ir.creating !== null) creatingHook(writer, context, ir.creating);
  if (ir.pruning !== null) pruningHook(writer, context, ir.pruning);
  emitKernel(writer, ir, context);
  return writer.toString();
}

function emitKernel(writer: Writer, ir: SynapseIr, { name }: SynapseHookContext): void {
  emitFields(writer, ir.fields, name("fields"));
  const entry = (hook: string, isThere: boolean): string => (isThere ? name(hook) : "0");
  const crosses = [ir.onPre, ir.onAxon, ir.onPost].some(
    (hook) => hook !== null && hook.loop !== storageLoop(ir),
  );
  writer.line(`static const NaSynapseKernel ${name("kernel")} = {`);
  writer.line("  .abi_version = NA_ABI_VERSION,");
  writer.line("  .real_size = sizeof(na_real),");
  writer.line("  .index_size = sizeof(na_index),");
  writer.line(`  .field_count = ${ir.fields.length},`);
  writer.line(`  .fields = ${name("fields")},`);
  writer.line(`  .storage = ${ir.storage === "rows" ? "NA_BY_ROW" : "NA_BY_COLUMN"},`);
  writer.line(`  .cross = ${crosses ? 1 : 0},`);
  writer.line(`  .globals = ${entry("globals", ir.globals !== null)},`);
  writer.line(`  .transmit = ${entry("transmit", ir.transmit !== null)},`);
  writer.line(`  .update = ${entry("update", ir.update.length > 0)},`);
  writer.line(`  .on_pre = ${entry("on_pre", ir.onPre !== null)},`);
  const sameEvents = ir.onAxon === ir.onPre;
  writer.line(`  .on_axon = ${entry(sameEvents ? "on_pre" : "on_axon", ir.onAxon !== null)},`);
  writer.line(`  .on_post = ${entry("on_post", ir.onPost !== null)},`);
  writer.line(`  .expand = ${entry("expand", ir.expand.length > 0)},`);
  writer.line(`  .creating = ${entry("creating", ir.creating !== null)},`);
  writer.line(`  .pruning = ${entry("pruning", ir.pruning !== null)},`);
  writer.line("};");
  writer.line();
  emitEntry(writer, "NaSynapseKernel", SYNAPSE_SYMBOL, name("kernel"));
}
