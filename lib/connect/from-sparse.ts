import { problem } from "../errors.js";
import {
  checkDelay,
  checkFlag,
  checkKnown,
  checkStorage,
  STORAGE_OPTIONS,
  type StorageOptions,
} from "./options.js";
import type { ExplicitPattern } from "./pattern.js";
import { RowBuilder } from "./rows.js";
import { entriesOf, type SparseMatrix } from "./sparse.js";

/** Options of `fromSparse`. */
export interface SparseOptions extends StorageOptions {
  /** (pre, post); what is stored becomes a synapse, zeros too. */
  readonly weights: SparseMatrix;
  /** [ms] */
  readonly delays?: number;
  /** Accepted as everywhere; every synapse has its own weight anyway. */
  readonly forceMultipleWeights?: boolean;
}

/** The synapses that a sparse matrix stores, with indices within views. */
export function fromSparse(options: SparseOptions): ExplicitPattern {
  const name = "fromSparse";
  const known = ["weights", "delays", "forceMultipleWeights", ...STORAGE_OPTIONS];
  checkKnown(name, options, known);
  const storage = checkStorage(name, options);
  checkFlag(name, "forceMultipleWeights", options.forceMultipleWeights);
  const weights: unknown = options.weights;
  if (weights === undefined)
    throw problem("MISSING_OPTION", { connector: name, option: "weights" });
  if (typeof weights !== "object" || weights === null || !("shape" in weights)) {
    throw problem("INVALID_SPARSE", { reason: `a ${typeof weights} is none` });
  }
  const delays = checkDelay(name, options.delays);
  const { shape } = options.weights;
  const entries = entriesOf(options.weights);
  return {
    kind: "explicit",
    origin: "Sparse connectivity matrix",
    storage,
    delays,
    rows: ({ label, pre, post }) => {
      if (shape[0] !== pre.size || shape[1] !== post.size) {
        throw problem("WRONG_MATRIX", {
          projection: label,
          given: [...shape],
          expected: [pre.size, post.size],
        });
      }
      const builder = new RowBuilder();
      for (const { row, column, value } of entries) {
        builder.add(post.ranks[column]!, pre.ranks[row]!, value, delays);
      }
      return builder.build(label);
    },
  };
}
