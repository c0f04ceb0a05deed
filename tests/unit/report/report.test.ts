import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, describe, expect, it } from "vitest";

import * as neurarchy from "../../../lib/index.js";
import {
  IF_cond_exp,
  Neuron,
  Oja,
  PoissonPopulation,
  report,
  STDP,
  Synapse,
  Uniform,
  type Network,
} from "../../../lib/index.js";
import { latexProblems } from "../../support/latex.js";
import { strictNetwork } from "../../support/neurons.js";

const folder = mkdtempSync(join(tmpdir(), "neurarchy-report-"));
afterAll(() => {
  rmSync(folder, { recursive: true });
});
const file = (name: string): string => join(folder, name);

const error = (code: string): unknown => expect.objectContaining({ code });

const LIF = new Neuron({
  description: "Leaky_neuron | with 50% noise",
  parameters: "tau = 20.0 : population\nVt = 0.5",
  equations: `
    tau * dv/dt = -v + g_exc + tau_glob : init = 0.25, min = -2.0
    x = if v > 0.3: bend(v) else: ite(v < 0, tau_glob, v / 2)
  `,
  spike: "v > Vt and not x == 0.2",
  reset: "v = 0\nx -= 1",
  refractory: 5.0,
  functions: "bend(x) = x^2",
});

/** One of everything that a report tells of. */
function everything(): Network {
  const net = strictNetwork({ dt: 0.5 });
  net.constant("tau_glob", 20);
  const exc = net.create([2, 5], { neuron: LIF, name: "exc_pop" });
  exc.Vt = [0.5, 0.6, 0.7, 0.8, 0.9, 0.5, 0.5, 0.5, 0.5, 0.5];
  const inh = net.create(3, { neuron: new IF_cond_exp(), name: "inh" });
  const noise = net.create(new PoissonPopulation({ geometry: 4, rates: 30, name: "noise|in" }));
  const rate = net.create(2, { neuron: new Neuron({ equations: "r = sum(exc)" }), name: "rate" });
  net.connect(noise, exc, { target: "exc" }).allToAll({ weights: 1 });
  net
    .connect(exc, inh, { target: ["exc", "inh"], synapse: new STDP() })
    .fixedProbability({ probability: 0.1, weights: new Uniform(0, 1), delays: 2 });
  for (const part of [rate.view([0]), rate.view([1])]) {
    net.connect(rate, part, { target: "exc", synapse: new Oja() }).allToAll({ weights: 1 });
  }
  net.monitor(exc.view("0"), ["v", "spike"], { period: 1 });
  return net;
}

