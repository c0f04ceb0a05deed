import { describe, expect, it } from "vitest";

import { fromMatrix } from "../../../lib/connect/from-matrix.js";
import { fromSparse } from "../../../lib/connect/from-sparse.js";
import { LilConnectivity } from "../../../lib/connect/lil.js";
import type { ExplicitPattern } from "../../../lib/connect/pattern.js";
import type { Rows, Site } from "../../../lib/connect/rows.js";
import { NDArray } from "../../../lib/array/ndarray.js";
import { Normal } from "../../../lib/random/distribution.js";

const error = (code: string, details: object = {}): unknown =>
  expect.objectContaining({ code, details: expect.objectContaining(details) });

const side = (ranks: readonly number[]): Site["pre"] => ({
  ranks: Int32Array.from(ranks),
  size: ranks.length,
  geometry: [ranks.length],
});

/** Between populations of 3 and 4 neurons. */
const site: Site = { label: "p", pre: side([0, 1, 2]), post: side([0, 1, 2, 3]), same: false };

const listed = ({ postRanks, rowStart, preRanks, weights, delays }: Rows): object => ({
  rows: Array.from(postRanks, (post, row) => [
    post,
    ...Array.from(preRanks.slice(rowStart[row], rowStart[row + 1])),
  ]),
  weights: Array.from(weights),
  delays: typeof delays === "number" ? delays : Array.from(delays),
});

const rowsOf = (pattern: ExplicitPattern, at = site): object => listed(pattern.rows(at));

describe("a matrix of weights", () => {
  const weights = [
    [1, null, 0],
    [null, null, null],
    [0.5, 0.25, NaN],
    [null, 0.75, 2],
  ];

  it("has a synapse for each number, zero too, and no row for a neuron without any", () => {
    expect(rowsOf(fromMatrix({ weights }))).toEqual({
      rows: [
        [0, 0, 2],
        [2, 0, 1],
        [3, 1, 2],
      ],
      weights: [1, 0, 0.5, 0.25, 0.75, 2],
      delays: 0,
    });
  });

  it("is read with pre neurons in its rows when told so", () => {
    const at = { ...site, post: side([0, 1]), same: false };
    const turned = fromMatrix({
      weights: [
        [1, 2],
        [3, 4],
        [5, 6],
      ],
      prePost: true,
    });
    expect(rowsOf(turned, at)).toMatchObject({
      rows: [
        [0, 0, 1, 2],
        [1, 0, 1, 2],
      ],
      weights: [1, 3, 5, 2, 4, 6],
    });
  });

  it("has indices within views, in the order of the views", () => {
    const at = { label: "p", pre: side([2, 0]), post: side([3, 1]), same: false };
    expect(
      rowsOf(
        fromMatrix({
          weights: [
            [1, 2],
            [3, 4],
          ],
        }),
        at,
      ),
    ).toMatchObject({
      rows: [
        [1, 2, 0],
        [3, 2, 0],
      ],
      weights: [3, 4, 1, 2],
    });
  });

  it("may come as an array with a shape, or as rows of typed arrays", () => {
    const data = Float64Array.of(1, NaN, 2, 3);
    const at = { ...site, pre: side([0, 1]), post: side([0, 1]), same: false };
    const expected = {
      rows: [
        [0, 0],
        [1, 0, 1],
      ],
      weights: [1, 2, 3],
    };
    expect(rowsOf(fromMatrix({ weights: { data, shape: [2, 2] } }), at)).toMatchObject(expected);
    expect(rowsOf(fromMatrix({ weights: [data.slice(0, 2), data.slice(2)] }), at)).toMatchObject(
      expected,
    );
    const turned = new NDArray(Float64Array.of(1, 2, NaN, 3), [2, 2]).transpose();
    expect(rowsOf(fromMatrix({ weights: turned }), at)).toMatchObject(expected);
  });

  it("may have a matrix of delays with the same holes", () => {
    const delays = [
      [1, null, 2],
      [null, null, null],
      [3, 4, null],
      [null, 5, 6],
    ];
    const pattern = fromMatrix({ weights, delays });
    expect(pattern.delays).toBeNull();
    expect(rowsOf(pattern)).toMatchObject({ delays: [1, 2, 3, 4, 5, 6] });
    expect(fromMatrix({ weights, delays: 3 }).delays).toBe(3);
  });

  it("keeps a delay for each synapse of a matrix of delays, equal ones too", () => {
    const pattern = fromMatrix({ weights: [[1, 2]], delays: [[3, 3]] });
    const at = { ...site, pre: side([0, 1]), post: side([0]), same: false };
    expect(rowsOf(pattern, at)).toMatchObject({ delays: [3, 3] });
  });

  it.each<[string, () => unknown, unknown]>([
    [
      "of another shape",
      () => rowsOf(fromMatrix({ weights: [[1, 2]] })),
      error("WRONG_MATRIX", { given: [1, 2], expected: [4, 3] }),
    ],
    [
      "with rows of different lengths",
      () => fromMatrix({ weights: [[1], [1, 2]] }),
      error("INVALID_CONNECTOR_OPTION"),
    ],
    ["that is empty", () => fromMatrix({ weights: [] }), error("INVALID_CONNECTOR_OPTION")],
    [
      "of one dimension",
      () => fromMatrix({ weights: new NDArray(new Float64Array(3)) }),
      error("INVALID_CONNECTOR_OPTION"),
    ],
    ["that is missing", () => fromMatrix(JSON.parse("{}")), error("MISSING_OPTION")],
    [
      "with delays of another shape",
      () => fromMatrix({ weights, delays: [[1]] }),
      error("DELAY_MATRIX", { entry: null }),
    ],
    [
      "with a hole in the delays alone",
      () => fromMatrix({ weights: [[1, 2]], delays: [[1, null]] }),
      error("DELAY_MATRIX", { entry: [0, 1] }),
    ],
    [
      "with unbounded delays",
      () => fromMatrix({ weights, delays: new Normal(1, 1) }),
      error("UNBOUNDED_DELAYS"),
    ],
  ])("is refused %s", (_, connect, expected) => {
    expect(connect).toThrow(expected);
  });
});

