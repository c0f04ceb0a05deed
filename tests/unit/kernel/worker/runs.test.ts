import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import type { RunStarted } from "../../../../kernel/bridge.js";
import { Headers } from "../../../../kernel/protocol/message.js";
import { Runs } from "../../../../kernel/worker/runs.js";
import { WorkerSide } from "../../../support/worker-side.js";

const cell = new Headers().next("execute_request");

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function start(run: number, show: RunStarted["show"]): RunStarted {
  const control = new Int32Array(new SharedArrayBuffer(16));
  return {
    type: "run-started",
    id: 1,
    run,
    kind: "simulate",
    control,
    total: 100,
    dt: 1,
    label: "simulate",
    show,
  };
}

describe("Runs", () => {
  it("shows a run at once where it was asked to, updates it at 10 Hz, and leaves the last picture", () => {
    const side = new WorkerSide();
    const runs = new Runs(side.outbox);
    const run = start(1, "always");
    runs.started(run, cell);
    for (let tick = 1; tick <= 10; tick++) {
      vi.advanceTimersByTime(30);
      Atomics.store(run.control, 1, 10 * tick);
    }
    runs.finished(1);
    expect(side.words()).toEqual(["display_data", ...Array<string>(4).fill("update_display_data")]);
    expect(side.said().at(-1)!.content["data"]).toMatchObject({
      "text/plain": expect.stringContaining("100 of 100 ms") as string,
    });
    const ids = new Set(side.said().map(({ content }) => JSON.stringify(content["transient"])));
    expect(ids.size).toBe(1);
    vi.advanceTimersByTime(1000);
    expect(side.said()).toHaveLength(5);
  });

  it("shows no bar for a short run that did not ask for one", () => {
    const side = new WorkerSide();
    const runs = new Runs(side.outbox);
    runs.started(start(1, "late"), cell);
    vi.advanceTimersByTime(249);
    runs.finished(1);
    expect(side.said()).toEqual([]);
  });

  it("shows a long run late, and nobody's run never", () => {
    const side = new WorkerSide();
    const runs = new Runs(side.outbox);
    runs.started(start(1, "late"), cell);
    runs.started(start(2, "always"), null);
    vi.advanceTimersByTime(300);
    expect(side.words()).toEqual(["display_data"]);
  });

  it("stops every run that goes on", () => {
    const runs = new Runs(new WorkerSide().outbox);
    const [over, going] = [start(1, "late"), start(2, "late")];
    runs.started(over, cell);
    runs.started(going, cell);
    runs.finished(1);
    runs.stopAll();
    expect([over, going].map(({ control }) => Atomics.load(control, 0))).toEqual([0, 1]);
  });
});
