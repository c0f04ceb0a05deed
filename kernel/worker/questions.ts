import type { MessagePort } from "node:worker_threads";

import { SIGNAL, type InputAnswer, type InputRequest } from "../bridge.js";
import type { Asker, Outbox } from "./outbox.js";

/** Carries a question from a blocked cell to the client that runs it, and the answer back. */
export class Questions {
  private readonly outbox: Outbox;
  private readonly answers: MessagePort;
  private readonly signals: Int32Array;
  private open = false;

  constructor(outbox: Outbox, answers: MessagePort, signals: Int32Array) {
    this.outbox = outbox;
    this.answers = answers;
    this.signals = signals;
  }

  /** @param asker who runs the cell; null when the cell is over and nobody can be asked */
  ask(question: InputRequest, asker: Asker | null): void {
    this.open = true;
    if (asker === null) {
      this.answer(null);
      return;
    }
    const { prompt, password } = question;
    this.outbox.send({ ...asker, channel: "stdin" }, "input_request", { prompt, password });
  }

  /** Wake the main thread with an answer; one that nobody waits for is dropped. */
  answer(answer: InputAnswer): void {
    if (!this.open) return;
    this.open = false;
    this.answers.postMessage(answer);
    Atomics.add(this.signals, SIGNAL.answers, 1);
    Atomics.notify(this.signals, SIGNAL.answers);
  }
}
