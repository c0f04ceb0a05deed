/** A request that waits for its turn. */
export interface Job {
  /** Answer it. Must not reject. */
  run(): Promise<void>;
  /** Answer it without running it. */
  abort(): void;
}

/** Runs jobs one after the other, in the order in which they came. */
export class Queue {
  private waiting: Job[] = [];
  private running = false;

  push(job: Job): void {
    this.waiting.push(job);
    if (!this.running) void this.work();
  }

  /** Take out everything that waits. */
  clear(): Job[] {
    const waiting = this.waiting;
    this.waiting = [];
    return waiting;
  }

  private async work(): Promise<void> {
    this.running = true;
    for (let job = this.waiting.shift(); job !== undefined; job = this.waiting.shift()) {
      await job.run();
    }
    this.running = false;
  }
}
