import * as neurarchy from "../../lib/index.js";
import { camelKeys, type EndEntry, type GoldenCase, type Options } from "./schema.js";
import type { EquationEntry, ModelEntry, PopulationEntry, ProjectionEntry } from "./schema.js";
import { generate, inputOf } from "./values.js";

type Net = neurarchy.Network;
type End = neurarchy.PopLike;

/** Anything that a constructor of the library makes. */
type Constructor = new (...options: unknown[]) => unknown;

/** The class of the library with this name. */
function classNamed(name: string): Constructor {
  const found: unknown = (neurarchy as Readonly<Record<string, unknown>>)[name];
  if (typeof found !== "function") throw new Error(`unsupported: there is no class ${name}`);
  return found as Constructor;
}

/** The objects of a case. */
export interface Objects {
  readonly net: Net;
  readonly populations: ReadonlyMap<string, neurarchy.Population>;
  readonly projections: ReadonlyMap<string, neurarchy.Projection>;
  readonly monitors: readonly neurarchy.Monitor[];
}

/** Make the network of a case; nothing is compiled. */
export function build(golden: GoldenCase, seed: number): Objects {
  for (const definition of golden.functions ?? []) neurarchy.addFunction(definition);
  const net = new neurarchy.Network({ dt: golden.dt, seed });
  net.config({
    unreadTargets: "warn",
    logger: () => undefined,
    ...camelKeys(golden.config ?? {}),
  });
  for (const [name, value] of Object.entries(golden.constants ?? {})) net.constant(name, value);
  const neurons = new Map(
    Object.entries(golden.neurons ?? {}).map(([name, entry]) => [
      name,
      new neurarchy.Neuron({ ...modelOptions(entry), name }),
    ]),
  );
  const synapses = new Map(
    Object.entries(golden.synapses ?? {}).map(([name, entry]) => [
      name,
      new neurarchy.Synapse({ ...modelOptions(entry), name }),
    ]),
  );
  const populations = new Map<string, neurarchy.Population>();
  for (const entry of golden.populations) {
    populations.set(entry.name, makePopulation(net, entry, neurons));
  }
  const projections = new Map<string, neurarchy.Projection>();
  for (const entry of golden.projections ?? []) {
    projections.set(entry.name, makeProjection(net, entry, populations, synapses, projections));
  }
  const monitors = (golden.record ?? []).map(({ object, variables, ranks, ...rest }) => {
    const recorded = populations.get(object) ?? known(projections, object);
    const part =
      ranks !== undefined && recorded instanceof neurarchy.Population
        ? recorded.view([...ranks])
        : recorded;
    const { period, periodOffset, start } = camelKeys(rest) as neurarchy.MonitorOptions;
    const options = {
      ...(period === undefined ? {} : { period }),
      ...(periodOffset === undefined ? {} : { periodOffset }),
      ...(start === undefined ? {} : { start }),
    };
    return net.monitor(part, variables, options);
  });
  return { net, populations, projections, monitors };
}

/** The object of a name; a mistake of the case where there is none. */
export function known<T>(objects: ReadonlyMap<string, T>, name: string | undefined): T {
  const found = name === undefined ? undefined : objects.get(name);
  if (found === undefined) throw new Error(`the case has no object ${String(name)}`);
  return found;
}

function modelOptions(entry: ModelEntry): neurarchy.NeuronOptions & neurarchy.SynapseOptions {
  const { parameters, equations, creating, pruning, ...rest } = entry;
  const options: Record<string, unknown> = camelKeys(rest);
  if (parameters !== undefined) {
    options["parameters"] = typeof parameters === "string" ? parameters : values(parameters);
  }
  if (equations !== undefined) {
    options["equations"] =
      typeof equations === "string" ? equations : equations.map((item) => statement(item));
  }
  if (creating !== undefined) options["creating"] = rule("Creating", creating);
  if (pruning !== undefined) options["pruning"] = rule("Pruning", pruning);
  return options;
}

