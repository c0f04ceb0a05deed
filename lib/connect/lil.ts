import type { TypedArray } from "../array/input.js";
import { problem } from "../errors.js";
import type { StorageOptions } from "./options.js";
import type { ExplicitPattern } from "./pattern.js";
import { RowBuilder, type Side } from "./rows.js";

/** A number for all synapses, or one for each. */
type PerSynapse = number | readonly number[] | TypedArray;

interface Added {
  readonly post: number;
  readonly pre: readonly number[];
  readonly weights: readonly number[];
  /** [ms] */
  readonly delays: readonly number[];
}

/**
 * Synapses that a function of the user lists, one post neuron after the other. Ranks are those of the populations, also
 * where views are connected.
 *
 * @example
 * proj.fromFunction((pre, post, dt) => {
 *   const synapses = new LilConnectivity(dt);
 *   for (const rank of post.ranks) synapses.add(rank, [rank], 1.0, 0.0);
 *   return synapses;
 * });
 */
export class LilConnectivity {
  readonly #dt: number;
  readonly #added: Added[] = [];

  /** @param dt - Step that `maxDelay` and `uniformDelay` are counted in [ms]. Default 1. */
  constructor(dt = 1) {
    this.#dt = dt;
  }

  /**
   * Add synapses of a post neuron; lists of one entry stand for all. Without pre neurons nothing happens.
   *
   * @param delays - [ms] Default 0.
   * @throws {SimulatorError} INVALID_SYNAPSES.
   */
  add(
    postRank: number,
    preRanks: readonly number[] | TypedArray,
    weights: PerSynapse,
    delays: PerSynapse = 0,
  ): void {
    const pre = Array.from(preRanks);
    if (pre.length === 0) return;
    this.#added.push({
      post: postRank,
      pre,
      weights: spread("weights", weights, pre.length, postRank),
      delays: spread("delays", delays, pre.length, postRank),
    });
  }

  /** Number of post neurons that have synapses. */
  get size(): number {
    return new Set(this.#added.map(({ post }) => post)).size;
  }

  /** Number of synapses. */
  get nbSynapses(): number {
    return this.#added.reduce((sum, { pre }) => sum + pre.length, 0);
  }

  /** Longest delay. [steps] */
  get maxDelay(): number {
    const steps = (delay: number): number => Math.round(delay / this.#dt);
    return this.#added.reduce(
      (most, { delays }) => delays.reduce((m, delay) => Math.max(m, steps(delay)), most),
      0,
    );
  }

  /** Delay of all synapses [steps]; -1 when they have different ones. */
  get uniformDelay(): number {
    const delays = new Set(this.#added.flatMap((row) => row.delays));
    return delays.size > 1 ? -1 : this.maxDelay;
  }

  /** @internal The pattern; `warn` is told of rows in a surprising order. */
  pattern(
    warn: (code: "ROWS_UNSORTED" | "ROWS_MERGED", post: number) => void,
    storage: StorageOptions = {},
  ): ExplicitPattern {
    const added = [...this.#added];
    return {
      kind: "explicit",
      storage,
      delays: null,
      rows: ({ label, pre: from, post: to }) => {
        const [isPre, isPost] = [membership(from), membership(to)];
        const builder = new RowBuilder();
        let last = -1;
        for (const { post, pre, weights, delays } of added) {
          if (builder.has(post)) warn("ROWS_MERGED", post);
          else if (post < last) warn("ROWS_UNSORTED", post);
          last = post;
          if (!isPost(post))
            throw problem("NOT_AN_END", { projection: label, end: "post", rank: post });
          pre.forEach((rank, i) => {
            if (!isPre(rank)) throw problem("NOT_AN_END", { projection: label, end: "pre", rank });
            builder.add(post, rank, weights[i]!, delays[i]!);
          });
        }
        return builder.build(label);
      },
    };
  }
}

/** The name that lists of synapses had in the classic API. */
export class CSR extends LilConnectivity {}

function membership({ ranks }: Side): (rank: number) => boolean {
  const members = new Set(ranks);
  return (rank) => members.has(rank);
}

function spread(what: string, values: PerSynapse, count: number, post: number): readonly number[] {
  const list = typeof values === "number" ? [values] : Array.from(values);
  const valid = list.every((value) => typeof value === "number" && !Number.isNaN(value));
  if (!valid || (list.length !== 1 && list.length !== count)) {
    throw problem("INVALID_SYNAPSES", { what, post, synapses: count, given: list.length });
  }
  return list.length === count ? list : new Array<number>(count).fill(list[0]!);
}
