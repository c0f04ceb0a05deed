import type {
  ConnectorEntry,
  Generated,
  GoldenCase,
  ModelEntry,
  PopulationEntry,
  ProjectionEntry,
  RecordEntry,
} from "../../golden-runner/schema.js";
import { choicesOf, type Choice } from "./choice.js";
import { rateNeuron, spikingNeuron, type RandomModel } from "./neurons.js";
import { scheduleOf } from "./schedule.js";
import { rateSynapse, spikingSynapse, type RandomSynapse } from "./synapses.js";

/** A population of a random network. */
export interface Part {
  readonly entry: PopulationEntry;
  readonly size: number;
  readonly model: RandomModel;
  readonly kind: "neurons" | "spikes" | "timed" | "input";
}

/** A projection of a random network. */
export interface Link {
  readonly entry: ProjectionEntry;
  readonly model: RandomSynapse | null;
  readonly spiking: boolean;
  readonly delays: "none" | "uniform" | "several";
  /** The number of synapses of each row. */
  readonly rows: readonly number[];
  readonly sharedWeight: boolean;
}

const source: RandomModel = {
  entry: {},
  spiking: true,
  local: ["r"],
  shared: [],
  parameters: [],
  sharedParameters: [],
};
const array: RandomModel = { ...source, spiking: false };

/**
 * A small random network of a seed, as a golden case without expectations: populations of 1 to 5 neurons, a few
 * projections between them, and a schedule of runs with changes between them.
 */
export function randomNetwork(seed: number): GoldenCase {
  const choice = choicesOf(seed);
  const dt = choice.pick([1, 1, 0.5, 0.1]);
  const constants = choice.chance(0.5) ? { C0: choice.real(-0.9, 0.9) } : {};
  const spiking = choice.chance(0.55);
  const neurons: Record<string, ModelEntry> = {};
  const parts: Part[] = [];
  const count = choice.integer(2, 3);
  for (let i = 0; i < count; i++) {
    const size = choice.integer(1, 5);
    const model = (spiking ? spikingNeuron : rateNeuron)(choice, Object.keys(constants));
    neurons[`N${i}`] = model.entry;
    parts.push(populationOf(choice, `n${i}`, `N${i}`, size, model));
  }
  if (choice.chance(0.5)) parts.push(spiking ? spikeSource(choice, dt) : rateSource(choice, dt));
  const synapses: Record<string, ModelEntry> = {};
  const links: Link[] = [];
  const posts = parts.filter(({ kind }) => kind === "neurons");
  const projections = choice.integer(1, 4);
  for (let i = 0; i < projections; i++) {
    links.push(linkOf(choice, i, choice.pick(parts), choice.pick(posts), dt, synapses));
  }
  return {
    name: `random-${seed}`,
    dt,
    config: { event_timing: choice.pick(["exact", "annarchy"]) },
    constants,
    functions: [],
    neurons,
    synapses,
    populations: parts.map(({ entry }) => entry),
    projections: links.map(({ entry }) => entry),
    record: recordsOf(choice, parts, links, dt),
    schedule: scheduleOf(choice, dt, parts, links, Object.keys(constants)),
    expect: {},
    tolerance: { rel: 1e-9, abs: 1e-11 },
  };
}

function populationOf(
  choice: Choice,
  name: string,
  neuron: string,
  size: number,
  model: RandomModel,
): Part {
  const set: Record<string, Generated> = {};
  for (const parameter of choice.some(model.parameters, 0.5)) {
    set[parameter] = valuesOf(choice, parameter, size);
  }
  for (const parameter of choice.some(model.sharedParameters, 0.2)) {
    set[parameter] = valueOf(choice, parameter);
  }
  for (const variable of choice.some(model.local, 0.2)) {
    if (variable !== "r") set[variable] = Array.from({ length: size }, () => choice.real(0, 0.9));
  }
  return {
    entry: {
      name,
      neuron,
      geometry: size,
      set,
      ...(model.spiking && choice.chance(0.4) ? { firing_rate: choice.pick([5, 10, 20]) } : {}),
    },
    size,
    model,
    kind: "neurons",
  };
}

/** A value that a parameter can have. */
export function valueOf(choice: Choice, parameter: string): number {
  if (parameter === "tau") return choice.real(3, 20);
  if (parameter === "threshold") return choice.real(0.7, 1.1);
  if (parameter === "eta") return choice.real(0.01, 0.1);
  return choice.real(0.2, 1.2);
}

/** One value for all, or one per neuron. */
export function valuesOf(choice: Choice, parameter: string, size: number): Generated {
  if (choice.chance(0.3)) return valueOf(choice, parameter);
  return Array.from({ length: size }, () => valueOf(choice, parameter));
}

function spikeSource(choice: Choice, dt: number): Part {
  const size = choice.integer(1, 4);
  const times = Array.from({ length: size }, () => spikeTimes(choice, dt));
  const args = { spike_times: times };
  const entry: PopulationEntry = { name: "source", builtin: "SpikeSourceArray", args };
  return { entry, size, model: source, kind: "spikes" };
}

/** Times of spikes of one neuron within the first 50 steps. */
export function spikeTimes(choice: Choice, dt: number): number[] {
  const steps = new Set(Array.from({ length: choice.integer(0, 12) }, () => choice.integer(0, 50)));
  return [...steps].sort((a, b) => a - b).map((step) => Number((step * dt).toFixed(6)));
}

