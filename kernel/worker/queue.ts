/** A request that waits for its turn. */
export interface Job {
  /** Answer it; false when whatever waits behind it must not run. Must not reject. */
  run(): Promise<boolean>;
  /** Answer it without running it. */
  abort(): void;
}

/** Runs jobs one after the other, in the order in which they came. */
export class Queue {
  private readonly waiting: Job[] = [];
  private running = false;
  private readonly gather: () => Promise<void>;

  /** @param gather waits until everything that clients have sent so far has reached the queue */
  constructor(gather: () => Promise<void>) {
    this.gather = gather;
  }

  push(job: Job): void {
    this.waiting.push(job);
    if (!this.running) void this.work();
  }

  private async work(): Promise<void> {
    this.running = true;
    for (let job = this.waiting.shift(); job !== undefined; job = this.waiting.shift()) {
      if (await job.run()) continue;
      await this.gather();
      for (const rest of this.waiting.splice(0)) rest.abort();
    }
    this.running = false;
  }
}
