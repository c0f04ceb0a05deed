import { Session } from "node:inspector";

import { SIGNAL, type ToMain } from "../bridge.js";

/** How long the main thread may take to notice an interrupt before it counts as stuck [ms]. */
const grace = 60;
/** How long stuck JavaScript may take to pause; what takes longer is native code [ms]. */
const pausePatience = 500;
/** Code may be stuck several times over, such as one runaway callback after the other. */
const attempts = 10;

/** Evaluated on the paused main thread; installed by `session/interrupt.ts`. */
export const UNWIND = 'globalThis[Symbol.for("neurarchy.unwind")]()';

export interface InterrupterOptions {
  readonly signals: Int32Array;
  readonly post: (message: ToMain) => void;
  /** Ask running simulations to stop. */
  readonly stopRuns: () => void;
  /** Tell the user something about the running cell. */
  readonly say: (text: string) => void;
}

/**
 * Interrupts the main thread. First politely, by message; if it does not notice, it is stuck in JavaScript and is
 * stopped through the inspector. The plain way, `Runtime.terminateExecution`, aborts Node when it hits a callback:
 * here the code is paused, Node's own stack of asynchronous contexts is cleared (UNWIND), and only then the
 * execution is resumed with the order to terminate.
 */
export class Interrupter {
  private readonly options: InterrupterOptions;
  private count = 0;
  private busy = false;
  private available = false;
  private session: Session | null = null;
  private noticed: () => void = () => undefined;
  private rehearsed: (stopped: boolean) => void = () => undefined;

  constructor(options: InterrupterOptions) {
    this.options = options;
  }

  /** Stop whatever runs. Resolves when it has stopped, or when there is nothing more to try. */
  async interrupt(): Promise<void> {
    const { signals, post, stopRuns, say } = this.options;
    this.count += 1;
    Atomics.store(signals, SIGNAL.interrupt, this.count);
    stopRuns();
    post({ type: "interrupt", interrupt: this.count });
    if (this.busy) return;
    this.busy = true;
    try {
      if (await this.acknowledged(grace)) return;
      if (!this.available) {
        say("This version of Node cannot stop running JavaScript: restart the kernel\n");
        return;
      }
      for (let attempt = 0; attempt < attempts; attempt++) {
        const paused = await this.stop(() => !this.isAcknowledged());
        if (await this.acknowledged(paused ? grace : 0)) return;
        if (!paused) break;
      }
      say(
        "The cell is in native code and stops when that returns; to stop it now, restart the kernel\n",
      );
    } finally {
      this.busy = false;
    }
  }

  /** The main thread has noticed an interrupt. */
  notice(): void {
    this.noticed();
  }

  /**
   * Find out whether stuck JavaScript can be stopped on this version of Node: the way rests on undocumented parts
   * of it. The main thread spins for a moment, and must be found stopped.
   */
  async rehearse(): Promise<void> {
    const stopped = new Promise<boolean>((resolve) => {
      this.rehearsed = resolve;
    });
    this.options.post({ type: "rehearse" });
    const { signals } = this.options;
    const paused = await this.stop(() => Atomics.load(signals, SIGNAL.rehearsing) === 1);
    this.available = (await stopped) && paused;
  }

  /** The main thread has come back from its rehearsal. */
  rehearsalOver(stopped: boolean): void {
    this.rehearsed(stopped);
  }

  close(): void {
    this.session?.disconnect();
    this.session = null;
  }

  private isAcknowledged(): boolean {
    return Atomics.load(this.options.signals, SIGNAL.acknowledged) === this.count;
  }

  /** Whether the main thread notices the newest interrupt within a time. */
  private async acknowledged(patience: number): Promise<boolean> {
    if (!this.isAcknowledged()) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, patience);
        this.noticed = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    return this.isAcknowledged();
  }

  /**
   * Terminate the JavaScript that runs on the main thread; false when none could be paused.
   * @param wanted asked once the thread is paused: it may have come to its senses, and be running the kernel's code
   */
  private async stop(wanted: () => boolean): Promise<boolean> {
    const session = this.connect();
    const paused = new Promise<boolean>((resolve) => {
      const timer = setTimeout(() => resolve(false), pausePatience);
      session.once("Debugger.paused", () => {
        clearTimeout(timer);
        resolve(true);
      });
    });
    session.post("Debugger.enable");
    session.post("Debugger.pause");
    const isPaused = await paused;
    if (isPaused && wanted()) {
      session.post("Runtime.evaluate", { expression: UNWIND, silent: true });
      session.post("Debugger.resume", { terminateOnResume: true });
    }
    await new Promise<void>((resolve) => {
      session.post("Debugger.disable", () => resolve());
      if (!isPaused) resolve();
    });
    session.removeAllListeners("Debugger.paused");
    return isPaused;
  }

  private connect(): Session {
    if (this.session === null) {
      this.session = new Session();
      this.session.connectToMainThread();
    }
    return this.session;
  }
}
