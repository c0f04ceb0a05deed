import { execFileSync } from "node:child_process";

import { emitSynapse } from "../../lib/codegen/synapse-unit.js";
import { compileUnit } from "../../lib/compile/compile.js";
import { SynapseEvaluator, type SynapseState } from "../../lib/ir/evaluate-synapses.js";
import type { SynapseIr } from "../../lib/ir/ir.js";
import { isDelayed } from "../../lib/ir/loops.js";
import type { EvaluateOptions } from "../../lib/ir/machine.js";
import { verifySynapse } from "../../lib/ir/verify.js";
import type { NeuronOptions, SynapseOptions } from "../../lib/model/definition.js";
import { analyseNeuron } from "../../lib/model/neuron.js";
import { analyseSynapse } from "../../lib/model/synapse.js";
import { lowerSynapse } from "../../lib/solve/synapse.js";
import type { SynapseContext } from "../../lib/solve/synapse-layout.js";
import { cacheFolder, driverOf, type Values } from "./compiled.js";

/** What a synapse connects, and how. */
export interface Use extends Partial<Omit<SynapseContext, "pre" | "post">> {
  readonly pre?: NeuronOptions;
  readonly post?: NeuronOptions;
}

const rate: NeuronOptions = { equations: "r = sum(exc)" };

/** A neuron that spikes, with an attribute of every kind. */
export const spiking: NeuronOptions = {
  parameters: { threshold: 1 },
  equations: "dv/dt = -v + g_exc + g_inh",
  spike: "v > threshold",
  reset: "v = 0",
};

/** Take the definition of a synapse, between these neurons, to verified IR. */
export function loweredSynapse(definition: SynapseOptions, use: Use = {}): SynapseIr {
  const pre = analyseNeuron(use.pre ?? rate, { constants: [] });
  const post = analyseNeuron(use.post ?? use.pre ?? rate, { constants: [] });
  const targets = use.targets ?? ["exc"];
  const model = analyseSynapse(definition, { constants: [], type: pre.type, targets });
  const ir = lowerSynapse(model, {
    pre,
    post,
    targets,
    singleWeight: use.singleWeight ?? false,
    delays: use.delays ?? "uniform",
    eventTiming: use.eventTiming ?? "exact",
    hoist: use.hoist ?? false,
  });
  verifySynapse(ir);
  return ir;
}

/** Which hook is called, when, and for which neurons or slot. */
export interface Call {
  readonly kind: "globals" | "transmit" | "update" | "onPre" | "onAxon" | "onPost" | "expand";
  readonly step: number;
  readonly arguments?: readonly number[];
}

const kinds = ["globals", "transmit", "update", "onPre", "onAxon", "onPost", "expand"] as const;

/** Synapses, what they read, and what is done with them. */
export interface SynapseRun {
  readonly rows: number;
  readonly columns: number;
  /** Rank of the neuron of row 0. */
  readonly firstPost?: number;
  readonly connections: readonly { readonly row: number; readonly column: number }[];
  /** Values that fields start with; those of the pre and post population as `pre.r`, `post.r`. */
  readonly values: Values;
  /** Largest delay, where each synapse has one. */
  readonly delays?: number;
  readonly calls: readonly Call[];
  /** [ms] */
  readonly resolution?: number;
  /** [ms] */
  readonly dt?: number;
  readonly precision?: "double" | "float";
  readonly narrow?: boolean;
  readonly plasticity?: boolean;
  readonly compiler?: string;
}

/** Fields after a call; after `expand` its values alone. */
export type Fields = readonly Float64Array[];

/** The synapses in the order of storage, with the values that all fields begin with. */
export function synapseState(ir: SynapseIr, run: SynapseRun): SynapseState {
  const { rows, columns, values } = run;
  const delays = longestDelay(ir, run);
  const byRow = ir.storage === "rows";
  const synapses = [...run.connections].sort((a, b) =>
    byRow ? a.row - b.row || a.column - b.column : a.column - b.column || a.row - b.row,
  );
  const fill = (name: string, count: number, shift = 0): Float64Array => {
    const value = values[name] ?? 0;
    const at = (i: number): number =>
      typeof value === "number" ? value : value[(i + shift) % value.length]!;
    const round = run.precision === "float" ? Math.fround : (x: number): number => x;
    return Float64Array.from({ length: count }, (_, i) => round(at(i)));
  };
  const sizes = { local: synapses.length, row: rows, column: columns, global: 1 };
  const count = (slot: number): number => {
    const { owner, scope } = ir.fields[slot]!;
    if (owner === "self" || scope === "global") return sizes[scope];
    return owner === "pre" ? columns : rows;
  };
  const nameOf = (slot: number): string => {
    const { owner, name } = ir.fields[slot]!;
    return owner === "self" ? name : `${owner}.${name}`;
  };
  const fields = ir.fields.map((_, slot) => fill(nameOf(slot), count(slot)));
  const past = new Map(
    ir.fields.flatMap((field, slot) => {
      if (delays === 0 || !isDelayed(field)) return [];
      const older = Array.from({ length: delays }, (_, d) => fill(nameOf(slot), columns, d + 1));
      return [[slot, [fields[slot]!, ...older]] as const];
    }),
  );
  return { rows, columns, synapses, fields, past };
}

