import type { CUnit } from "../codegen/unit.js";
import { compileUnits, type KernelLibrary } from "../compile/compile.js";
import { problem } from "../errors.js";
import { loadBinding } from "../native/binding.js";
import type { RunControl } from "../native/run-control.js";
import { inheritable, toolchainOf, type CompileOptions } from "./compile-options.js";
import { checkNetwork } from "./checks.js";
import { Monitor } from "./monitor.js";
import { native } from "./native-errors.js";
import { Population } from "./population.js";
import { internals } from "./internals.js";
import type { ProjectionCore } from "./projection-core.js";
import { Projection } from "./projection.js";
import { buildSpec, completeParts, instantiate } from "./spec-builder.js";
import type { Member, NetworkState } from "./state.js";
import { unitsOf } from "./units.js";

/**
 * Take a network through the pipeline: models to kernels, kernels to libraries, libraries and patterns to a network in the
 * engine.
 *
 * @throws {EquationError} when an equation does not fit its method.
 * @throws {CompileError} when there is no C compiler, it fails, or the configuration file does not make sense.
 * @throws {InvalidConfiguration} INVALID_SETTING for an option.
 * @throws {SimulatorError} when the network is not complete: see `checkNetwork`; INTERRUPTED.
 */
export async function compileNetwork(
  state: NetworkState,
  options: CompileOptions,
  control: RunControl,
): Promise<void> {
  const { signal, silent = false } = options;
  const toolchain = toolchainOf(options, state);
  state.directory = options.directory ?? null;
  state.compileOptions = inheritable(options);
  const populations = state.populations.filter(isPopulation);
  const projections = state.projections.filter((member) => member instanceof Projection);
  allowRules(state, projections);
  checkNetwork(populations, projections);
  const units = unitsOf(populations, projections, state.config);
  const compiled = await compileUnits(
    [...units.neurons, ...units.synapses, ...units.bySynapse].filter((unit) => unit !== null),
    toolchain,
  );
  signal?.throwIfAborted();
  if (control.stopped) throw problem("INTERRUPTED", { done: 0, total: 0 });
  const binding = loadBinding();
  const { numThreads: threads, verbose, logger } = state.config;
  if (threads > binding.maxThreads) {
    state.warn("TOO_MANY_THREADS", { threads, available: binding.maxThreads });
  }
  const libraries = compiled.slice(0, populations.length);
  const others = compiled.slice(populations.length).values();
  const next = (unit: CUnit | null): KernelLibrary | null =>
    unit === null ? null : others.next().value!;
  const synapses = units.synapses.map(next);
  const bySynapse = units.bySynapse.map(next);
  const parts = completeParts({ state, populations, libraries, projections, synapses, bySynapse });
  const spec = buildSpec(parts);
  instantiate(
    parts,
    spec,
    native(() => binding.createNetwork(spec)),
  );
  for (const member of state.monitors) if (member instanceof Monitor) member.attach();
  if (verbose && !silent) for (const { path } of compiled) logger(path);
}

function isPopulation(member: Member): member is Population {
  return member instanceof Population;
}

/** A rule of structural plasticity in one synapse model lets the synapses of all projections come and go. */
function allowRules(state: NetworkState, projections: readonly Projection[]): void {
  const hasRule = ({ model }: ProjectionCore): boolean =>
    model.creating !== null || model.pruning !== null;
  if (projections.some((projection) => hasRule(projection[internals]))) {
    state.configure({ structuralPlasticity: true });
  }
}
