import * as neurarchy from "../../lib/index.js";
import { parseStopCondition } from "../../lib/dsl/stop.js";
import type {
  EndEntry,
  GoldenCase,
  ModelEntry,
  PopulationEntry,
  ProjectionEntry,
} from "../golden-runner/schema.js";
import { readFunctions, readNeuron, readSynapse } from "./model.js";
import { NEVER, Population, type World } from "./population.js";
import { isPlastic, Projection, type Row, type SynapseState } from "./projection.js";
import { Recorder } from "./recorder.js";
import { NotCovered } from "./scope.js";
import { InputArray, SpikeSourceArray, TimedArray } from "./sources.js";
import { halfToEven, steps } from "./time.js";

/** A network as plain objects, in the order of creation. */
export interface Objects {
  readonly world: World;
  readonly populations: ReadonlyMap<string, Population>;
  readonly projections: ReadonlyMap<string, Projection>;
  readonly recorders: readonly Recorder[];
}

/** Make the network of a case. */
export function build(golden: GoldenCase): Objects {
  if (golden.seeds !== undefined) throw new NotCovered("statistics");
  const world: World = {
    dt: golden.dt,
    method: textOf(golden.config?.["method"], "explicit"),
    eventTiming: textOf(golden.config?.["event_timing"], "exact"),
    n: 0,
    constants: new Map(Object.entries(golden.constants ?? {})),
    functions: readFunctions((golden.functions ?? []).join("\n")),
  };
  const populations = new Map(
    golden.populations.map((entry) => [entry.name, makePopulation(entry, golden, world)]),
  );
  const projections = new Map(
    (golden.projections ?? []).map((entry) => [
      entry.name,
      makeProjection(entry, golden, populations, world),
    ]),
  );
  for (const population of populations.values()) population.initialise();
  for (const { post, targets } of projections.values()) {
    for (const target of targets) {
      post.targets.add(target);
      // A target that the neuron never reads has no effect.
      if (!post.spiking || post.model.attributes.has(`g_${target}`)) continue;
      for (const { values } of post.neurons) values.set(`g_${target}`, 0);
    }
  }
  for (const { pre, rows, delays } of projections.values()) {
    if (delays === "none") continue;
    const longest = Math.max(...rows.flatMap(({ synapses }) => synapses.map((s) => s.delay)));
    if (longest > pre.queue.length) pre.refill(longest);
  }
  for (const projection of projections.values()) projection.initialise();
  const recorders = (golden.record ?? []).map((entry) => {
    const object = populations.get(entry.object) ?? projections.get(entry.object);
    return new Recorder(object!, entry);
  });
  return { world, populations, projections, recorders };
}

function makePopulation(entry: PopulationEntry, golden: GoldenCase, world: World): Population {
  const population = populationOf(entry, golden, world);
  for (const [name, value] of Object.entries(entry.set ?? {})) {
    population.given.set(name, flat(value));
  }
  population.window = entry.firing_rate ?? 0;
  if (entry.refractory !== undefined) population.setRefractory(flat(entry.refractory));
  if (entry.stop_condition !== undefined) {
    const text = entry.stop_condition;
    const stop = parseStopCondition({ name: text, text }, () => {
      throw new NotCovered(`the stop condition ${text}`);
    });
    population.stopCondition = { condition: stop!.condition, all: stop!.quantifier === "all" };
  }
  return population;
}

function populationOf(entry: PopulationEntry, golden: GoldenCase, world: World): Population {
  const { name, geometry, builtin, neuron = "" } = entry;
  const shape = [geometry ?? 1].flat();
  const args = entry.args ?? {};
  switch (builtin) {
    case undefined:
      return new Population(name, shape, readNeuron(golden.neurons![neuron]!), world);
    case "InputArray":
      return new InputArray(name, shape, world);
    case "SpikeSourceArray": {
      const times = args["spike_times"] as number[] | number[][];
      const lists = times.map((list) => (typeof list === "number" ? null : list));
      const one = lists.includes(null);
      return new SpikeSourceArray(name, one ? [times as number[]] : (times as number[][]), world);
    }
    case "TimedArray": {
      const rates = blocksOf(args["rates"]);
      const schedule = (args["schedule"] ?? 0) as number | number[];
      const period = (args["period"] ?? -1) as number;
      const size = geometry === undefined ? shapeOf(args["rates"]) : shape;
      return new TimedArray(name, size, { rates, schedule, period }, world);
    }
    default:
      return new Population(name, shape, readNeuron(optionsOf(builtin, args)), world);
  }
}

/** The blocks of a timed array, each flat. */
export function blocksOf(rates: unknown): number[][] {
  return (rates as unknown[]).map((block) => [flat(block)].flat());
}

function shapeOf(rates: unknown): number[] {
  const shape: number[] = [];
  for (let part = (rates as unknown[])[0]; Array.isArray(part); part = part[0]) {
    shape.push(part.length);
  }
  return shape.length === 0 ? [1] : shape;
}

/** The texts of a built-in model. */
function optionsOf(name: string, args: object): ModelEntry {
  const type: unknown = (neurarchy as Readonly<Record<string, unknown>>)[name];
  if (typeof type !== "function") throw new NotCovered(`the class ${name}`);
  const made: unknown = Reflect.construct(type, [args]);
  if (made instanceof neurarchy.Neuron || made instanceof neurarchy.Synapse) {
    return made.options;
  }
  throw new NotCovered(`the class ${name}`);
}

