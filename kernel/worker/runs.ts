import { RUN, type RunStarted } from "../bridge.js";
import type { Outbox, Parent } from "./outbox.js";
import { progressBundle, type Progress } from "./progress.js";

/** Time between two pictures of a bar [ms]. */
const interval = 100;
/** Runs that end sooner show no bar unless one was asked for [ms]. */
const patience = 250;

interface Run {
  readonly message: RunStarted;
  readonly parent: Parent | null;
  /** [ms], monotonic */
  readonly startedAt: number;
  shown: boolean;
  /** What the bar showed last. */
  last: string;
}

/**
 * Watches runs through their shared words, without the main thread: shows how far they are, and stops them.
 */
export class Runs {
  private readonly outbox: Outbox;
  private readonly active = new Map<number, Run>();
  private timer: NodeJS.Timeout | null = null;

  constructor(outbox: Outbox) {
    this.outbox = outbox;
  }

  /** @param parent the cell that shows the bar; null shows none */
  started(message: RunStarted, parent: Parent | null): void {
    const run = { message, parent, startedAt: performance.now(), shown: false, last: "" };
    this.active.set(message.run, run);
    if (message.show === "always") this.show(run, "running");
    this.timer ??= setInterval(() => this.look(), interval);
  }

  /** The last picture of the bar stays. */
  finished(number: number): void {
    const run = this.active.get(number);
    if (run === undefined) return;
    this.active.delete(number);
    if (run.shown) this.show(run, "finished");
    if (this.active.size === 0 && this.timer !== null) {
      clearInterval(this.timer);
      this.timer = null;
    }
  }

  /** Ask every run to stop after its current step. */
  stopAll(): void {
    for (const { message } of this.active.values()) Atomics.store(message.control, RUN.stop, 1);
  }

  private look(): void {
    for (const run of this.active.values()) {
      if (run.shown || performance.now() - run.startedAt >= patience) this.show(run, "running");
    }
  }

  private show(run: Run, phase: Progress["phase"]): void {
    if (run.parent === null) return;
    const { message } = run;
    const data = progressBundle({
      label: message.label,
      counted: message.kind === "replicas",
      phase,
      stopped: Atomics.load(message.control, RUN.stop) !== 0,
      done: Atomics.load(message.control, RUN.done),
      total: message.total,
      dt: message.dt,
      elapsed: performance.now() - run.startedAt,
    });
    const picture = JSON.stringify(data);
    if (picture === run.last) return;
    run.last = picture;
    this.outbox.publish(run.parent, run.shown ? "update_display_data" : "display_data", {
      data,
      metadata: {},
      transient: { display_id: `neurarchy-run-${message.run}` },
    });
    run.shown = true;
  }
}
