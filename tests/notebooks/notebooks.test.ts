/** Every notebook runs through the installed kernel, as nbclient runs it, and finds what it says it finds. */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { afterAll, beforeAll, describe, expect, it } from "vitest";

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
const notebooks = readdirSync(join(root, "notebooks")).filter((file) => file.endsWith(".ipynb"));
const readme = readFileSync(join(root, "README.md"), "utf8");

interface Output {
  readonly output_type: "stream" | "display_data" | "execute_result" | "error";
  readonly name?: "stdout" | "stderr";
  readonly text?: string | readonly string[];
  readonly data?: Readonly<Record<string, unknown>>;
}

interface Cell {
  readonly cell_type: string;
  readonly outputs?: readonly Output[];
}

const folder = mkdtempSync(join(tmpdir(), "neurarchy-notebooks-"));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** The outputs of a notebook after it ran, and what it printed. */
function run(file: string): { outputs: readonly Output[]; printed: string } {
  const python = join(root, ".venv", "bin", "python");
  const script = join(root, "kernel", "install", "run_notebook.py");
  const notebook = basename(file);
  const { stderr } = spawnSync(python, [script, file, folder], { encoding: "utf8" });
  let executed: { readonly cells: readonly Cell[] };
  try {
    executed = JSON.parse(readFileSync(join(folder, notebook), "utf8"));
  } catch (cause) {
    throw new Error(`${notebook} was not run: ${stderr}`, { cause });
  }
  const outputs = executed.cells.flatMap((cell) => cell.outputs ?? []);
  const printed = outputs
    .filter((output) => output.name === "stdout")
    .map(({ text }) => (typeof text === "string" ? text : (text ?? []).join("")))
    .join("");
  return { outputs, printed };
}

/** The number that stands before or after a word in what a notebook printed. */
function number(printed: string, pattern: RegExp): number {
  return Number(pattern.exec(printed)?.[1]);
}

describe.each(notebooks)("%s", (notebook) => {
  let outputs: readonly Output[];
  let printed: string;
  beforeAll(() => {
    ({ outputs, printed } = run(join(root, "notebooks", notebook)));
  });

  it("runs without an error or a warning", () => {
    expect(outputs.filter((output) => output.output_type === "error")).toEqual([]);
    expect(outputs.filter((output) => output.name === "stderr")).toEqual([]);
  });

  it("shows each figure as plotly data and as a picture in one bundle, and as no HTML", () => {
    const figures = outputs.filter((output) => output.data?.["image/png"] !== undefined);
    expect(figures.length).toBeGreaterThan(0);
    for (const { data } of figures) {
      expect(Object.keys(data!).sort()).toEqual([
        "application/vnd.plotly.v1+json",
        "image/png",
        "text/plain",
      ]);
      const png = Buffer.from(data!["image/png"] as string, "base64");
      expect(png.subarray(1, 4).toString("latin1")).toBe("PNG");
    }
  });

  it("is kept in the repository without outputs", () => {
    const kept = JSON.parse(readFileSync(join(root, "notebooks", notebook), "utf8")) as {
      readonly cells: readonly Cell[];
    };
    expect(kept.cells.flatMap((cell) => cell.outputs ?? [])).toEqual([]);
  });

  // One seed: the bands of the means over seeds, widened by the spread between seeds.
  if (notebook === "izhikevich.ipynb") {
    it("finds the rates of the network of 2003", () => {
      const excitatory = number(printed, /excitatory: ([\d.]+) Hz/);
      const inhibitory = number(printed, /inhibitory: ([\d.]+) Hz/);
      expect(excitatory).toBeGreaterThan(8.65);
      expect(excitatory).toBeLessThan(9.65);
      expect(inhibitory).toBeGreaterThan(8.8);
      expect(inhibitory).toBeLessThan(10.6);
      const spikes = number(printed, /(\d+) spikes/);
      expect(spikes).toBeCloseTo(800 * excitatory + 200 * inhibitory, -1);
    });

    it("prints the rates that the program of the README prints", () => {
      const program = /```ts\n([^]*?)```/.exec(readme)![1]!;
      // Inside the package, so that `neurarchy` is found as in a user's file in this folder.
      mkdirSync(join(root, ".results"), { recursive: true });
      writeFileSync(join(root, ".results", "rates.ts"), program);
      const { stdout, stderr } = spawnSync("npx", ["tsx", ".results/rates.ts"], {
        cwd: root,
        encoding: "utf8",
      });
      expect(stdout, stderr).toMatch(/^excitatory: .*\ninhibitory: .*\n$/);
      expect(printed).toContain(stdout);
    });
  }
  if (notebook === "coba.ipynb") {
    it("finds the rate and the irregularity of the balanced network", () => {
      const rate = number(printed, /mean rate: ([\d.]+) Hz/);
      expect(rate).toBeGreaterThan(16.2);
      expect(rate).toBeLessThan(25);
      expect(number(printed, /coefficient of variation: ([\d.]+)/)).toBeGreaterThan(0.5);
    });
  }
});

describe("the first notebook of the README", () => {
  it("runs and draws its raster", () => {
    const source = /```\n(const LIF[^]*?)```/.exec(readme)![1]!;
    const file = join(folder, "first.ipynb");
    const cell = {
      cell_type: "code",
      id: "first",
      execution_count: null,
      metadata: {},
      outputs: [],
    };
    const kernelspec = { name: "neurarchy", display_name: "TypeScript (Neurarchy)" };
    writeFileSync(
      file,
      JSON.stringify({
        nbformat: 4,
        nbformat_minor: 5,
        metadata: { kernelspec },
        cells: [{ ...cell, source }],
      }),
    );
    const { outputs } = run(file);
    expect(outputs.filter(({ output_type }) => output_type === "error")).toEqual([]);
    expect(outputs.some(({ data }) => data?.["image/png"] !== undefined)).toBe(true);
  });
});
