import type { SynapseRun } from "./compiled-synapses.js";

/** Some pairs of 7 post and 9 pre neurons; row 2 and column 4 have no synapse. */
const connections = Array.from({ length: 63 }, (_, i) => ({ row: i % 7, column: i % 9 })).filter(
  ({ row, column }) => (row * 5 + column * 3) % 4 !== 0 && row !== 2 && column !== 4,
);

/** Everything that can happen to synapses, with values for the attributes of all models of built-in.ts. */
export const plasticRun: SynapseRun = {
  ...{ rows: 7, columns: 9, firstPost: 64, connections, resolution: 0.5, dt: 1.5, delays: 3 },
  values: {
    ...{ w: [0.5, 1, 1.5, -0.2, 0.1], eta: 0.01, alpha: 1, tau: 2000, tau_plus: 20, tau_minus: 15 },
    ...{ A_plus: 0.01, A_minus: 0.012, w_max: 1, tau_rec: 100, tau_facil: 10, U: [0.5, 0.4] },
    ...{ x: [0.1, 1], y: [-0.1, 0], u: [0.3, 0.5], a: 2, n: [3, -2, 1], flag: [1, 0, 1], k: 1 },
    ...{
      ".delay": [1, 2, 3, 2],
      ".lastEvent": [-10000, -3],
      ".lastEvent(row)": [-3, 1],
      ".lastEvent(column)": [-10000, 2],
    },
    ...{ "pre.r": [1, 2, 3, 0.5, -1, 4], "post.r": [0.1, 0.7, 2, 3], "pre..mean(r)": 0.4 },
    ...{ "pre.v": [0.1, 0.2, 0.3], "post.v": [1, 2], "post..sum(exc)": [0.5, -0.25] },
    ...{ "pre..lastSpike": [-10000, 3, 4], "post..lastSpike": [2, 3, 4, 5] },
  },
  calls: [
    { kind: "onPre", step: 4, arguments: [0, 3, 8] },
    { kind: "onAxon", step: 4, arguments: [1, 2] },
    { kind: "transmit", step: 4 },
    { kind: "globals", step: 4 },
    { kind: "update", step: 4 },
    { kind: "onPost", step: 4, arguments: [0, 2, 5] },
    { kind: "onPre", step: 6, arguments: [0, 1] },
    { kind: "onPost", step: 7, arguments: [0, 1, 5] },
    { kind: "update", step: 7 },
  ],
};
