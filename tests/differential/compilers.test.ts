import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { describe, expect, it } from "vitest";

import { emitSynapse } from "../../lib/codegen/synapse-unit.js";
import { emitUnit } from "../../lib/codegen/unit.js";
import { findToolchain } from "../../lib/compile/toolchain.js";
import { builtInNeurons, synapseUses } from "../support/built-in.js";
import { loweredSynapse, runCompiledSynapses } from "../support/compiled-synapses.js";
import { cacheFolder, lowered, runCompiled } from "../support/compiled.js";
import { plasticRun } from "../support/synapse-run.js";

// Both are Debian packages that install.sh and tests/setup.sh ask for: what is absent fails here.
const compilers = ["gcc", "clang"];

const headers = fileURLToPath(new URL("../../native/include", import.meta.url));

const neurons = builtInNeurons.map(([name, options]) => [name, lowered(options)] as const);
const synapses = synapseUses.map(
  ([name, options, use]) => [name, loweredSynapse(options, use)] as const,
);

/** What a compiler writes about a text. */
async function wordsOf(compiler: string, text: string, flags: readonly string[]): Promise<string> {
  const toolchain = await findToolchain(compiler, cacheFolder);
  const file = join(cacheFolder, `${compiler}.c`);
  writeFileSync(file, text);
  const words = [...toolchain.flags, ...flags, "-I", headers, file, "-o", `${file}.so`, "-lm"];
  return spawnSync(toolchain.compiler, words, { encoding: "utf8" }).stderr;
}

describe.each(compilers)("%s", (compiler) => {
  it.each(["double", "float"] as const)(
    "has nothing to say about the generated code in %s precision",
    async (precision) => {
      const units = [
        ...neurons.map(([name, ir]) => [name, emitUnit(ir, { precision }).text] as const),
        ...synapses.map(([name, ir], i) => {
          const { text } = emitSynapse(ir, { precision, narrow: i % 2 === 0 });
          return [name, text] as const;
        }),
      ];
      for (const [name, text] of units) {
        const words = await wordsOf(compiler, text, ["-Wall", "-Wextra"]);
        expect(`${name}: ${words}`).toBe(`${name}: `);
      }
    },
    240_000,
  );
});

describe("both compilers", () => {
  it.each(neurons)("give the same bits for %s", async (_, ir) => {
    const values = {
      cm: 1,
      tau: 10,
      tau_m: 20,
      tau_syn_E: 5,
      tau_syn_I: 5,
      g_exc: [1, 2],
      v: [-60, -70],
    };
    const runs = compilers.map((compiler) =>
      runCompiled(ir, { ...values, ...thresholds }, { size: 70, steps: 5, dt: 0.1, compiler }),
    );
    const [one, other] = await Promise.all(runs);
    expect(one).toEqual(other);
  });

  it.each(synapses)("give the same bits for %s", async (_, ir) => {
    const runs = compilers.map((compiler) => runCompiledSynapses(ir, { ...plasticRun, compiler }));
    const [one, other] = await Promise.all(runs);
    expect(one).toEqual(other);
  });
});

/** Values of parameters with which neurons spike. */
const thresholds = { v_thresh: -65, v_spike: -65, v_rest: -65, v_reset: -70, tau_refrac: 0.3 };

describe("gcc", () => {
  it.each(neurons)("makes vectors of the loop over neurons of %s", async (_, ir) => {
    const { text } = emitUnit(ir, { precision: "double" });
    const words = await wordsOf("gcc", text, ["-fopt-info-vec"]);
    const vectors = [...words.matchAll(/gcc\.c:(\d+):.*loop vectorized/g)].map((match) =>
      Number(match[1]),
    );
    const lines = text.split("\n");
    lines.forEach((line, i) => {
      if (!line.includes("#pragma omp simd")) return;
      // A loop is named after the first line that does something.
      const end = lines.indexOf("    }", i) + 1;
      expect(vectors.filter((place) => place > i && place < end)).not.toEqual([]);
    });
    expect(text).toContain("#pragma omp simd");
  });
});
