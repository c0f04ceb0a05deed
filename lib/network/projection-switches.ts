import { toSteps } from "../analysis/time.js";
import { problem } from "../errors.js";
import type { NativeNetwork, Switches } from "../native/binding.js";
import { native as engine } from "./native-errors.js";
import type { NetworkState } from "./state.js";

/** When synaptic equations are executed. */
export interface LearningOptions {
  /** Time between two executions [ms], a multiple of the step. Default one step. */
  readonly period?: number;
  /** Time of the first execution, counted from now [ms], a multiple of the step and smaller than the period. */
  readonly offset?: number;
}

/** The four switches that users have. */
export type SwitchName = "transmission" | "axonTransmission" | "update" | "plasticity";

/** What the switches belong to. */
interface Switched {
  readonly state: NetworkState;
  readonly label: string;
  readonly type: "rate" | "spike";
}

/** The switches of a projection and the period of its equations, before and after `compile`. */
export class ProjectionSwitches {
  readonly #owner: Switched;
  #values: Switches = {
    transmission: true,
    axonTransmission: true,
    update: true,
    plasticity: true,
    period: 1,
    offset: 0,
  };
  #place: { readonly native: NativeNetwork; readonly projection: number } | null = null;

  constructor(owner: Switched) {
    this.#owner = owner;
  }

  get(name: SwitchName): boolean {
    return this.#values[name];
  }

  /** All of them, and when equations are executed. */
  get values(): Readonly<Switches> {
    return this.#values;
  }

  /** Bring all of them to what they were. */
  restore(values: Partial<Switches>): void {
    this.#apply(values);
  }

  /** @throws {SimulatorError} INVALID_VALUE, RUN_PENDING. */
  set(name: SwitchName, value: boolean): void {
    const { state, label } = this.#owner;
    state.requireIdle(`${label}.${name}`);
    if (typeof value !== "boolean") {
      throw problem("INVALID_VALUE", { object: label, attribute: name, value: String(value) });
    }
    this.#apply({ [name]: value });
  }

  /**
   * Let synapses learn again, all steps or periodically: in steps t with (t − o) mod period = 0, where o is 0, or, with an
   * offset, the current step plus the offset. (model-language, synaptic equations.)
   *
   * @throws {SimulatorError} INVALID_LEARNING.
   */
  enableLearning({ period, offset }: LearningOptions): void {
    const { state, label, type } = this.#owner;
    state.requireIdle(`${label}.enableLearning`);
    if (this.#place === null) {
      state.warn("LEARNING_BEFORE_COMPILE", { projection: label });
      return;
    }
    const { dt } = state.config;
    const refuse = (reason: string): never => {
      throw problem("INVALID_LEARNING", { projection: label, reason });
    };
    const steps = (what: string, time: number): number => {
      const whole = toSteps(time, dt, "even");
      const exact =
        Number.isFinite(time) && Math.abs(time / dt - whole) < 1e-9 * Math.max(1, whole);
      return exact ? whole : refuse(`the ${what} ${time} ms is no multiple of dt = ${dt} ms`);
    };
    if (period === undefined && offset !== undefined) refuse("an offset needs a period");
    const every = period === undefined ? 1 : steps("period", period);
    const later = offset === undefined ? 0 : steps("offset", offset);
    if (every < 1) refuse(`the period ${period} ms is shorter than a step`);
    if (later < 0 || later >= every)
      refuse(`the offset ${offset} ms must be smaller than the period`);
    const { native } = this.#place;
    const start = offset === undefined ? 0 : (native.currentStep + later) % every;
    this.#apply({
      update: true,
      ...(type === "spike" ? { plasticity: true } : {}),
      period: every,
      offset: start,
    });
  }

  /** Freeze the synaptic variables of rate-coded synapses, or the weights of spiking ones. */
  disableLearning(): void {
    const { state, label, type } = this.#owner;
    state.requireIdle(`${label}.disableLearning`);
    this.#apply(type === "rate" ? { update: false } : { plasticity: false });
  }

  /** The four switches of another projection; its period was counted with another clock. */
  adopt(other: ProjectionSwitches): void {
    const { transmission, axonTransmission, update, plasticity } = other.#values;
    this.#apply({ transmission, axonTransmission, update, plasticity });
  }

  /** Pass the switches on to the engine. */
  attach(native: NativeNetwork, projection: number): void {
    this.#place = { native, projection };
    this.#apply({});
  }

  #apply(changes: Partial<Switches>): void {
    this.#values = { ...this.#values, ...changes };
    if (this.#place === null) return;
    const { native, projection } = this.#place;
    engine(() => native.setSwitches(projection, this.#values), this.#owner.label);
  }
}
