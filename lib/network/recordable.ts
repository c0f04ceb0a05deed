import type { NDArray } from "../array/ndarray.js";
import type { Row } from "../array/input.js";
import type { SpikeDict, Spikes } from "../analysis/spikes.js";
import type { NativeNetwork, Recorded } from "../native/binding.js";
import type { RecorderSpec } from "../native/spec.js";
import type { NetworkState } from "./state.js";
import type { Schedule, TrackKind } from "./track.js";

/** Records of synapses whose rows differ in length: [time][dendrite][synapse]. */
export type Ragged = Row[][];

/** What a monitor returns for a variable. */
export type Recording = NDArray | SpikeDict | Ragged;

/** Something that a monitor records: a population, a view, a projection or a dendrite. */
export interface Subject {
  readonly state: NetworkState;
  /** `population "exc"` */
  readonly label: string;
  /** The name after which a monitor of it is called. */
  readonly name: string;
  /** The network in the engine; null before `compile`. */
  readonly native: NativeNetwork | null;
  /** Whether recording every step is a lot. */
  readonly large: boolean;
  /** @throws {SimulatorError} NOT_RECORDABLE, UNKNOWN_ATTRIBUTE when a variable cannot be recorded. */
  check(variable: string): void;
  /** Describe the recording of a variable to a compiled network. */
  recorder(
    variable: string,
    schedule: Schedule,
  ): { readonly spec: RecorderSpec; readonly kind: TrackKind };
  /** What was recorded of a variable, as users get it. `kind` is null when nothing was. */
  recording(
    variable: string,
    parts: readonly Recorded[],
    kind: TrackKind | null,
    options: { readonly reshape: boolean },
  ): Recording;
  /** Recorded spikes in order of neurons, as statistics take them. */
  spikes(parts: readonly Recorded[]): Spikes;
}

/** A variable that stands for an input: `sum(exc)`. */
export const SUM = /^sum\(\s*(.*?)\s*\)$/;

/** Whether a variable is a list of spikes. */
export function isSpikes(variable: string): boolean {
  return variable === "spike" || variable === "axon_spike";
}
