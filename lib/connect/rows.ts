import { problem } from "../errors.js";

/** One end of a projection, as far as connectors need to know it. */
export interface Side {
  /** Ranks in the population, in the order of the view. */
  readonly ranks: Int32Array;
  readonly size: number;
  /** Neurons along each dimension; null for a view, in which they lie anywhere. */
  readonly geometry: readonly number[] | null;
}

/** Where a pattern is carried out. */
export interface Site {
  /** `projection "a"` */
  readonly label: string;
  readonly pre: Side;
  readonly post: Side;
  /** Both are the same object. */
  readonly same: boolean;
}

/** Synapses given one by one, post neuron by post neuron. Neurons without a synapse have no row. */
export interface Rows {
  /** Ascending. */
  readonly postRanks: Int32Array;
  /** (rows + 1) */
  readonly rowStart: Float64Array;
  /** (synapses), in the order in which they were given. */
  readonly preRanks: Int32Array;
  /** (synapses) */
  readonly weights: Float64Array;
  /** [ms] One for all, or (synapses). */
  readonly delays: number | Float64Array;
}

/** Collects synapses, and puts their rows in order. */
export class RowBuilder {
  readonly #rows = new Map<number, { pre: number[]; weights: number[]; delays: number[] }>();

  /** Whether a post neuron has a synapse already. */
  has(post: number): boolean {
    return this.#rows.has(post);
  }

  /** Add a synapse. The delay is in ms. */
  add(post: number, pre: number, weight: number, delay: number): void {
    let row = this.#rows.get(post);
    if (row === undefined) {
      row = { pre: [], weights: [], delays: [] };
      this.#rows.set(post, row);
    }
    row.pre.push(pre);
    row.weights.push(weight);
    row.delays.push(delay);
  }

  /**
   * The rows in ascending order of post ranks.
   *
   * @param kept - Equal delays become `one` delay of the projection, unless `each` synapse is to keep its own.
   * @throws {SimulatorError} DUPLICATE_SYNAPSE.
   */
  build(label: string, kept: "one" | "each" = "one"): Rows {
    const ordered = [...this.#rows].sort(([a], [b]) => a - b);
    const rowStart = new Float64Array(ordered.length + 1);
    ordered.forEach(([post, { pre }], row) => {
      rowStart[row + 1] = rowStart[row]! + pre.length;
      checkOnce(label, post, pre);
    });
    const delays = Float64Array.from(ordered.flatMap(([, row]) => row.delays));
    const uniform = kept === "one" && delays.every((delay) => delay === delays[0]);
    return {
      postRanks: Int32Array.from(ordered, ([post]) => post),
      rowStart,
      preRanks: Int32Array.from(ordered.flatMap(([, row]) => row.pre)),
      weights: Float64Array.from(ordered.flatMap(([, row]) => row.weights)),
      delays: uniform ? (delays[0] ?? 0) : delays,
    };
  }
}

function checkOnce(label: string, post: number, ranks: readonly number[]): void {
  const seen = new Set<number>();
  for (const pre of ranks) {
    if (seen.has(pre)) throw problem("DUPLICATE_SYNAPSE", { projection: label, pre, post });
    seen.add(pre);
  }
}
