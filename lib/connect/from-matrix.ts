import { problem } from "../errors.js";
import { RandomDistribution } from "../random/distribution.js";
import { checkMatrix, transposed, type Grid, type Matrix } from "./matrix.js";
import {
  checkDelays,
  checkFlag,
  checkKnown,
  checkStorage,
  STORAGE_OPTIONS,
  type Num,
  type StorageOptions,
} from "./options.js";
import type { ExplicitPattern } from "./pattern.js";
import { RowBuilder } from "./rows.js";

/** Options of `fromMatrix`. */
export interface MatrixOptions extends StorageOptions {
  /** Weights, (post, pre); `null` or NaN: no synapse, 0 is one. */
  readonly weights: Matrix;
  /** [ms] One for all, one draw for each, or a matrix with holes where `weights` has them. */
  readonly delays?: Num | Matrix;
  /** The matrices are (pre, post). Default false. */
  readonly prePost?: boolean;
}

/** The synapses that a matrix has, with indices within views. */
export function fromMatrix(options: MatrixOptions): ExplicitPattern {
  const name = "fromMatrix";
  checkKnown(name, options, ["weights", "delays", "prePost", ...STORAGE_OPTIONS]);
  const storage = checkStorage(name, options);
  const weights: unknown = options.weights;
  if (weights === undefined)
    throw problem("MISSING_OPTION", { connector: name, option: "weights" });
  const turn = checkFlag(name, "prePost", options.prePost) ? transposed : (grid: Grid) => grid;
  const given = checkMatrix(name, "weights", weights);
  const delays = delaysOf(name, options.delays);
  if (isGrid(delays)) checkHoles(given, delays);
  const grid = turn(given);
  const delayGrid = isGrid(delays) ? turn(delays) : null;
  return {
    kind: "explicit",
    origin: "Connectivity matrix",
    storage,
    delays: isGrid(delays) ? null : delays,
    rows: ({ label, pre, post }) => {
      if (grid.rows !== post.size || grid.columns !== pre.size) {
        const expected = [post.size, pre.size] as const;
        throw problem("WRONG_MATRIX", {
          projection: label,
          given: [grid.rows, grid.columns],
          expected,
        });
      }
      const builder = new RowBuilder();
      grid.values.forEach((weight, i) => {
        if (Number.isNaN(weight)) return;
        const row = Math.floor(i / grid.columns);
        const delay = delayGrid === null ? 0 : delayGrid.values[i]!;
        builder.add(post.ranks[row]!, pre.ranks[i % grid.columns]!, weight, delay);
      });
      return builder.build(label, delayGrid === null ? "one" : "each");
    },
  };
}

function isGrid(delays: Num | Grid): delays is Grid {
  return typeof delays === "object" && "values" in delays;
}

function delaysOf(connector: string, value: MatrixOptions["delays"]): Num | Grid {
  const isNumber = typeof value !== "object" || value instanceof RandomDistribution;
  return isNumber ? checkDelays(connector, value) : checkMatrix(connector, "delays", value);
}

/** @throws {SimulatorError} WRONG_DELAYS with the first entry that has no counterpart. */
function checkHoles(weights: Grid, delays: Grid): void {
  if (weights.rows !== delays.rows || weights.columns !== delays.columns) {
    throw problem("DELAY_MATRIX", {
      weights: [weights.rows, weights.columns],
      delays: [delays.rows, delays.columns],
      entry: null,
    });
  }
  const hole = weights.values.findIndex(
    (weight, i) => Number.isNaN(weight) !== Number.isNaN(delays.values[i]),
  );
  if (hole < 0) return;
  throw problem("DELAY_MATRIX", {
    weights: [weights.rows, weights.columns],
    delays: [delays.rows, delays.columns],
    entry: [Math.floor(hole / weights.columns), hole % weights.columns],
  });
}
