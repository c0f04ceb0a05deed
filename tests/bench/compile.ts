/**
 * Question: how long does a user wait for the built-in neuron types to be compiled?
 *
 * Each is compiled in a network of its own: cold, in an empty folder, and again from that folder. Beside it, for the
 * largest: parsing, analysis, lowering, verification and printing, without the compiler. Wall time; what counts is the
 * fastest of several runs, and the slowest neuron type.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { emitUnit } from "../../lib/codegen/unit.js";
import * as neurarchy from "../../lib/index.js";
import { verify } from "../../lib/ir/verify.js";
import { analyseNeuron } from "../../lib/model/neuron.js";
import { lowerNeuron } from "../../lib/solve/lower.js";

const { Network } = neurarchy;
const REPETITIONS = 3;
/** Front end alone, until the time does not fall any more. */
const WARM = 100;
/** [ms] */
const AT_MOST = { cold: 500, cached: 20, front: 5 };

const neurons = [
  new neurarchy.LeakyIntegrator(),
  new neurarchy.Izhikevich(),
  new neurarchy.IF_curr_exp(),
  new neurarchy.IF_cond_exp(),
  new neurarchy.IF_curr_alpha(),
  new neurarchy.IF_cond_alpha(),
  new neurarchy.HH_cond_exp(),
  new neurarchy.EIF_cond_exp_isfa_ista(),
  new neurarchy.EIF_cond_alpha_isfa_ista(),
  new neurarchy.GIF_curr(),
  new neurarchy.GIF_curr_exp(),
];

type Neuron = (typeof neurons)[number];

async function compile(neuron: Neuron, directory: string): Promise<number> {
  const net = new Network({ dt: 0.1 });
  net.create(100, { neuron });
  const start = performance.now();
  await net.compile({ directory });
  return performance.now() - start;
}

interface Figures {
  readonly name: string;
  readonly cold: number;
  readonly cached: number;
  readonly front: number;
  readonly first: number;
}

/** Texts to C, in this process. */
function front({ options }: Neuron): number {
  const start = performance.now();
  const ir = lowerNeuron(analyseNeuron(options, { constants: [] }));
  verify(ir);
  emitUnit(ir, { precision: "double" });
  return performance.now() - start;
}

async function measure(neuron: Neuron): Promise<Figures> {
  const first = front(neuron);
  const cold: number[] = [];
  const cached: number[] = [];
  for (let i = 0; i < REPETITIONS; i++) {
    const folder = mkdtempSync(join(tmpdir(), "neurarchy-compile-"));
    try {
      cold.push(await compile(neuron, folder));
      for (let k = 0; k < REPETITIONS; k++) cached.push(await compile(neuron, folder));
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
  const warm = Math.min(...Array.from({ length: WARM }, () => front(neuron)));
  return {
    name: neuron.constructor.name,
    cold: Math.min(...cold),
    cached: Math.min(...cached),
    front: warm,
    first,
  };
}

const rows: Figures[] = [];
for (const neuron of neurons) rows.push(await measure(neuron));

const text = (value: number, digits: number): string => value.toFixed(digits).padStart(10);
console.log("built-in neuron types, milliseconds; text to C: parse, analyse, lower, verify, print");
console.log(`  ${"".padEnd(26)}      cold    cached text to C     first`);
for (const { name, cold, cached, front: warm, first } of rows) {
  console.log(
    `  ${name.padEnd(26)}${text(cold, 0)}${text(cached, 1)}${text(warm, 2)}${text(first, 1)}`,
  );
}
const { cold, cached, front: warm } = AT_MOST;
console.log(`  ${"at most".padEnd(26)}${text(cold, 0)}${text(cached, 1)}${text(warm, 2)}`);

const failures = rows.flatMap((row) => [
  ...(row.cold > AT_MOST.cold ? [`${row.name}: the first compilation takes too long`] : []),
  ...(row.cached > AT_MOST.cached ? [`${row.name}: the cache is too slow`] : []),
  ...(row.front > AT_MOST.front ? [`${row.name}: text to C takes too long`] : []),
]);
for (const failure of failures) console.error(`FAILED: ${failure}`);
if (failures.length > 0) process.exitCode = 1;
