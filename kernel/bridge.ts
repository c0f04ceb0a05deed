import type { MessagePort } from "node:worker_threads";

/**
 * Everything that crosses between the protocol worker (Jupyter's side) and the main thread (the user's side):
 * messages through one MessagePort, and a few shared words. Both sides import their types from here alone.
 *
 * The worker sends one `execute` at a time and waits for its `done`; everything a cell produces carries the id of
 * its request, also long after the cell ended. Messages are delivered in the order in which they were posted.
 */

/** Number the worker gives to an execute request; never used twice. */
export type RequestId = number;

/** MIME type → value: text for text types, base64 for binary ones, plain data for JSON types. */
export type MimeBundle = Readonly<Record<string, unknown>>;

/** A cell to run. */
export interface ExecuteRequest {
  readonly id: RequestId;
  readonly code: string;
  /** The count the cell is known by, as in `cell[3]`. */
  readonly executionCount: number;
  /** Run without a result: the last expression need not be formatted. */
  readonly silent: boolean;
  /** Name → expression, evaluated in the user's scope after the cell succeeded. */
  readonly userExpressions: Readonly<Record<string, string>>;
  /** Whether the client answers questions; if not, asking is an error. */
  readonly allowStdin: boolean;
}

/** An error as Jupyter shows it. */
export interface ErrorReport {
  readonly ename: string;
  readonly evalue: string;
  readonly traceback: readonly string[];
}

/** A value as Jupyter shows it. */
export interface MimeOutput {
  readonly data: MimeBundle;
  readonly metadata: MimeBundle;
}

/** Value of a user expression, or why there is none. */
export type ExpressionOutcome =
  ({ readonly status: "ok" } & MimeOutput) | ({ readonly status: "error" } & ErrorReport);

/** How a cell ended. Results and errors are returned, never posted, so that an abandoned cell cannot speak twice. */
export type ExecuteOutcome =
  | {
      readonly status: "ok";
      /** Value of the last expression; null when there is none to show. */
      readonly result: MimeOutput | null;
      readonly userExpressions: Readonly<Record<string, ExpressionOutcome>>;
    }
  | ({ readonly status: "error" } & ErrorReport);

/** Messages from the worker to the main thread. */
export type ToMain =
  | { readonly type: "execute"; readonly request: ExecuteRequest }
  /** Stop what runs. `interrupt` counts up; the main thread answers `interrupted` with the same number. */
  | { readonly type: "interrupt"; readonly interrupt: number }
  /** Spin until the worker stops it: proves at start that stuck JavaScript can be interrupted on this Node. */
  | { readonly type: "rehearse" }
  | { readonly type: "shutdown" };

/** What a cell shows while it runs, or later. */
export type OutputMessage =
  | {
      readonly type: "stream";
      readonly id: RequestId;
      readonly name: "stdout" | "stderr";
      readonly text: string;
    }
  | {
      readonly type: "display";
      readonly id: RequestId;
      readonly data: MimeBundle;
      readonly metadata: MimeBundle;
      /** Makes the output addressable by a later update; null for a plain display. */
      readonly displayId: string | null;
      /** Replace the outputs shown under `displayId` instead of adding one. */
      readonly update: boolean;
    }
  | { readonly type: "clear"; readonly id: RequestId; readonly wait: boolean };

/** Words of the control block of a run, as the engine has them (CONTROL of lib/native/binding.ts). */
export const RUN = {
  /** Set to 1 to stop after the current step. */
  stop: 0,
  /** Steps done. */
  done: 1,
} as const;

/** A simulation or compilation the worker watches without the main thread: progress bar and stop word. */
export interface RunStarted {
  readonly type: "run-started";
  readonly id: RequestId;
  /** Number of the run, unique in the session. */
  readonly run: number;
  readonly kind: "compile" | "simulate" | "replicas";
  /** RUN words over a SharedArrayBuffer; the engine reads and writes them, too. */
  readonly control: Int32Array;
  /** Steps or replicas asked for; 0 when unknown. */
  readonly total: number;
  /** Length of a step [ms]; without meaning for replicas. */
  readonly dt: number;
  /** What is written before the bar, such as `simulate`. */
  readonly label: string;
  /** `always`: a bar at once; `late`: only when the run takes longer than a moment. */
  readonly show: "always" | "late";
}

/** A run of the simulator has ended. */
export interface RunFinished {
  readonly type: "run-finished";
  readonly run: number;
}

/** A question to the user; the answer comes through the port of `WorkerStart`. */
export interface InputRequest {
  readonly type: "input";
  readonly id: RequestId;
  readonly prompt: string;
  readonly password: boolean;
}

/** What the session may post at any time. */
export type SessionMessage = OutputMessage | RunStarted | RunFinished;

/** Messages from the main thread to the worker. */
export type ToWorker =
  | SessionMessage
  | InputRequest
  /** The session is loaded and takes requests. */
  | { readonly type: "ready" }
  | { readonly type: "done"; readonly id: RequestId; readonly outcome: ExecuteOutcome }
  | { readonly type: "interrupted"; readonly interrupt: number }
  | { readonly type: "rehearsed"; readonly stopped: boolean };

/** Words of the shared signal block, read and written atomically. */
export const SIGNAL = {
  /** Number of the interrupt that was asked for last. */
  interrupt: 0,
  /** Number of the interrupt that the main thread has taken notice of. */
  acknowledged: 1,
  /** Counts answers that lie in the input port; the main thread waits on it. */
  answers: 2,
  /** 1 while the main thread spins to be stopped by the worker. */
  rehearsing: 3,
  /** Number of words. */
  words: 4,
} as const;

/** Answer to an InputRequest; null when the user interrupted instead, or nobody can be asked. */
export type InputAnswer = string | null;

/** What the worker is started with. */
export interface WorkerStart {
  readonly connectionFile: string;
  readonly signals: Int32Array;
  /** Where answers of the user are put. */
  readonly answers: MessagePort;
}

/** What the session needs from its surroundings; `kernel/main.ts` gives it to the constructor. */
export interface SessionHost {
  post(message: SessionMessage): void;
  /**
   * Ask the user and block until the answer is there.
   * @throws {InputRefused} when the client of the running cell takes no questions
   * @throws {KernelInterrupt} when the user interrupts instead of answering
   */
  ask(prompt: string, password: boolean): string;
}

/**
 * The main thread's side of a notebook: `class Session implements SessionApi`, made once by `new Session(host)`,
 * in `kernel/session/session.ts`. A handler of `uncaughtException` must ignore errors of class KernelInterrupt.
 */
export interface SessionApi {
  /**
   * Run a cell. Called from within the interrupt boundary (`session/interrupt.ts`), so that a hard interrupt unwinds
   * at most this call; the promise may then stay pending for ever, and its late outcome is ignored.
   * Never rejects for the user's mistakes: those are outcomes.
   */
  execute(request: ExecuteRequest): Promise<ExecuteOutcome>;
  /** The request under whose asynchronous context the caller runs; undefined outside of cells. */
  currentRequest(): RequestId | undefined;
}
