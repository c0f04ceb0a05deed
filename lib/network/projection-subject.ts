import type { Row } from "../array/input.js";
import { NDArray } from "../array/ndarray.js";
import { InternalError, problem } from "../errors.js";
import type { Recorded } from "../native/binding.js";
import type { RecorderSpec } from "../native/spec.js";
import type { ProjectionCore } from "./projection-core.js";
import type { Recording, Subject } from "./recordable.js";
import { joinFields, type Schedule, type TrackKind } from "./track.js";

/** Records variables of the synapses of a projection, or of one of its dendrites. */
export class ProjectionSubject implements Subject {
  readonly #core: ProjectionCore;
  /** The row of the dendrite; null: all of them. */
  readonly #row: number | null;

  constructor(core: ProjectionCore, row: number | null) {
    this.#core = core;
    this.#row = row;
  }

  get state(): Subject["state"] {
    return this.#core.state;
  }

  get label(): string {
    return this.#core.label;
  }

  get name(): string {
    return this.#core.name;
  }

  get native(): Subject["native"] {
    return this.#core.place?.native ?? null;
  }

  get large(): boolean {
    return this.#row === null;
  }

  check(variable: string): void {
    const { store, label } = this.#core;
    if (store.attribute(variable).kind === "variable") return;
    const reason = "it is a parameter, only variables change";
    throw problem("NOT_RECORDABLE", { object: label, variable, reason });
  }

  recorder(variable: string, schedule: Schedule): { spec: RecorderSpec; kind: TrackKind } {
    const { store, state } = this.#core;
    const { place } = store;
    if (place === null) throw new InternalError(`${this.label} has no place`);
    const { type, locality } = store.attribute(variable);
    const rows = this.#row === null || locality === "global" ? null : Int32Array.of(this.#row);
    const { projection } = place;
    return {
      spec: { kind: "synapses", projection, slot: store.slot(variable), rows, ...schedule },
      kind: { type, precision: state.config.precision },
    };
  }

  /**
   * Local variables of a projection (records, dendrites, synapses), ragged where rows differ in length; semiglobal ones
   * (records, dendrites), global ones (records). Of a dendrite: (records, synapses), else (records). Ragged too where synapses
   * came or went between records.
   */
  recording(variable: string, parts: readonly Recorded[], kind: TrackKind | null): Recording {
    const { store } = this.#core;
    const { locality } = store.attribute(variable);
    const lengths = store.place === null ? [] : this.#lengths();
    const { data, records } = kind === null ? NOTHING : joinFields(parts, kind);
    if (locality === "global") return new NDArray(data, [records]);
    const one = this.#row !== null;
    if (locality === "semiglobal") {
      return new NDArray(data, one ? [records] : [records, lengths.length]);
    }
    const shapes = shapesOf(parts, lengths);
    const [first = { records, lengths }, ...others] = shapes;
    const [width = 0] = first.lengths;
    const isEven = others.length === 0 && first.lengths.every((length) => length === width);
    if (!isEven) return ragged(data, shapes);
    return new NDArray(data, one ? [records, width] : [records, first.lengths.length, width]);
  }

  spikes(): never {
    throw new InternalError(`${this.label} has no spikes`);
  }

  /** Number of synapses of each recorded row. */
  #lengths(): readonly number[] {
    const { rowStart } = this.#core.store.synapses();
    const lengths = Array.from(
      { length: rowStart.length - 1 },
      (_, row) => rowStart[row + 1]! - rowStart[row]!,
    );
    return this.#row === null ? lengths : [lengths[this.#row]!];
  }
}

const NOTHING = { data: new Float64Array(0), records: 0 } as const;

/** Records one after the other whose rows have these numbers of synapses. */
interface Shape {
  readonly records: number;
  readonly lengths: readonly number[];
}

/** How many synapses the rows have in which records: where nothing says otherwise, as many as now. */
function shapesOf(parts: readonly Recorded[], now: readonly number[]): readonly Shape[] {
  const shapes: { records: number; readonly lengths: readonly number[] }[] = [];
  for (const part of parts) {
    if (part.kind !== "field") continue;
    const { changes, records } = part;
    const begun = changes.length === 0 ? [{ record: 0, lengths: now }] : changes;
    begun.forEach(({ record, lengths }, i) => {
      const count = (begun[i + 1]?.record ?? records) - record;
      const last = shapes.at(-1);
      const isSame = last?.lengths.every((length, row) => length === lengths[row]) ?? false;
      if (last !== undefined && isSame) last.records += count;
      else if (count > 0) shapes.push({ records: count, lengths: [...lengths] });
    });
  }
  return shapes;
}

/** [time][dendrite][synapse] */
function ragged(data: Row, shapes: readonly Shape[]): Row[][] {
  let next = 0;
  const take = (length: number): Row => {
    next += length;
    return data.slice(next - length, next);
  };
  return shapes.flatMap(({ records, lengths }) =>
    Array.from({ length: records }, () => lengths.map(take)),
  );
}