function values(parameters: Readonly<Record<string, unknown>>): neurarchy.Parameters {
  return Object.fromEntries(
    Object.entries(parameters).map(([name, given]) => {
      if (typeof given !== "object" || given === null) return [name, given as number];
      const { value, ...options } = given as { value: number } & Options;
      return [name, new neurarchy.Parameter(value, options)];
    }),
  );
}

function statement(item: EquationEntry): string | neurarchy.Variable {
  if (typeof item === "string") return item;
  const { equation, ...options } = item;
  return new neurarchy.Variable(equation, options);
}

function rule(name: string, given: unknown): unknown {
  if (typeof given === "string") return given;
  const { equation, ...options } = given as { equation: string } & Options;
  return new (classNamed(name))(equation, options);
}

function makePopulation(
  net: Net,
  entry: PopulationEntry,
  neurons: ReadonlyMap<string, neurarchy.Neuron>,
): neurarchy.Population {
  const { name, stop_condition: stopCondition } = entry;
  const population = populationOf(net, entry, neurons);
  if (stopCondition !== undefined) population.stopCondition = stopCondition;
  for (const [attribute, value] of Object.entries(entry.set ?? {})) {
    population.set({ [attribute]: inputOf(generate(value, net.rng)) });
  }
  if (entry.firing_rate !== undefined) population.computeFiringRate(entry.firing_rate);
  if (entry.refractory !== undefined) {
    population.refractory = inputOf(generate(entry.refractory, net.rng));
  }
  if (population.name !== name) throw new Error(`the population ${name} is called otherwise`);
  return population;
}

function populationOf(
  net: Net,
  { name, geometry, neuron, builtin, args }: PopulationEntry,
  neurons: ReadonlyMap<string, neurarchy.Neuron>,
): neurarchy.Population {
  if (builtin === undefined) {
    return net.create(geometry ?? 1, { neuron: known(neurons, neuron), name });
  }
  const type = classNamed(builtin);
  if (type.prototype instanceof neurarchy.Neuron) {
    return net.create(geometry ?? 1, { neuron: new type(args ?? {}) as neurarchy.Neuron, name });
  }
  const options = { ...camelKeys(args ?? {}), name };
  const made = new type(geometry === undefined ? options : { geometry, ...options });
  return net.create(made as neurarchy.Population);
}

function makeProjection(
  net: Net,
  entry: ProjectionEntry,
  populations: ReadonlyMap<string, neurarchy.Population>,
  synapses: ReadonlyMap<string, neurarchy.Synapse>,
  projections: ReadonlyMap<string, neurarchy.Projection>,
): neurarchy.Projection {
  const { name, target, synapse, builtin, args } = entry;
  const ends = { pre: endOf(entry.pre, populations), post: endOf(entry.post, populations) };
  const made =
    entry.kind === undefined
      ? connected(
          net,
          net.connect(ends.pre, ends.post, {
            target,
            name,
            ...(synapse === undefined ? {} : { synapse: known(synapses, synapse) }),
            ...(builtin === undefined
              ? {}
              : { synapse: new (classNamed(builtin))(args ?? {}) as neurarchy.Synapse }),
          }),
          entry,
        )
      : special(net, entry, { ...ends, target, name }, projections);
  for (const [attribute, value] of Object.entries(entry.set ?? {})) {
    made.set({ [attribute]: inputOf(generate(value, net.rng)) });
  }
  return made;
}

function endOf(end: EndEntry, populations: ReadonlyMap<string, neurarchy.Population>): End {
  if (typeof end === "string") return known(populations, end);
  const population = known(populations, end.population);
  if ("ranks" in end) return population.view([...end.ranks]);
  const ranges = end.slices.map((range) => {
    if (typeof range === "number") return neurarchy.slice(range, range + 1);
    const [start, stop, step] = range;
    return neurarchy.slice(start, stop, step);
  });
  return population.view(ranges);
}