function makeProjection(
  entry: ProjectionEntry,
  golden: GoldenCase,
  populations: ReadonlyMap<string, Population>,
  world: World,
): Projection {
  if (entry.kind !== undefined) throw new NotCovered(`the kind ${entry.kind}`);
  const pre = endOf(entry.pre, populations);
  const post = endOf(entry.post, populations);
  const { synapse, builtin, args, connector = {} } = entry;
  const options: ModelEntry =
    synapse !== undefined
      ? golden.synapses![synapse]!
      : builtin !== undefined
        ? optionsOf(builtin, args ?? {})
        : {};
  if ("creating" in options || "pruning" in options) throw new NotCovered("structural plasticity");
  const model = readSynapse(options, pre.population.spiking);
  const connections = connect(connector, pre, post);
  const inSteps = connections.map(({ delay }) => Math.max(1, steps(delay, world.dt, halfToEven)));
  const synapses = connections.map(
    ({ post: rank, pre: from, weight }, i): [number, SynapseState] => [
      rank,
      { pre: from, delay: inSteps[i]!, values: new Map([["w", weight]]), lastEvent: NEVER },
    ],
  );
  const ranks = [...new Set(synapses.map(([rank]) => rank))].sort((a, b) => a - b);
  const rows: Row[] = ranks.map((rank) => ({
    post: rank,
    synapses: synapses.filter(([row]) => row === rank).map(([, state]) => state),
    values: new Map(),
  }));
  const different = typeof connector["delays"] === "object" || new Set(inSteps).size > 1;
  const delays = different ? "several" : (inSteps[0] ?? 1) > 1 ? "uniform" : "none";
  const oneWeight =
    typeof connector["weights"] === "number" &&
    connector["force_multiple_weights"] !== true &&
    !isPlastic(model);
  const projection = new Projection({
    name: entry.name,
    pre: pre.population,
    post: post.population,
    targets: [entry.target].flat(),
    model,
    rows,
    delays,
    singleWeight: oneWeight,
    world,
  });
  for (const [name, value] of Object.entries(entry.set ?? {})) {
    projection.given.set(name, value as number);
  }
  return projection;
}

/** A population, or some of its neurons. */
interface End {
  readonly population: Population;
  readonly ranks: readonly number[];
}

function endOf(entry: EndEntry, populations: ReadonlyMap<string, Population>): End {
  const name = typeof entry === "string" ? entry : entry.population;
  const population = populations.get(name)!;
  if (typeof entry === "string") return { population, ranks: population.neurons.map((_, i) => i) };
  if ("ranks" in entry) return { population, ranks: entry.ranks };
  throw new NotCovered("slices of a population");
}

interface Connection {
  readonly post: number;
  readonly pre: number;
  readonly weight: number;
  /** [ms] */
  readonly delay: number;
}

type Matrix = readonly (readonly (number | null)[])[];

/** The synapses that a connector makes, by post neuron and then in the order of the row. */
function connect(connector: Readonly<Record<string, unknown>>, pre: End, post: End): Connection[] {
  const { kind, weights = 1, delays = 0 } = connector;
  const number = (value: unknown): number => {
    if (typeof value !== "number") throw new NotCovered("drawn weights or delays");
    return value;
  };
  switch (kind) {
    case "all_to_all": {
      const self = connector["allow_self_connections"] === true;
      const same = pre.population === post.population && !self;
      return post.ranks.flatMap((to) =>
        pre.ranks
          .filter((from) => !same || from !== to)
          .map((from) => ({ post: to, pre: from, weight: number(weights), delay: number(delays) })),
      );
    }
    case "one_to_one":
      return post.ranks.slice(0, pre.ranks.length).map((to, i) => ({
        post: to,
        pre: pre.ranks[i]!,
        weight: number(weights),
        delay: number(delays),
      }));
    case "from_triples":
      return (connector["triples"] as number[][]).map(([to, from, weight, delay = 0]) => ({
        post: to!,
        pre: from!,
        weight: weight!,
        delay,
      }));
    case "from_matrix": {
      const turned = connector["pre_post"] === true;
      const at = (matrix: unknown, i: number, j: number): number | null =>
        typeof matrix === "number"
          ? matrix
          : turned
            ? (matrix as Matrix)[j]![i]!
            : (matrix as Matrix)[i]![j]!;
      return post.ranks.flatMap((to, i) =>
        pre.ranks.flatMap((from, j) => {
          const weight = at(weights, i, j);
          if (weight === null) return [];
          return [{ post: to, pre: from, weight, delay: at(delays, i, j) ?? 0 }];
        }),
      );
    }
    case "from_sparse":
      return (connector["entries"] as number[][]).map(([from, to, weight]) => ({
        post: post.ranks[to!]!,
        pre: pre.ranks[from!]!,
        weight: weight!,
        delay: number(delays),
      }));
    default:
      throw new NotCovered(`the connector ${String(kind)}`);
  }
}

/** A nested array as one list; a number as it is; conditions as 0 and 1. */
export function flat(value: unknown): number | number[] {
  if (typeof value === "boolean") return Number(value);
  if (typeof value === "number") return value;
  if (Array.isArray(value)) return value.flatMap((part) => flat(part));
  throw new NotCovered("drawn values");
}

function textOf(value: unknown, otherwise: string): string {
  return typeof value === "string" ? value : otherwise;
}