describe("a report in Markdown", () => {
  const text = report(everything(), { filename: file("network.md"), title: 'A "quoted" title' });

  it("is what the file contains", () => {
    expect(readFileSync(file("network.md"), "utf8")).toBe(text);
  });

  it("begins with title, author and date", () => {
    expect(text.split("\n").slice(0, 5)).toEqual([
      "---",
      'title: "A \\"quoted\\" title"',
      'author: "Neurarchy"',
      'date: ""',
      "---",
    ]);
  });

  it.each([
    ["a population with its geometry", /\| exc\\_pop +\| 2 × 5 = 10 +\| Neuron 1 +\|/],
    ["an input", /\| noise\\\|in +\| 4 +\| PoissonPopulation +\|/],
    [
      "a projection with its pattern",
      /\| exc\\_pop +\| inh +\| exc \/ inh +\| Spike-timing dependent plasticity +\| Random, probability 0.1, weights Uniform\(0, 1\), delays 2.0 +\|/,
    ],
    [
      "a projection without a model",
      /\| noise\\\|in +\| exc\\_pop +\| exc +\| - +\| All-to-All, weights 1.0, delays 0.0 +\|/,
    ],
    ["a monitor of a view", /\| exc\\_pop \(subset\) +\| v, spike +\| 1.0 ms +\|/],
    ["a description", /\nLeaky\\_neuron \\\| with 50% noise\n/],
    ["a parameter of a model", /\| \$\\tau\$ +\| \$20.0\$ +\| per population +\| float +\|/],
    [
      "a variable",
      /- Variable \$v\(t\)\$: per neuron, initial value: \$0.25\$, minimum: \$-2\$, numerical method: explicit\./,
    ],
    [
      "its equation",
      /\n\\tau \\cdot \\frac\{dv\(t\)\}\{dt\} = -v\(t\) \+ g_\{\\text\{exc\}\}\(t\) \+ \\tau_\{\\text\{glob\}\}\n/,
    ],
    [
      "a choice",
      /\nx\(t\) = \\begin\{cases\} \\text\{bend\}.*\\tau_\{\\text\{glob\}\} & \\text\{if \} v\(t\) < 0 .*otherwise\.\} \\end\{cases\}\n/,
    ],
    [
      "a spike condition",
      /\*\*Spike condition\*\*\n\n\$\$\nv\(t\) > \\text\{Vt\} \\text\{ and \} \\text\{not \} x\(t\) = 0.2\n\$\$/,
    ],
    ["a reset", /\*\*Reset\*\*\n\n\$\$\nv\(t\) = 0\n\$\$\n\n\$\$\nx\(t\) \\mathrel\{-\}= 1\n\$\$/],
    ["a refractory period", /\n5.0\\,\\text\{ms\}\n/],
    ["a function of a model", /\n\\text\{bend\}\(x\) = x\^\{2\}\n/],
    [
      "a trace of a synapse",
      /Variable \$x\(t\)\$: per synapse, initial value: \$0.0\$, numerical method: event-driven/,
    ],
    [
      "an event",
      /\*\*Pre-synaptic event\*\*\n\n\$\$\ng_\{\\text\{target\}\} \\mathrel\{\+\}= w\(t\)\n/,
    ],
    [
      "a weighted sum",
      /\*\*Weighted sum\*\*\n\n\$\$\n\\sum_\{\\text\{synapses\}\} \\left\( w\(t\) \\cdot r\^\{\\text\{pre\}\}\(t-d\) \\right\)\n/,
    ],
    ["a constant", /\| \$\\tau_\{\\text\{glob\}\}\$ +\| 20.0 +\|/],
    ["a parameter of many values", /\| exc\\_pop +\| \$\\text\{Vt\}\$ +\| \[0.5, 0.9\] +\|/],
    ["a parameter of a projection", /\| rate -> rate \(exc\) +\| \$\\eta\$ +\| 0.01 +\|/],
  ])("tells %s", (_, expected) => {
    expect(text).toMatch(expected);
  });

  it("has rows of the same length in each table", () => {
    for (const table of text
      .trimEnd()
      .split("\n\n")
      .filter((block) => block.startsWith("|"))) {
      expect(new Set(table.split("\n").map((row) => row.length)).size).toBe(1);
    }
  });

  it("leaves out what is empty", () => {
    const net = strictNetwork();
    net.create(1, { neuron: new Neuron({ equations: "r = 1" }) });
    const short = report(net, { filename: file("short.qmd") });
    expect(short).not.toMatch(/Projections|Monitors|Functions|Synapse models|Constants/);
  });
});