/** Call the connector of an ordinary projection. */
function connected(
  net: Net,
  projection: neurarchy.Projection,
  { connector = {} }: ProjectionEntry,
): neurarchy.Projection {
  const { kind = "", ...rest } = connector;
  const options: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(camelKeys(rest))) {
    options[key] = key === "weights" || key === "delays" ? generate(value, net.rng) : value;
  }
  if (kind === "from_triples") return fromTriples(projection, connector);
  if (kind === "from_sparse") return fromSparse(projection, connector);
  const method = kind.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
  const call: unknown = Reflect.get(projection, method);
  if (typeof call !== "function") throw new Error(`unsupported: there is no connector ${method}`);
  Reflect.apply(call, projection, [options]);
  return projection;
}

function fromTriples(projection: neurarchy.Projection, { triples }: Options): neurarchy.Projection {
  const rows = new Map<number, (readonly number[])[]>();
  for (const triple of triples as readonly (readonly number[])[]) {
    const post = triple[0]!;
    rows.set(post, [...(rows.get(post) ?? []), triple]);
  }
  return projection.fromFunction((_pre, _post, dt) => {
    const synapses = new neurarchy.LilConnectivity(dt);
    for (const [post, row] of rows) {
      const column = (i: number, otherwise: number): number[] => row.map((t) => t[i] ?? otherwise);
      synapses.add(post, column(1, 0), column(2, 0), column(3, 0));
    }
    return synapses;
  });
}

function fromSparse(
  projection: neurarchy.Projection,
  { shape, entries, delays }: Options,
): neurarchy.Projection {
  const triples = entries as readonly (readonly [number, number, number])[];
  const weights = {
    format: "coo",
    shape: shape as readonly number[],
    row: triples.map(([pre]) => pre),
    col: triples.map(([, post]) => post),
    data: triples.map(([, , weight]) => weight),
  };
  return projection.fromSparse({
    weights,
    ...(typeof delays === "number" ? { delays } : {}),
  });
}

/** A projection of a class of its own. */
function special(
  net: Net,
  { kind = "", connector = {}, psp, operation, window, of }: ProjectionEntry,
  ends: object,
  projections: ReadonlyMap<string, neurarchy.Projection>,
): neurarchy.Projection {
  const made = (name: string, extra: object = {}): Callable =>
    net.connect(new (classNamed(name))({ ...ends, ...defined(extra) }) as neurarchy.Projection);
  const { kind: connectorKind, weights, ...options } = connector;
  const shared = camelKeys(options);
  switch (kind) {
    case "convolution": {
      const projection = made("Convolution", { psp, operation });
      const method = connectorKind === "filters" ? "connectFilters" : "connectFilter";
      return call(projection, method, [weights, shared]);
    }
    case "pooling":
      return call(made("Pooling", { psp, operation }), "connectPooling", [shared]);
    case "copy":
      return call(made("Copy", { psp, operation }), "connectCopy", [known(projections, of)]);
    case "transpose": {
      const transposed = made("Transpose", { proj: known(projections, of) });
      return call(transposed, "connectTranspose", []);
    }
    case "current_injection":
      return call(made("CurrentInjection"), "connectCurrent", []);
    case "decoding":
      return connected(net, made("DecodingProjection", { window }), {
        ...projectionEntry,
        connector,
      });
    default:
      throw new Error(`unsupported: there is no kind of projection ${kind}`);
  }
}

type Callable = neurarchy.Projection;

/** Fields of an entry that a connector does not read. */
const projectionEntry: ProjectionEntry = { name: "", pre: "", post: "", target: "" };

function call(object: Callable, method: string, operands: readonly unknown[]): Callable {
  const found: unknown = Reflect.get(object, method);
  if (typeof found !== "function") throw new Error(`unsupported: there is no method ${method}`);
  Reflect.apply(found, object, [...operands]);
  return object;
}

function defined(options: object): object {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
}
