import type { ExplicitPattern } from "../connect/pattern.js";
import type { StorageOptions } from "../connect/options.js";
import { problem } from "../errors.js";
import { readContent } from "./content.js";
import { rowsIn, scalarIn } from "./file-values.js";
import { writeDocument } from "./io.js";
import { planProjection, readSynapses } from "./loading-projection.js";
import type { ProjectionCore } from "./projection-core.js";
import { sameNumbers } from "./rebuild.js";
import type { Run } from "./run.js";
import { connections, projectionState } from "./saving-projection.js";

/** Write the state of a projection to a file. */
export function saveProjection(projection: ProjectionCore, file: string): Run {
  const { state, label } = projection;
  return state.errand(`${label}.save()`, async () => {
    await writeDocument(
      file,
      state.atRest(() => projectionState(projection)),
    );
  });
}

/** Write the synapses of a projection to a file, with weights and delays. */
export function saveConnections(projection: ProjectionCore, file: string): Run {
  const { state, label } = projection;
  return state.errand(`${label}.saveConnectivity()`, async () => {
    await writeDocument(
      file,
      state.atRest(() => connections(projection)),
    );
  });
}

/** Read the state of a projection from a file. */
export function loadProjection(projection: ProjectionCore, file: string): Run {
  const { state, label } = projection;
  return state.errand(`${label}.load()`, async () => {
    state.requireNative(`${label}.load`);
    const saved = readContent(file, "projection");
    state.atRest(() => {
      const { connect, put } = planProjection(projection, saved, file);
      connect();
      put();
    });
    return Promise.resolve();
  });
}

/**
 * The synapses of a file that `saveConnectivity` wrote, with their weights and delays.
 *
 * @throws {SimulatorError} CANNOT_READ, DAMAGED_FILE, WRITTEN_ONLY, NO_HDF5, WRONG_CONTENT; FILE_MISMATCH from its rows where
 * they do not fit what is connected.
 */
export function synapsesOfFile(file: string, storage: StorageOptions): ExplicitPattern {
  const saved = readContent(file, "connections");
  const damaged = (reason: string): never => {
    throw problem("DAMAGED_FILE", { file, reason });
  };
  const synapses = readSynapses(saved, damaged);
  const { postRanks, rowStart, preRanks } = synapses;
  const perSynapse = (name: string): number | Float64Array => {
    const one = scalarIn(saved[name]);
    if (one !== null) return one;
    const rows = rowsIn(saved[name]);
    if (rows === null || !sameNumbers(rows.rowStart, rowStart)) {
      return damaged(`"${name}" does not fit its synapses`);
    }
    return rows.data;
  };
  const weights = perSynapse("w");
  const delays = saved["delay"] === null ? 0 : perSynapse("delay");
  const times = typeof delays === "number" ? [delays] : delays;
  if (times.some((delay) => !(delay >= 0 && Number.isFinite(delay)))) damaged("its delays");
  return {
    kind: "explicit",
    origin: file,
    delays: null,
    storage,
    rows: ({ label, pre, post }) => {
      const refuse = (reason: string): never => {
        throw problem("FILE_MISMATCH", { file, object: label, reason });
      };
      const ends = [
        ["pre", preRanks, new Set(pre.ranks)],
        ["post", postRanks, new Set(post.ranks)],
      ] as const;
      for (const [end, ranks, known] of ends) {
        const strange = ranks.find((rank) => !known.has(rank));
        if (strange !== undefined) refuse(`the rank ${strange} is not one of its ${end}`);
      }
      const all = typeof weights === "number" ? preRanks.map(() => 0) : weights;
      const filled = Float64Array.from(all);
      return {
        postRanks,
        rowStart,
        preRanks,
        weights: typeof weights === "number" ? filled.fill(weights) : filled,
        delays,
      };
    },
  };
}
