/**
 * Question: what does a neuron cost per step, and how much is that above a loop written by hand in C?
 *
 * Four neuron types, double precision, one thread, 4000 neurons, which stay in the cache. The generated library and the
 * loops of native/neurons.c are compiled with the same flags and run the same steps in turn, in one process; what counts
 * is the fastest round of each, in CPU time. Both find the spiking neurons in the same way, and take the exponential
 * function and the random numbers from the headers of the simulator, so that what differs is the code around them.
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { emitUnit } from "../../lib/codegen/unit.js";
import { compileUnit } from "../../lib/compile/compile.js";
import { findToolchain } from "../../lib/compile/toolchain.js";
import { verify } from "../../lib/ir/verify.js";
import type { NeuronOptions } from "../../lib/model/definition.js";
import { analyseNeuron } from "../../lib/model/neuron.js";
import { lowerNeuron } from "../../lib/solve/lower.js";

const SIZE = 4000;
const STEPS = 200;
const ROUNDS = 60;
const AT_MOST_RATIO = 1.2;

interface Case {
  readonly model: string;
  readonly definition: NeuronOptions;
  /** Values that fields start with, as native/neurons.c reads them. */
  readonly values: readonly string[];
  /** [ns] per neuron and step */
  readonly atMost: number;
}

const izhikevich: NeuronOptions = {
  parameters: `
    a = 0.02 : population
    b = 0.2 : population
    c = -65.0 : population
    d = 8.0 : population
    I = 10.0 : population`,
  equations: `
    dv/dt = 0.04 * v^2 + 5.0 * v + 140.0 - u + I
    du/dt = a * (b * v - u)`,
  spike: "v >= 30.0",
  reset: "v = c; u += d",
};

const izhikevichValues = ["a=0.02", "b=0.2", "c=-65", "d=8", "v=-75:-50", "u=-13"];

const cases: readonly Case[] = [
  {
    model: "izhikevich",
    definition: izhikevich,
    values: [...izhikevichValues, "I=10"],
    atMost: 1.0,
  },
  {
    model: "izhikevich-noise",
    definition: {
      ...izhikevich,
      parameters: `
        a = 0.02 : population
        b = 0.2 : population
        c = -65.0 : population
        d = 8.0 : population
        noise = 5.0 : population`,
      equations: `
        dv/dt = 0.04 * v^2 + 5.0 * v + 140.0 - u + noise * Normal(0.0, 1.0)
        du/dt = a * (b * v - u)`,
    },
    values: [...izhikevichValues, "noise=5"],
    atMost: 4.5,
  },
  {
    model: "coba",
    definition: {
      parameters: `
        El = -60.0     : population
        Vr = -60.0     : population
        Vt = -50.0     : population
        Ee = 0.0       : population
        Ei = -80.0     : population
        tau = 20.0     : population
        tau_exc = 5.0  : population
        tau_inh = 10.0 : population
        I = 20.0       : population`,
      equations: `
        tau * dv/dt = (El - v) + g_exc * (Ee - v) + g_inh * (Ei - v) + I
        tau_exc * dg_exc/dt = -g_exc
        tau_inh * dg_inh/dt = -g_inh`,
      spike: "v > Vt",
      reset: "v = Vr",
      refractory: 5.0,
    },
    values: [
      ...["El=-60", "Vr=-60", "Vt=-50", "Ee=0", "Ei=-80", "tau=20", "tau_exc=5", "tau_inh=10"],
      ...["I=20", "v=-60:-50", "g_exc=4", "g_inh=20", ".refractory=50"],
    ],
    atMost: 1.3,
  },
  {
    model: "hodgkin-huxley",
    definition: {
      parameters: `
        E = -63.0 : population
        cm = 0.2 : population
        gl = 0.01 : population
        gK = 6.0 : population
        gNa = 20.0 : population
        I = 0.1 : population`,
      equations: `
        prev = v
        an = 0.032 * (15.0 - (v - E)) / (exp((15.0 - (v - E)) / 5.0) - 1.0)
        am = 0.32 * (13.0 - (v - E)) / (exp((13.0 - (v - E)) / 4.0) - 1.0)
        ah = 0.128 * exp((17.0 - (v - E)) / 18.0)
        bn = 0.5 * exp((10.0 - (v - E)) / 40.0)
        bm = 0.28 * ((v - E) - 40.0) / (exp(((v - E) - 40.0) / 5.0) - 1.0)
        bh = 4.0 / (1.0 + exp((40.0 - (v - E)) / 5.0))
        dn/dt = an * (1.0 - n) - bn * n
        dm/dt = am * (1.0 - m) - bm * m
        dh/dt = ah * (1.0 - h) - bh * h
        cm * dv/dt = gl * (-65.0 - v) + gK * n^4 * (-90.0 - v) + gNa * m^3 * h * (50.0 - v) + I`,
      spike: "v > 0.0 and prev <= 0.0",
    },
    values: [
      ...["E=-63", "cm=0.2", "gl=0.01", "gK=6", "gNa=20", "I=0.1"],
      ...["v=-65:-55", "m=0.05", "h=0.6", "n=0.3"],
    ],
    atMost: 10,
  },
];

