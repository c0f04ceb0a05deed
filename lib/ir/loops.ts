import type { KernelField } from "./fields.js";
import type { IrLoop, SynapseIr } from "./ir.js";

/** The loop over synapses in the order in which their fields are stored. */
export function storageLoop({ storage }: Pick<SynapseIr, "storage">): IrLoop {
  return storage === "rows" ? "synapsesByRow" : "synapsesByColumn";
}

/**
 * Tell whether a field has one value for all synapses of each row, or of each column, that a loop goes along.
 *
 * @param delayed Local fields of the pre population are read through the delay of each synapse.
 */
export function isAlong(field: KernelField, loop: IrLoop, delayed: boolean): boolean {
  const { owner, scope } = field;
  if (loop !== "synapsesByColumn") {
    return owner === "post" ? scope === "local" : owner === "self" && scope === "row";
  }
  if (owner === "pre") return scope === "local" && !(delayed && isDelayed(field));
  return owner === "self" && scope === "column";
}

/**
 * Tell whether a synapse sees a field of the pre population as it was before the delay: an attribute. What begins with a
 * dot, the time of the last spike and weighted sums, is seen as it is.
 */
export function isDelayed({ owner, scope, name }: KernelField): boolean {
  return owner === "pre" && scope === "local" && !name.startsWith(".");
}