function longestDelay(ir: SynapseIr, { delays = 0 }: SynapseRun): number {
  return ir.delayed ? delays : 0;
}

/** Call the hooks of a compiled synapse type; the fields after each call. */
export async function runCompiledSynapses(ir: SynapseIr, run: SynapseRun): Promise<Fields[]> {
  const { precision = "double", narrow = false, compiler } = run;
  const state = synapseState(ir, run);
  const unit = emitSynapse(ir, { precision, narrow });
  const where = compiler === undefined ? { cacheFolder } : { cacheFolder, compiler };
  const library = await compileUnit(unit, where);
  const { resolution = 1, dt = resolution } = run;
  const input = [
    ...[run.rows, run.columns, run.firstPost ?? 0, state.synapses.length],
    ...[Number(run.plasticity ?? true), longestDelay(ir, run)],
    ...state.synapses.flatMap(({ row, column }) => [row, column]),
    ...state.fields.flatMap((field, slot) => [
      ...field,
      ...(state.past?.get(slot) ?? []).slice(1).flatMap((values) => [...values]),
    ]),
    ...run.calls.flatMap(({ kind, step, arguments: words = [] }) => [
      ...[kinds.indexOf(kind), step, resolution, dt, words.length],
      ...words,
    ]),
  ];
  const output = execFileSync(driverOf("synapse-driver"), [library.path, "42"], {
    input: Buffer.from(Float64Array.from(input).buffer),
    maxBuffer: 1 << 30,
  });
  const numbers = new Float64Array(
    output.buffer.slice(output.byteOffset, output.byteOffset + output.length),
  );
  let offset = 0;
  const take = (count: number): Float64Array => numbers.slice(offset, (offset += count));
  return run.calls.map(({ kind }) => {
    if (kind === "expand") return [take(state.synapses.length)];
    const fields = state.fields.map(({ length }) => take(length));
    const [failed] = take(1);
    return [...fields, Float64Array.of(failed!)];
  });
}

/** The same by the reference evaluator. */
export function runEvaluatedSynapses(
  ir: SynapseIr,
  run: SynapseRun,
  draw?: (call: number) => NonNullable<EvaluateOptions["draw"]>,
): Fields[] {
  const state = synapseState(ir, run);
  const { resolution = 1, dt = resolution, precision = "double", plasticity = true } = run;
  let failed = -1;
  return run.calls.map(({ kind, step, arguments: words = [] }, call) => {
    const evaluator = new SynapseEvaluator(
      ir,
      state,
      { t: step * resolution, dt, resolution, step },
      {
        ...{ precision, plasticity },
        ...(draw === undefined ? {} : { draw: draw(call) }),
        fail: (_, slot) => (failed = failed < 0 ? slot : failed),
      },
    );
    switch (kind) {
      case "globals":
      case "transmit":
      case "update":
        evaluator[kind]();
        break;
      case "expand":
        return [evaluator.expand(words[0]!)];
      case "onPre":
      case "onAxon":
      case "onPost": {
        const end = kind === "onPost" ? "row" : "column";
        const events = words.map((neuron) => ({
          neuron,
          positions: state.synapses.flatMap((synapse, i) => (synapse[end] === neuron ? [i] : [])),
        }));
        evaluator.events(kind, events);
      }
    }
    return [...state.fields.map((field) => field.slice()), Float64Array.of(failed)];
  });
}

/** Slot of a field by its name, or `pre.r`, `post.g_exc`. */
export function slotIn(ir: SynapseIr, name: string): number {
  return ir.fields.findIndex(
    (field) => name === (field.owner === "self" ? field.name : `${field.owner}.${field.name}`),
  );
}