interface Figures {
  readonly ours: number;
  readonly hand: number;
  readonly spikes: readonly [number, number];
}

async function measure(item: Case, program: string, folder: string): Promise<Figures> {
  const ir = lowerNeuron(analyseNeuron(item.definition, { constants: [] }));
  verify(ir);
  const unit = emitUnit(ir, { precision: "double" });
  const { path } = await compileUnit(unit, { cacheFolder: folder });
  const words = [path, item.model, String(SIZE), String(STEPS), String(ROUNDS), ...item.values];
  const printed = execFileSync(program, words, { encoding: "utf8" }).trim().split(" ").map(Number);
  const [ours, hand, mine, theirs] = printed as [number, number, number, number];
  return { ours, hand, spikes: [mine, theirs] };
}

async function compare(folder: string): Promise<void> {
  const root = fileURLToPath(new URL("../../", import.meta.url));
  const program = join(folder, "neurons");
  const source = join(import.meta.dirname, "native", "neurons.c");
  const { compiler, flags } = await findToolchain(undefined, folder);
  const asProgram = flags.filter((flag) => flag !== "-shared");
  const include = join(root, "native", "include");
  execFileSync(compiler, [...asProgram, "-I", include, source, "-o", program, "-ldl", "-lm"]);
  console.log(`${SIZE} neurons, one thread, double precision; CPU nanoseconds per neuron and step`);
  console.log(`  ${"".padEnd(18)}ours    at most  by hand  ratio   at most`);
  for (const item of cases) {
    const { ours, hand, spikes } = await measure(item, program, folder);
    const ratio = ours / hand;
    const figures = [ours.toFixed(2), String(item.atMost), hand.toFixed(2), ratio.toFixed(2)];
    const row = figures.map((figure) => figure.padEnd(8)).join(" ");
    console.log(`  ${item.model.padEnd(18)}${row}${AT_MOST_RATIO}`);
    const [mine, theirs] = spikes;
    const failures = [
      ours > item.atMost && "slower than allowed",
      ratio > AT_MOST_RATIO && "too slow beside the loop written by hand",
      mine === 0 && "no neuron spiked",
      Math.abs(mine - theirs) > 0.01 * theirs && `${mine} spikes, ${theirs} by hand`,
    ].filter((failure) => failure !== false);
    for (const failure of failures) console.error(`FAILED: ${item.model}: ${failure}`);
    if (failures.length > 0) process.exitCode = 1;
  }
}

const folder = mkdtempSync(join(tmpdir(), "neurarchy-neurons-"));
try {
  await compare(folder);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
