import { sentence } from "../diagnostics.js";
import { problem } from "../errors.js";
import type { NativeNetwork } from "../native/binding.js";
import { RunControl, type Progress } from "../native/run-control.js";
import { native, translated } from "./native-errors.js";
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
  readonly kind: "compile" | "simulate";
  /** [steps] */
  readonly total: number;
}

/** Do a task under a control block that the host knows too. */
export async function hosted(
  task: Task,
  work: (control: RunControl) => Promise<void>,
): Promise<void> {
  const { network, state, kind, total } = task;
  const { dt, host } = state.config;
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
 * @throws {SimulatorError} INTERRUPTED when the stop word was set by someone else than the signal.
 */
export async function advance(
  engine: NativeNetwork,
  task: Task,
  options: RunOptions,
): Promise<void> {
  const { signal, progress, measureTime = false } = options;
  const { state, total } = task;
  const { dt, logger } = state.config;
  signal?.throwIfAborted();
  await hosted(task, async (control) => {
    const stop = (): void => control.stop();
    signal?.addEventListener("abort", stop);
    const unwatch = control.watch(dt, progress);
    try {
      const run = native(() => engine.run(total, control.words));
      const { done, stopped } = await run.catch(translated);
      if (measureTime) {
        const facts = { network: state.id, simulated: (done * dt) / 1000 };
        logger(sentence("RUN_TIME", { ...facts, seconds: control.elapsed() / 1000 }));
      }
      if (!stopped) return;
      signal?.throwIfAborted();
      throw problem("INTERRUPTED", { done, total });
    } finally {
      unwatch();
      signal?.removeEventListener("abort", stop);
    }
  });
}

function settled(): { promise: Promise<void>; resolve: () => void } {
  let resolve = (): void => undefined;
  const promise = new Promise<void>((fulfil) => {
    resolve = fulfil;
  });
  return { promise, resolve };
}
