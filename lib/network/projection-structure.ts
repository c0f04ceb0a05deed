import { toSteps } from "../analysis/time.js";
import { problem } from "../errors.js";
import type { SynapseModel } from "../model/types.js";
import type { NativeNetwork, RuleTiming, Structure } from "../native/binding.js";
import { populationOf } from "./ends.js";
import { native as engine } from "./native-errors.js";
import type { PopLike } from "./population.js";
import type { NetworkState } from "./state.js";
import type { SynapseStore } from "./synapse-store.js";
import { valueSpec } from "./value-spec.js";

/** The rules of structural plasticity. */
export type RuleName = "creating" | "pruning";

/** Synapses that are to be made, from these pre neurons to one post neuron. */
export interface NewSynapses {
  /** The dendrite, as messages name it. */
  readonly label: string;
  readonly call: string;
  readonly postRank: number;
  readonly ranks: readonly number[];
  readonly weights: readonly number[];
  /** [ms] */
  readonly delays: readonly number[];
}

/** A projection, as far as its structure needs to know it. */
export interface StructuredProjection {
  readonly state: NetworkState;
  /** `projection "a"` */
  readonly label: string;
  readonly model: SynapseModel;
  readonly store: SynapseStore;
  readonly pre: PopLike;
  /** Null before `compile`. */
  readonly place: { readonly native: NativeNetwork; readonly projection: number } | null;
  /** A delay for each synapse. */
  readonly heterogeneous: boolean;
  /** Whether synapses may come and go. */
  readonly structural: boolean;
  /** Null before a connector was called; the longest delay in steps. */
  readonly connection: { readonly delays: { readonly longest: number } } | null;
}

/** Synapses of a projection that come and go: by the rules of their model, and by calls of the user. */
export class ProjectionStructure {
  readonly #core: StructuredProjection;
  #timings: { readonly [R in RuleName]: RuleTiming | null } = { creating: null, pruning: null };

  constructor(core: StructuredProjection) {
    this.#core = core;
  }

  /** Apply a rule from now on, every `period` ms. @throws {SimulatorError} NOT_COMPILED, STRUCTURE_OFF, NO_RULE, RULE_PERIOD. */
  start(rule: RuleName, period: number | undefined): void {
    const { state, label, model } = this.#core;
    const { dt } = state.config;
    this.#require(`${label}.${CALLS[rule].start}`);
    if (model[rule] === null) throw problem("NO_RULE", { projection: label, rule });
    const steps = toSteps(period ?? dt, dt, "floor");
    if (!(Number.isFinite(steps) && steps >= 1)) {
      throw problem("RULE_PERIOD", { projection: label, rule, period: String(period) });
    }
    const now = this.#core.place?.native.currentStep ?? 0;
    this.#time(rule, { period: steps, offset: now % steps });
  }

  /** Apply a rule no more. @throws {SimulatorError} NOT_COMPILED, STRUCTURE_OFF, NO_RULE. */
  stop(rule: RuleName): void {
    const { label, model } = this.#core;
    this.#require(`${label}.${CALLS[rule].stop}`);
    if (model[rule] === null) throw problem("NO_RULE", { projection: label, rule });
    this.#time(rule, null);
  }

