import { emitUnit, type CUnit } from "../codegen/unit.js";
import { compileUnits } from "../compile/compile.js";
import { problem } from "../errors.js";
import { verify } from "../ir/verify.js";
import { loadBinding } from "../native/binding.js";
import type { RunControl } from "../native/run-control.js";
import { lowerNeuron } from "../solve/lower.js";
import { checkNetwork } from "./checks.js";
import type { Settings } from "./config.js";
import { internals } from "./internals.js";
import { Monitor } from "./monitor.js";
import { native } from "./native-errors.js";
import { Population } from "./population.js";
import { Projection } from "./projection.js";
import { buildSpec, instantiate } from "./spec-builder.js";
import type { Member, NetworkState } from "./state.js";

/** How a network is compiled. */
export interface CompileOptions {
  /** The C compiler. Default: `$CC`, then gcc, clang, cc on the path. */
  readonly compiler?: string;
  /** Folder for compiled models. Default: that of the user's cache. */
  readonly directory?: string;
  readonly signal?: AbortSignal;
}

/**
 * Take a network through the pipeline: models to kernels, kernels to libraries, libraries and patterns to a network in the
 * engine.
 *
 * @throws {EquationError} when an equation does not fit its method.
 * @throws {CompileError} when there is no C compiler, or it fails.
 * @throws {SimulatorError} when the network is not complete: see `checkNetwork`; INTERRUPTED.
 */
export async function compileNetwork(
  state: NetworkState,
  options: CompileOptions,
  control: RunControl,
): Promise<void> {
  const { signal, compiler, directory: cacheFolder } = options;
  const populations = state.populations.filter(isPopulation);
  const projections = state.projections.filter((member) => member instanceof Projection);
  checkNetwork(populations, projections);
  const units = populations.map((population) => unitOf(population, state.config));
  const where = {
    ...(compiler === undefined ? {} : { compiler }),
    ...(cacheFolder === undefined ? {} : { cacheFolder }),
  };
  const libraries = await compileUnits(units, where);
  signal?.throwIfAborted();
  if (control.stopped) throw problem("INTERRUPTED", { done: 0, total: 0 });
  const binding = loadBinding();
  const { numThreads: threads, verbose, logger } = state.config;
  if (threads > binding.maxThreads) {
    state.warn("TOO_MANY_THREADS", { threads, available: binding.maxThreads });
  }
  const parts = { state, populations, libraries, projections };
  instantiate(
    parts,
    native(() => binding.createNetwork(buildSpec(parts))),
  );
  for (const member of state.monitors) if (member instanceof Monitor) member.attach();
  if (verbose) for (const { path } of libraries) logger(path);
}

/** The C code of a population's model. */
function unitOf(population: Population, { precision }: Settings): CUnit {
  const ir = lowerNeuron(population[internals].store.model);
  verify(ir);
  return emitUnit(ir, { precision });
}

function isPopulation(member: Member): member is Population {
  return member instanceof Population;
}
