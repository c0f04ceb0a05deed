import type { Document } from "../array/document.js";
import { asRun, type Run } from "./run.js";
import { internals } from "./internals.js";
import { writeDocument } from "./io.js";
import type { Monitor } from "./monitor.js";
import { checkSeveral, recordingsDocument } from "./monitor-files.js";

/** How recordings of several monitors are saved. */
export interface SaveAllOptions {
  /** Leave the recordings with the monitors. Default false. */
  readonly keep?: boolean;
  /** Give each record the geometry of the population. Default false. */
  readonly reshape?: boolean;
  /** Name each recording `<object>_<variable>`, instead of one group per object. Default false. */
  readonly flatKeys?: boolean;
}

/**
 * Several monitors, to be saved in one file.
 *
 * @example
 * await new MonitorList([exc, inh]).saveAll("recordings.h5");
 */
export class MonitorList {
  readonly #monitors: readonly Monitor[];

  constructor(monitors: readonly Monitor[]) {
    this.#monitors = [...monitors];
  }

  /**
   * Write what all monitors recorded to one file: `.h5` or `.hdf5` (with the optional package h5wasm), `.npz`, `.json` or
   * `.json.gz`. Recordings stand under the name of the object, or, where several monitors have the same object, of the monitor.
   *
   * @throws {SimulatorError} FILE_TYPE, CANNOT_WRITE, NO_HDF5; MONITOR_STOPPED.
   */
  saveAll(file: string, options: SaveAllOptions = {}): Run {
    const { keep = false, reshape = false, flatKeys = false } = options;
    checkSeveral(file, "saveAll()");
    const [first] = this.#monitors;
    if (first === undefined) return asRun(writeDocument(file, {}));
    const { state } = first[internals];
    return state.errand("saveAll()", async () => {
      const content = state.atRest(() => this.#content(reshape));
      await writeDocument(file, flatKeys ? flat(content) : content);
      // Only what is safe in the file is given up.
      if (!keep) state.atRest(() => this.#monitors.forEach((monitor) => monitor.get()));
    });
  }

  #content(reshape: boolean): Readonly<Record<string, Document>> {
    return Object.fromEntries(
      this.#keys().map(([key, monitor]) => [
        key,
        recordingsDocument(monitor.get(undefined, { keep: true, reshape })),
      ]),
    );
  }

  /** Each monitor under the name of what it records, if no other records it. */
  #keys(): (readonly [key: string, monitor: Monitor])[] {
    const names = this.#monitors.map((monitor) => monitor[internals].name);
    return this.#monitors.map((monitor, i) => {
      const unique = names.filter((name) => name === names[i]).length === 1;
      return [unique ? names[i]! : monitor.name, monitor] as const;
    });
  }
}

function flat(content: Readonly<Record<string, Document>>): Document {
  return Object.fromEntries(
    Object.entries(content).flatMap(([object, variables]) =>
      Object.entries(variables).map(([variable, entry]) => [`${object}_${variable}`, entry]),
    ),
  );
}