describe("a sparse matrix", () => {
  const expected = {
    rows: [
      [1, 0, 2],
      [3, 1],
    ],
    weights: [0.5, 0.25, 1.5],
    delays: 2,
  };
  const shape = [3, 4];

  it.each([
    [
      "csr",
      { format: "csr", shape, indptr: [0, 1, 2, 3], indices: [1, 3, 1], data: [0.5, 1.5, 0.25] },
    ],
    [
      "csc",
      { format: "csc", shape, indptr: [0, 0, 2, 2, 3], indices: [0, 2, 1], data: [0.5, 0.25, 1.5] },
    ],
    ["lil", { format: "lil", shape, rows: [[1], [3], [1]], data: [[0.5], [1.5], [0.25]] }],
    ["coo", { format: "coo", shape, row: [2, 1, 0], col: [1, 3, 1], data: [0.25, 1.5, 0.5] }],
  ])("in the format %s has its pre neurons in its rows", (_, weights) => {
    expect(rowsOf(fromSparse({ weights, delays: 2 }))).toEqual(expected);
  });

  it("keeps zeros that it stores", () => {
    const weights = { format: "coo", shape, row: [0], col: [0], data: [0] };
    expect(rowsOf(fromSparse({ weights }))).toMatchObject({ rows: [[0, 0]], weights: [0] });
  });

  it.each<[string, unknown, unknown]>([
    [
      "of another shape",
      { format: "coo", shape: [4, 3], row: [], col: [], data: [] },
      error("WRONG_MATRIX"),
    ],
    [
      "of an unknown format",
      { format: "bsr", shape, indptr: [], indices: [], data: [] },
      error("INVALID_SPARSE"),
    ],
    [
      "with an entry outside",
      { format: "coo", shape, row: [3], col: [0], data: [1] },
      error("INVALID_SPARSE"),
    ],
    [
      "with an entry twice",
      { format: "coo", shape, row: [0, 0], col: [1, 1], data: [1, 2] },
      error("DUPLICATE_SYNAPSE", { pre: 0, post: 1 }),
    ],
    ["that is none", 3, error("INVALID_SPARSE")],
  ])("is refused %s", (_, weights, expectedError) => {
    const connect = (): unknown => rowsOf(fromSparse(JSON.parse(JSON.stringify({ weights }))));
    expect(connect).toThrow(expectedError);
  });

  it("has one delay for all synapses", () => {
    const weights = { format: "coo", shape, row: [], col: [], data: [] };
    const options = JSON.parse(JSON.stringify({ weights, delays: [1] }));
    expect(() => fromSparse(options)).toThrow(error("INVALID_CONNECTOR_OPTION"));
  });
});

