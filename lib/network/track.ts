import type { Spikes } from "../analysis/spikes.js";
import { spikeTrains } from "../analysis/trains.js";
import type { Row } from "../array/input.js";
import { InternalError } from "../errors.js";
import type { NativeNetwork, Recorded } from "../native/binding.js";
import type { RecorderSpec } from "../native/spec.js";
import type { ValueType } from "../model/types.js";
import { native } from "./native-errors.js";
import { rowFor } from "./values.js";

/** Recording times: steps at which (step − offset) mod period = 0. */
export interface Schedule {
  readonly period: number;
  readonly offset: number;
}

/** Times between which something was recorded [steps]; the last has no end while it is recorded. */
export interface Segments {
  readonly start: number[];
  readonly stop: (number | null)[];
}

/** Recorded values of a variable: (records, width), row-major. */
export interface FieldRecords {
  readonly data: Row;
  readonly records: number;
}

/** What a variable is, for reading its records. */
export interface TrackKind {
  readonly type: ValueType | "spikes";
  readonly precision: "double" | "float";
}

/** The recording of one variable: the recorder in the engine while it runs, and what earlier ones left. */
export class Track {
  readonly kind: TrackKind;
  readonly #native: NativeNetwork;
  #spec: RecorderSpec;
  #recorder: number | null = null;
  #earlier: Recorded[] = [];
  #segments: Segments = { start: [], stop: [] };
  #handedOver: Segments | null = null;

  constructor(network: NativeNetwork, spec: RecorderSpec, kind: TrackKind) {
    this.#native = network;
    this.#spec = spec;
    this.kind = kind;
  }

  /** Record from the next step on. */
  start(): void {
    if (this.#recorder !== null) return;
    this.#recorder = native(() => this.#native.record(this.#spec));
    this.#segments.start.push(this.#now);
    this.#segments.stop.push(null);
  }

  /** What a table says of its recorder. [bytes] */
  memory(ofRecorder: ReadonlyMap<number, number>): number {
    return this.#recorder === null ? 0 : (ofRecorder.get(this.#recorder) ?? 0);
  }

  /** Record no more; what was recorded stays. */
  pause(): void {
    if (this.#recorder === null) return;
    this.#earlier.push(this.#take(false));
    const recorder = this.#recorder;
    native(() => this.#native.unrecord(recorder));
    this.#recorder = null;
    this.#segments.stop[this.#segments.stop.length - 1] = this.#now;
  }

  /** Record by another schedule from the next step on, in a segment of its own. Spikes are recorded at every step anyway. */
  reschedule(schedule: Schedule): void {
    const spec = this.#spec;
    if (!("period" in spec)) return;
    const recording = this.#recorder !== null;
    this.pause();
    this.#spec = { ...spec, ...schedule };
    if (recording) this.start();
  }

  /** Forget what was recorded; go on if it is recording. */
  drop(): void {
    if (this.#recorder !== null) this.#take(false);
    this.#restart();
    this.#handedOver = null;
  }

  /** Segments of what was handed over last, or, before that, of what is there. */
  get segments(): Segments {
    const { start, stop } = this.#handedOver ?? this.#segments;
    return { start: [...start], stop: [...stop] };
  }

  /** Hand over what was recorded, and forget it unless `keep`. */
  take(keep: boolean): Recorded[] {
    const now = this.#now;
    const { start, stop } = this.#segments;
    this.#handedOver = { start: [...start], stop: stop.map((step) => step ?? now) };
    const parts = [...this.#earlier];
    if (this.#recorder !== null) parts.push(this.#take(keep));
    if (!keep) this.#restart();
    return parts;
  }

  get #now(): number {
    return native(() => this.#native.currentStep, "the monitor");
  }

  #take(keep: boolean): Recorded {
    const recorder = this.#recorder;
    if (recorder === null) throw new InternalError("no recorder to take from");
    return native(() => this.#native.take(recorder, keep));
  }

  #restart(): void {
    this.#earlier = [];
    const recording = this.#recorder !== null;
    this.#segments = {
      start: recording ? [this.#now] : [],
      stop: recording ? [null] : [],
    };
  }
}

/** Join the records of a variable. */
export function joinFields(parts: readonly Recorded[], kind: TrackKind): FieldRecords {
  const fields = parts.filter((part) => part.kind === "field");
  if (kind.type === "spikes") throw new InternalError("spikes are not a field");
  const length = fields.reduce((sum, { data }) => sum + data.length, 0);
  const data = rowFor(kind.type, kind.precision, length);
  let next = 0;
  for (const part of fields) {
    data.set(part.data, next);
    next += part.data.length;
  }
  return { data, records: fields.reduce((sum, { records }) => sum + records, 0) };
}

/** Join recorded spikes, in order of neurons: those of `ranks`, with an empty list for each that was silent. */
export function joinSpikes(parts: readonly Recorded[], ranks: Int32Array): Spikes {
  return spikeTrains(
    parts.filter((part) => part.kind === "spikes"),
    ranks,
  );
}
