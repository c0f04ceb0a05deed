import type { Pattern } from "../connect/pattern.js";
import { isExperimental, refusal, type Layout } from "../connect/storage.js";
import { InvalidConfiguration, problem } from "../errors.js";
import { PopulationView } from "./population.js";
import type { Connection, ProjectionCore } from "./projection-core.js";

/** The layout that a connector asks for, or the network for all of its projections. */
function layoutOf({ state }: ProjectionCore, { storage }: Pattern): Layout {
  const { sparseMatrixFormat, sparseMatrixStorageOrder } = state.config;
  return {
    format: storage.storageFormat ?? sparseMatrixFormat,
    order: storage.storageOrder ?? sparseMatrixStorageOrder,
  };
}

/** Whether one weight is stored for all synapses: a single number was given, nothing changes weights, and the format allows it. */
export function storesSingleWeight(core: ProjectionCore, pattern: Pattern): boolean {
  return (
    pattern.kind !== "explicit" &&
    pattern.singleWeight &&
    !core.model.plastic &&
    !core.structural &&
    layoutOf(core, pattern).format !== "dense"
  );
}

/**
 * Check that synapses could be stored as asked for. What the engine does is its own decision, and the results are the same;
 * but a model that runs here should run in the reference too.
 *
 * @throws {InvalidConfiguration} STORAGE_FORMAT.
 */
export function checkStorage(core: ProjectionCore, { pattern, delays }: Connection): void {
  const { pre, post, label, model, state, type } = core;
  const layout = layoutOf(core, pattern);
  const stored = {
    type,
    defaultModel: core.defaultModel,
    continuous: model.psp !== null,
    singleWeight: storesSingleWeight(core, pattern),
    ownDelays: typeof delays.spec !== "number",
    structural: state.config.structuralPlasticity,
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