describe("a list of synapses", () => {
  const quiet = (): void => undefined;

  it("keeps the order of pre neurons and spreads single values", () => {
    const lil = new LilConnectivity(0.5);
    lil.add(1, [2, 0], [0.1, 0.2], [1, 2]);
    lil.add(2, [1], 0.3, 1);
    lil.add(3, [], 1);
    expect(rowsOf(lil.pattern(quiet))).toEqual({
      rows: [
        [1, 2, 0],
        [2, 1],
      ],
      weights: [0.1, 0.2, 0.3],
      delays: [1, 2, 1],
    });
    expect([lil.size, lil.nbSynapses, lil.maxDelay, lil.uniformDelay]).toEqual([2, 3, 4, -1]);
  });

  it("has one delay when all are the same", () => {
    const lil = new LilConnectivity();
    lil.add(0, [0, 1], 1, 3);
    lil.add(1, [0], [1], [3]);
    expect(rowsOf(lil.pattern(quiet))).toMatchObject({ delays: 3 });
    expect([lil.maxDelay, lil.uniformDelay]).toEqual([3, 3]);
  });

  it("is sorted by post neuron, and joined, with warnings", () => {
    const lil = new LilConnectivity();
    lil.add(2, [0], 1);
    lil.add(1, [0], 2);
    lil.add(2, [1], 3);
    const warnings: unknown[] = [];
    const pattern = lil.pattern((...warning) => warnings.push(warning));
    expect(rowsOf(pattern)).toMatchObject({
      rows: [
        [1, 0],
        [2, 0, 1],
      ],
      weights: [2, 1, 3],
    });
    expect(warnings).toEqual([
      ["ROWS_UNSORTED", 1],
      ["ROWS_MERGED", 2],
    ]);
  });

  it.each<[string, (lil: LilConnectivity) => void, unknown]>([
    [
      "a synapse twice",
      (lil) => {
        lil.add(0, [1, 1], 1);
      },
      error("DUPLICATE_SYNAPSE", { pre: 1, post: 0 }),
    ],
    [
      "another number of weights",
      (lil) => {
        lil.add(0, [1, 2], [1, 2, 3]);
      },
      error("INVALID_SYNAPSES", { given: 3, synapses: 2 }),
    ],
    [
      "a weight that is no number",
      (lil) => {
        lil.add(0, [1], NaN);
      },
      error("INVALID_SYNAPSES"),
    ],
    [
      "a post neuron that is not connected",
      (lil) => {
        lil.add(9, [1], 1);
      },
      error("NOT_AN_END", { end: "post", rank: 9 }),
    ],
    [
      "a pre neuron that is not connected",
      (lil) => {
        lil.add(0, [-1], 1);
      },
      error("NOT_AN_END", { end: "pre", rank: -1 }),
    ],
  ])("is refused with %s", (_, add, expected) => {
    const connect = (): unknown => {
      const lil = new LilConnectivity();
      add(lil);
      return rowsOf(lil.pattern(quiet));
    };
    expect(connect).toThrow(expected);
  });
});
