import { Session } from "node:inspector";
import { setTimeout as sleep } from "node:timers/promises";

import { SIGNAL, type ToMain } from "../bridge.js";

/** How long the main thread may take to notice an interrupt before it counts as stuck [ms]. */
const grace = 60;
/** How long stuck JavaScript takes to pause at most; what takes longer is native code [ms]. */
const pausePatience = 500;

/** How long a rehearsal may take in all [ms]. */
const rehearsalPatience = 5000;

/** Time from one request to pause to the next [ms]. */
const again = 5;

/** Evaluated on the paused main thread; installed by `session/interrupt.ts`. */
const UNWIND = 'globalThis[Symbol.for("neurarchy.unwind")]()';

/** What an interrupter reaches the main thread and the user through. */
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
  private readonly session = new Session();
  private count = 0;
  private forcing = false;
  private available = false;
  /** Repeats the request to pause while the main thread is being stopped. */
  private insisting: NodeJS.Timeout | undefined = undefined;
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
    const acknowledged = new Promise<void>((resolve) => {
      this.noticed = resolve;
    });
    post({ type: "interrupt", interrupt: this.count });
    if (this.forcing) {
      say("The cell still does not stop: restart the kernel to end it\n");
      return;
    }
    await Promise.race([acknowledged, sleep(grace)]);
    if (this.isAcknowledged()) return;
    if (!this.available) {
      say("This version of Node cannot stop running JavaScript: restart the kernel to end it\n");
      return;
    }
    await this.force();
  }

  /** The main thread has noticed an interrupt. */
  notice(): void {
    if (this.isAcknowledged()) this.noticed();
  }

  /**
   * Find out whether stuck JavaScript can be stopped on this version of Node: the way rests on undocumented parts
   * of it. The main thread spins for a moment, and must be found stopped.
   */
  async rehearse(): Promise<void> {
    const outcome = Promise.race([this.tryOut(), sleep(rehearsalPatience, null)]);
    // A Node on which the rehearsal breaks must not keep the kernel from starting: let the main thread go.
    const isStopped = await outcome.catch(() => null);
    if (isStopped === null) this.close();
    this.available = isStopped === true;
  }

  /** The main thread has come back from its rehearsal. */
  rehearsalOver(stopped: boolean): void {
    this.rehearsed(stopped);
  }

  /** Let go of the main thread; while a session is connected, Node does not exit. */
  close(): void {
    clearInterval(this.insisting);
    this.session.disconnect();
  }

  /** Have the main thread spin, and stop it; true when it was found stopped. */
  private async tryOut(): Promise<boolean> {
    // Both need the main thread's help, which takes a while when it is stuck.
    this.session.connectToMainThread();
    await this.command("Debugger.enable");
    const over = new Promise<boolean>((resolve) => {
      this.rehearsed = resolve;
    });
    this.options.post({ type: "rehearse" });
    const { signals } = this.options;
    await this.stop(over, () => Atomics.load(signals, SIGNAL.rehearsing) === 1);
    return over;
  }

  /** Stop the main thread as often as it takes: one runaway callback may follow the other. */
  private async force(): Promise<void> {
    this.forcing = true;
    const slow = setTimeout(
      () => this.options.say("The cell is in native code, and stops when that returns\n"),
      pausePatience,
    );
    while (!this.isAcknowledged()) {
      const acknowledged = new Promise<void>((resolve) => {
        this.noticed = resolve;
      });
      await this.stop(acknowledged, () => !this.isAcknowledged());
      await Promise.race([acknowledged, sleep(grace)]);
    }
    clearTimeout(slow);
    this.forcing = false;
  }

  private isAcknowledged(): boolean {
    return Atomics.load(this.options.signals, SIGNAL.acknowledged) === this.count;
  }

  /**
   * Terminate the JavaScript that runs on the main thread as soon as it can be paused.
   * @param over settles when there is nothing left to stop
   * @param wanted asked once the thread is paused: it may have come to its senses, and be running the kernel's code
   */
  private async stop(over: Promise<unknown>, wanted: () => boolean): Promise<void> {
    const { session } = this;
    let isTerminated = false;
    const terminated = new Promise<void>((resolve) => {
      session.on("Debugger.paused", () => {
        if (isTerminated || !wanted()) {
          session.post("Debugger.resume");
          return;
        }
        isTerminated = true;
        // Disabled before it has resumed, the debugger would forget the order to terminate.
        session.once("Debugger.resumed", resolve);
        session.post("Runtime.evaluate", { expression: UNWIND, silent: true });
        session.post("Debugger.resume", { terminateOnResume: true });
      });
    });
    session.post("Debugger.enable");
    // Asked while no JavaScript runs, V8 promises to pause at the next call, and does not always keep it.
    this.insisting = setInterval(() => session.post("Debugger.pause"), again);
    session.post("Debugger.pause");
    await Promise.race([terminated, over]);
    clearInterval(this.insisting);
    await this.command("Debugger.disable");
    session.removeAllListeners("Debugger.paused");
  }

  /** Resolve when the main thread has carried a command out. */
  private async command(name: "Debugger.enable" | "Debugger.disable"): Promise<void> {
    await new Promise<void>((resolve) => {
      this.session.post(name, () => resolve());
    });
  }
}
