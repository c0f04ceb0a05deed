import { checkProbability, checkWeights, type Num } from "../connect/options.js";
import type { SparseMatrix } from "../connect/sparse.js";
import type { RandomSource } from "../random/generator.js";
import { populationOf } from "./ends.js";
import { internals } from "./internals.js";
import type { PopLike } from "./population.js";
import { unowned } from "./unowned.js";

/**
 * Draw a sparse matrix (pre, post) for `fromSparse`, in which every entry exists with the same probability: the number of
 * entries of a row is binomial. The numbers come from the generator of the network of `pre`.
 *
 * @throws {SimulatorError} INVALID_CONNECTOR_OPTION.
 * @example
 * proj.fromSparse({ weights: sparseRandomMatrix(pre, post, 0.1, new Uniform(0, 1)) });
 */
export function sparseRandomMatrix(
  pre: PopLike,
  post: PopLike,
  proba: number,
  weights: Num,
): SparseMatrix {
  const name = "sparseRandomMatrix";
  const probability = checkProbability(name, proba);
  checkWeights(name, weights);
  const { rng } = populationOf(pre)[internals].state;
  const rows = Array.from({ length: pre.size }, () => chosen(post.size, probability, rng));
  const data = rows.map((row) => values(weights, row.length, rng));
  return { format: "lil", shape: [pre.size, post.size], rows, data };
}

/**
 * Draw a matrix of delays [ms] with entries where `weights` has them. `fromSparse` does not take it: its delays are one
 * number. The numbers come from the generator of the default network.
 *
 * @throws {SimulatorError} INVALID_CONNECTOR_OPTION.
 */
export function sparseDelaysFromWeights(weights: SparseMatrix, delays: Num): SparseMatrix {
  checkWeights("sparseDelaysFromWeights", delays);
  const { rng } = unowned;
  if ("rows" in weights) {
    return { ...weights, data: weights.rows.map((row) => values(delays, row.length, rng)) };
  }
  return { ...weights, data: values(delays, weights.data.length, rng) };
}

/** Choose every one of 0 … size − 1 with the same probability, by the geometric distances between the chosen ones. */
function chosen(size: number, probability: number, source: RandomSource): number[] {
  const indices: number[] = [];
  const scale = 1 / Math.log1p(-probability);
  const skip = (): number =>
    probability === 1 ? 0 : Math.floor(Math.log(1 - source.random()) * scale);
  if (probability === 0) return indices;
  for (let i = skip(); i < size; i += 1 + skip()) indices.push(i);
  return indices;
}

function values(value: Num, count: number, source: RandomSource): Float64Array {
  return typeof value === "number"
    ? new Float64Array(count).fill(value)
    : value.draw(count, source);
}
