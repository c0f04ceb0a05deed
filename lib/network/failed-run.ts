import { problem } from "../errors.js";
import type { KernelField } from "../ir/fields.js";
import type { Divergence } from "../native/binding.js";
import { internals } from "./internals.js";
import { populationsOf, projectionsOf } from "./lookups.js";
import { divergenceOf, translated } from "./native-errors.js";
import type { NetworkState } from "./state.js";

/**
 * Throw what ended a run: an equation without solution by the names that the user gave, everything else as `translated`.
 *
 * @throws {SimulatorError} NOT_CONVERGED, and as `translated`.
 */
export function failedRun(error: unknown, state: NetworkState): never {
  const where = divergenceOf(error);
  const owner = where === null ? null : ownerOf(where, state);
  if (where === null || owner === null) return translated(error);
  const { slot, element, step } = where;
  const variable = owner.fields[slot]?.name ?? `field ${slot}`;
  throw problem("NOT_CONVERGED", { object: owner.label, variable, element, step }, error);
}

interface Owner {
  readonly label: string;
  readonly fields: readonly KernelField[];
}

/** Synapses have a partner, neurons have none. */
function ownerOf(
  { object, partner }: Divergence & { readonly object: string },
  state: NetworkState,
): Owner | null {
  const population = populationsOf(state).find(({ name }) => name === object)?.[internals];
  const neurons = population?.store.place?.manifest;
  if (partner < 0 && population && neurons) {
    return { label: population.label, fields: neurons.fields };
  }
  const projection = projectionsOf(state).find(({ name }) => name === object)?.[internals];
  const synapses = projection?.place?.manifest;
  return projection && synapses ? { label: projection.label, fields: synapses.fields } : null;
}
