import { createHook } from "node:async_hooks";
import { Session } from "node:inspector";

import { SIGNAL, type RequestId } from "../bridge.js";

/** What a cell ends with when the user interrupts it. */
export class KernelInterrupt extends Error {
  override readonly name = "KernelInterrupt";

  constructor() {
    super("the cell was interrupted");
  }
}

/** How long a rehearsal spins when nobody stops it [ms]. */
const rehearsalTime = 1000;

/** Undocumented: what Node calls with an error that nothing caught. */
const internals = process as typeof process & { _fatalException?: (error: Error) => boolean };

type Timer = NodeJS.Timeout | NodeJS.Immediate;

/**
 * The main thread's part of an interrupt (the worker's is `worker/interrupter.ts`): the boundary to which stuck code
 * is unwound, the undoing of Node's asynchronous state before that, and the timers that would call the code back.
 */
export class Interrupts {
  private readonly signals: Int32Array;
  private readonly currentRequest: () => RequestId | undefined;
  private readonly inspector = new Session();
  private job: () => void = () => undefined;
  private readonly timers = new Map<RequestId, TimerSet>();
  /** The request whose code was unwound last. */
  private unwound: RequestId | undefined = undefined;

  /** @param currentRequest tells under which request the calling code runs */
  constructor(signals: Int32Array, currentRequest: () => RequestId | undefined) {
    this.signals = signals;
    this.currentRequest = currentRequest;
  }

  /**
   * Prepare the process; before user code runs. Somebody must listen to `uncaughtException` and let errors of class
   * KernelInterrupt pass: the session does.
   */
  install(): void {
    this.inspector.connect();
    define("neurarchy.run", () => this.job());
    define("neurarchy.unwind", () => this.unwind());
    createHook({
      init: (_id, type, _trigger, resource) => {
        if (type === "Timeout" || type === "Immediate") this.track(resource as Timer);
      },
    }).enable();
  }

  /**
   * Call a function that may be terminated. Evaluation by an inspector session of the same thread is the frame to
   * which termination unwinds; without it the kernel's own frames would go, too.
   * @param job must not throw
   */
  bounded(job: () => void): void {
    this.job = job;
    this.inspector.post("Runtime.evaluate", {
      expression: 'globalThis[Symbol.for("neurarchy.run")]()',
      silent: true,
    });
  }

  /** Note that an interrupt was seen; then it need not be forced. */
  acknowledge(interrupt: number): void {
    Atomics.store(this.signals, SIGNAL.acknowledged, interrupt);
  }

  /** Forget the timers of the running request and of the code that was unwound, so that neither comes back. */
  clearTimers(running: RequestId | undefined): void {
    for (const request of [running, this.unwound]) {
      if (request === undefined) continue;
      this.timers.get(request)?.clear();
      this.timers.delete(request);
    }
    this.unwound = undefined;
  }

  /** Spin until stopped by the worker; true when it was. */
  rehearse(): boolean {
    if (internals._fatalException === undefined) return false;
    let finished = false;
    // Read before the spin: Node loads `performance` at its first use, and stopped in that it would stay undefined.
    const end = performance.now() + rehearsalTime;
    // The word is set inside the boundary alone: stopped outside of it, this function would never return.
    this.bounded(() => {
      Atomics.store(this.signals, SIGNAL.rehearsing, 1);
      while (performance.now() < end);
      Atomics.store(this.signals, SIGNAL.rehearsing, 0);
      finished = true;
    });
    Atomics.store(this.signals, SIGNAL.rehearsing, 0);
    return !finished;
  }

  /**
   * Runs on the paused stack of the stuck code, just before it is terminated. Node's handling of an uncaught error
   * empties its stack of asynchronous contexts; a terminated callback would leave it filled, and Node would abort.
   */
  private unwind(): void {
    this.unwound = this.currentRequest();
    internals._fatalException?.(new KernelInterrupt());
  }

  private track(timer: Timer): void {
    const request = this.currentRequest();
    if (request === undefined) return;
    let timers = this.timers.get(request);
    if (timers === undefined) this.timers.set(request, (timers = new TimerSet()));
    timers.add(timer);
  }
}

/** The timers a request made. They are held weakly: a timer that fired is collected. */
class TimerSet {
  private references: WeakRef<Timer>[] = [];
  private limit = 64;

  add(timer: Timer): void {
    if (this.references.length >= this.limit) {
      this.references = this.references.filter((reference) => reference.deref() !== undefined);
      this.limit = Math.max(64, 2 * this.references.length);
    }
    this.references.push(new WeakRef(timer));
  }

  clear(): void {
    for (const reference of this.references) {
      const timer = reference.deref();
      if (timer === undefined) continue;
      if ("refresh" in timer) clearTimeout(timer);
      else clearImmediate(timer);
    }
  }
}

/** A hidden function that an inspector session can call. */
function define(name: string, value: () => void): void {
  Object.defineProperty(globalThis, Symbol.for(name), { value });
}
