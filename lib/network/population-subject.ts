import type { Spikes } from "../analysis/spikes.js";
import { spikeDict } from "../analysis/trains.js";
import { NDArray } from "../array/ndarray.js";
import { InternalError, problem } from "../errors.js";
import type { Recorded } from "../native/binding.js";
import type { RecorderSpec } from "../native/spec.js";
import { populationOf } from "./ends.js";
import { internals } from "./internals.js";
import { targetSlot } from "./population-spec.js";
import { Population, type PopLike } from "./population.js";
import { isSpikes, SUM, type Recording, type Subject } from "./recordable.js";
import { joinFields, joinSpikes, type Schedule, type TrackKind } from "./track.js";

/** Records variables, inputs and spikes of a population or a view. */
export class PopulationSubject implements Subject {
  readonly large = false;
  readonly #object: PopLike;

  constructor(object: PopLike) {
    this.#object = object;
  }

  get state(): Subject["state"] {
    return this.#core.state;
  }

  get label(): string {
    return this.#core.label;
  }

  get name(): string {
    return this.#object.name;
  }

  get native(): Subject["native"] {
    return this.#core.store.place?.native ?? null;
  }

  check(variable: string): void {
    const { store, label } = this.#core;
    const { type, axonSpike } = store.model;
    const refuse = (reason: string): never => {
      throw problem("NOT_RECORDABLE", { object: label, variable, reason });
    };
    if (variable === "spike") {
      if (type !== "spike") refuse("its neurons do not spike");
    } else if (variable === "axon_spike") {
      if (axonSpike === null) refuse("its neurons have no axonal spikes");
    } else if (SUM.test(variable)) {
      if (this.#input(variable) === null) refuse("its neurons have no such input");
    } else if (store.attribute(variable).kind === "parameter") {
      refuse("it is a parameter, only variables change");
    }
  }

  recorder(variable: string, schedule: Schedule): { spec: RecorderSpec; kind: TrackKind } {
    const { store, state } = this.#core;
    const { place } = store;
    if (place === null) throw new InternalError(`${this.label} has no place`);
    const { population } = place;
    const ranks = this.#object instanceof Population ? null : this.#object.ranks;
    const { precision } = state.config;
    if (isSpikes(variable)) {
      const kind = variable === "spike" ? "spikes" : "axonSpikes";
      return { spec: { kind, population, ranks }, kind: { type: "spikes", precision } };
    }
    const input = this.#input(variable);
    const attribute = input === null ? store.attribute(variable) : null;
    const slot = input === null ? store.slot(variable) : targetSlot(place.manifest, input);
    if (slot < 0) {
      const reason = "nothing is connected to this target";
      throw problem("NOT_RECORDABLE", { object: this.label, variable, reason });
    }
    const spec: RecorderSpec = {
      kind: "field",
      population,
      slot,
      // Inputs are recorded as the neurons find them, before they decay.
      phase: input === null ? "end" : "inputs",
      ranks: attribute?.locality === "global" ? null : ranks,
      ...schedule,
    };
    return { spec, kind: { type: attribute?.type ?? "float", precision } };
  }

  recording(
    variable: string,
    parts: readonly Recorded[],
    kind: TrackKind | null,
    { reshape }: { readonly reshape: boolean },
  ): Recording {
    if (isSpikes(variable)) return spikeDict(this.spikes(parts));
    const { attributes } = this.#core.store.model;
    const isGlobal = attributes.some((a) => a.name === variable && a.locality === "global");
    const whole = this.#object instanceof Population && reshape;
    const shape = isGlobal ? [] : whole ? this.#object.geometry : [this.#object.size];
    if (kind === null) return new NDArray(new Float64Array(0), [0, ...shape]);
    const { data, records } = joinFields(parts, kind);
    return new NDArray(data, [records, ...shape]);
  }

  spikes(parts: readonly Recorded[]): Spikes {
    return joinSpikes(parts, this.#object.ranks);
  }

  /** The target that a variable stands for, when the neurons read it: `exc` for `sum(exc)`, and for `g_exc`. */
  #input(variable: string): string | null {
    const { model, incoming } = this.#core.store;
    const sum = SUM.exec(variable)?.[1] ?? null;
    const target = sum ?? /^g_(.+)$/.exec(variable)?.[1] ?? null;
    if (target === null) return null;
    const connected = sum !== null && (model.readsAllTargets || incoming.has(target));
    return model.targets.includes(target) || connected ? target : null;
  }

  get #core(): Population[typeof internals] {
    return populationOf(this.#object)[internals];
  }
}