function rateSource(choice: Choice, dt: number): Part {
  const size = choice.integer(1, 4);
  if (choice.chance(0.4)) {
    const set = { r: Array.from({ length: size }, () => choice.real(-0.5, 1)) };
    const entry: PopulationEntry = { name: "source", builtin: "InputArray", geometry: size, set };
    return { entry, size, model: array, kind: "input" };
  }
  const blocks = choice.integer(1, 4);
  const rates = Array.from({ length: blocks }, () =>
    Array.from({ length: size }, () => choice.real(-0.5, 1)),
  );
  const every = choice.integer(1, 6);
  const args = {
    rates,
    schedule: every * dt,
    ...(choice.chance(0.5) ? { period: (blocks * every + choice.integer(0, 3)) * dt } : {}),
  };
  const entry: PopulationEntry = { name: "source", builtin: "TimedArray", args };
  return { entry, size, model: array, kind: "timed" };
}

function linkOf(
  choice: Choice,
  i: number,
  pre: Part,
  post: Part,
  dt: number,
  synapses: Record<string, ModelEntry>,
): Link {
  const spiking = pre.model.spiking;
  const own = choice.chance(0.8);
  const model = own
    ? (spiking ? spikingSynapse : rateSynapse)(choice, pre.model, post.model)
    : null;
  if (model !== null) synapses[`S${i}`] = model.entry;
  const delays = choice.pick(["none", "none", "uniform", "several"] as const);
  const { connector, rows } = connectorOf(choice, pre, post, delays, dt);
  const target = choice.pick(["exc", "exc", "inh", ["exc", "inh"]]);
  const sharedWeight = typeof connector["weights"] === "number" && model?.plastic !== true;
  return {
    entry: {
      name: `p${i}`,
      pre: pre.entry.name,
      post: post.entry.name,
      target,
      connector,
      ...(model === null ? {} : { synapse: `S${i}` }),
    },
    model,
    spiking,
    delays: rows.length === 0 ? "none" : delays,
    rows,
    sharedWeight,
  };
}

/** A delay of 2 to 6 steps [ms]. */
export function delayOf(choice: Choice, dt: number): number {
  return Number((choice.integer(2, 6) * dt).toFixed(6));
}

function connectorOf(
  choice: Choice,
  pre: Part,
  post: Part,
  delays: Link["delays"],
  dt: number,
): { connector: ConnectorEntry; rows: number[] } {
  const weight = (): number => choice.real(-0.2, 1);
  const delay = delays === "uniform" ? { delays: delayOf(choice, dt) } : {};
  const same = pre.entry.name === post.entry.name;
  if (delays !== "several" && choice.chance(0.3)) {
    if (choice.chance(0.5)) {
      const rows = Array.from({ length: Math.min(pre.size, post.size) }, () => 1);
      return { connector: { kind: "one_to_one", weights: weight(), ...delay }, rows };
    }
    const rows = Array.from({ length: post.size }, () => pre.size - (same ? 1 : 0));
    const connector = { kind: "all_to_all", weights: weight(), ...delay };
    return { connector, rows: rows.filter((row) => row > 0) };
  }
  const present = Array.from({ length: post.size }, () =>
    Array.from({ length: pre.size }, () => choice.chance(0.75)),
  );
  // One synapse at least.
  present[choice.integer(0, post.size - 1)]![choice.integer(0, pre.size - 1)] = true;
  const matrix = (value: () => number): (number | null)[][] =>
    present.map((row) => row.map((there) => (there ? value() : null)));
  const several = { delays: matrix(() => Number((choice.integer(1, 6) * dt).toFixed(6))) };
  const connector = {
    kind: "from_matrix",
    weights: matrix(weight),
    ...(delays === "several" ? several : delay),
  };
  const rows = present.map((row) => row.filter(Boolean).length).filter((row) => row > 0);
  return { connector, rows };
}

function recordsOf(
  choice: Choice,
  parts: readonly Part[],
  links: readonly Link[],
  dt: number,
): RecordEntry[] {
  const periods = (): object => {
    if (choice.chance(0.8)) return {};
    const period = choice.integer(2, 4);
    return { period: period * dt, period_offset: choice.integer(0, period - 1) * dt };
  };
  const targets = (name: string): string[] =>
    links.flatMap(({ entry }) =>
      entry.post === name ? [entry.target].flat().map((target) => `sum(${target})`) : [],
    );
  const ofParts = parts.map(({ entry: { name }, model }): RecordEntry => {
    const inputs = model.spiking ? [] : [...new Set(targets(name))];
    const spikes = model.spiking ? ["spike"] : [];
    const axonal = model.axonal === true ? ["axon_spike"] : [];
    const variables = [...model.local, ...model.shared, ...inputs, ...spikes, ...axonal];
    return { object: name, variables, ...periods() };
  });
  const ofLinks = links.flatMap(({ entry: { name }, model }): RecordEntry[] => {
    const variables = [...(model?.local ?? []), ...(model?.row ?? []), ...(model?.shared ?? [])];
    return variables.length === 0 ? [] : [{ object: name, variables, ...periods() }];
  });
  return [...ofParts, ...ofLinks];
}
