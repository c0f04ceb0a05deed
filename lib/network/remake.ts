import { loadBinding, type NativeNetwork } from "../native/binding.js";
import type { NetworkSpec, ProjectionSpec } from "../native/spec.js";
import { native } from "./native-errors.js";

/**
 * Make the synapses of one projection once more, as they were when the network was made: the same connector with the same
 * streams. The network that they are made in has no other synapses and lives as long as `read`.
 */
export function withFreshSynapses(
  spec: NetworkSpec,
  projection: number,
  read: (fresh: NativeNetwork) => void,
): void {
  const projections = spec.projections.map((other, i) =>
    i === projection ? other : emptied(other),
  );
  const fresh = native(() => loadBinding().createNetwork({ ...spec, projections }));
  try {
    native(() => {
      read(fresh);
    });
  } finally {
    fresh.close();
  }
}

/** The projection keeps its place, from which random numbers follow. */
function emptied(projection: ProjectionSpec): ProjectionSpec {
  return {
    ...projection,
    synapse: null,
    delay: 1,
    longestDelay: 1,
    weights: { kind: "constant", value: 0 },
    singleWeight: false,
    connector: {
      kind: "explicit",
      postRanks: new Int32Array(0),
      rowStart: new Float64Array(1),
      preRanks: new Int32Array(0),
    },
  };
}
