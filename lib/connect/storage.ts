import type { StorageFormat, StorageOrder } from "./options.js";

/** The names by which a projection asks for its storage, after the defaults of its network. */
export interface Layout {
  readonly format: StorageFormat;
  readonly order: StorageOrder;
}

/** What decides whether the reference could store synapses so. */
export interface Stored {
  readonly type: "rate" | "spike";
  /** The synapse model is the one that projections have without any. */
  readonly defaultModel: boolean;
  /** Spiking synapses that transmit continuously too. */
  readonly continuous: boolean;
  readonly singleWeight: boolean;
  /** Every synapse has a delay of its own. */
  readonly ownDelays: boolean;
  readonly structural: boolean;
  readonly oneToOne: boolean;
  readonly postIsView: boolean;
  readonly preSize: number;
  readonly postSize: number;
}

/** What excludes what. (network-api, sanity rules of storage formats.) */
interface Rule {
  readonly formats: readonly StorageFormat[] | "all";
  readonly excludes: (stored: Stored, layout: Layout) => boolean;
  readonly reason: string;
}

const RULES: readonly Rule[] = [
  {
    formats: ["csr_scalar", "csr_vector"],
    excludes: () => true,
    reason: "is for graphics processors",
  },
  {
    formats: ["ell", "ellr", "coo", "hyb", "dia"],
    excludes: ({ type }) => type === "spike",
    reason: "is not allowed for spiking synapses",
  },
  {
    formats: "all",
    excludes: ({ type, continuous }, { order }) =>
      type === "spike" && continuous && order === "pre_to_post",
    reason: "with the order pre_to_post is not allowed for spiking synapses with a psp",
  },
  {
    formats: ["coo", "hyb", "bsr", "sell", "dia"],
    excludes: ({ type, defaultModel }) => type === "rate" && !defaultModel,
    reason: "is only allowed for default rate-coded synapses",
  },
  {
    formats: ["dense"],
    excludes: ({ oneToOne }) => oneToOne,
    reason: "is not allowed for neurons that are connected one to one",
  },
  {
    // With "dense", a number stands for one weight per synapse from the beginning.
    formats: ["bsr"],
    excludes: ({ singleWeight }) => singleWeight,
    reason: "needs one weight per synapse, connect with forceMultipleWeights: true",
  },
  {
    formats: ["ellr"],
    excludes: ({ ownDelays }) => ownDelays,
    reason: "needs one delay for all synapses",
  },
  {
    formats: "all",
    excludes: ({ structural }, { format }) =>
      structural && !["default", "lil", "auto"].includes(format),
    reason: "is not allowed with structural plasticity, for which there is lil",
  },
  {
    formats: ["dia"],
    excludes: ({ postIsView, preSize, postSize }) => postIsView || preSize < postSize,
    reason: "needs a whole post population that is not larger than pre",
  },
];

/** Why synapses cannot be stored so; null when they can. */
export function refusal(stored: Stored, layout: Layout): string | null {
  const broken = RULES.find(
    ({ formats, excludes }) =>
      (formats === "all" || formats.includes(layout.format)) && excludes(stored, layout),
  );
  return broken?.reason ?? null;
}

/** Whether the reference calls this way of storing synapses experimental. */
export function isExperimental({ type }: Pick<Stored, "type">, { format, order }: Layout): boolean {
  return (
    ["bsr", "coo", "ell", "ellr", "sell", "hyb", "dia"].includes(format) ||
    (format === "dense" && type === "spike") ||
    (format === "csr" && order === "pre_to_post")
  );
}
