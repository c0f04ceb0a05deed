/**
 * Question: how long does it take to connect ten million synapses by `fixedProbability`, and how much memory is needed at
 * the peak beside what the synapses take in the end?
 *
 * Static synapses between 10 000 and 10 000 neurons with the probability 0.1, one thread. What counts is the fastest of some
 * rounds. Memory is what the kernel of the system reports as resident, before, at the peak of and after making the
 * network; every round runs in a process of its own, so that nothing is left of the one before.
 */
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

import { loadBinding } from "../../lib/native/binding.js";
import type { NetworkSpec, PopulationSpec, ValueSpec } from "../../lib/native/spec.js";

const NEURONS = 10_000;
const SYNAPSES = 10_000_000;
const ROUNDS = 5;
const AT_MOST = { seconds: 1.5, peak: 1.3 };

const population: PopulationSpec = {
  name: "population",
  size: NEURONS,
  library: null,
  fields: [
    { name: "g", type: "real", scope: "local" },
    { name: "spiked", type: "int32", scope: "local" },
  ],
  spikedSlot: 1,
  remainingSlot: null,
  lastSpikeSlot: null,
  axonSlot: null,
  rateSlot: null,
  inputSlots: [0],
  reductions: [],
  source: null,
};

const weights: Record<string, ValueSpec> = {
  "one weight": { kind: "constant", value: 1 },
  "each its weight": { kind: "constant", value: 1 },
  "uniform weights": { kind: "uniform", parameters: [0, 1], min: -Infinity, max: Infinity },
  "normal weights": { kind: "normal", parameters: [0, 1], min: -Infinity, max: Infinity },
};

function network(name: string, synapses: number): NetworkSpec {
  return {
    dt: 0.1,
    seed: 1,
    precision: "double",
    threads: 1,
    forceThreads: true,
    populations: [population],
    projections: [
      {
        name: "projection",
        pre: 0,
        post: 0,
        targetSlots: [0],
        synapse: null,
        delay: 1,
        longestDelay: 1,
        connector: {
          kind: "fixedProbability",
          preRanks: null,
          postRanks: null,
          selfConnections: true,
          probability: synapses / NEURONS ** 2,
        },
        weights: weights[name]!,
        singleWeight: name === "one weight",
      },
    ],
  };
}

interface Figures {
  readonly seconds: number;
  /** [bytes] */
  readonly peak: number;
  readonly final: number;
  readonly synapses: number;
}

/** A line of what the system says of this process. [bytes] */
function status(name: string): number {
  const line = new RegExp(`${name}:\\s+(\\d+)`).exec(readFileSync("/proc/self/status", "utf8"));
  return Number(line![1]) * 1024;
}

/** In a process of its own. */
function measure(name: string): Figures {
  const binding = loadBinding();
  // What loads once is loaded, and the memory of before is known, when the clock begins.
  binding.createNetwork(network(name, 1000)).close();
  writeFileSync("/proc/self/clear_refs", "5");
  const before = status("VmRSS");
  const start = process.cpuUsage();
  const net = binding.createNetwork(network(name, SYNAPSES));
  const { user, system } = process.cpuUsage(start);
  const [peak, final] = [status("VmHWM") - before, status("VmRSS") - before];
  return { seconds: (user + system) / 1e6, peak, final, synapses: net.countSynapses(0) };
}

const [, , , asked] = process.argv;
if (asked !== undefined) {
  console.log(JSON.stringify(measure(asked)));
} else {
  const self = fileURLToPath(import.meta.url);
  console.log("ten million synapses, one thread, CPU seconds and MB");
  console.log(`  ${"".padEnd(18)}seconds  at most  final   peak    ratio  at most`);
  for (const name of Object.keys(weights)) {
    const rounds = Array.from({ length: ROUNDS }, (): Figures => {
      const words = [...process.execArgv, self, "connect", name];
      return JSON.parse(execFileSync(process.execPath, words, { encoding: "utf8" })) as Figures;
    });
    const seconds = Math.min(...rounds.map((round) => round.seconds));
    const { peak, final, synapses } = rounds[0]!;
    const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(1).padEnd(7);
    const row = `${seconds.toFixed(3).padEnd(8)} ${String(AT_MOST.seconds).padEnd(8)} ${megabytes(final)} ${megabytes(peak)}`;
    const ratio = peak / final;
    console.log(`  ${name.padEnd(18)}${row} ${ratio.toFixed(2).padEnd(6)} ${AT_MOST.peak}`);
    const failures = [
      seconds > AT_MOST.seconds && "slower than allowed",
      ratio > AT_MOST.peak && "takes too much memory on the way",
      Math.abs(synapses - SYNAPSES) > 20_000 && `${synapses} synapses`,
    ].filter((failure) => failure !== false);
    for (const failure of failures) console.error(`FAILED: ${name}: ${failure}`);
    if (failures.length > 0) process.exitCode = 1;
  }
}