  /** @throws {SimulatorError} NOT_COMPILED, STRUCTURE_OFF, NO_SUCH_RANK, SYNAPSE_EXISTS, UNMATCHED_LIST, INVALID_VALUE. */
  create(synapses: NewSynapses, existing: Int32Array): void {
    const { call, label, postRank, ranks, weights, delays } = synapses;
    const place = this.#require(call);
    const { heterogeneous, pre, state } = this.#core;
    const { dt } = state.config;
    for (const [option, given] of [
      ["weights", weights.length],
      ["delays", delays.length],
    ] as const) {
      if (given === ranks.length) continue;
      throw problem("UNMATCHED_LIST", { call, option, wanted: ranks.length, given });
    }
    const known = new Set(existing);
    for (const rank of ranks) {
      populationOf(pre).neuron(rank);
      if (known.has(rank)) throw problem("SYNAPSE_EXISTS", { dendrite: label, rank });
      known.add(rank);
    }
    checkNumbers(label, "w", weights, () => true);
    checkNumbers(label, "delay", delays, (delay) => delay >= 0);
    const steps = delays.map((delay) => Math.max(1, toSteps(delay, dt, "floor")));
    engine(() => {
      place.native.createSynapses(
        place.projection,
        new Int32Array(ranks.length).fill(postRank),
        Int32Array.from(ranks),
        Float64Array.from(weights),
        Int32Array.from(heterogeneous ? steps : []),
      );
    }, this.#core.label);
  }

  /** @throws {SimulatorError} NOT_COMPILED, STRUCTURE_OFF, NO_SYNAPSE. */
  prune(
    dendrite: { readonly label: string; readonly call: string; readonly postRank: number },
    ranks: readonly number[],
    existing: Int32Array,
  ): void {
    const place = this.#require(dendrite.call);
    const left = new Set(existing);
    for (const rank of ranks) {
      if (!left.delete(rank)) throw problem("NO_SYNAPSE", { dendrite: dendrite.label, rank });
    }
    engine(() => {
      place.native.pruneSynapses(
        place.projection,
        new Int32Array(ranks.length).fill(dendrite.postRank),
        Int32Array.from(ranks),
      );
    }, this.#core.label);
  }

  /** Tell the engine what it must know, once there are synapses. */
  attach(): void {
    if (this.#core.structural) this.#apply();
  }

  /** When the rules are applied. */
  get timings(): { readonly [R in RuleName]: RuleTiming | null } {
    return this.#timings;
  }

  /** Apply the rules as they were applied when a state was saved. */
  restore(timings: { readonly [R in RuleName]: RuleTiming | null }): void {
    this.#timings = timings;
    this.attach();
  }

  #time(rule: RuleName, timing: RuleTiming | null): void {
    this.#timings = { ...this.#timings, [rule]: timing };
    this.#apply();
  }

  #apply(): void {
    const { place, label } = this.#core;
    if (place === null) return;
    engine(() => {
      place.native.setStructure(place.projection, this.#structure());
    }, label);
  }

  #structure(): Structure {
    const { model, store, state } = this.#core;
    const { creating } = model;
    const delay = creating?.delay ?? 0;
    const firsts = model.attributes.flatMap(({ name, locality }) =>
      locality === "local" && name !== "w" ? [name] : [],
    );
    return {
      ...this.#timings,
      weight: creating?.weight ?? 0,
      delay: Math.max(1, toSteps(delay, state.config.dt, "floor")),
      firstValues: firsts.map((name) => {
        const { attribute, value } = store.first(name);
        // An attribute that starts as another one draws what that one draws.
        const draw = model.attributes.findIndex((candidate) => candidate.name === attribute);
        return { slot: store.slot(name), draw, values: value === null ? null : valueSpec(value) };
      }),
    };
  }

  #require(call: string): NonNullable<StructuredProjection["place"]> {
    const { state, place, structural } = this.#core;
    state.requireIdle(call);
    if (place === null) throw problem("NOT_COMPILED", { call });
    if (!structural) throw problem("STRUCTURE_OFF", { call });
    return place;
  }
}

const CALLS = {
  creating: { start: "startCreating", stop: "stopCreating" },
  pruning: { start: "startPruning", stop: "stopPruning" },
} as const;

function checkNumbers(
  object: string,
  attribute: string,
  values: readonly number[],
  accepts: (value: number) => boolean,
): void {
  for (const value of values) {
    if (typeof value === "number" && !Number.isNaN(value) && accepts(value)) continue;
    throw problem("INVALID_VALUE", { object, attribute, value: String(value) });
  }
}

/**
 * Check that new synapses can have the delay that their rule gives them: the one that all synapses have, or one that is not
 * longer than all others.
 *
 * @throws {SimulatorError} RULE_DELAY.
 */
export function checkRuleDelay({
  model,
  connection,
  label,
  state,
  heterogeneous,
}: StructuredProjection): void {
  const delay = model.creating?.delay ?? null;
  if (delay === null || connection === null) return;
  const { dt } = state.config;
  const steps = Math.max(1, toSteps(delay, dt, "floor"));
  const { longest } = connection.delays;
  if (heterogeneous ? steps <= longest : steps === longest) return;
  const facts = { projection: label, delay, limit: longest * dt, uniform: !heterogeneous };
  throw problem("RULE_DELAY", facts);
}
