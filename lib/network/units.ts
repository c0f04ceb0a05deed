import { emitSynapse } from "../codegen/synapse-unit.js";
import { emitUnit, type CUnit } from "../codegen/unit.js";
import { reductionName, type FieldOwner } from "../ir/fields.js";
import type { SynapseIr } from "../ir/ir.js";
import { verify, verifySynapse } from "../ir/verify.js";
import type { NeuronModel, ReductionUse } from "../model/types.js";
import { lowerNeuron } from "../solve/lower.js";
import { lowerSynapse } from "../solve/synapse.js";
import type { Settings } from "./config.js";
import { populationOf } from "./ends.js";
import { internals } from "./internals.js";
import type { Population, PopLike } from "./population.js";
import type { ProjectionCore } from "./projection-core.js";
import type { Projection } from "./projection.js";

/** The C code of a network: one unit for each population, and one for each projection whose spikes do more than add `w`. */
export interface Units {
  readonly neurons: readonly CUnit[];
  readonly synapses: readonly (CUnit | null)[];
  /**
   * Where a synapse type holds local variables once per neuron: the form that holds them once per synapse, for when the user
   * gives them values that need it.
   */
  readonly bySynapse: readonly (CUnit | null)[];
}

/** Largest number of neurons at the other end for which 16 bits are enough. */
const NARROW = 65536;

/**
 * Lower the models of a network as they are used in it. Equal uses give equal texts, which are compiled once.
 *
 * @throws {EquationError} when an equation does not have the form that its method needs.
 */
export function unitsOf(
  populations: readonly Population[],
  projections: readonly Projection[],
  config: Settings,
): Units {
  const { precision } = config;
  // Synapses first: they say which global operations the populations must work out for them.
  const synapses = projections.map((projection) => lowered(projection[internals], config, true));
  const wanted = (population: Population): ReductionUse[] =>
    projections.flatMap((projection, i) => {
      const ends = { pre: projection.pre, post: projection.post } as const;
      const sides = (["pre", "post"] as const).filter(
        (side) => populationOf(ends[side]) === population,
      );
      return sides.flatMap((side) => reductionsOf(synapses[i]!, side));
    });
  return {
    neurons: populations.map((population) => {
      const { store } = population[internals];
      const context = { targets: [...store.incoming], reductions: wanted(population) };
      const ir = lowerNeuron(store.model, context);
      verify(ir);
      return emitUnit(ir, { precision });
    }),
    synapses: synapses.map((ir, i) => emitted(ir, projections[i]!, config)),
    bySynapse: synapses.map((ir, i) => {
      if (ir === null || ir.expand.length === 0) return null;
      const projection = projections[i]!;
      return emitted(lowered(projection[internals], config, false), projection, config);
    }),
  };
}

function emitted(
  ir: SynapseIr | null,
  { pre, post }: Projection,
  { precision }: Settings,
): CUnit | null {
  if (ir === null) return null;
  const partners = populationOf(ir.storage === "rows" ? pre : post).size;
  return emitSynapse(ir, { precision, narrow: partners <= NARROW });
}

/** The synapse type as a projection uses it; null where the engine itself does all there is to do. */
function lowered(
  core: ProjectionCore,
  { eventTiming }: Settings,
  hoist: boolean,
): SynapseIr | null {
  if (core.plain) return null;
  const { model, targets, singleWeight, heterogeneous, store } = core;
  const uniform = model.eventDriven.every(({ name }) => store.startsUniform(name));
  const ir = lowerSynapse(model, {
    pre: modelOf(core.pre),
    post: modelOf(core.post),
    targets,
    singleWeight,
    delays: heterogeneous ? "heterogeneous" : "uniform",
    eventTiming,
    // A new synapse has no part in what others hold together.
    hoist: hoist && eventTiming === "exact" && uniform && !core.structural,
  });
  verifySynapse(ir);
  return ir;
}

function modelOf(end: PopLike): NeuronModel {
  return populationOf(end)[internals].store.model;
}

const OPERATIONS = ["min", "max", "mean", "norm1", "norm2"] as const;

/** The global operations that synapses read of the population at one end, by the names of their fields. */
function reductionsOf(ir: SynapseIr | null, owner: FieldOwner): ReductionUse[] {
  return (ir?.fields ?? []).flatMap((field) => {
    const use = field.owner === owner ? reductionOf(field.name) : null;
    return use === null ? [] : [use];
  });
}

/** The operation and the attribute of a field named `.mean(r)`; null for other fields. */
export function reductionOf(field: string): ReductionUse | null {
  const name = /^\.\w+\((.*)\)$/.exec(field)?.[1] ?? null;
  if (name === null) return null;
  const operation = OPERATIONS.find((candidate) => reductionName(candidate, name) === field);
  return operation === undefined ? null : { operation, name };
}
