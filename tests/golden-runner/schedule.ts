import { Population, type Projection } from "../../lib/index.js";
import { known, type Objects } from "./build.js";
import { camel, camelKeys, type Operation, type SetEntry } from "./schema.js";
import { generate, inputOf, plain } from "./values.js";

/** What a schedule leaves beside recordings. */
export interface Outcome {
  readonly reads: Record<string, unknown>;
  readonly calls: Record<string, [number, number][]>;
}

/** Names in a file of what is no attribute of a model but a member of the object. */
const MEMBERS = new Set([
  ...["delay", "transmission", "axon_transmission", "update", "plasticity", "refractory"],
  ...["spike_times", "pre_ranks", "post_ranks", "size", "nb_synapses"],
  "nb_synapses_per_dendrite",
]);

/** Do everything that a schedule says. */
export async function perform(schedule: readonly Operation[], objects: Objects): Promise<Outcome> {
  const outcome: Outcome = { reads: {}, calls: {} };
  for (const operation of schedule) await performOne(operation, objects, outcome);
  return outcome;
}

async function performOne(op: Operation, objects: Objects, outcome: Outcome): Promise<void> {
  const { net, populations, projections, monitors } = objects;
  if (op.simulate !== undefined) {
    for (const { id, set, ...when } of op.every ?? []) {
      const moments: [number, number][] = [];
      outcome.calls[id] = moments;
      net.every(when, (n) => {
        moments.push([n, net.currentStep]);
        if (set !== undefined) assign(set, objects);
      });
    }
    await net.simulate(op.simulate);
    net.clearAllCallbacks();
  } else if (op.step !== undefined) {
    for (let i = 0; i < op.step; i++) await net.step();
  } else if (op.until !== undefined) {
    const { max, populations: names, operator } = op.until;
    const population = [names].flat().map((name: string) => known(populations, name));
    const options = { population, ...(operator === undefined ? {} : { operator }) };
    outcome.reads[op.read ?? ""] = await net.simulateUntil(max, options);
  } else if (op.set !== undefined) assign(op.set, objects);
  else if (op.read !== undefined) outcome.reads[op.read] = read(op, objects);
  else if (op.constant !== undefined) net.getConstant(op.constant.name)?.set(op.constant.value);
  else if (op.reset !== undefined) reset(op.reset, objects);
  else if (op.clear !== undefined) known(populations, op.clear).clear();
  else if (op.enable !== undefined) known(populations, op.enable).enable();
  else if (op.disable !== undefined) known(populations, op.disable).disable();
  else if (op.enable_learning !== undefined) {
    const { projections: names, ...when } = op.enable_learning;
    net.enableLearning({ ...when, ...chosen(names, projections) });
  } else if (op.disable_learning !== undefined) {
    net.disableLearning(chosen(op.disable_learning.projections, projections));
  } else if (op.monitor !== undefined) {
    const { record, op: action, period } = op.monitor;
    const monitor = monitors[record];
    if (action === "pause") monitor?.pause();
    else if (action === "resume") monitor?.resume();
    else monitor?.start(period === undefined ? {} : { period });
  } else if (op.update !== undefined) {
    const { object, rates, ...rest } = op.update;
    invoke(known(populations, object), "update", [generate(rates, net.rng), camelKeys(rest)]);
  } else if (op.call !== undefined) {
    const object = populations.get(op.call.object) ?? known(projections, op.call.object);
    outcome.reads[op.as ?? ""] = plain(invoke(object, op.call.function, op.call.args));
  } else if (op.structural !== undefined) structural(op.structural, projections);
  else throw new Error(`unsupported: the operation ${JSON.stringify(op)}`);
}

function assign({ object, attribute, value, ranks }: SetEntry, objects: Objects): void {
  const { net, populations, projections } = objects;
  const given = inputOf(generate(value, net.rng));
  const population = populations.get(object);
  if (population !== undefined && attribute === "firing_rate") {
    population.computeFiringRate(Number(value));
    return;
  }
  const target =
    population === undefined
      ? known(projections, object)
      : ranks === undefined
        ? population
        : population.view([...ranks]);
  if (MEMBERS.has(attribute)) Reflect.set(target, camel(attribute), given);
  else target.set({ [attribute]: given });
}

function read({ object, attribute = "", ranks }: Operation, objects: Objects): unknown {
  const population = objects.populations.get(object ?? "");
  if (population === undefined)
    return readProjection(attribute, known(objects.projections, object));
  if (attribute === "normalized") {
    return Array.from(population.ranks, (rank) => population.normalizedCoordinatesFromRank(rank));
  }
  const part = ranks === undefined ? population : population.view([...ranks]);
  return plain(MEMBERS.has(attribute) ? Reflect.get(part, camel(attribute)) : part.get(attribute));
}

function readProjection(attribute: string, projection: Projection): unknown {
  if (attribute === "connectivity_matrix")
    return plain(invoke(projection, "connectivityMatrix", []));
  return plain(
    MEMBERS.has(attribute) ? Reflect.get(projection, camel(attribute)) : projection.get(attribute),
  );
}

function reset(
  { object, attributes, ...options }: NonNullable<Operation["reset"]>,
  { net, populations, projections }: Objects,
): void {
  const only = attributes === undefined ? {} : { attributes };
  if (object === undefined) net.reset(camelKeys(options));
  else if (populations.has(object)) known(populations, object).reset(attributes);
  else known(projections, object).reset(only);
}

function chosen(
  names: readonly string[] | undefined,
  projections: Objects["projections"],
): { projections?: Projection[] } {
  return names === undefined ? {} : { projections: names.map((name) => known(projections, name)) };
}

function structural(
  { projection: name, op, ...options }: NonNullable<Operation["structural"]>,
  projections: Objects["projections"],
): void {
  const projection = known(projections, name);
  const { period, post = 0, pre = 0, w } = options;
  const dendrite = (): object => invoke(projection, "dendrite", [post]) as object;
  switch (op) {
    case "create_synapse":
      invoke(dendrite(), "createSynapse", [pre, w === undefined ? {} : { w }]);
      break;
    case "prune_synapse":
      invoke(dendrite(), "pruneSynapse", [pre]);
      break;
    default:
      invoke(projection, camel(op), period === undefined ? [] : [{ period }]);
  }
}

/** Call a method that only some classes have. */
function invoke(object: object, method: string, operands: readonly unknown[]): unknown {
  const found: unknown = Reflect.get(object, method);
  if (typeof found !== "function") {
    const kind = object instanceof Population ? "population" : "object";
    throw new Error(`unsupported: the ${kind} has no method ${method}`);
  }
  return Reflect.apply(found, object, [...operands]) as unknown;
}
