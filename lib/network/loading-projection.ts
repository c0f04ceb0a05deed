import { toSteps } from "../analysis/time.js";
import type { Document, Entry } from "../array/document.js";
import { problem } from "../errors.js";
import type { RuleTiming, Switches, Synapses } from "../native/binding.js";
import { populationOf } from "./ends.js";
import {
  bytesIn,
  documentIn,
  numberIn,
  rowsIn,
  scalarIn,
  textsIn,
  valuesIn,
} from "./file-values.js";
import type { FileRows } from "./file-values.js";
import { internals } from "./internals.js";
import { checkedState } from "./loading-state.js";
import { native } from "./native-errors.js";
import type { ProjectionCore } from "./projection-core.js";
import type { RuleName } from "./projection-structure.js";
import { sameNumbers, sameSynapses } from "./rebuild.js";
import { attributeKey } from "./saved.js";
import { typed } from "./synapse-values.js";

/** What loads a projection, in two steps: all projections get their synapses before any object gets its state. */
export interface ProjectionPlan {
  readonly connect: () => void;
  readonly put: () => void;
}

/** Words of the switches that a file may have. */
const SWITCHES = ["transmission", "axonTransmission", "update", "plasticity"] as const;

/**
 * Check a description of a projection against what it is for.
 *
 * @returns What puts it into the projection; nothing has changed before.
 * @throws {SimulatorError} NOT_COMPILED, FILE_MISMATCH; RECORDED_SYNAPSES when other neurons have synapses and it is recorded.
 */
export function planProjection(
  core: ProjectionCore,
  saved: Document,
  file: string,
): ProjectionPlan {
  const { store, label, state } = core;
  const { place } = store;
  if (place === null) throw problem("NOT_COMPILED", { call: `${label}.load` });
  const differ = (reason: string): never => {
    throw problem("FILE_MISMATCH", { file, object: label, reason });
  };
  const synapses = readSynapses(saved, differ);
  checkRanks(synapses, core, differ);
  const same = sameSynapses(synapses, store.synapses());
  // Records follow synapses that come and go, but not rows.
  if (!sameNumbers(synapses.postRanks, store.synapses().postRanks)) refuseRecorded(core);
  const delays = readDelays(saved["delays"], core, synapses, differ);
  const kernel = documentIn(saved["kernel"]);
  const hidden = kernel === null ? null : bytesIn(kernel["state"]);
  const switches = kernel === null ? {} : readSwitches(kernel, differ);
  const timings = kernel === null ? null : readTimings(kernel, core, differ);
  const [rows, count] = [synapses.postRanks.length, synapses.preRanks.length];
  if (hidden !== null) {
    checkedState(file, label, () => {
      place.native.checkState("projection", place.projection, hidden, rows, count);
    });
  }
  const known = [...store.names("parameter"), ...store.names("variable")];
  const values = new Map<string, Float64Array>();
  for (const name of textsIn(saved["attributes"]) ?? differ("its attributes are not named")) {
    if (!known.includes(name)) {
      state.warn("SKIPPED_IN_LOAD", { file, object: label, name });
      continue;
    }
    const read = readValues(saved[attributeKey(name)], name, core, synapses, differ);
    const held = isHeld(core, name);
    if (held && hidden !== null) continue;
    if (held && read.length !== 1) {
      const reason = "it is held once per neuron, which the file does not say";
      state.warn("SKIPPED_PARAMETER", { file, object: label, name, reason });
      continue;
    }
    values.set(name, typed(read, store.attribute(name).type));
  }
  return {
    connect: () => {
      if (same) native(() => place.native.setDelays(place.projection, delays), label);
      else core.rebuild(synapses, delays);
    },
    put: () => {
      native(() => {
        if (hidden !== null) place.native.importState("projection", place.projection, hidden);
        for (const [name, data] of values) {
          place.native.setSynapticValues(place.projection, store.slot(name), data);
        }
      }, label);
      core.switches.restore(switches);
      if (timings !== null) core.structure.restore(timings);
    },
  };
}

/** The synapses that a file describes. */
export function readSynapses(saved: Document, differ: (reason: string) => never): Synapses {
  const postRanks = valuesIn(saved["post_ranks"])?.data;
  const rows = rowsIn(saved["pre_ranks"]);
  if (postRanks === undefined || rows === null) return differ("its ranks cannot be read");
  if (postRanks.length !== rows.rowStart.length - 1) {
    differ(`${postRanks.length} post ranks for ${rows.rowStart.length - 1} rows`);
  }
  const whole = (ranks: Float64Array): Int32Array =>
    Int32Array.from(ranks, (rank) =>
      Number.isInteger(rank) && rank >= 0 && rank < 2 ** 31 ? rank : differ(`the rank ${rank}`),
    );
  return {
    postRanks: whole(postRanks),
    rowStart: Float64Array.from(rows.rowStart),
    preRanks: whole(rows.data),
  };
}

