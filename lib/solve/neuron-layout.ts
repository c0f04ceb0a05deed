import { inputName, reductionName } from "../ir/fields.js";
import type { NeuronModel, ReductionUse } from "../model/types.js";
import { fieldType, Layout, type Reading } from "./layout.js";

/** What a neuron type must know of the network it is used in. */
export interface NeuronContext {
  /** Targets of the projections that end at the population: what `sum()` adds up. */
  readonly targets: readonly string[];
  /** Global operations on attributes of the population that the synapses at it read. */
  readonly reductions: readonly ReductionUse[];
}

/** The fields of a neuron type. */
export class NeuronLayout extends Layout {
  /** Slots of the weighted sums. */
  readonly #inputs = new Map<string, number>();

  constructor(model: NeuronModel, context: NeuronContext) {
    super();
    for (const attribute of model.attributes) {
      this.addAttribute(attribute, attribute.locality === "global" ? "global" : "local");
    }
    for (const name of model.constants) this.addConstant(name);
    const all = model.readsAllTargets ? context.targets : [];
    for (const target of [...model.targets, ...all]) {
      // Spiking neurons have a conductance, but for those that are driven by rates.
      const conductance = model.type === "spike" && this.find(`g_${target}`) !== null;
      if (!conductance) this.#addInput(target);
    }
    if (model.type === "spike") {
      this.addCounter("spiked");
      this.addCounter("lastSpike");
    }
    for (const use of [...model.reductions, ...context.reductions]) this.#addReduction(use);
    if (model.axonSpike !== null) {
      this.addCounter("ready");
      this.addCounter("axon");
    }
    if (model.refractory === null) return;
    this.addCounter("remaining");
    if (typeof model.refractory === "number") this.addCounter("refractory");
  }

  slotsFor(reading: Reading): readonly number[] | null {
    switch (reading.kind) {
      case "name": {
        const slot = this.find(reading.name);
        return slot === null ? null : [slot];
      }
      case "input":
        if (reading.target === null) return [...this.#inputs.values()];
        return [this.#inputs.get(reading.target) ?? this.slotOf(inputName(reading.target))];
      case "reduction":
        return [this.slotOf(reductionName(reading.operation, reading.name))];
      case "remote":
        return null;
    }
  }

  lastSpikeFor(name: string): number | null {
    return name === "t_last" && this.find(name) === null ? this.slotOfRole("lastSpike") : null;
  }

  #addInput(target: string): void {
    const name = inputName(target);
    const slot = this.add({ name, type: "real", scope: "local", owner: "self", role: "input" });
    this.#inputs.set(target, slot);
  }

  #addReduction({ operation, name }: ReductionUse): void {
    const field = { name: reductionName(operation, name), type: fieldType("float") } as const;
    this.add({ ...field, scope: "global", owner: "self", role: "reduction" });
  }
}
