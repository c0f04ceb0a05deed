import { InternalError } from "../errors.js";
import { inputName, ownName, reductionName, type KernelField } from "../ir/fields.js";
import type { NeuronModel, SynapseModel, Locality } from "../model/types.js";
import { fieldType, Layout, type Reading } from "./layout.js";

/** How a synapse type is used in a projection. */
export interface SynapseContext {
  readonly pre: NeuronModel;
  readonly post: NeuronModel;
  /** What the projection is for: `g_target` and the psp go to each of them. */
  readonly targets: readonly string[];
  /** One weight is stored for all synapses. */
  readonly singleWeight: boolean;
  /** One delay for all synapses, or one for each. */
  readonly delays: "uniform" | "heterogeneous";
  /** Up to when an arriving spike integrates event-driven variables (model language, event-driven integration). */
  readonly eventTiming: "exact" | "annarchy";
  /** Hold variables that depend on events of one side alone once per neuron of that side. */
  readonly hoist: boolean;
}

const scopes: { readonly [L in Locality]: KernelField["scope"] } = {
  local: "local",
  semiglobal: "row",
  global: "global",
};

/** The fields of a synapse type: its own, and those of the populations at both ends that it reads. */
export class SynapseLayout extends Layout {
  readonly #ends: { readonly pre: NeuronModel; readonly post: NeuronModel };

  /** @param held Scope of variables that are held once per row or column. */
  constructor(
    model: SynapseModel,
    context: SynapseContext,
    held: ReadonlyMap<string, "row" | "column"> = new Map(),
  ) {
    super();
    this.#ends = context;
    for (const attribute of model.attributes) {
      const { name, locality } = attribute;
      const shared = name === "w" && context.singleWeight;
      this.addAttribute(attribute, shared ? "global" : (held.get(name) ?? scopes[locality]));
    }
    for (const name of model.constants) this.addConstant(name);
    if (context.delays === "heterogeneous") this.addCounter("delay");
  }

  /** Add the field that holds up to which step event-driven variables of a scope are integrated. */
  addLastEvent(scope: "local" | "row" | "column"): number {
    const name = ownName("lastEvent") + (scope === "local" ? "" : `(${scope})`);
    return this.add({ name, type: "int32", scope, owner: "self", role: "lastEvent" });
  }

  /** Add the field of the post population that receives the contributions for a target. */
  addTarget(target: string): number {
    return this.add({ ...this.#inputOf("post", target), role: "target" });
  }

  slotsFor(reading: Reading): readonly number[] | null {
    switch (reading.kind) {
      case "name": {
        const slot = this.find(reading.name);
        return slot === null ? null : [slot];
      }
      case "remote":
        return [this.#attributeOf(reading.side, reading.name)];
      case "input": {
        const { side, target } = reading;
        if (side === null || target === null) throw new InternalError("an input of no neuron");
        return [this.add({ ...this.#inputOf(side, target), role: "remote" })];
      }
      case "reduction": {
        const { side, operation, name } = reading;
        if (side === null) throw new InternalError("a global operation on no population");
        const field = {
          name: reductionName(operation, name),
          owner: side,
          role: "remote",
        } as const;
        return [this.add({ ...field, type: "real", scope: "global" })];
      }
    }
  }

  lastSpikeFor(name: string): number | null {
    if (this.find(name) !== null) return null;
    return name === "t_pre" || name === "t_post" ? this.addLastSpike(name.slice(2)) : null;
  }

  /** Slot of the number of the step of the last spike at one end. */
  addLastSpike(side: string): number {
    const owner = side === "pre" ? "pre" : "post";
    const field = { name: ownName("lastSpike"), owner, role: "remote" } as const;
    return this.add({ ...field, type: "int32", scope: "local" });
  }

  #attributeOf(side: "pre" | "post", name: string): number {
    const attribute = this.#ends[side].attributes.find((candidate) => candidate.name === name);
    if (attribute === undefined && name !== "r") {
      throw new InternalError(`the ${side} neuron has no "${name}"`);
    }
    const type = fieldType(attribute?.type ?? "float");
    const scope = attribute?.locality === "global" ? "global" : "local";
    return this.add({ name, type, scope, owner: side, role: "remote" });
  }

  /** What a population receives for a target: a conductance, or a weighted sum. */
  #inputOf(side: "pre" | "post", target: string): Omit<KernelField, "role"> {
    const { type, attributes, targets } = this.#ends[side];
    const conductance = attributes.some((attribute) => attribute.name === `g_${target}`);
    // Spiking neurons have a conductance, but for those that are driven by rates.
    const isSum = type === "rate" || (targets.includes(target) && !conductance);
    const name = isSum ? inputName(target) : `g_${target}`;
    return { name, type: "real", scope: "local", owner: side };
  }
}
