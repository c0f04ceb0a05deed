import { tensor, type Document, type Entry } from "../array/document.js";
import { problem } from "../errors.js";
import { array, hidden, rows, scalar } from "./entries.js";
import type { RuleTiming } from "../native/binding.js";
import { native } from "./native-errors.js";
import type { ProjectionCore } from "./projection-core.js";
import { attributeKey } from "./saved.js";

/** Describe the state of a projection. @throws {SimulatorError} NOT_COMPILED. */
export function projectionState(projection: ProjectionCore): Document {
  const { store, label, switches, structure, targets } = projection;
  const { place } = store;
  if (place === null) throw problem("NOT_COMPILED", { call: `${label}.save` });
  const { postRanks, rowStart, preRanks } = store.synapses();
  const parameters = store.names("parameter");
  const variables = store.names("variable");
  const attributes = [...parameters, ...variables].map((name): [string, Entry] => {
    const { type, locality } = store.attribute(name);
    const values = store.values(name);
    const single = locality === "global" || (name === "w" && projection.singleWeight);
    if (single) return [attributeKey(name), scalar(values[0]!, type)];
    const perRow = locality === "semiglobal";
    return [attributeKey(name), perRow ? array(values, type) : rows(rowStart, values)];
  });
  const exported = native(() => place.native.exportState("projection", place.projection), label);
  return {
    name: projection.name,
    pre: projection.pre.name,
    post: projection.post.name,
    target: targets.length === 1 ? targets[0]! : targets,
    post_ranks: tensor(postRanks),
    attributes: [...parameters, ...variables],
    parameters,
    variables,
    pre_ranks: rows(rowStart, preRanks),
    delays: delaysOf(projection, rowStart),
    ...Object.fromEntries(attributes),
    kernel: {
      ...switches.values,
      creating: ruleEntry(structure.timings.creating),
      pruning: ruleEntry(structure.timings.pruning),
      state: hidden(exported),
    },
  };
}

/** Describe the synapses of a projection, their weights and delays. @throws {SimulatorError} NOT_COMPILED. */
export function connections(projection: ProjectionCore): Document {
  const { store, label, connection } = projection;
  if (store.place === null) throw problem("NOT_COMPILED", { call: `${label}.saveConnectivity` });
  const { postRanks, rowStart, preRanks } = store.synapses();
  const weights = store.values("w");
  const steps = projection.delays();
  const one = weights.length === 1 && preRanks.length !== 1;
  return {
    name: projection.name,
    post_ranks: tensor(postRanks),
    pre_ranks: rows(rowStart, preRanks),
    w: rows(rowStart, one ? new Float64Array(preRanks.length).fill(weights[0]!) : weights),
    delay: connection?.delays.given === true ? delaysOf(projection, rowStart) : null,
    max_delay: BigInt(steps.reduce((most, delay) => Math.max(most, delay), 1)),
    uniform_delay: BigInt(projection.heterogeneous ? -1 : steps[0]!),
    size: BigInt(postRanks.length),
    nb_synapses: BigInt(preRanks.length),
  };
}

/** When a rule of structural plasticity is applied. */
function ruleEntry(timing: RuleTiming | null): Entry {
  return timing === null ? null : { period: BigInt(timing.period), offset: BigInt(timing.offset) };
}

/** Delays [ms]: a number when all synapses have the same. */
function delaysOf(core: ProjectionCore, rowStart: Float64Array): Entry {
  const { dt } = core.state.config;
  const steps = core.delays();
  if (!core.heterogeneous) return (steps[0] ?? 1) * dt;
  return rows(
    rowStart,
    Float64Array.from(steps, (delay) => delay * dt),
  );
}
