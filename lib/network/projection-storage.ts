import type { Pattern } from "../connect/pattern.js";
import { isExperimental, refusal, type Layout } from "../connect/storage.js";
import { InvalidConfiguration, problem } from "../errors.js";
import type { SynapseModel } from "../model/types.js";
import { PopulationView, type PopLike } from "./population.js";
import type { Delays } from "./projection-delays.js";
import type { NetworkState } from "./state.js";

/** What decides how the synapses of a projection are stored. */
export interface StorageOwner {
  readonly label: string;
  readonly state: NetworkState;
  readonly pre: PopLike;
  readonly post: PopLike;
  readonly type: "rate" | "spike";
  readonly model: SynapseModel;
  /** The synapse model says nothing but what projections do without one. */
  readonly defaultModel: boolean;
  /** Synapses may come and go. */
  readonly structural: boolean;
}

/** The layout that a connector asks for, or the network for all of its projections. */
function layoutOf({ state }: StorageOwner, { storage }: Pattern): Layout {
  const { sparseMatrixFormat, sparseMatrixStorageOrder } = state.config;
  return {
    format: storage.storageFormat ?? sparseMatrixFormat,
    order: storage.storageOrder ?? sparseMatrixStorageOrder,
  };
}

/** Whether one weight is stored for all synapses: a single number was given, nothing changes weights, and the format allows it. */
export function storesSingleWeight(owner: StorageOwner, pattern: Pattern): boolean {
  return (
    pattern.kind !== "explicit" &&
    pattern.singleWeight &&
    !owner.model.plastic &&
    !owner.structural &&
    layoutOf(owner, pattern).format !== "dense"
  );
}

/**
 * Check that synapses could be stored as asked for. What the engine does is its own decision, and the results are the same;
 * but a model that runs here should run in the reference too.
 *
 * @throws {InvalidConfiguration} STORAGE_FORMAT.
 */
export function checkStorage(owner: StorageOwner, pattern: Pattern, delays: Delays): void {
  const { pre, post, label, model, state, type } = owner;
  const layout = layoutOf(owner, pattern);
  const stored = {
    type,
    defaultModel: owner.defaultModel,
    continuous: model.psp !== null,
    singleWeight: storesSingleWeight(owner, pattern),
    ownDelays: typeof delays.spec !== "number",
    structural: owner.structural,
    oneToOne: pattern.kind === "oneToOne",
    postIsView: post instanceof PopulationView,
    preSize: pre.size,
    postSize: post.size,
  };
  const reason = refusal(stored, layout);
  if (reason !== null) {
    const facts = { projection: label, format: layout.format, reason };
    const { code, message, details } = problem("STORAGE_FORMAT", facts);
    throw new InvalidConfiguration(code, message, details);
  }
  if (isExperimental(stored, layout)) {
    const { format, order } = layout;
    state.warn("EXPERIMENTAL_STORAGE", { format, order });
  }
}
