import type { KernelLibrary } from "../compile/compile.js";
import { InternalError } from "../errors.js";
import { inputName, type KernelField, type KernelManifest } from "../ir/fields.js";
import type { NeuronModel } from "../model/types.js";
import type { PopulationSpec, ReductionSpec } from "../native/spec.js";
import { internals } from "./internals.js";
import type { Population } from "./population.js";
import { reductionOf } from "./units.js";

/**
 * The fields of a population: those of its neuron type, and behind them an accumulator for each target that projections
 * have and the neurons never read. (Decisions, unknown targets: allowed by the key `unreadTargets`.)
 */
export function completed(
  manifest: KernelManifest,
  model: NeuronModel,
  targets: Iterable<string>,
): KernelManifest {
  const unread = [...targets].filter((target) => targetSlot(manifest, target) < 0);
  const fields = unread.map((target): KernelField => {
    const name = model.type === "rate" ? inputName(target) : `g_${target}`;
    return { name, type: "real", scope: "local", owner: "self", role: "input" };
  });
  return { ...manifest, fields: [...manifest.fields, ...fields] };
}

/** Slot of the field that receives a target: a weighted sum, or a conductance. */
export function targetSlot({ fields }: KernelManifest, target: string): number {
  const sum = fields.findIndex((field) => field.name === inputName(target));
  return sum >= 0 ? sum : fields.findIndex((field) => field.name === `g_${target}`);
}

/** Describe a population to the engine. */
export function populationSpec(population: Population, library: KernelLibrary): PopulationSpec {
  const { path, manifest } = library;
  const { fields } = manifest;
  const { store, source } = population[internals];
  const slotOf = (role: KernelField["role"]): number | null => {
    const slot = fields.findIndex((field) => field.role === role);
    return slot < 0 ? null : slot;
  };
  const given = source();
  const rate = fields.findIndex(({ name, role }) => name === "r" && role === "attribute");
  return {
    name: population.name,
    size: population.size,
    library: given === null ? path : null,
    fields: fields.map(({ name, type, scope }) => {
      if (scope !== "local" && scope !== "global") throw new InternalError(`${name} is ${scope}`);
      return { name, type, scope };
    }),
    spikedSlot: slotOf("spiked"),
    remainingSlot: slotOf("remaining"),
    lastSpikeSlot: slotOf("lastSpike"),
    axonSlot: slotOf("axon"),
    rateSlot: store.model.type === "spike" && rate >= 0 ? rate : null,
    inputSlots: slotsOf(fields, "input"),
    reductions: slotsOf(fields, "reduction").map((slot) => reductionSpec(fields, slot)),
    source: given,
  };
}

function slotsOf(fields: readonly KernelField[], role: KernelField["role"]): readonly number[] {
  return fields.flatMap((field, slot) => (field.role === role ? [slot] : []));
}

function reductionSpec(fields: readonly KernelField[], slot: number): ReductionSpec {
  const use = reductionOf(fields[slot]!.name);
  const source = fields.findIndex(({ name, role }) => role === "attribute" && name === use?.name);
  if (use === null || source < 0) throw new InternalError(`no operation ${fields[slot]!.name}`);
  return { operation: use.operation, source, slot };
}
