import { toSteps } from "../analysis/time.js";
import { problem } from "../errors.js";

/** When a callback is called in a run. */
export interface EveryOptions {
  /** Time between two calls [ms], at least one step. Default 1. */
  readonly period?: number;
  /** Time within the period [ms]; a negative one counts from its end. Default 0. */
  readonly offset?: number;
  /** Time before the first period [ms]. Default 0. */
  readonly wait?: number;
}

/** What is called: with the number of earlier calls in the same run. A promise is awaited before the run goes on. */
export type CallbackFunction = (n: number) => void | Promise<void>;

/** A function that is called during runs. */
export interface Callback extends Required<EveryOptions> {
  readonly call: CallbackFunction;
}

/** When a run pauses, and for what. */
export interface Moment {
  /** Steps of the run done before. */
  readonly step: number;
  readonly call: () => void | Promise<void>;
}

/**
 * Check what was declared.
 *
 * @throws {SimulatorError} INVALID_CALLBACK.
 */
export function makeCallback(options: EveryOptions, call: CallbackFunction): Callback {
  const { period = 1, offset = 0, wait = 0 } = options;
  for (const [option, value] of Object.entries({ period, offset, wait })) {
    if (Number.isFinite(value)) continue;
    throw problem("INVALID_CALLBACK", { option, value: String(value), expected: "a time [ms]" });
  }
  if (typeof call !== "function") {
    const facts = { option: "fn", value: String(call), expected: "a function" };
    throw problem("INVALID_CALLBACK", facts);
  }
  return { period, offset, wait, call };
}

/**
 * The moments of a run of `total` steps, in their order: of each callback wait + offset + n·period, counted from the
 * beginning of the run; those of one step in the order of declaration. They are worked out as the run gets there.
 */
export function* momentsOf(
  callbacks: readonly Callback[],
  total: number,
  dt: number,
): Generator<Moment> {
  const waiting = callbacks.map(({ period, offset, wait, call }) => {
    const steps = Math.max(1, toSteps(period, dt, "floor"));
    const within = modulo(Math.sign(offset) * toSteps(Math.abs(offset), dt, "floor"), steps);
    const first = toSteps(Math.max(0, wait), dt, "floor") + within;
    return { steps, next: first, n: 0, call };
  });
  for (;;) {
    let first = waiting[0];
    for (const other of waiting) if (first === undefined || other.next < first.next) first = other;
    if (first === undefined || first.next >= total) return;
    const { next: step, n, call } = first;
    first.next += first.steps;
    first.n += 1;
    yield { step, call: () => call(n) };
  }
}

/** In [0, period), for negative numbers too. */
function modulo(steps: number, period: number): number {
  return ((steps % period) + period) % period;
}
