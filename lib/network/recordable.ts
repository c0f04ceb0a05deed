import { problem } from "../errors.js";
import type { RecorderSpec } from "../native/spec.js";
import { internals } from "./internals.js";
import { PopulationView, type PopLike } from "./population.js";
import { populationOf } from "./ends.js";
import { Track } from "./track.js";

const SUM = /^sum\(\s*(.*?)\s*\)$/;

/** The input that a name stands for, when the neurons have it: `exc` for `sum(exc)` and `g_exc`. */
function inputOf(object: PopLike, variable: string): string | null {
  const target = SUM.exec(variable)?.[1] ?? /^g_(.+)$/.exec(variable)?.[1] ?? null;
  const { targets } = populationOf(object)[internals].store.model;
  return target !== null && targets.includes(target) ? target : null;
}

/**
 * Check that a variable of a population can be recorded.
 *
 * @throws {SimulatorError} NOT_RECORDABLE, UNKNOWN_ATTRIBUTE.
 */
export function checkRecordable(object: PopLike, variable: string): void {
  const { store, label } = populationOf(object)[internals];
  const refuse = (reason: string): never => {
    throw problem("NOT_RECORDABLE", { object: label, variable, reason });
  };
  if (variable === "spike") {
    if (store.model.type !== "spike") refuse("its neurons do not spike");
  } else if (variable === "axon_spike") refuse("its neurons have no axonal spikes");
  else if (SUM.test(variable)) {
    if (inputOf(object, variable) === null) refuse("its neurons have no such input");
  } else if (store.attribute(variable).kind === "parameter") {
    refuse("it is a parameter, only variables change");
  }
}

/** Recording times: steps at which (step − offset) mod period = 0. */
export interface Schedule {
  readonly period: number;
  readonly offset: number;
}

/** Make the recording of a variable of a compiled population. Inputs are recorded as the neurons find them, before they decay. */
export function makeTrack(object: PopLike, variable: string, schedule: Schedule): Track | null {
  const { store, state } = populationOf(object)[internals];
  const { place } = store;
  if (place === null) return null;
  const { native, population } = place;
  const ranks = object instanceof PopulationView ? object.ranks : null;
  const { precision } = state.config;
  if (variable === "spike") {
    return new Track(native, { kind: "spikes", population, ranks }, { type: "spikes", precision });
  }
  const input = inputOf(object, variable);
  const attribute = store.attribute(input === null ? variable : `g_${input}`);
  const spec: RecorderSpec = {
    kind: "field",
    population,
    slot: store.slot(attribute.name),
    phase: input === null ? "end" : "inputs",
    ranks: attribute.locality === "global" ? null : ranks,
    ...schedule,
  };
  return new Track(native, spec, { type: attribute.type, precision });
}
