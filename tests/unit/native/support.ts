import { execFileSync } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import {
  CONTROL,
  loadBinding,
  packageFolder,
  type NativeNetwork,
  type RunResult,
  type Switches,
} from "../../../lib/native/binding.js";
import type { NetworkSpec, PopulationSpec, ProjectionSpec } from "../../../lib/native/spec.js";

/** Make a network in the engine. */
export function createNetwork(spec: NetworkSpec): NativeNetwork {
  return loadBinding().createNetwork(spec);
}

/** Slots of tests/native/kernels/beat.c, a neuron that spikes by the clock and adds up its input. */
export const SLOT = {
  period: 0,
  phase: 1,
  g: 2,
  gInh: 3,
  total: 4,
  spiked: 5,
  remaining: 6,
  resets: 7,
  count: 8,
  lastSpike: 9,
  ready: 10,
  axon: 11,
  axonResets: 12,
  /** Behind the library's own table. */
  rate: 13,
} as const;

/** Compile a hand-written neuron type. Returns the path of the library. */
export function compileKernel(name: string, ...defines: string[]): string {
  const folder = mkdtempSync(join(tmpdir(), "neurarchy-native-"));
  const library = join(folder, `${name}.so`);
  const include = join(packageFolder(), "native", "include");
  const source = join(packageFolder(), "tests", "native", "kernels", `${name}.c`);
  const flags = ["-std=c11", "-O2", "-fPIC", "-shared", "-ffp-contract=off", `-I${include}`];
  execFileSync("gcc", [...flags, ...defines.map((define) => `-D${define}`), source, "-o", library]);
  return library;
}

/** A population of beating neurons. */
export function beat(library: string, size: number, name = "beat"): PopulationSpec {
  const field = (fieldName: string, type: "real" | "int32", scope: "local" | "global" = "local") =>
    ({ name: fieldName, type, scope }) as const;
  return {
    name,
    size,
    library,
    fields: [
      field("period", "int32"),
      field("phase", "int32"),
      field("g", "real"),
      field("g_inh", "real"),
      field("total", "real"),
      field("spiked", "int32"),
      field("remaining", "int32"),
      field("resets", "int32"),
      field("count", "real", "global"),
      field("lastSpike", "int32"),
      field("ready", "int32"),
      field("axon", "int32"),
      field("axonResets", "int32"),
      field("rate", "real"),
    ],
    spikedSlot: SLOT.spiked,
    remainingSlot: SLOT.remaining,
    lastSpikeSlot: SLOT.lastSpike,
    axonSlot: SLOT.axon,
    rateSlot: SLOT.rate,
    inputSlots: [],
    reductions: [],
    source: null,
  };
}

/** All-to-all connections with the weight 1, changed as given. */
export function projection(changes: Partial<ProjectionSpec> = {}): ProjectionSpec {
  return {
    name: "projection",
    pre: 0,
    post: 0,
    targetSlots: [SLOT.g],
    synapse: null,
    delay: 1,
    longestDelay: 1,
    connector: {
      kind: "allToAll",
      preRanks: null,
      postRanks: null,
      selfConnections: true,
    },
    weights: { kind: "constant", value: 1 },
    singleWeight: false,
    ...changes,
  };
}

export function network(
  populations: readonly PopulationSpec[],
  changes: Partial<NetworkSpec> = {},
): NetworkSpec {
  return {
    dt: 0.1,
    seed: 1,
    precision: "double",
    threads: 1,
    forceThreads: true,
    populations,
    projections: [],
    ...changes,
  };
}

/** Control words of a run. */
export function controlWords(): Int32Array {
  return new Int32Array(new SharedArrayBuffer(CONTROL.words * Int32Array.BYTES_PER_ELEMENT));
}

/** Code of the error that `call` throws, or "none". */
export function codeOf(call: () => unknown): string {
  try {
    call();
  } catch (error) {
    return error instanceof Error && "code" in error
      ? String(error.code)
      : `uncoded: ${String(error)}`;
  }
  return "none";
}

/** Run a network to its end, without stop conditions. */
export function run(net: NativeNetwork, steps: number): Promise<RunResult> {
  return net.run(steps, controlWords(), null);
}

/** Switches of a projection, changed as given. */
export function switches(changes: Partial<Switches> = {}): Switches {
  return {
    transmission: true,
    axonTransmission: true,
    update: true,
    plasticity: true,
    period: 1,
    offset: 0,
    ...changes,
  };
}
