import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterEach, beforeEach, describe, expect, it } from "vitest";

import { History } from "../../../../kernel/worker/history.js";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "history "));
});
afterEach(() => rmSync(folder, { recursive: true }));

async function session(...cells: string[]): Promise<History> {
  const history = new History(join(folder, "h"));
  cells.forEach((cell, i) => history.add(i + 1, cell, null));
  await history.close();
  return history;
}

const inputs = (entries: ReturnType<History["tail"]>): string[] => entries.map((e) => e.input);

describe("History", () => {
  it("gives the newest cells across sessions, oldest first", async () => {
    await session("a", "b");
    const history = await session("c");
    expect(inputs(history.tail(2))).toEqual(["b", "c"]);
    expect(inputs(history.tail(9))).toEqual(["a", "b", "c"]);
    expect(inputs(history.tail(0))).toEqual([]);
  });

  it("finds sessions by number, and before this one by a negative number", async () => {
    await session("a", "b", "c");
    const history = await session("d");
    expect(inputs(history.range(0, 1, null))).toEqual(["d"]);
    expect(inputs(history.range(-1, 2, 3))).toEqual(["b"]);
    expect(inputs(history.range(1, 0, null))).toEqual(["a", "b", "c"]);
    expect(inputs(history.range(99, 0, null))).toEqual([]);
  });

  it("takes a session without cells for none", async () => {
    await session("a");
    await session();
    const history = await session("b");
    expect(inputs(history.range(-1, 0, null))).toEqual(["a"]);
  });

  it("searches by glob; other characters mean themselves", async () => {
    const history = await session("x = 1", "x += 1", "(y)", "x = 1");
    expect(inputs(history.search("x*", null, false))).toEqual(["x = 1", "x += 1", "x = 1"]);
    expect(inputs(history.search("x*", null, true))).toEqual(["x += 1", "x = 1"]);
    expect(inputs(history.search("x*", 1, false))).toEqual(["x = 1"]);
    expect(inputs(history.search("x += ?", null, false))).toEqual(["x += 1"]);
    expect(inputs(history.search("(y)", null, false))).toEqual(["(y)"]);
    expect(inputs(history.search("y", null, false))).toEqual([]);
  });

  it("gives kernels that run at the same time sessions of their own", () => {
    const [a, b] = [new History(folder), new History(folder)];
    a.add(1, "a", null);
    b.add(1, "b", null);
    expect(a.tail(1)[0]!.session).not.toBe(b.tail(1)[0]!.session);
  });

  it("passes over what is not an entry", async () => {
    await session("good");
    appendFileSync(join(folder, "h", "1.jsonl"), '[2, "cut of');
    const history = await session("next");
    expect(inputs(history.tail(9))).toEqual(["good", "next"]);
  });

  it("lasts as long as the kernel when the folder cannot be written", async () => {
    writeFileSync(join(folder, "h"), "a file where the folder should be");
    const history = await session("kept");
    expect(inputs(history.tail(1))).toEqual(["kept"]);
  });

  it("removes all but the newest thousand sessions", async () => {
    mkdirSync(join(folder, "h"));
    for (let i = 1; i <= 1003; i++) writeFileSync(join(folder, "h", `${i}.jsonl`), "");
    await session("new");
    const kept = readdirSync(join(folder, "h"));
    expect(kept).toHaveLength(1001);
    expect(kept).not.toContain("3.jsonl");
    expect(kept).toContain("1004.jsonl");
  });
});
