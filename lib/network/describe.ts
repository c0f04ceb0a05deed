import { describePattern } from "../connect/describe.js";
import type { NeuronModel, SynapseModel } from "../model/types.js";
import { RandomDistribution } from "../random/distribution.js";
import type {
  MonitorDescription,
  NamedModel,
  NetworkDescription,
  ParameterValue,
  PopulationDescription,
  ProjectionDescription,
  ValueRange,
} from "../report/description.js";
import { Dendrite } from "./dendrite.js";
import { internals } from "./internals.js";
import { packageVersion } from "./io.js";
import { constantsOf, monitorsOf, populationsOf, projectionsOf } from "./lookups.js";
import type { Monitor } from "./monitor.js";
import { Population, PopulationView } from "./population.js";
import type { Projection } from "./projection.js";
import type { NetworkState } from "./state.js";

/** Whose description it is, and of when. */
export interface Heading {
  readonly title: string;
  readonly author: string;
  readonly date: string;
}

/** What a report says of a network: names, models, and values as they were before `compile`. */
export function describeNetwork(state: NetworkState, heading: Heading): NetworkDescription {
  const neurons = new Models<NeuronModel>("Neuron");
  const synapses = new Models<SynapseModel>("Synapse");
  const populations = populationsOf(state).map((population) =>
    describePopulation(population, neurons),
  );
  const projections = projectionsOf(state).map((projection) =>
    describeProjection(projection, synapses),
  );
  return {
    ...heading,
    version: packageVersion(),
    backend: "OpenMP",
    dt: state.config.dt,
    populations,
    projections,
    neurons: neurons.all,
    synapses: synapses.all,
    monitors: monitorsOf(state).map(describeMonitor),
    constants: constantsOf(state).map(({ name, value }) => ({ name, value })),
    functions: [...state.functions.values()],
  };
}

/** What definitions of neurons and synapses have in common. */
interface Definition {
  readonly options: { readonly name?: string; readonly description?: string };
}

/** The different models of a network; those without a name get a number. */
class Models<M> {
  readonly #kind: string;
  readonly #known = new Map<string, NamedModel<M>>();

  constructor(kind: string) {
    this.#kind = kind;
  }

  get all(): readonly NamedModel<M>[] {
    return [...this.#known.values()];
  }

  /** The name of a model in the report. Two objects with the same texts are one model. */
  name({ options }: Definition, model: M): string {
    const key = JSON.stringify(options);
    const known = this.#known.get(key);
    if (known !== undefined) return known.name;
    const name = options.name ?? `${this.#kind} ${this.#known.size + 1}`;
    this.#known.set(key, { name, description: options.description ?? "", model });
    return name;
  }
}

function describePopulation(
  population: Population,
  models: Models<NeuronModel>,
): PopulationDescription {
  const { store } = population[internals];
  const input = population.constructor === Population ? null : population.constructor.name;
  // The models of most inputs say nothing: what they do is given from outside.
  const silent = input !== null && store.model.updates.length === 0;
  return {
    name: population.name,
    geometry: population.geometry,
    model: silent ? input : models.name(population.neuronType, store.model),
    input,
    parameters: population.parameters.map((name) => ({
      name,
      value: rangeOf(store.initial(name)),
    })),
  };
}

function describeProjection(
  projection: Projection,
  models: Models<SynapseModel>,
): ProjectionDescription {
  const { synapse, model, targets, connection } = projection[internals];
  const isDefault = Object.keys(synapse.options).length === 0;
  return {
    pre: projection.pre.name,
    post: projection.post.name,
    targets,
    model: isDefault ? null : models.name(synapse, model),
    pattern: connection === null ? "not connected" : describePattern(connection.pattern),
    parameters: projection.parameters
      .filter((name) => name !== "w")
      .map((name) => synapticParameter(projection, name)),
  };
}

/** A value that is not the same for all synapses is known by its rule only, until the synapses are there. */
function synapticParameter(projection: Projection, name: string): ParameterValue {
  const { store, state } = projection[internals];
  const start = store.startOf(name);
  if (start !== null) return { name, value: start };
  if (store.place !== null) return { name, value: rangeOf(store.values(name)) };
  const { init } = store.attribute(name);
  if (init instanceof RandomDistribution) return { name, value: init.toString() };
  const constant = typeof init === "number" ? undefined : state.constants.get(init.attribute);
  return { name, value: constant?.value ?? "one value each" };
}

function describeMonitor(monitor: Monitor): MonitorDescription {
  const { object, variables, period } = monitor;
  const subset = object instanceof PopulationView || object instanceof Dendrite;
  return { object: monitor[internals].name, subset, variables, period };
}

function rangeOf(values: ArrayLike<number>): ValueRange {
  let least = Infinity;
  let most = -Infinity;
  for (let i = 0; i < values.length; i++) {
    least = Math.min(least, values[i]!);
    most = Math.max(most, values[i]!);
  }
  return least === most ? least : [least, most];
}
