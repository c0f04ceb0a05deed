/**
 * Question: what does a synaptic event of pair-based plasticity cost, one thread, double precision, beside a loop written
 * by hand in C?
 *
 * 1.5 % of the neurons at each end spike in a step. The cost of the neurons is that of the same network without synapses;
 * each figure is the least of some repetitions, taken in turn with those of the loop in C (CPU seconds).
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { findToolchain } from "../../lib/compile/toolchain.js";
import { Network, Neuron, Synapse } from "../../lib/index.js";

const REPETITIONS = 5;
const AT_MOST = { nanoseconds: 2, ratio: 1.3 };

const Random = new Neuron({
  equations: "u = Uniform(0, 1)\ng_exc = 0",
  spike: "u < 0.015",
  reset: "u = 1",
});

const Pairs = new Synapse({
  parameters: "tau_x = 20.0 : projection\ntau_y = 30.0 : projection",
  equations: "tau_x * dx/dt = -x : event-driven\ntau_y * dy/dt = -y : event-driven",
  preSpike: "g_target += w; x += 0.01; w = clip(w - y, 0.0, 1.0)",
  postSpike: "y += 0.012; w = clip(w + x, 0.0, 1.0)",
});

interface Case {
  readonly name: string;
  readonly size: number;
  readonly probability: number;
  readonly steps: number;
}

const cases: readonly Case[] = [
  { name: "1000 x 1000, all", size: 1000, probability: 1, steps: 2000 },
  { name: "10 000 x 10 000, 1 %", size: 10_000, probability: 0.01, steps: 1000 },
];

async function network({ size, probability }: Case, connected: boolean, directory: string) {
  const net = new Network({ dt: 1, seed: 1 });
  const [pre, post] = [net.create(size, { neuron: Random }), net.create(size, { neuron: Random })];
  if (connected) {
    const proj = net.connect(pre, post, { target: "exc", synapse: Pairs });
    if (probability === 1) proj.allToAll({ weights: 0.5, forceMultipleWeights: true });
    else proj.fixedProbability({ probability, weights: 0.5, forceMultipleWeights: true });
  }
  await net.compile({ directory });
  await net.simulate(100);
  return net;
}

async function cpu(net: Network, steps: number): Promise<number> {
  const before = process.cpuUsage();
  await net.simulate(steps);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

const folder = mkdtempSync(join(tmpdir(), "neurarchy-stdp-"));
try {
  const program = join(folder, "stdp");
  const { compiler, flags } = await findToolchain(undefined, folder);
  const source = join(import.meta.dirname, "native", "stdp.c");
  const asProgram = flags.filter((flag) => flag !== "-shared");
  execFileSync(compiler, [...asProgram, source, "-o", program, "-lm"]);
  console.log("pair-based plasticity, one thread, double precision; ns per synaptic event");
  for (const one of cases) {
    const { name, size, probability, steps } = one;
    const [whole, bare] = [await network(one, true, folder), await network(one, false, folder)];
    const ours: number[] = [];
    const neurons: number[] = [];
    const hand: number[] = [];
    for (let i = 0; i < REPETITIONS; i++) {
      ours.push(await cpu(whole, steps));
      neurons.push(await cpu(bare, steps));
      const words = [String(size), String(probability), String(steps)];
      const [seconds, events] = execFileSync(program, words, { encoding: "utf8" }).split(" ");
      hand.push((1e9 * Number(seconds)) / Number(events));
    }
    const events = 2 * 0.015 * size * size * probability * steps;
    const figure = (1e9 * (Math.min(...ours) - Math.min(...neurons))) / events;
    const ratio = figure / Math.min(...hand);
    const parts = [figure, Math.min(...hand), ratio].map((value) => value.toFixed(2));
    console.log(`  ${name.padEnd(24)}${parts[0]!}   C by hand ${parts[1]!}   ratio ${parts[2]!}`);
    if (figure > AT_MOST.nanoseconds || ratio > AT_MOST.ratio) {
      console.error(`MISSED: at most ${AT_MOST.nanoseconds} ns and ${AT_MOST.ratio} times C`);
      process.exitCode = 1;
    }
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
