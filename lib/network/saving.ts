import { tensor, type Document, type Entry, type RaggedRows } from "../array/document.js";
import type { Row, TypedArray } from "../array/input.js";
import { InternalError, problem } from "../errors.js";
import type { ValueType } from "../model/types.js";
import { internals } from "./internals.js";
import { native } from "./native-errors.js";
import type { Population } from "./population.js";
import type { Projection } from "./projection.js";
import { attributeKey } from "./saved.js";

/** Describe the state of a population. @throws {SimulatorError} NOT_COMPILED. */
export function populationState(population: Population): Document {
  const { store, label, enabled } = population[internals];
  const { place } = store;
  if (place === null) throw problem("NOT_COMPILED", { call: `${label}.save` });
  const attributes = population.attributes.map((name): [string, Entry] => {
    const { type } = store.attribute(name);
    const values = store.read(name, null);
    const entry = store.isGlobal(name)
      ? scalar(values[0]!, type)
      : array(values, type, population.geometry);
    return [attributeKey(name), entry];
  });
  return {
    name: population.name,
    geometry: tensor(Int32Array.from(population.geometry)),
    size: BigInt(population.size),
    attributes: population.attributes,
    parameters: population.parameters,
    variables: population.variables,
    ...Object.fromEntries(attributes),
    kernel: { enabled, state: hidden(place.native.exportState("population", place.population)) },
  };
}

/** Describe the state of a projection. @throws {SimulatorError} NOT_COMPILED. */
export function projectionState(projection: Projection): Document {
  const { store, label, switches } = projection[internals];
  const { place } = store;
  if (place === null) throw problem("NOT_COMPILED", { call: `${label}.save` });
  const { postRanks, rowStart, preRanks } = store.synapses();
  const attributes = projection.attributes.map((name): [string, Entry] => {
    const { type, locality } = store.attribute(name);
    const values = store.values(name);
    const single = locality === "global" || (name === "w" && projection[internals].singleWeight);
    if (single) return [attributeKey(name), scalar(values[0]!, type)];
    const perRow = locality === "semiglobal";
    return [attributeKey(name), perRow ? array(values, type) : rows(rowStart, values)];
  });
  const exported = native(() => place.native.exportState("projection", place.projection), label);
  return {
    name: projection.name,
    pre: projection.pre.name,
    post: projection.post.name,
    target: projection.target,
    post_ranks: tensor(postRanks),
    attributes: projection.attributes,
    parameters: projection.parameters,
    variables: projection.variables,
    pre_ranks: rows(rowStart, preRanks),
    delays: delaysOf(projection, rowStart),
    ...Object.fromEntries(attributes),
    kernel: { ...switches.values, state: hidden(exported) },
  };
}

/** Describe the synapses of a projection, their weights and delays. @throws {SimulatorError} NOT_COMPILED. */
export function connections(projection: Projection): Document {
  const { store, label, connection } = projection[internals];
  if (store.place === null) throw problem("NOT_COMPILED", { call: `${label}.saveConnectivity` });
  const { postRanks, rowStart, preRanks } = store.synapses();
  const weights = store.values("w");
  const one = weights.length === 1 && preRanks.length !== 1;
  return {
    name: projection.name,
    post_ranks: tensor(postRanks),
    pre_ranks: rows(rowStart, preRanks),
    w: rows(rowStart, one ? new Float64Array(preRanks.length).fill(weights[0]!) : weights),
    delay: connection?.delays.given === true ? delaysOf(projection, rowStart) : null,
    max_delay: BigInt(projection.maxDelay),
    uniform_delay: BigInt(projection.uniformDelay),
    size: BigInt(postRanks.length),
    nb_synapses: BigInt(preRanks.length),
  };
}

/** Delays [ms]: a number when all synapses have the same. */
function delaysOf(projection: Projection, rowStart: Float64Array): Entry {
  const core = projection[internals];
  const { dt } = core.state.config;
  const steps = core.delays();
  if (!core.heterogeneous) return (steps[0] ?? 1) * dt;
  return rows(
    rowStart,
    Float64Array.from(steps, (delay) => delay * dt),
  );
}

function scalar(value: number, type: ValueType): Entry {
  switch (type) {
    case "float":
      return value;
    case "int":
      return BigInt(value);
    case "bool":
      return value !== 0;
  }
}

function array(values: Row, type: ValueType, shape: readonly number[] = [values.length]): Entry {
  return { kind: "tensor", data: values, shape, boolean: type === "bool" };
}

function rows(rowStart: Float64Array, data: TypedArray): RaggedRows {
  if (rowStart[rowStart.length - 1] !== data.length) throw new InternalError("rows without values");
  return { kind: "rows", rowStart, data };
}

function hidden(bytes: Uint8Array): Entry {
  return { kind: "bytes", bytes };
}
