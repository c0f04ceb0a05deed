import type { Assignment, Ode, Update } from "../model/types.js";
import { schemes } from "./method.js";
import type { ElementKind } from "./scheme.js";

/** Neighbouring equations, whose new values are all worked out from the values before the block. */
export interface OdeBlock {
  readonly kind: "odes";
  readonly odes: readonly Ode[];
}

/** What is executed one after the other: an assignment, or a block of equations. */
export type Block = Assignment | OdeBlock;

/** Group the statements of one locality, which stay in their order. */
export function blocksOf(updates: readonly Update[]): readonly Block[] {
  const blocks: (Assignment | { readonly kind: "odes"; readonly odes: Ode[] })[] = [];
  for (const update of updates) {
    const last = blocks.at(-1);
    if (update.kind === "assignment") blocks.push(update);
    else if (last?.kind === "odes") last.odes.push(update);
    else blocks.push({ kind: "odes", odes: [update] });
  }
  return blocks;
}

/**
 * The equations of a block that are advanced together: those of one coupled method are one system, which holds the
 * variables of other blocks at their current values; all others are advanced one by one.
 */
export function systemsOf({ odes }: OdeBlock, kind: ElementKind): readonly (readonly Ode[])[] {
  const systems: Ode[][] = [];
  for (const ode of odes) {
    const coupled = schemes[ode.method].couples(kind);
    const system = coupled && systems.find(([first]) => first?.method === ode.method);
    if (system) system.push(ode);
    else systems.push([ode]);
  }
  return systems;
}
