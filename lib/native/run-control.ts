import { CONTROL } from "./binding.js";

/** How far a run is, in simulated time, or a parallel run, in networks. */
export interface Progress {
  readonly done: number;
  readonly total: number;
  readonly unit: "ms" | "replicas";
  /** Wall-clock time since the start. [ms] */
  readonly elapsed: number;
  /** Wall-clock time to the end, by the speed so far; null before the first step. [ms] */
  readonly remaining: number | null;
}

/** Wall-clock time between two reports of progress. [ms] */
const INTERVAL = 100;

/** Wall-clock time since it was made. */
export class Stopwatch {
  readonly #started = performance.now();

  /** [ms] */
  elapsed(): number {
    return performance.now() - this.#started;
  }

  /** How far something is of which so much is done. */
  progress(done: number, total: number, unit: Progress["unit"]): Progress {
    const elapsed = this.elapsed();
    return {
      ...{ done, total, unit, elapsed },
      remaining: done === 0 ? null : (elapsed * (total - done)) / done,
    };
  }
}

/** Call a function at regular intervals until the function returned is called, which calls it once more. */
export function repeatedly(call: () => void): () => void {
  const timer = setInterval(call, INTERVAL);
  return () => {
    clearInterval(timer);
    call();
  };
}

/** The control block that a run shares with the engine's thread, and the clock beside it. */
export class RunControl {
  /** CONTROL words over shared memory. */
  readonly words = new Int32Array(
    new SharedArrayBuffer(CONTROL.words * Int32Array.BYTES_PER_ELEMENT),
  );
  readonly #watch = new Stopwatch();
  readonly #total: number;

  /** @param total Steps of the whole run, however many parts it has. */
  constructor(total: number) {
    this.#total = total;
    Atomics.store(this.words, CONTROL.total, total);
  }

  /** Count on from here in the next part of the run. [steps] */
  countFrom(done: number): void {
    Atomics.store(this.words, CONTROL.before, done);
  }

  /** Say how much is done, where no engine does. */
  tell(done: number): void {
    Atomics.store(this.words, CONTROL.done, done);
  }

  /** End the run after the current step. */
  stop(): void {
    Atomics.store(this.words, CONTROL.stop, 1);
  }

  get stopped(): boolean {
    return Atomics.load(this.words, CONTROL.stop) !== 0;
  }

  /** Wall-clock time since the run was made. [ms] */
  elapsed(): number {
    return this.#watch.elapsed();
  }

  /** Report progress until the function returned is called, which reports once more. */
  watch(dt: number, report: ((progress: Progress) => void) | undefined): () => void {
    if (report === undefined) return () => undefined;
    return repeatedly(() => {
      const done = Atomics.load(this.words, CONTROL.done);
      report(this.#watch.progress(done * dt, this.#total * dt, "ms"));
    });
  }
}
