import { problem } from "../errors.js";
import { Described } from "./described.js";
import type { NetworkState } from "./state.js";
import { unowned } from "./unowned.js";

/**
 * A number with a name that every equation can use.
 *
 * A constant made at top level is copied into each network made later, and `set` changes the copies too; one made by
 * `net.constant` belongs to that network alone. In arithmetic it is its value.
 *
 * @example
 * const tau = new Constant("tau", 20.0);
 * const LIF = new Neuron({ equations: "tau * dv/dt = -v" });
 */
export class Constant extends Described {
  readonly name: string;
  readonly #state: NetworkState;
  readonly #copies: WeakRef<Constant>[] = [];
  #value: number;

  /** @throws {SimulatorError} DUPLICATE_CONSTANT, INVALID_CONSTANT. */
  constructor(name: string, value: number, state: NetworkState = unowned) {
    super();
    if (state.constants.has(name)) throw problem("DUPLICATE_CONSTANT", { name });
    this.name = name;
    this.#value = checked(name, value);
    this.#state = state;
    state.constants.set(name, this);
  }

  get value(): number {
    return this.#value;
  }

  /** Change the value from the next step on. @throws {SimulatorError} INVALID_CONSTANT; RUN_PENDING during a run. */
  set(value: number): void {
    this.#state.requireIdle(`constant ${this.name}`);
    this.#value = checked(this.name, value);
    this.#state.changed(this);
    for (const copy of this.#copies) copy.deref()?.set(value);
  }

  /** @internal Copy the constant into a new network. */
  copyTo(state: NetworkState): void {
    this.#copies.push(new WeakRef(new Constant(this.name, this.#value, state)));
  }

  override valueOf(): number {
    return this.#value;
  }

  override toString(): string {
    return `${this.name} = ${this.#value}`;
  }
}

function checked(name: string, value: number): number {
  if (Number.isFinite(value)) return value;
  throw problem("INVALID_CONSTANT", { name, value: String(value) });
}
