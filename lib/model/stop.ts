import type { Diagnostic } from "../diagnostics.js";
import { parseStopCondition } from "../dsl/stop.js";
import { EquationError } from "../errors.js";
import { placeOf } from "./places.js";
import { resolve } from "./resolve.js";
import { openScope, usesOf, type AnalysisContext } from "./draft.js";
import type { NeuronModel } from "./types.js";

/**
 * Add the condition that ends `simulateUntil` to a neuron: `v > 30 : any`, `spiked : all`. It is made of attributes,
 * `t`, constants and functions; in spiking neurons also of `t_last` and `spiked`.
 *
 * @returns the model with the condition, and with the constants and functions that it uses.
 * @throws {EquationError} with every mistake of the condition.
 */
export function analyseStop(
  model: NeuronModel,
  text: string,
  context: AnalysisContext,
): NeuronModel {
  const { name, type } = model;
  const draft = openScope({ model: name, owner: "neuron", type }, undefined, context);
  // The functions of the model itself come before global ones.
  const functions = new Map([...draft.scope.functions, ...model.functions]);
  const attributes = new Map(model.attributes.map((attribute) => [attribute.name, attribute]));
  const scope = { ...draft.scope, functions, attributes };
  const source = { name: `${name}, stop condition`, text };
  const parsed = parseStopCondition(source, scope.report);
  const condition = parsed === null ? null : resolve(scope, parsed.condition, placeOf("stop"));
  const diagnostics: readonly Diagnostic[] = draft.diagnostics;
  if (diagnostics.length > 0) throw new EquationError(diagnostics);
  const uses = usesOf({ scope, local: model.functions }, context);
  return {
    ...model,
    sources: [...model.sources, source],
    constants: [...new Set([...model.constants, ...uses.constants])],
    functions: uses.functions,
    stop: parsed === null || condition === null ? null : { ...parsed, condition },
  };
}
