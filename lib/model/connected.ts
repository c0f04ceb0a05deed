import { nearest, type Diagnostic } from "../diagnostics.js";
import type { Expression, InputSum, Reduction, Remote, Side } from "../dsl/ast.js";
import { walk } from "../dsl/traverse.js";
import type { Bound, NeuronModel, SynapseModel } from "./types.js";

/** A population at one end of a projection, as far as synapses can see it. */
interface End {
  readonly model: NeuronModel;
  /** Targets of the projections that arrive there. */
  readonly targets: ReadonlySet<string>;
}

/**
 * Check what a synapse reads of the neurons it connects: attributes that exist, inputs that are connected, global
 * operations on local attributes, times of spikes of neurons that spike.
 *
 * @param preTargets Targets of all projections to the pre population; `postTargets` likewise.
 * @returns every mistake, with its place in the texts of the synapse.
 */
export function checkConnected(
  synapse: SynapseModel,
  pre: NeuronModel,
  post: NeuronModel,
  preTargets: Iterable<string>,
  postTargets: Iterable<string>,
): readonly Diagnostic[] {
  const ends: { readonly [S in Side]: End } = {
    pre: { model: pre, targets: new Set(preTargets) },
    post: { model: post, targets: new Set(postTargets) },
  };
  const diagnostics: Diagnostic[] = [];
  for (const expression of expressionsOf(synapse)) {
    walk(expression, (node) => {
      if (node.kind === "remote") diagnostics.push(...checkAttribute(node, ends[node.side].model));
      else if (node.kind === "input" && node.side !== null) {
        diagnostics.push(...checkInput(node, node.side, ends[node.side]));
      } else if (node.kind === "reduction" && node.side !== null) {
        diagnostics.push(...checkReduction(node, node.side, ends[node.side].model));
      } else if (node.kind === "name" && node.name === "t_post" && post.type === "rate") {
        const problem = { what: '"t_post"', model: synapse.name, side: "post" } as const;
        diagnostics.push({ code: "NEEDS_SPIKES", problem, span: node.span });
      }
    });
  }
  return [...diagnostics, ...checkPostEvents(synapse, post)];
}

/** Everything that the texts of a synapse compute. */
function* expressionsOf(synapse: SynapseModel): Iterable<Expression> {
  const { updates, eventDriven, psp, preSpike, postSpike, preAxonSpike } = synapse;
  const { creating, pruning } = synapse;
  for (const update of [...updates, ...eventDriven]) {
    yield* "value" in update ? [update.value] : [update.left, update.right];
    yield* valuesOf(update.bounds);
  }
  if (psp !== null) yield psp;
  for (const rule of [creating, pruning]) if (rule !== null) yield rule.condition;
  for (const code of new Set([preSpike, postSpike, preAxonSpike])) {
    for (const { value, bounds } of [...(code?.targets ?? []), ...(code?.statements ?? [])]) {
      yield value;
      yield* valuesOf(bounds);
    }
  }
}

function valuesOf(bounds: readonly Bound[]): readonly Expression[] {
  return bounds.map(({ value }) => value);
}

function checkAttribute({ side, name, span }: Remote, model: NeuronModel): readonly Diagnostic[] {
  if (model.attributes.some((attribute) => attribute.name === name)) return [];
  return [unknown(side, name, model, span)];
}

function unknown(
  side: Side,
  name: string,
  { name: model, attributes }: NeuronModel,
  span: Remote["span"],
): Diagnostic {
  const near = nearest(
    name,
    attributes.map((attribute) => attribute.name),
  );
  return { code: "UNKNOWN_REMOTE", problem: { side, name, model, nearest: near }, span };
}

function checkInput({ target, span }: InputSum, side: Side, end: End): readonly Diagnostic[] {
  if (target === null) return [];
  const { model, targets } = end;
  if (model.attributes.some(({ name, kind }) => kind === "variable" && name === `g_${target}`)) {
    if (model.type === "spike") {
      const text = `${side}.sum(${target})`;
      return [{ code: "SUM_OF_SPIKES", problem: { text, instead: `${side}.g_${target}` }, span }];
    }
  }
  if (targets.has(target)) return [];
  const problem = { side, target, model: model.name, nearest: nearest(target, targets) };
  return [{ code: "UNCONNECTED_INPUT", problem, span }];
}

function checkReduction(
  { operation, name, span }: Reduction,
  side: Side,
  model: NeuronModel,
): readonly Diagnostic[] {
  const attribute = model.attributes.find((candidate) => candidate.name === name);
  if (attribute === undefined) return [unknown(side, name, model, span)];
  if (attribute.locality === "local") return [];
  const problem = { operation, name: `${side}.${name}` };
  return [{ code: "REDUCTION_NOT_LOCAL", problem, span }];
}

/** Events of neurons that have none. */
function checkPostEvents(synapse: SynapseModel, post: NeuronModel): readonly Diagnostic[] {
  if (synapse.postSpike === null || post.type === "spike") return [];
  const problem = { what: 'the option "postSpike"', model: synapse.name, side: "post" } as const;
  return [{ code: "NEEDS_SPIKES", problem, span: null }];
}
