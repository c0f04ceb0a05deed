/** What users can do wrong with connectors, row by row as the specification lists it. */
import { describe, expect, it } from "vitest";

import { InvalidConfiguration, Network, Normal, Uniform } from "../../../lib/index.js";
import {
  callUntyped,
  cells,
  error,
  loop,
  rates,
  untyped,
  walk,
  warning,
  type Row,
} from "../../support/user-mistakes.js";

const label = 'projection "loop"';

describe("mistakes with connectors", () => {
  walk([
    [
      "a second connector",
      (net) => {
        const proj = loop(net).allToAll({ weights: 1 });
        return () => proj.oneToOne();
      },
      warning("CONNECTED_TWICE", { projection: label }),
    ],
    [
      "an option that the connector does not have",
      (net) => {
        const proj = loop(net);
        return () => proj.allToAll(untyped('{ "weights": 1, "weight": 2 }'));
      },
      error("UNKNOWN_CONNECTOR_OPTION", {
        connector: "allToAll",
        option: "weight",
        known: expect.arrayContaining(["weights", "delays", "allowSelfConnections"]),
      }),
    ],
    [
      "shift of oneToOne on the Network face",
      (net) => {
        const proj = loop(net);
        return () => proj.oneToOne(untyped('{ "shift": 2 }'));
      },
      error("UNKNOWN_CONNECTOR_OPTION", { connector: "oneToOne", option: "shift" }),
    ],
    [
      "shift of connectOneToOne, on the Classic face",
      (net) => {
        const proj = loop(net);
        return () => proj.connectOneToOne({ shift: 2 });
      },
      warning("IGNORED_OPTION", { projection: label, option: "shift" }),
    ],
    ...(
      ["allToAll", "fixedProbability", "fixedNumberPre", "fromMatrix", "fromSparse"] as const
    ).map((connector): Row => [
      `weights missing: ${connector}`,
      (net) => {
        const proj = loop(net);
        const own = { fixedProbability: { probability: 0.5 }, fixedNumberPre: { number: 1 } };
        const others: object = connector in own ? own[connector as keyof typeof own] : {};
        return () => callUntyped(proj, connector, others);
      },
      error("MISSING_OPTION", { connector, option: "weights" }),
    ]),
    [
      "probability missing",
      (net) => {
        const proj = loop(net);
        return () => proj.fixedProbability(untyped('{ "weights": 1 }'));
      },
      error("MISSING_OPTION", { connector: "fixedProbability", option: "probability" }),
    ],
    [
      "oneToOne with different sizes",
      (net) => {
        const proj = net.connect(cells(net), cells(net, "more").view(":3"), {
          target: "exc",
          name: "loop",
        });
        return () => proj.oneToOne();
      },
      warning("SIZES_DIFFER", { projection: label, pre: 4, post: 3 }),
    ],
    [
      "a matrix of wrong shape",
      (net) => {
        const proj = loop(net);
        return () => proj.fromMatrix({ weights: [[1, 2]] });
      },
      error("WRONG_MATRIX", { projection: label, given: [1, 2], expected: [4, 4] }),
    ],
    [
      "a ragged matrix",
      (net) => {
        const proj = loop(net);
        return () => proj.fromMatrix({ weights: [[1, 2], [1]] });
      },
      error("INVALID_CONNECTOR_OPTION", { connector: "fromMatrix", option: "weights" }),
    ],
    [
      "a delay matrix of another shape",
      (net) => {
        const proj = loop(net);
        return () => proj.fromMatrix({ weights: [[1, 2]], delays: [[1], [2]] });
      },
      error("DELAY_MATRIX", { weights: [1, 2], delays: [2, 1], entry: null }),
    ],
    [
      "a delay matrix with other holes",
      (net) => {
        const proj = loop(net);
        return () => proj.fromMatrix({ weights: [[1, null]], delays: [[1, 2]] });
      },
      error("DELAY_MATRIX", { entry: [0, 1] }),
    ],
    [
      "a sparse matrix in an unknown format",
      (net) => {
        const proj = loop(net);
        const weights = { format: "dok", shape: [4, 4], row: [0], col: [1], data: [1] };
        return () => proj.fromSparse({ weights });
      },
      error("INVALID_SPARSE", { reason: expect.stringContaining("dok") }),
    ],
    [
      "a sparse matrix of wrong shape",
      (net) => {
        const proj = loop(net);
        const weights = { format: "coo", shape: [4, 5], row: [0], col: [1], data: [1] };
        return () => proj.fromSparse({ weights });
      },
      error("WRONG_MATRIX", { projection: label, given: [4, 5], expected: [4, 4] }),
    ],
    [
      "delays of a sparse matrix that are not constant",
      (net) => {
        const proj = loop(net);
        const weights = { format: "coo", shape: [4, 4], row: [0], col: [1], data: [1] };
        return () => callUntyped(proj, "fromSparse", { weights, delays: new Uniform(1, 2) });
      },
      error("INVALID_CONNECTOR_OPTION", { connector: "fromSparse", option: "delays" }),
    ],
    [
      "a function that returns no LilConnectivity",
      (net) => {
        const proj = loop(net);
        return () => proj.fromFunction(() => untyped("[]"));
      },
      error("NOT_A_CONNECTIVITY", { projection: label }),
    ],
    [
      "a duplicated synapse",
      (net) => {
        const proj = loop(net);
        const weights = { format: "coo", shape: [4, 4], row: [0, 0], col: [1, 1], data: [1, 2] };
        return () => proj.fromSparse({ weights });
      },
      error("DUPLICATE_SYNAPSE", { projection: label, pre: 0, post: 1 }),
    ],
    [
      "delays from an unbounded distribution",
      (net) => {
        const proj = loop(net);
        return () => proj.allToAll({ weights: 1, delays: new Normal(5, 1) });
      },
      error("UNBOUNDED_DELAYS", { connector: "allToAll" }),
    ],
    [
      "delays of another type",
      (net) => {
        const proj = loop(net);
        return () => proj.allToAll(untyped('{ "weights": 1, "delays": "long" }'));
      },
      error("INVALID_CONNECTOR_OPTION", {
        connector: "allToAll",
        option: "delays",
        value: "long",
      }),
    ],
    [
      "a storage format that there is not",
      (net) => {
        const proj = loop(net);
        return () => proj.allToAll(untyped('{ "weights": 1, "storageFormat": "csr2" }'));
      },
      error("INVALID_CONNECTOR_OPTION", { connector: "allToAll", option: "storageFormat" }),
    ],
    [
      "a connector after compile",
      async (net) => {
        const proj = loop(net).allToAll({ weights: 1 });
        await net.compile();
        return () => proj.oneToOne();
      },
      error("COMPILED_ALREADY", { call: label }),
    ],
    [
      "an experimental storage format",
      (net) => {
        const proj = loop(net);
        return () => proj.allToAll({ weights: new Uniform(0, 1), storageFormat: "dense" });
      },
      warning("EXPERIMENTAL_STORAGE", { format: "dense", order: "post_to_pre" }),
    ],
    ...(
      [
        ["a format for rates with spikes", { weights: 1, storageFormat: "ell" }],
        ["a format for other machines", { weights: 1, storageFormat: "csr_vector" }],
        ["oneToOne in a dense matrix", { storageFormat: "dense" }],
        ["one weight in a blocked matrix", { weights: 1, storageFormat: "bsr" }],
      ] as const
    ).map(([mistake, options]): Row => [
      mistake,
      (net) => {
        const proj = loop(net);
        return () => proj.oneToOne(options);
      },
      error(
        "STORAGE_FORMAT",
        { projection: label, format: options.storageFormat },
        InvalidConfiguration,
      ),
    ]),
    ...(["fixedNumberPre", "fixedNumberPost"] as const).flatMap((connector): Row[] => [
      [
        `${connector} with more partners than there are`,
        (net) => {
          const proj = loop(net);
          return () => proj[connector]({ number: 5, weights: 1, allowSelfConnections: true });
        },
        error("TOO_FEW_PARTNERS", { projection: label, connector, number: 5, partners: 4 }),
      ],
      [
        `${connector} without its number`,
        (net) => {
          const proj = loop(net);
          return () => proj[connector](untyped('{ "weights": 1 }'));
        },
        error("MISSING_OPTION", { connector, option: "number" }),
      ],
      [
        `${connector} with a number that is not whole`,
        (net) => {
          const proj = loop(net);
          return () => proj[connector]({ number: 1.5, weights: 1 });
        },
        error("INVALID_CONNECTOR_OPTION", { connector, option: "number", value: "1.5" }),
      ],
    ]),
    [
      "fixedNumberPre with all partners where a neuron may not be its own",
      (net) => {
        const proj = loop(net);
        return () => proj.fixedNumberPre({ number: 4, weights: 1 });
      },
      error("TOO_FEW_PARTNERS", { projection: label, end: "pre", number: 4, partners: 3 }),
    ],
    ...(["gaussian", "dog"] as const).flatMap((connector): Row[] => {
      const own =
        connector === "gaussian"
          ? { amp: 1, sigma: 0.2 }
          : { ampPos: 1, sigmaPos: 0.2, ampNeg: 0.5, sigmaNeg: 0.4 };
      const last = Object.keys(own).at(-1) ?? "";
      return [
        ...(["pre", "post"] as const).map((end): Row => [
          `${connector} with a view as ${end}`,
          (net) => {
            const [pop, view] = [cells(net), cells(net, "more").view(":3")];
            const [pre, post] = end === "pre" ? [view, pop] : [pop, view];
            const proj = net.connect(pre, post, { target: "exc", name: "loop" });
            return () => callUntyped(proj, connector, own);
          },
          error("PROFILE_OF_VIEW", { projection: label, connector, end }),
        ]),
        [
          `${connector} from more dimensions than post has`,
          (net) => {
            const plane = rates(net);
            const pop = net.create(8, { neuron: plane.neuronType });
            const proj = net.connect(plane, pop, { target: "exc", name: "loop" });
            return () => callUntyped(proj, connector, own);
          },
          error("PROFILE_DIMENSIONS", { projection: label, connector, pre: [2, 4], post: [8] }),
        ],
        [
          `${connector} without one of its options`,
          (net) => {
            const proj = loop(net);
            return () => callUntyped(proj, connector, { ...own, [last]: undefined });
          },
          error("MISSING_OPTION", { connector, option: last }),
        ],
        [
          `${connector} with a width of 0`,
          (net) => {
            const proj = loop(net);
            return () => callUntyped(proj, connector, { ...own, [last]: 0 });
          },
          error("INVALID_CONNECTOR_OPTION", { connector, option: last, value: "0" }),
        ],
        [
          `${connector} has no storageOrder`,
          (net) => {
            const proj = loop(net);
            return () => callUntyped(proj, connector, { ...own, storageOrder: "post_to_pre" });
          },
          error("UNKNOWN_CONNECTOR_OPTION", { connector, option: "storageOrder" }),
        ],
      ];
    }),
    [
      "a Matrix Market file with another name",
      (net) => {
        const proj = loop(net);
        return () => proj.fromMatrixMarket("weights.txt");
      },
      error("NOT_MATRIX_MARKET", { file: "weights.txt" }),
    ],
    [
      "a Matrix Market file that there is not",
      (net) => {
        const proj = loop(net);
        return () => proj.fromMatrixMarket("missing.mtx");
      },
      error("CANNOT_READ", { file: "missing.mtx" }),
    ],
  ]);

  it("delays from a distribution are bounded for the projection, which leaves the object as it is", () => {
    const delays = new Uniform(0, 5);
    const proj = loop(new Network({ dt: 1 })).allToAll({ weights: 1, delays });
    expect([delays.min, delays.parameters[0], proj.maxDelay]).toEqual([-Infinity, 0, 5]);
  });
});
