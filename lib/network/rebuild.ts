import type { Synapses } from "../native/binding.js";
import type { ProjectionSpec } from "../native/spec.js";

/**
 * The specification of a projection with other synapses; their weights are yet to be written.
 *
 * @param delays - [steps] One for all, or one per synapse where the projection has it so.
 */
export function withSynapses(
  spec: ProjectionSpec,
  { postRanks, rowStart, preRanks }: Synapses,
  delays: Int32Array,
): ProjectionSpec {
  const uniform = typeof spec.delay === "number";
  return {
    ...spec,
    connector: { kind: "explicit", postRanks, rowStart, preRanks },
    weights: spec.singleWeight ? spec.weights : { kind: "constant", value: 0 },
    delay: uniform
      ? (delays[0] ?? spec.delay)
      : { kind: "explicit", values: Float64Array.from(delays) },
    longestDelay: delays.reduce((most, delay) => Math.max(most, delay), spec.longestDelay),
  };
}

/** Tell whether two lists of synapses are the same. */
export function sameSynapses(one: Synapses, other: Synapses): boolean {
  return (
    sameNumbers(one.postRanks, other.postRanks) &&
    sameNumbers(one.rowStart, other.rowStart) &&
    sameNumbers(one.preRanks, other.preRanks)
  );
}

/** Tell whether two lists of numbers are the same. */
export function sameNumbers(one: ArrayLike<number>, other: ArrayLike<number>): boolean {
  if (one.length !== other.length) return false;
  for (let i = 0; i < one.length; i++) if (one[i] !== other[i]) return false;
  return true;
}
