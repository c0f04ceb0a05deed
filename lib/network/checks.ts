import { nearest } from "../diagnostics.js";
import { EquationError, problem } from "../errors.js";
import { checkConnected } from "../model/connected.js";
import { populationOf } from "./ends.js";
import { internals } from "./internals.js";
import type { Population } from "./population.js";
import type { ProjectionCore } from "./projection-core.js";
import { checkRuleDelay } from "./projection-structure.js";
import type { Projection } from "./projection.js";

/**
 * Check what can only be checked on the whole network.
 *
 * @throws {SimulatorError} DUPLICATE_NAME, UNCONNECTED, FOREIGN_OBJECT, UNKNOWN_TARGET, UNSUPPORTED.
 * @throws {EquationError} when synapses read what the neurons they connect do not have.
 */
export function checkNetwork(
  populations: readonly Population[],
  projections: readonly Projection[],
): void {
  checkNames("population", populations);
  checkNames("projection", projections);
  for (const projection of projections) {
    const core = projection[internals];
    if (core.connection === null) throw problem("UNCONNECTED", { projection: core.label });
    for (const end of [projection.pre, projection.post]) {
      const population = populationOf(end);
      if (!populations.includes(population)) {
        throw problem("FOREIGN_OBJECT", { object: population[internals].label });
      }
    }
    checkTargets(core);
    checkTypes(core);
    checkModel(core);
    checkRuleDelay(core);
  }
}

function checkNames(kind: string, objects: readonly { readonly name: string }[]): void {
  const names = new Set<string>();
  for (const { name } of objects) {
    if (names.has(name)) throw problem("DUPLICATE_NAME", { kind, name });
    names.add(name);
  }
}

/** Targets that the neurons never read are mistakes, unless the configuration says otherwise. (Decisions, unknown target.) */
function checkTargets({ post, targets, state, label }: ProjectionCore): void {
  const { store, label: neuron } = populationOf(post)[internals];
  const { targets: read, readsAllTargets } = store.model;
  if (readsAllTargets) return;
  for (const target of targets) {
    if (read.includes(target)) continue;
    const facts = { projection: label, target, neuron, nearest: nearest(target, read) };
    if (state.config.unreadTargets === "error") throw problem("UNKNOWN_TARGET", facts);
    state.warn("UNKNOWN_TARGET", facts);
  }
}

/** Rates reach spiking neurons only where these are driven by `sum(target)`; spikes do not reach rates without a window. */
function checkTypes({ pre, post, targets, label }: ProjectionCore): void {
  const [from, to] = [pre, post].map((end) => populationOf(end)[internals].store.model);
  if (from!.type === to!.type) return;
  if (from!.type === "spike") {
    const construct = `a projection from spiking to rate-coded neurons (${label}): it needs DecodingProjection, which`;
    throw problem("UNSUPPORTED", { construct });
  }
  const isConductance = (target: string): boolean =>
    !to!.targets.includes(target) || to!.attributes.some(({ name }) => name === `g_${target}`);
  if (targets.some(isConductance)) {
    const construct = `a projection from rate-coded to spiking neurons (${label}): it needs CurrentInjection, which`;
    throw problem("UNSUPPORTED", { construct });
  }
}

function checkModel({ model, pre, post }: ProjectionCore): void {
  const [from, to] = [pre, post].map((end) => populationOf(end)[internals].store);
  const mistakes = checkConnected(model, from!.model, to!.model, from!.incoming, to!.incoming);
  if (mistakes.length > 0) throw new EquationError(mistakes);
}
