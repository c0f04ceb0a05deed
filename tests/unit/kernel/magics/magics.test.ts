import { beforeEach, describe, expect, it } from "vitest";
import { FakeNotebook } from "../../../support/fake-session.js";

const notebook = new FakeNotebook(process.cwd());

beforeEach(() => {
  notebook.simulator.calls.length = 0;
  notebook.simulator.monitors = [];
});

describe("magics of the current network", () => {
  it.each([
    ["%compile", "current.compile()"],
    ["%simulate 1000", "current.simulate(1000)"],
    ["%simulate 10 * 10", "current.simulate(100)"],
    ["const duration = 5\n%simulate duration", "current.simulate(5)"],
    ["%reset", "current.reset()"],
    [
      "%config dt=0.5 method=exponential verbose=true",
      'current.config({"dt":0.5,"method":"exponential","verbose":true})',
    ],
    [
      "%config seed = null, method = 'explicit'",
      'current.config({"seed":null,"method":"explicit"})',
    ],
  ])("%s", async (cell, call) => {
    await expect(notebook.execute(cell)).resolves.toMatchObject({ status: "ok", result: null });
    expect(notebook.simulator.calls[0]).toBe(call);
  });

  it("end before the next statement starts", async () => {
    const { calls } = notebook.simulator;
    await notebook.execute("%simulate 1\n%simulate 2");
    expect(calls).toEqual([
      "current.simulate(1)",
      "current done",
      "current.simulate(2)",
      "current done",
    ]);
  });

  it("print the configuration", async () => {
    await notebook.execute("%config");
    expect(notebook.stream()).toBe("dt = 1\nseed = 42\n");
  });
});

describe("magics of a named network", () => {
  it.each([
    ["%compile mine", "mine.compile()"],
    ["%simulate mine 1000", "mine.simulate(1000)"],
    ["%reset mine", "mine.reset()"],
    ["%config mine dt=2", 'mine.config({"dt":2})'],
  ])("%s", async (cell, call) => {
    await notebook.execute("const mine = FakeNetwork('mine')");
    await notebook.execute(cell);
    expect(notebook.simulator.calls[0]).toBe(call);
  });
});

describe("%raster", () => {
  it("draws an expression", async () => {
    await notebook.execute("const spikes = 'spikes'\n%raster spikes");
    expect(notebook.posted).toMatchObject([
      { type: "display", data: { "text/plain": "raster of spikes" } },
    ]);
  });

  it("draws the only monitor of spikes", async () => {
    notebook.simulator.monitors = [
      { name: "of v", variables: ["v"] },
      { name: "of spikes", variables: ["spike"] },
    ];
    await notebook.execute("%raster");
    expect(notebook.posted).toHaveLength(1);
    expect(notebook.posted).toMatchObject([{ type: "display" }]);
  });

  it("lists the candidates when there are several", async () => {
    notebook.simulator.monitors = ["one", "two"].map((name) => ({ name, variables: ["spike"] }));
    expect(await notebook.text("%raster")).toContain("(one, two)");
  });

  it("says that nothing records spikes", async () => {
    expect(await notebook.text("%raster")).toContain("no monitor");
  });
});

describe("progress", () => {
  it.each([
    ["%simulate 5", "always"],
    ["%compile", "always"],
    ["FakeNetwork('a').simulate(5)", "late"],
  ])("of %s is shown %s", async (cell, show) => {
    await notebook.execute(cell);
    const [started, finished] = notebook.posted;
    expect(started).toMatchObject({ type: "run-started", show });
    expect(finished).toMatchObject({ type: "run-finished" });
  });
});

describe("mistakes", () => {
  it.each([
    ["%simulate", "MagicError: duration missing"],
    ["%simulate 'soon'", "MagicError: unexpected \"'soon'\""],
    ["%compile now", 'MagicError: unexpected "now", the usage is %compile [network]'],
    ["%config dt", 'MagicError: unexpected "dt"'],
    ["%simulate nowhere", "ReferenceError: nowhere is not defined"],
    ["%simulate (", "SyntaxError"],
    ["%simlate 5", "SyntaxError: unknown magic %simlate; did you mean %simulate?"],
    ["%xyz", "SyntaxError: unknown magic %xyz; %lsmagic lists them"],
    ["%constructor", "SyntaxError: unknown magic %constructor"],
  ])("%s", async (cell, message) => {
    const text = await notebook.text(cell);
    expect(text?.startsWith(message), text ?? "").toBe(true);
    expect(notebook.simulator.calls).toEqual([]);
  });

  it("in a name are found before anything runs", async () => {
    await notebook.execute("%compile\n%simlate 5");
    expect(notebook.simulator.calls).toEqual([]);
  });
});

it("%lsmagic lists every magic with its usage", async () => {
  await notebook.execute("%lsmagic");
  const names = [...notebook.stream().matchAll(/^%(\w+)/gm)].map(([, name]) => name);
  expect(names).toEqual(["compile", "simulate", "reset", "config", "raster", "lsmagic"]);
});
