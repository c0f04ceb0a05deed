/**
 * Question: how much slower than a loop written by hand in C is COBA 4000, one thread, double precision?
 *
 * Both simulate the same second again and again, in turn, compiled with the same flags; what counts is the fastest of
 * each and their ratio. It is taken of CPU seconds (ours: all threads of the process), which other processes disturb
 * least; on a quiet machine they equal the wall seconds printed beside them. Beside it: read bandwidth, peak memory, and
 * the time that `net.compile()` takes for a model that was never seen and for one from the cache, also as the first of a
 * fresh process.
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { findToolchain } from "../../lib/compile/toolchain.js";
import { type Monitor, Network, Normal } from "../../lib/index.js";
import { COBA } from "../support/neurons.js";

const REPETITIONS = 9;
/** Word that asks this file for one figure only. */
const FIRST = "first-compile";
const AT_MOST = { ratio: 1.5, rates: 0.05, cold: 0.5, cached: 0.02 };

interface Compiled {
  readonly net: Network;
  readonly spikes: Monitor;
  /** Of `compile` alone. */
  readonly seconds: number;
}

async function compiled(directory: string, seed: number): Promise<Compiled> {
  const net = new Network({ dt: 0.1, seed });
  const pop = net.create(4000, { neuron: COBA });
  const p = { probability: 0.02 };
  net.connect(pop.view(":3200"), pop, { target: "exc" }).fixedProbability({ ...p, weights: 0.6 });
  net.connect(pop.view("3200:"), pop, { target: "inh" }).fixedProbability({ ...p, weights: 6.7 });
  pop.set({ v: new Normal(-55, 5), g_exc: new Normal(4, 1.5), g_inh: new Normal(20, 12) });
  const spikes = net.monitor(pop, "spike");
  const start = performance.now();
  await net.compile({ directory });
  return { net, spikes, seconds: (performance.now() - start) / 1000 };
}

interface Measurement {
  readonly cpu: number;
  readonly wall: number;
  readonly spikes: number;
}

/** The first second of a network. */
async function simulated({ net, spikes }: Compiled): Promise<Measurement> {
  const start = performance.now();
  const before = process.cpuUsage();
  await net.simulate(1000);
  const { user, system } = process.cpuUsage(before);
  const wall = (performance.now() - start) / 1000;
  let count = 0;
  for (const steps of spikes.get("spike").values()) count += steps.length;
  return { cpu: (user + system) / 1e6, wall, spikes: count };
}

function byHand(program: string, seed: number): Measurement {
  const printed = execFileSync(program, ["1", String(seed)], { encoding: "utf8" });
  const [cpu, wall, spikes] = printed.split(" ").map(Number);
  return { cpu: cpu!, wall: wall!, spikes: spikes! };
}

const least = (measurements: readonly Measurement[], clock: "cpu" | "wall"): number =>
  Math.min(...measurements.map((measurement) => measurement[clock]));

const rate = (measurements: readonly Measurement[]): number =>
  measurements.reduce((sum, { spikes }) => sum + spikes, 0) / measurements.length / 4000;

function figures(measurements: readonly Measurement[]): [string, string] {
  const [cpu, wall] = [least(measurements, "cpu"), least(measurements, "wall")];
  return [`${cpu.toFixed(4)} s (wall ${wall.toFixed(4)} s)`, `${rate(measurements).toFixed(1)} Hz`];
}

/** What the first `compile()` of a fresh process takes for a model in the cache, as after a restart of the kernel. */
function firstCached(directory: string): number {
  const words = [...process.execArgv, import.meta.filename, FIRST, directory];
  return Number(execFileSync(process.execPath, words, { encoding: "utf8" }));
}

async function compare(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "neurarchy-coba-"));
  try {
    const program = join(folder, "coba");
    const source = join(import.meta.dirname, "native", "coba.c");
    const { compiler, flags } = await findToolchain(undefined, folder);
    const asProgram = flags.filter((flag) => flag !== "-shared");
    execFileSync(compiler, [...asProgram, source, "-o", program, "-lm"]);
    const bandwidth = Number(
      execFileSync(program, ["bandwidth"], { encoding: "utf8" }).split(" ")[0],
    );

    const cache = join(folder, "cache");
    const cold = (await compiled(cache, 0)).seconds;
    const cached: number[] = [];
    const ours: Measurement[] = [];
    const hand: Measurement[] = [];
    for (let seed = 1; seed <= REPETITIONS; seed++) {
      const network = await compiled(cache, seed);
      cached.push(network.seconds);
      ours.push(await simulated(network));
      hand.push(byHand(program, seed));
    }

    const first = Math.min(...[1, 2, 3].map(() => firstCached(cache)));
    const ratio = least(ours, "cpu") / least(hand, "cpu");
    const rates = rate(ours) / rate(hand) - 1;
    const rows: [string, string, string][] = [
      ["neurarchy", ...figures(ours)],
      ["C by hand", ...figures(hand)],
      ["ratio", ratio.toFixed(2), `at most ${AT_MOST.ratio}`],
      ["compile, cold", `${cold.toFixed(3)} s`, `at most ${AT_MOST.cold} s`],
      ["compile, cached", `${Math.min(...cached).toFixed(4)} s`, `at most ${AT_MOST.cached} s`],
      ["  fresh process", `${first.toFixed(4)} s`, `at most ${AT_MOST.cached} s`],
      ["read bandwidth", `${(bandwidth / 1e9).toFixed(1)} GB/s`, "one thread, 256 MiB"],
      ["peak memory", `${(process.resourceUsage().maxRSS / 1024).toFixed(0)} MiB`, "whole process"],
    ];
    console.log(
      "COBA 4000, dt 0.1 ms, one thread, double precision; CPU seconds per simulated second",
    );
    for (const [name, value, note] of rows) {
      console.log(`  ${name.padEnd(16)}${value.padEnd(30)}${note}`);
    }
    const failures = [
      ratio > AT_MOST.ratio && "slower than allowed",
      Math.abs(rates) > AT_MOST.rates && "the two networks do not fire alike",
      cold > AT_MOST.cold && "the first compilation takes too long",
      Math.max(Math.min(...cached), first) > AT_MOST.cached &&
        "compilation from the cache takes too long",
    ].filter((failure) => failure !== false);
    for (const failure of failures) console.error(`FAILED: ${failure}`);
    if (failures.length > 0) process.exitCode = 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const [, , task, directory] = process.argv;
if (task === FIRST) console.log((await compiled(directory!, 1)).seconds);
else await compare();