describe("a report in LaTeX", () => {
  const net = everything();
  const text = report(net, { filename: file("a/b/network.tex"), author: "A & B", date: "today" });

  it("is well formed", () => {
    expect(latexProblems(text)).toEqual([]);
    expect(text).toMatch(/^\\documentclass/);
    expect(text).toMatch(/\\author\{A \\& B\}\n\\date\{today\}/);
    expect(text.trimEnd()).toMatch(/\\end\{document\}$/);
  });

  it("has the tables A to H", () => {
    const letters = [...text.matchAll(/\\textbf\{([A-H]): /g)].map(([, letter]) => letter);
    expect(new Set(letters)).toEqual(new Set("ABCDEFGH"));
  });

  it("names every object and model", () => {
    for (const name of [
      "exc\\_pop",
      "inh",
      "noise\\textbar{}in",
      "rate",
      "Neuron 1",
      "Oja plasticity",
    ]) {
      expect(text).toContain(name);
    }
  });

  it("is tables alone unless it is to stand alone", () => {
    const tables = report(net, { filename: file("tables.tex"), standalone: false });
    expect(tables).not.toMatch(/documentclass|\{document\}/);
    expect(latexProblems(tables)).toEqual([]);
  });

  it("tells of the parts of one pathway once on request", () => {
    const rows = (gatherSubprojections: boolean): number =>
      report(net, { filename: file("parts.tex"), gatherSubprojections }).split("rate & rate & exc")
        .length - 1;
    expect([rows(false), rows(true)]).toEqual([2, 1]);
  });

  it.each([
    "LeakyIntegrator",
    "Izhikevich",
    "IF_curr_exp",
    "IF_cond_alpha",
    "EIF_cond_exp_isfa_ista",
    "HH_cond_exp",
    "GIF_curr_exp",
  ] as const)("shows every equation of %s", (name) => {
    const built = strictNetwork();
    const population = built.create(1, { neuron: new neurarchy[name]() });
    const written = report(built, { filename: file(`${name}.tex`) });
    expect(latexProblems(written)).toEqual([]);
    const equations = written.split("\n").filter((line) => line.startsWith("Dynamics"));
    const quiet = population.variables.filter((variable) => variable === "r").length;
    expect(equations.length).toBeGreaterThanOrEqual(population.variables.length - quiet);
  });
});

describe("a network as the value of a cell", () => {
  const shown = (net: Network): unknown => {
    const display: unknown = Reflect.get(net, Symbol.for("Jupyter.display"));
    return typeof display === "function" ? Reflect.apply(display, net, []) : null;
  };

  it("is its report in Markdown", () => {
    const net = everything();
    expect(shown(net)).toEqual({
      "text/markdown": expect.stringMatching(/^# Structure of the network\n/),
      "text/plain": net.toString(),
    });
  });

  it("is one line during a run", async () => {
    const net = strictNetwork();
    net.create(1, { neuron: new Neuron({ equations: "r = 1" }) });
    const run = net.compile();
    expect(shown(net)).toEqual({ "text/plain": net.toString() });
    await run;
  });
});

describe("the values of a report", () => {
  it("are those before compile", async () => {
    const net = strictNetwork();
    const neuron = new Neuron({ parameters: "a = 1.0", equations: "r = a + sum(exc)" });
    const pop = net.create(1, { neuron });
    const synapse = new Synapse({ parameters: "b = 2.0 : projection", equations: "x = b" });
    const proj = net.connect(pop, pop, { target: "exc", synapse });
    proj.allToAll({ weights: 1, allowSelfConnections: true });
    pop.set({ a: 3 });
    proj.set({ b: 4 });
    const before = report(net, { filename: file("before.md") });
    expect(before).toMatch(/\$a\$ +\| 3.0 +\|[^]*\$b\$ +\| 4.0 +\|/);
    await net.compile();
    pop.set({ a: 5 });
    proj.set({ b: 6 });
    expect(report(net, { filename: file("after.md") })).toBe(before);
  });

  it("are words where the numbers are not drawn yet", () => {
    const net = strictNetwork();
    const pop = net.create(1, { neuron: new Neuron({ equations: "r = sum(exc)" }) });
    const synapse = new Synapse({ parameters: "b = Uniform(1, 2)", equations: "x = b" });
    net.connect(pop, pop, { target: "exc", synapse }).allToAll({ weights: 1 });
    expect(report(net, { filename: file("drawn.md") })).toMatch(/\| \$b\$ +\| Uniform\(1, 2\) +\|/);
  });
});

describe("a report is refused", () => {
  it.each<[string, () => unknown, string]>([
    [
      "under another suffix",
      () => report(strictNetwork(), { filename: file("x.pdf") }),
      "REPORT_SUFFIX",
    ],
    ["without one", () => report({ filename: file("x") }), "REPORT_SUFFIX"],
    ["of something else", () => report(JSON.parse("[]")), "NOT_A_NETWORK"],
    [
      "where it cannot be written",
      () => report({ filename: join(file("network.md"), "x.md") }),
      "CANNOT_WRITE",
    ],
  ])("%s", (_, write, code) => {
    expect(write).toThrow(error(code));
  });
});
