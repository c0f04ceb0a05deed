import { CONTROL } from "./binding.js";

/** How far a run is. */
export interface Progress {
  readonly done: number;
  readonly total: number;
  readonly unit: "ms";
  /** Wall-clock time since the start. [ms] */
  readonly elapsed: number;
  /** Wall-clock time to the end, by the speed so far; null before the first step. [ms] */
  readonly remaining: number | null;
}

/** Wall-clock time between two reports of progress. [ms] */
const INTERVAL = 100;

/** The control block that a run shares with the engine's thread, and the clock beside it. */
export class RunControl {
  /** CONTROL words over shared memory. */
  readonly words = new Int32Array(
    new SharedArrayBuffer(CONTROL.words * Int32Array.BYTES_PER_ELEMENT),
  );
  readonly #started = performance.now();
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

  /** End the run after the current step. */
  stop(): void {
    Atomics.store(this.words, CONTROL.stop, 1);
  }

  get stopped(): boolean {
    return Atomics.load(this.words, CONTROL.stop) !== 0;
  }

  /** Wall-clock time since the run was made. [ms] */
  elapsed(): number {
    return performance.now() - this.#started;
  }

  /** Report progress until the function returned is called, which reports once more. */
  watch(dt: number, report: ((progress: Progress) => void) | undefined): () => void {
    if (report === undefined) return () => undefined;
    const tell = (): void => report(this.#progress(dt));
    const timer = setInterval(tell, INTERVAL);
    return () => {
      clearInterval(timer);
      tell();
    };
  }

  #progress(dt: number): Progress {
    const done = Atomics.load(this.words, CONTROL.done);
    const total = this.#total;
    const elapsed = this.elapsed();
    const remaining = done === 0 ? null : (elapsed * (total - done)) / done;
    return { done: done * dt, total: total * dt, unit: "ms", elapsed, remaining };
  }
}
