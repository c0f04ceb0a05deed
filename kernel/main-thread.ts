import {
  MessageChannel,
  receiveMessageOnPort,
  Worker,
  type MessagePort,
} from "node:worker_threads";

import {
  RUN,
  SIGNAL,
  type ErrorReport,
  type ExecuteOutcome,
  type ExecuteRequest,
  type InputAnswer,
  type RequestId,
  type SessionApi,
  type SessionHost,
  type SessionMessage,
  type ToMain,
  type ToWorker,
  type WorkerStart,
} from "./bridge.js";
import { Interrupts, KernelInterrupt } from "./session/interrupt.js";

/** A cell asks for input, but the client that runs it cannot answer: it runs a notebook without its user. */
export class InputRefused extends Error {
  override readonly name = "InputRefused";

  constructor() {
    super("the client that runs this cell takes no input");
  }
}

/** How long an interrupted simulation may take to finish its step before the cell ends without it [ms]. */
const runPatience = 1000;

/**
 * Run a kernel on the main thread: start the protocol worker at once, and load the session while clients already
 * talk to it. Resolves when the kernel is to end.
 * @throws {Error} when the worker cannot start or fails
 */
export async function runKernel(connectionFile: string): Promise<void> {
  const signals = new Int32Array(new SharedArrayBuffer(4 * SIGNAL.words));
  const answers = new MessageChannel();
  const start: WorkerStart = { connectionFile, signals, answers: answers.port2 };
  const worker = new Worker(new URL("./worker/worker.js", import.meta.url), {
    workerData: start,
    transferList: [answers.port2],
  });
  const failed = new Promise<never>((_, reject) => {
    worker.once("error", reject);
  });
  const main = new MainThread((message) => worker.postMessage(message), signals, answers.port1);
  const { Session } = await Promise.race([import("./session/session.js"), failed]);
  main.begin(new Session(main));
  const shutdown = new Promise<void>((resolve) => {
    worker.on("message", (message: ToMain) => main.receive(message, resolve));
  });
  await Promise.race([shutdown, failed]);
}

/**
 * Hands cells to the session and ends those that are interrupted.
 *
 * A hard interrupt may drop pending microtasks, immediates and ticks, those of the kernel included. So whatever ends
 * a cell hangs on messages and timers alone: an interrupt finishes a cell whether or not its promise ever settles.
 */
class MainThread implements SessionHost {
  private readonly send: (message: ToWorker) => void;
  private readonly signals: Int32Array;
  private readonly answers: MessagePort;
  private readonly interrupts: Interrupts;
  private session: SessionApi | null = null;
  private running: ExecuteRequest | null = null;
  /** Simulations and compilations that go on outside of JavaScript. */
  private readonly runs = new Set<number>();
  private interrupted = false;
  /** Cells that were interrupted. What is left of them may start no run. */
  private readonly abandoned = new Set<RequestId>();

  constructor(send: (message: ToWorker) => void, signals: Int32Array, answers: MessagePort) {
    this.send = send;
    this.signals = signals;
    this.answers = answers;
    this.interrupts = new Interrupts(signals, () => this.session?.currentRequest());
  }

  /** Take requests from now on. */
  begin(session: SessionApi): void {
    this.session = session;
    this.interrupts.install();
    this.send({ type: "ready" });
  }

  receive(message: ToMain, shutdown: () => void): void {
    switch (message.type) {
      case "execute":
        this.execute(message.request);
        break;
      case "interrupt":
        this.interrupt(message.interrupt);
        break;
      case "rehearse":
        this.send({ type: "rehearsed", stopped: this.interrupts.rehearse() });
        break;
      case "shutdown":
        shutdown();
        break;
    }
  }

  post(message: SessionMessage): void {
    this.send(message);
    if (message.type === "run-started") {
      this.runs.add(message.run);
      if (this.abandoned.has(message.id)) Atomics.store(message.control, RUN.stop, 1);
    }
    if (message.type === "run-finished") {
      this.runs.delete(message.run);
      if (this.interrupted && this.runs.size === 0) this.finish(interruptedOutcome());
    }
  }

  ask(prompt: string, password: boolean): string {
    if (!this.running?.allowStdin) throw new InputRefused();
    const asked = Atomics.load(this.signals, SIGNAL.answers);
    this.send({ type: "input", id: this.running.id, prompt, password });
    Atomics.wait(this.signals, SIGNAL.answers, asked);
    const received = receiveMessageOnPort(this.answers) as { message: InputAnswer } | undefined;
    if (received === undefined || received.message === null) throw new KernelInterrupt();
    return received.message;
  }

  private execute(request: ExecuteRequest): void {
    const { id } = request;
    this.running = request;
    this.interrupts.bounded(() => {
      this.session!.execute(request).then(
        (outcome) => this.finish(this.explained(outcome), id),
        (error: unknown) => this.finish(errorOutcome(error), id),
      );
    });
  }

  private interrupt(interrupt: number): void {
    this.interrupts.acknowledge(interrupt);
    this.interrupts.clearTimers(this.running?.id);
    if (this.running !== null) {
      this.abandoned.add(this.running.id);
      if (this.runs.size === 0) {
        this.finish(interruptedOutcome());
      } else {
        // The worker has told the runs to stop; the cell ends when their state is whole again.
        this.interrupted = true;
        const { id } = this.running;
        setTimeout(() => this.finish(interruptedOutcome(), id), runPatience);
      }
    }
    this.send({ type: "interrupted", interrupt });
  }

  /**
   * The outcome of a cell as the user sees it. A simulation that the worker has stopped fails in its cell, perhaps
   * before the interrupt itself arrives here: its error is the interrupt.
   */
  private explained(outcome: ExecuteOutcome): ExecuteOutcome {
    const asked = Atomics.load(this.signals, SIGNAL.interrupt);
    const seen = Atomics.load(this.signals, SIGNAL.acknowledged);
    const isInterrupted = this.interrupted || asked !== seen;
    return outcome.status === "error" && isInterrupted ? interruptedOutcome() : outcome;
  }

  /** End the running cell; nothing, if `id` is not the one that runs. */
  private finish(outcome: ExecuteOutcome, id = this.running?.id): void {
    if (id === undefined || id !== this.running?.id) return;
    this.running = null;
    this.interrupted = false;
    this.send({ type: "done", id, outcome });
  }
}

function interruptedOutcome(): ExecuteOutcome {
  return errorOutcome(new KernelInterrupt());
}

function errorOutcome(error: unknown): { readonly status: "error" } & ErrorReport {
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  return { status: "error", ename: name, evalue: message, traceback: [`${name}: ${message}`] };
}
