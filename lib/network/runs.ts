import { toSteps } from "../analysis/time.js";
import { problem } from "../errors.js";
import { advance, STRAIGHT, type Course, type RunOptions } from "./advance.js";
import { momentsOf } from "./callbacks.js";
import { addedAfterCompile } from "./lookups.js";
import { requireRoom } from "./memory.js";
import type { Run } from "./run.js";
import type { NetworkState } from "./state.js";
import { untilOf, type UntilOptions } from "./until.js";

/** A network that is to be run. */
export interface Runner {
  /** The user's object. */
  readonly network: object;
  readonly state: NetworkState;
}

/** Steps of one run: the words of its control block have 32 bits. */
const MOST_STEPS = 2 ** 31 - 1;

/** Run for a time [ms], with the callbacks of the network unless `callbacks` is false. */
export function simulate(
  runner: Runner,
  duration: number,
  { callbacks = true, ...options }: RunOptions & { readonly callbacks?: boolean },
): Run {
  const { state } = runner;
  return state.enqueue(`simulate(${duration})`, async () => {
    const steps = stepsOf("simulate", duration, state.config.dt);
    const called = callbacks && state.callbacksEnabled ? [...state.callbacks] : [];
    const moments = momentsOf(called, steps, state.config.dt);
    await runSteps("simulate", runner, steps, options, { ...STRAIGHT, moments });
  });
}

/** Run until stop conditions hold, for a time at most; the time simulated. [ms] */
export function simulateUntil(
  runner: Runner,
  maxDuration: number,
  options: UntilOptions,
): Run<number> {
  const { state } = runner;
  return state.enqueue(`simulateUntil(${maxDuration})`, async () => {
    const { dt } = state.config;
    const steps = stepsOf("simulateUntil", maxDuration, dt);
    state.requireNative("simulateUntil");
    const until = untilOf(state, options);
    return dt * (await runSteps("simulateUntil", runner, steps, options, { ...STRAIGHT, until }));
  });
}

/** Run one step. */
export function step(runner: Runner): Run {
  return runner.state.enqueue("step()", async () => {
    await runSteps("step", runner, 1, {}, STRAIGHT);
  });
}

/** Steps of a time, brought up to whole ones. @throws {SimulatorError} INVALID_DURATION. */
function stepsOf(call: string, duration: number, dt: number): number {
  const steps = typeof duration === "number" ? toSteps(duration, dt, "ceil") : NaN;
  if (steps >= 0 && steps <= MOST_STEPS) return steps;
  throw problem("INVALID_DURATION", { call, duration: String(duration) });
}

async function runSteps(
  call: string,
  { network, state }: Runner,
  total: number,
  options: RunOptions,
  course: Course,
): Promise<number> {
  const engine = state.requireNative(call);
  for (const { label } of addedAfterCompile(state)) {
    throw problem("ADDED_AFTER_COMPILE", { object: label });
  }
  requireRoom(state, total);
  return advance(engine, { network, state, kind: "simulate", total }, options, course);
}