/** Check that ranks are those of neurons that there are, rows ascend and no synapse is there twice. */
function checkRanks(
  { postRanks, rowStart, preRanks }: Synapses,
  projection: ProjectionCore,
  differ: (reason: string) => never,
): void {
  const [pre, post] = [populationOf(projection.pre), populationOf(projection.post)];
  const far = preRanks.find((rank) => rank >= pre.size);
  if (far !== undefined) differ(`the pre rank ${far}, where ${pre.name} has ${pre.size} neurons`);
  const seen = new Int32Array(pre.size).fill(-1);
  postRanks.forEach((rank, row) => {
    if (rank >= post.size)
      differ(`the post rank ${rank}, where ${post.name} has ${post.size} neurons`);
    if (row > 0 && rank <= postRanks[row - 1]!) differ("its post ranks do not ascend");
    for (let i = rowStart[row]!; i < rowStart[row + 1]!; i++) {
      const partner = preRanks[i]!;
      if (seen[partner] === row) differ(`the synapse from ${partner} to ${rank} is there twice`);
      seen[partner] = row;
    }
  });
}

/** @throws {SimulatorError} RECORDED_SYNAPSES. */
function refuseRecorded(projection: ProjectionCore): void {
  const { state, label } = projection;
  for (const monitor of state.monitors) {
    if (!("object" in monitor && "variables" in monitor)) continue;
    const { object, variables } = monitor;
    // Of a dendrite its projection.
    const recorded: unknown = isObject(object) && "proj" in object ? object.proj : object;
    const same = isObject(recorded) && internals in recorded && recorded[internals] === projection;
    if (same && Array.isArray(variables) && variables.length > 0) {
      throw problem("RECORDED_SYNAPSES", { projection: label });
    }
  }
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

/** Delays as the engine wants them. [steps] */
function readDelays(
  entry: Entry | undefined,
  core: ProjectionCore,
  synapses: Synapses,
  differ: (reason: string) => never,
): Int32Array {
  const { dt } = core.state.config;
  const steps = (delay: number): number =>
    delay >= 0 && delay < 1e9
      ? Math.max(1, toSteps(delay, dt, "even"))
      : differ(`a delay of ${delay} ms`);
  const count = synapses.preRanks.length;
  const one = scalarIn(entry);
  if (one !== null) {
    return new Int32Array(core.heterogeneous ? count : 1).fill(steps(one));
  }
  const rows = rowsIn(entry);
  if (rows === null || !fits(rows, synapses)) return differ("its delays do not fit its synapses");
  const delays = Int32Array.from(rows.data, steps);
  if (core.heterogeneous) return delays;
  if (delays.some((delay) => delay !== delays[0])) {
    differ("every synapse has a delay of its own, where all have the same here");
  }
  return Int32Array.of(delays[0] ?? core.delays()[0]!);
}

/** Values as the engine wants them: (1), (rows) or (synapses). */
function readValues(
  entry: Entry | undefined,
  name: string,
  core: ProjectionCore,
  synapses: Synapses,
  differ: (reason: string) => never,
): Float64Array {
  const { locality } = core.store.attribute(name);
  const rows = locality === "local" ? rowsIn(entry) : null;
  const several = rows ?? valuesIn(entry);
  const single = locality === "global" || (name === "w" && core.singleWeight);
  const one = single ? numberIn(entry) : scalarIn(entry);
  if (one !== null) return Float64Array.of(one);
  if (several === null) return differ(`"${name}" has no values that can be read`);
  if (single) {
    if (several.data.every((value) => value === several.data[0]) && several.data.length > 0) {
      return several.data.slice(0, 1);
    }
    return differ(
      `"${name}" has ${several.data.length} values, where one is held for all synapses`,
    );
  }
  const wanted = locality === "local" ? synapses.preRanks.length : synapses.postRanks.length;
  if (several.data.length !== wanted || (rows !== null && !fits(rows, synapses))) {
    differ(`"${name}" has ${several.data.length} values, where there must be ${wanted}`);
  }
  return several.data;
}

/** Whether a local variable is held once per pre or post neuron. */
function isHeld({ store }: ProjectionCore, name: string): boolean {
  const { manifest } = store.place ?? { manifest: null };
  if (manifest === null || store.attribute(name).locality !== "local") return false;
  const { scope } = manifest.fields[store.slot(name)]!;
  return scope === "row" || scope === "column";
}

function readSwitches(kernel: Document, differ: (reason: string) => never): Partial<Switches> {
  const flags = SWITCHES.flatMap((name) => {
    const value = kernel[name];
    return typeof value === "boolean" ? [[name, value] as const] : [];
  });
  const period = numberIn(kernel["period"]) ?? 1;
  const offset = numberIn(kernel["offset"]) ?? 0;
  if (!Number.isInteger(period) || period < 1 || !Number.isInteger(offset)) {
    differ(`the period of ${period} steps for its equations, with the offset ${offset}`);
  }
  return { ...Object.fromEntries(flags), period, offset };
}

/** When rules of structural plasticity are applied; a rule that there is not must rest. */
function readTimings(
  kernel: Document,
  { model, structural }: ProjectionCore,
  differ: (reason: string) => never,
): Record<RuleName, RuleTiming | null> {
  const timing = (rule: RuleName): RuleTiming | null => {
    const entry = documentIn(kernel[rule]);
    if (entry === null) return null;
    if (!structural || model[rule] === null) differ(`its rule for ${rule} is applied`);
    const period = numberIn(entry["period"]) ?? 0;
    const offset = numberIn(entry["offset"]) ?? 0;
    const valid = Number.isInteger(period) && period >= 1 && Number.isInteger(offset);
    return valid ? { period, offset } : differ(`the period of its rule for ${rule}`);
  };
  return { creating: timing("creating"), pruning: timing("pruning") };
}

function fits({ rowStart }: FileRows, synapses: Synapses): boolean {
  return sameNumbers(rowStart, synapses.rowStart);
}
