import { describe, expect, it } from "vitest";

import { progressBundle, type Progress } from "../../../../kernel/worker/progress.js";

const half: Progress = {
  label: "simulate",
  counted: false,
  phase: "running",
  stopped: false,
  done: 5000,
  total: 10_000,
  dt: 0.1,
  elapsed: 250,
};

const text = (changes: Partial<Progress>): unknown =>
  progressBundle({ ...half, ...changes })["text/plain"];

describe("progressBundle", () => {
  it("shows simulated time, speed and what is left", () => {
    expect(text({})).toBe(
      "[████████████░░░░░░░░░░░░] simulate 500 of 1000 ms · 2.0× real time · 250 ms left",
    );
  });

  it("shows in the end how long it took", () => {
    expect(text({ phase: "finished", done: 10_000, elapsed: 61_000 })).toBe(
      "[████████████████████████] simulate 1000 of 1000 ms · 0.016× real time · 1 min 1 s",
    );
  });

  it("says that a run was stopped", () => {
    expect(text({ phase: "finished", stopped: true })).toContain("stopped after 250 ms");
  });

  it("shows the time alone when the length is unknown", () => {
    expect(text({ label: "replicas", counted: true, done: 3, total: 8 })).toMatch(
      /replicas 3 of 8 ·/,
    );
    expect(text({ label: "compile", total: 0, done: 0, elapsed: 1234 })).toBe("compile 1.2 s");
  });

  it("needs no script, and no label can smuggle one in", () => {
    const html = progressBundle({ ...half, label: "<script>" })["text/html"];
    expect(html).toContain('<progress max="1" value="0.5000">');
    expect(html).not.toContain("<script");
  });
});
