import { sentence } from "../diagnostics.js";
import { problem } from "../errors.js";
import type { NativeNetwork, Until } from "../native/binding.js";
import { RunControl, type Progress } from "../native/run-control.js";
import type { Moment } from "./callbacks.js";
import { failedRun } from "./failed-run.js";
import { native } from "./native-errors.js";
import type { NetworkState } from "./state.js";

/** How a run is watched and stopped. */
export interface RunOptions {
  /** Tell the logger how long the run took. Default false. */
  readonly measureTime?: boolean;
  /** Ends the run after the current step; the promise is rejected with its reason. A later run continues from there. */
  readonly signal?: AbortSignal;
  /** Called at most 10 times per second during the run, and at its end. */
  readonly progress?: (progress: Progress) => void;
}

/** A run of which the host of the network is told. */
export interface Task {
  readonly network: object;
  readonly state: NetworkState;
  readonly kind: "compile" | "simulate" | "replicas";
  /** [steps], or the number of replicas */
  readonly total: number;
}

/** What happens in a run besides its steps. */
export interface Course {
  /** When it pauses to call functions of the user, in their order. */
  readonly moments: Iterable<Moment>;
  /** When it ends before its time; null: never. */
  readonly until: Until | null;
}

/** Nothing but steps. */
export const STRAIGHT: Course = { moments: [], until: null };

/** Do a task under a control block that the host knows too. */
export async function hosted(
  task: Task,
  work: (control: RunControl) => Promise<void>,
): Promise<void> {
  const { network, state, kind, total } = task;
  const { host } = state.config;
  const dt = kind === "replicas" ? 1 : state.config.dt;
  const control = new RunControl(total);
  const { promise: finished, resolve } = settled();
  host?.started?.({ network, kind, control: control.words, dt, total, finished });
  try {
    await work(control);
  } finally {
    resolve();
  }
}

/**
 * Advance a network by whole steps on the engine's thread.
 *
 * @returns Steps done: all, or fewer when the course ended the run.
 * @throws {SimulatorError} INTERRUPTED when the stop word was set by someone else than the signal; NOT_CONVERGED.
 */
export async function advance(
  engine: NativeNetwork,
  task: Task,
  options: RunOptions,
  course: Course,
): Promise<number> {
  const { signal, progress, measureTime = false } = options;
  const { state, total } = task;
  const { dt, logger } = state.config;
  // A replica also ends when all are to end.
  const signals = [signal, state.heritage?.lifeline].filter((s) => s instanceof AbortSignal);
  for (const given of signals) given.throwIfAborted();
  let done = 0;
  await hosted(task, async (control) => {
    const stop = (): void => control.stop();
    for (const given of signals) given.addEventListener("abort", stop);
    const unwatch = control.watch(dt, progress);
    try {
      const end = await inParts(engine, task, course, control);
      done = end.done;
      if (measureTime) {
        const facts = { network: state.id, simulated: (done * dt) / 1000 };
        logger(sentence("RUN_TIME", { ...facts, seconds: control.elapsed() / 1000 }));
      }
      if (!end.stopped) return;
      for (const given of signals) given.throwIfAborted();
      throw problem("INTERRUPTED", { done, total });
    } finally {
      unwatch();
      for (const given of signals) given.removeEventListener("abort", stop);
    }
  });
  return done;
}

/** Run from one moment to the next. `stopped`: the stop word ended the run, between two steps or between two parts. */
async function inParts(
  engine: NativeNetwork,
  { state, total }: Task,
  { moments, until }: Course,
  control: RunControl,
): Promise<{ readonly done: number; readonly stopped: boolean }> {
  let done = 0;
  /** Returns false when the run ended before. */
  const runTo = async (step: number): Promise<boolean> => {
    if (step > done && !control.stopped) {
      control.countFrom(done);
      const part = native(() => engine.run(step - done, control.words, until));
      done += (await part.catch((error: unknown) => failedRun(error, state))).done;
    }
    return done === step;
  };
  for (const { step, call } of moments) {
    if (!(await runTo(step)) || control.stopped) return { done, stopped: true };
    await state.pause(call);
  }
  const whole = await runTo(total);
  return { done, stopped: !whole && control.stopped };
}

function settled(): { promise: Promise<void>; resolve: () => void } {
  let resolve = (): void => undefined;
  const promise = new Promise<void>((fulfil) => {
    resolve = fulfil;
  });
  return { promise, resolve };
}
